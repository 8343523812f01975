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

    /// The look on a terminal that answered so.
    ///
    /// # Errors
    /// Never in a program that passed its tests: a built-in theme can't be read.
    pub fn look(&self, answers: Answers) -> Result<Look, Failure> {
        let ambiguous = self.screen.ambiguous.or(answers.ambiguous);
        let depth = self.depth();
        let theme = match &self.theme {
            // What else would tell by colours alone what nobody could see then.
            _ if depth == Depth::None => own("monochrome")?,
            Some(theme) => theme.clone(),
            None => own(theme_for(self.background(answers)))?,
        };
        let theme = theme.design.theme(depth);
        let mut look = Look::new(theme, WidthPolicy::new(ambiguous.unwrap_or_default()));
        match self.screen.borders {
            Some(Borders::Ascii) => look.glyphs = Glyphs::ASCII,
            Some(Borders::Unicode) => look.glyphs = Glyphs::UNICODE,
            None => {}
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
}
