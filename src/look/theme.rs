//! Themes: a style for each role, read from a file of `assets/themes`.

use super::Role;
use ratatui::style::{Modifier, Style};
use std::collections::BTreeMap;

/// A style for each role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    styles: BTreeMap<Role, Style>,
}

/// A theme file that can't be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ThemeError {
    /// Not TOML of the expected shape, or an unknown role, colour or modifier.
    #[error("{0}")]
    Syntax(String),
    /// A role without a style.
    #[error("no style for {0:?}")]
    Missing(Role),
}

impl Theme {
    /// The built-in theme: the terminal's own colours, or none at all where `colour` is off (`NO_COLOR`).
    ///
    /// # Errors
    /// Never in a program that passed its tests, which read the same file.
    pub fn built_in(colour: bool) -> Result<Self, ThemeError> {
        let theme = Self::from_toml(include_str!("../../assets/themes/default.toml"))?;
        Ok(if colour {
            theme
        } else {
            theme.without_colour()
        })
    }

    /// Reads a theme file.
    ///
    /// # Errors
    /// Bad TOML, an unknown name, or a role without a style.
    pub fn from_toml(text: &str) -> Result<Self, ThemeError> {
        let styles: BTreeMap<Role, Style> =
            toml::from_str(text).map_err(|error| ThemeError::Syntax(error.to_string()))?;
        match Role::ALL.iter().find(|role| !styles.contains_key(role)) {
            Some(role) => Err(ThemeError::Missing(*role)),
            None => Ok(Self { styles }),
        }
    }

    /// The same theme by modifiers alone; what was told by a background is told by reversed video.
    #[must_use]
    pub fn without_colour(mut self) -> Self {
        for style in self.styles.values_mut() {
            if style.bg.take().is_some() {
                style.add_modifier |= Modifier::REVERSED;
            }
            style.fg = None;
        }
        self
    }

    /// A theme from a function, so that tests can tell roles apart in a finished frame.
    #[must_use]
    pub fn from_fn(style: impl Fn(Role) -> Style) -> Self {
        Self {
            styles: Role::ALL.iter().map(|role| (*role, style(*role))).collect(),
        }
    }

    /// The style of a role.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        self.styles.get(&role).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_theme_has_every_role() {
        let theme = Theme::built_in(true).unwrap();
        assert!(theme.style(Role::Match).fg.is_some());
    }

    #[test]
    fn without_colour_only_modifiers_are_left() {
        let theme = Theme::built_in(false).unwrap();
        for role in Role::ALL {
            let style = theme.style(*role);
            assert!(style.fg.is_none() && style.bg.is_none(), "{role:?}");
        }
        assert!(
            theme
                .style(Role::Notice)
                .add_modifier
                .contains(Modifier::REVERSED)
        );
        assert_ne!(
            theme.style(Role::Match),
            theme.style(Role::Text),
            "a match shows without colour too"
        );
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert!(
            matches!(Theme::from_toml("texte = {}"), Err(ThemeError::Syntax(message)) if message.contains("texte"))
        );
        assert_eq!(
            Theme::from_toml("text = {}"),
            Err(ThemeError::Missing(Role::Faint))
        );
    }
}
