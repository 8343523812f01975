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

    /// The look on a terminal that answered so.
    ///
    /// # Errors
    /// Never in a program that passed its tests: a built-in theme can't be read.
    pub fn look(&self, answers: Answers) -> Result<Look, Failure> {
        let ambiguous = self.screen.ambiguous.or(answers.ambiguous);
        let colour = self.screen.colour != Some(Colour::None);
        let theme = Theme::built_in(colour).map_err(|error| {
            let reason = format!("{error:?}");
            Failure::new(
                "built-in",
                vec![("what", "theme".to_owned()), ("reason", reason)],
            )
        })?;
        let mut look = Look::new(theme, WidthPolicy::new(ambiguous.unwrap_or_default()));
        match self.screen.borders {
            Some(Borders::Ascii) => look.glyphs = Glyphs::ASCII,
            Some(Borders::Unicode) => look.glyphs = Glyphs::UNICODE,
            None => {}
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
}
