//! How the reader looks: what is set of the screen and the environment, with what the terminal says of itself.
//! Must not ask the terminal; who reads does that, once.

use super::Failure;
use crate::config::{Borders, Colour, Screen};
use crate::look::{Background, Glyphs, Look, Theme};
use crate::text::{Ambiguous, WidthPolicy};
use std::ffi::OsString;

/// What a terminal said of itself; none of what it did not answer, or was not asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Answers {
    /// How wide it draws ambiguous characters.
    pub ambiguous: Option<Ambiguous>,
    /// What its own ground is like.
    pub background: Option<Background>,
}

/// What a terminal is to be asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Questions {
    /// How wide it draws ambiguous characters.
    pub ambiguous: bool,
    /// What its own ground is like.
    pub background: bool,
}

/// What is known of looks before the terminal has answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looks {
    screen: Screen,
}

impl Looks {
    /// What is set of the screen in the settings, and before that in the environment `variable`.
    #[must_use]
    pub fn new(mut screen: Screen, variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let set = |name| variable(name).filter(|value| !value.is_empty());
        match set("PARKWEEKLY_AMBIGUOUS")
            .as_ref()
            .and_then(|value| value.to_str())
        {
            Some("1") => screen.ambiguous = Some(Ambiguous::Narrow),
            Some("2") => screen.ambiguous = Some(Ambiguous::Wide),
            _ => {}
        }
        if screen.colour.is_none() && set("NO_COLOR").is_some() {
            screen.colour = Some(Colour::None);
        }
        Self { screen }
    }

    /// What is to be asked of the terminal: what is not set, as far as it matters.
    #[must_use]
    pub fn questions(&self) -> Questions {
        let has_theme = self.screen.theme.is_some() || self.screen.background.is_some();
        Questions {
            ambiguous: self.screen.ambiguous.is_none(),
            background: !has_theme && self.screen.colour != Some(Colour::None),
        }
    }

    /// How wide ambiguous characters are taken to be on a terminal that answered so.
    #[must_use]
    pub fn ambiguous(&self, answers: Answers) -> Ambiguous {
        let known = self.screen.ambiguous.or(answers.ambiguous);
        known.unwrap_or_default()
    }

    /// The look on a terminal that answered so.
    ///
    /// # Errors
    /// Never in a program that passed its tests: a built-in theme can't be read.
    pub fn look(&self, answers: Answers) -> Result<Look, Failure> {
        let colour = self.screen.colour != Some(Colour::None);
        let theme = Theme::built_in(colour).map_err(|error| {
            let reason = format!("{error:?}");
            Failure::new(
                "built-in",
                vec![("what", "theme".to_owned()), ("reason", reason)],
            )
        })?;
        let mut look = Look::new(theme, WidthPolicy::new(self.ambiguous(answers)));
        // Box drawing of two columns would tear every border, so on a wide terminal it is not to be had.
        if self.screen.borders == Some(Borders::Ascii) {
            look.glyphs = Glyphs::ASCII;
        }
        Ok(look)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::keys::Keymap;

    fn looks(variables: &[(&str, &str)]) -> Looks {
        let screen = Config::new(Keymap::built_in().unwrap()).screen;
        Looks::new(screen, |name| {
            let (_, value) = variables.iter().find(|(own, _)| *own == name)?;
            Some(OsString::from(value))
        })
    }

    #[test]
    fn what_is_set_comes_before_what_the_terminal_says() {
        let wide = Answers {
            ambiguous: Some(Ambiguous::Wide),
            ..Answers::default()
        };
        let said = looks(&[]).look(wide).unwrap();
        assert_eq!(said.policy.ambiguous, Ambiguous::Wide);
        assert_eq!(said.glyphs, Glyphs::ASCII);
        let set = looks(&[("PARKWEEKLY_AMBIGUOUS", "1")]).look(wide).unwrap();
        assert_eq!(set.policy.ambiguous, Ambiguous::Narrow);
        let unknown = looks(&[]).look(Answers::default()).unwrap();
        assert_eq!(unknown.policy.ambiguous, Ambiguous::Narrow);
    }

    #[test]
    fn only_what_is_not_set_is_asked() {
        let asked = |variables| looks(variables).questions();
        let all = Questions {
            ambiguous: true,
            background: true,
        };
        assert_eq!(asked(&[]), all);
        assert!(!asked(&[("PARKWEEKLY_AMBIGUOUS", "2")]).ambiguous);
        assert!(!asked(&[("NO_COLOR", "1")]).background);
        let set = [("PARKWEEKLY_AMBIGUOUS", "1"), ("NO_COLOR", "1")];
        assert_eq!(asked(&set), Questions::default());
    }

    #[test]
    fn borders_never_tear() {
        for (ambiguous, borders, glyphs) in [
            ("1", Borders::Unicode, Glyphs::UNICODE),
            ("1", Borders::Ascii, Glyphs::ASCII),
            ("2", Borders::Unicode, Glyphs::ASCII),
        ] {
            let mut looks = looks(&[("PARKWEEKLY_AMBIGUOUS", ambiguous)]);
            looks.screen.borders = Some(borders);
            let look = looks.look(Answers::default()).unwrap();
            assert_eq!(look.glyphs, glyphs, "{ambiguous} {borders:?}");
        }
    }
}
