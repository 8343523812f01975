//! One key stroke in one spelling: as the terminal sends it, as a key file writes it, as a hint shows it.
//! Must not know what any key means.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::fmt;
use std::str::FromStr;

/// A key stroke. A character already holds its case, so Shift is kept only beside keys that are no characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

/// A text that names no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` names no key: write j, J, ctrl-d, enter, esc, tab, space, pagedown, f1 …")]
pub struct KeyNameError(pub String);

impl Key {
    fn new(code: KeyCode, modifiers: KeyModifiers) -> Self {
        match code {
            KeyCode::Char(c) => {
                let c = ascii_key(c);
                let control =
                    modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SUPER);
                let upper = modifiers.contains(KeyModifiers::SHIFT) && control.is_empty();
                let lower = !control.is_empty();
                let c = if upper {
                    c.to_ascii_uppercase()
                } else if lower {
                    c.to_ascii_lowercase()
                } else {
                    c
                };
                Self {
                    code: KeyCode::Char(c),
                    modifiers: control,
                }
            }
            // Terminals differ in whether they name Shift beside it; the key itself says so already.
            KeyCode::BackTab => Self {
                code,
                modifiers: modifiers - KeyModifiers::SHIFT,
            },
            _ => Self { code, modifiers },
        }
    }
}

/// The keys that terminals send for Ctrl and a character: 32 control characters stand for more keys than that.
const CONTROL: [(char, KeyCode); 11] = [
    ('i', KeyCode::Tab),
    ('m', KeyCode::Enter),
    ('[', KeyCode::Esc),
    ('3', KeyCode::Esc),
    ('?', KeyCode::Backspace),
    ('8', KeyCode::Backspace),
    ('@', KeyCode::Char(' ')),
    ('\\', KeyCode::Char('4')),
    (']', KeyCode::Char('5')),
    ('^', KeyCode::Char('6')),
    ('_', KeyCode::Char('7')),
];

impl Key {
    /// The key that a terminal sends for the one of this name, where that is another: some with Ctrl are one with others, and beside
    /// Ctrl and Alt it tells nothing of Shift.
    #[must_use]
    pub fn sent_for(name: &str) -> Option<Self> {
        let key: Self = name.parse().ok()?;
        let KeyCode::Char(c) = key.code else {
            return None;
        };
        let mut all = CONTROL.into_iter().filter(|(own, _)| *own == c);
        let found = all
            .next()
            .filter(|_| key.modifiers.contains(KeyModifiers::CONTROL));
        if let Some((_, code)) = found {
            let is_character = matches!(code, KeyCode::Char(_));
            let lost = if is_character {
                KeyModifiers::NONE
            } else {
                KeyModifiers::CONTROL
            };
            return Some(Self {
                code,
                modifiers: key.modifiers - lost,
            });
        }
        let mut words = name.split('-');
        let is_shifted = words.any(|word| word.eq_ignore_ascii_case("shift"));
        Some(key).filter(|key| is_shifted && !key.modifiers.is_empty())
    }

    /// Whether it leaves strokes that begin something, whatever it means by itself: Esc, and Ctrl-C.
    #[must_use]
    pub fn ends_strokes(&self) -> bool {
        let control_c = (KeyCode::Char('c'), KeyModifiers::CONTROL);
        self.code == KeyCode::Esc || (self.code, self.modifiers) == control_c
    }

    /// As a key file writes it: `j`, `ctrl-d`, `enter`, `pagedown`.
    #[must_use]
    pub fn written(&self) -> String {
        match self.code {
            KeyCode::Char(c) if c != ' ' && self.modifiers.is_empty() => c.to_string(),
            code => {
                let combination = crokey::KeyCombination::new(code, self.modifiers);
                // A minus would end a name.
                combination.to_string().to_lowercase()
            }
        }
    }
}

impl From<KeyEvent> for Key {
    /// Full-width characters count as their ASCII keys, because the Chinese input method is usually on.
    fn from(event: KeyEvent) -> Self {
        Self::new(event.code, event.modifiers)
    }
}

impl FromStr for Key {
    type Err = KeyNameError;

    fn from_str(name: &str) -> Result<Self, KeyNameError> {
        let mut chars = name.chars();
        if let (Some(c), None) = (chars.next(), chars.next()) {
            return Ok(Self::new(KeyCode::Char(c), KeyModifiers::NONE));
        }
        let combination = crokey::parse(name).map_err(|_| KeyNameError(name.to_owned()))?;
        match combination.codes {
            crokey::OneToThree::One(code) => Ok(Self::new(code, combination.modifiers)),
            _ => Err(KeyNameError(name.to_owned())),
        }
    }
}

