//! How the reader looks: what is set of the screen and the environment, with what the terminal says of itself.
//! Must not ask the terminal; who reads does that, once.

use super::Failure;
use crate::config::{Borders, Screen, Written, built_in, theme_for};
use crate::look::{Background, Depth, Glyphs, Look};
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
    /// How many colours there are, where that is not set.
    depth: Depth,
    /// The background of the terminal, where it is not set and the terminal does not tell.
    background: Option<Background>,
    /// The theme; none for the one that goes with the background.
    theme: Option<Written>,
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
        let text = |name: &str| variable(name)?.into_string().ok();
        Self {
            screen,
            depth: Depth::of_environment(text).0,
            background: text("COLORFGBG")
                .as_deref()
                .and_then(Background::of_colorfgbg),
            theme: None,
        }
    }

    /// The same, in this theme where there is one.
    #[must_use]
    pub fn with_theme(self, theme: Option<Written>) -> Self {
        Self { theme, ..self }
    }

    /// How many colours are drawn with.
    #[must_use]
    pub fn depth(&self) -> Depth {
        self.screen.colour.unwrap_or(self.depth)
    }

    /// The background, of a terminal that answered so.
    #[must_use]
    pub fn background(&self, answers: Answers) -> Option<Background> {
        let known = self.screen.background.or(answers.background);
        known.or(self.background)
    }

    /// What is to be asked of the terminal: what is not set, as far as it matters.
    #[must_use]
    pub fn questions(&self) -> Questions {
        let has_theme = self.theme.is_some() || self.screen.background.is_some();
        Questions {
            ambiguous: self.screen.ambiguous.is_none(),
            background: !has_theme && self.depth() != Depth::None,
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
        let depth = self.depth();
        let theme = match &self.theme {
            // What else would tell by colours alone what nobody could see then.
            _ if depth == Depth::None => own("monochrome")?,
            Some(theme) => theme.clone(),
            None => own(theme_for(self.background(answers)))?,
        };
        let theme = theme.design.theme(depth);
        let mut look = Look::new(theme, WidthPolicy::new(self.ambiguous(answers)));
        // Box drawing of two columns would tear every border, so on a wide terminal it is not to be had.
        if self.screen.borders == Some(Borders::Ascii) {
            look.glyphs = Glyphs::ASCII;
        }
        Ok(look)
    }
}

/// A theme that is built in.
fn own(name: &str) -> Result<Written, Failure> {
    built_in(name).ok_or_else(|| {
        let arguments = vec![("what", "theme".to_owned()), ("reason", name.to_owned())];
        Failure::new("built-in", arguments)
    })
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
    fn the_theme_goes_with_the_background_and_without_colours_there_is_one() {
        let answer = |background| Answers {
            background,
            ..Answers::default()
        };
        let theme = |variables: &[_], background| {
            let look = looks(&[&[("TERM", "xterm-256color")], variables].concat());
            look.look(answer(background)).unwrap().theme
        };
        let own = |name, depth| built_in(name).unwrap().design.theme(depth);
        let (dark, light) = (Some(Background::Dark), Some(Background::Light));
        for (background, name) in [(dark, "dark"), (light, "light"), (None, "neutral")] {
            assert_eq!(theme(&[], background), own(name, Depth::Palette), "{name}");
        }
        // What the terminal says itself comes before what the environment says of it.
        let variable = [("COLORFGBG", "0;15")];
        assert_eq!(theme(&variable, None), own("light", Depth::Palette));
        assert_eq!(theme(&variable, dark), own("dark", Depth::Palette));
        let none = own("monochrome", Depth::None);
        assert_eq!(theme(&[("NO_COLOR", "1")], dark), none);
        let set = looks(&[("NO_COLOR", "1")]).with_theme(built_in("gruvbox-dark"));
        assert_eq!(set.look(answer(dark)).unwrap().theme, none);
        let mut set = looks(&[("NO_COLOR", "1")]).with_theme(built_in("gruvbox-dark"));
        set.screen.colour = Some(Depth::True);
        assert!(!set.questions().background);
        let gruvbox = own("gruvbox-dark", Depth::True);
        assert_eq!(set.look(answer(None)).unwrap().theme, gruvbox);
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