impl fmt::Display for Key {
    /// As hints show it: `j`, `Ctrl-D`, `Enter`, `PgDn`, `↓`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (modifier, name) in [
            (KeyModifiers::CONTROL, "Ctrl-"),
            (KeyModifiers::ALT, "Alt-"),
            (KeyModifiers::SHIFT, "Shift-"),
        ] {
            if self.modifiers.contains(modifier) {
                f.write_str(name)?;
            }
        }
        match self.code {
            KeyCode::Char(' ') => f.write_str("Space"),
            KeyCode::Char(c) if self.modifiers.is_empty() => write!(f, "{c}"),
            KeyCode::Char(c) => write!(f, "{}", c.to_ascii_uppercase()),
            KeyCode::Up => f.write_str("↑"),
            KeyCode::Down => f.write_str("↓"),
            KeyCode::Left => f.write_str("←"),
            KeyCode::Right => f.write_str("→"),
            KeyCode::PageUp => f.write_str("PgUp"),
            KeyCode::PageDown => f.write_str("PgDn"),
            KeyCode::BackTab => f.write_str("Shift-Tab"),
            KeyCode::F(n) => write!(f, "F{n}"),
            code => write!(f, "{code:?}"),
        }
    }
}

/// The ASCII key behind a character that an input method made of it.
fn ascii_key(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '、' => '/',
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        '【' | '「' => '[',
        '】' | '」' => ']',
        '《' => '<',
        '》' => '>',
        '。' => '.',
        '·' => '`',
        '￥' => '$',
        '…' => '^',
        // Full-width forms stand in the order of ASCII: ！ U+FF01 is ! U+0021.
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(c: char, modifiers: KeyModifiers) -> Key {
        Key::from(KeyEvent::new(KeyCode::Char(c), modifiers))
    }

    #[test]
    fn names_and_events_meet() {
        for (name, event) in [
            ("j", typed('j', KeyModifiers::NONE)),
            ("J", typed('J', KeyModifiers::SHIFT)),
            ("J", typed('j', KeyModifiers::SHIFT)),
            ("?", typed('?', KeyModifiers::SHIFT)),
            ("ctrl-d", typed('d', KeyModifiers::CONTROL)),
            ("ctrl-d", typed('D', KeyModifiers::CONTROL)),
            ("space", typed(' ', KeyModifiers::NONE)),
            (
                "backtab",
                Key::from(KeyEvent::new(KeyCode::BackTab, KeyModifiers::SHIFT)),
            ),
            (
                "backtab",
                Key::from(KeyEvent::new(KeyCode::BackTab, KeyModifiers::NONE)),
            ),
        ] {
            assert_eq!(name.parse::<Key>().unwrap(), event, "{name}");
        }
    }

    #[test]
    fn what_an_input_method_makes_of_a_key_counts_as_that_key() {
        for (made, key) in [
            ('？', "?"),
            ('：', ":"),
            ('、', "/"),
            ('‘', "'"),
            ('’', "'"),
            ('【', "["),
            ('】', "]"),
            ('｛', "{"),
            ('｝', "}"),
            ('《', "<"),
            ('》', ">"),
            ('ｊ', "j"),
            ('Ｇ', "G"),
            ('\u{3000}', "space"),
        ] {
            assert_eq!(
                typed(made, KeyModifiers::NONE),
                key.parse().unwrap(),
                "{made}"
            );
        }
    }

    #[test]
    fn shown_as_a_keyboard_prints_them() {
        for (name, shown) in [
            ("ctrl-d", "Ctrl-D"),
            ("J", "J"),
            ("pagedown", "PgDn"),
            ("space", "Space"),
            ("esc", "Esc"),
            ("backtab", "Shift-Tab"),
            ("down", "↓"),
        ] {
            assert_eq!(name.parse::<Key>().unwrap().to_string(), shown);
        }
    }

    #[test]
    fn what_a_terminal_cannot_tell_apart_is_the_key_that_it_sends() {
        for (name, sent) in [
            ("ctrl-i", Some("tab")),
            ("ctrl-m", Some("enter")),
            ("ctrl-[", Some("esc")),
            ("ctrl-alt-i", Some("alt-tab")),
            ("ctrl-]", Some("ctrl-5")),
            ("ctrl-shift-x", Some("ctrl-x")),
            ("alt-shift-x", Some("alt-x")),
            ("ctrl-x", None),
            ("ctrl-j", None),
            ("i", None),
            ("shift-g", None),
            ("shift-up", None),
            ("nokey", None),
        ] {
            let found = Key::sent_for(name);
            assert_eq!(found, sent.map(|sent| sent.parse().unwrap()), "{name}");
        }
    }

    #[test]
    fn a_wrong_name_says_what_would_be_right() {
        assert!(
            "contrl-d"
                .parse::<Key>()
                .unwrap_err()
                .to_string()
                .contains("ctrl-d")
        );
    }
}
