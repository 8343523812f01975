//! A theme as it is written, before it is known how many colours there are.
//! Must not read files.

use super::{Depth, Role, Theme, Tone};
use ratatui::style::{Modifier, Style};
use std::collections::BTreeMap;

/// What a role is dressed in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dress {
    /// Colour of the characters.
    pub fg: Option<Tone>,
    /// Colour behind them.
    pub bg: Option<Tone>,
    /// Bold, underlined and so on.
    pub modifiers: Modifiers,
    /// What is worn instead where there are only as many colours.
    pub fewer: BTreeMap<Depth, Self>,
}

/// What else than colours a dress is made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Modifiers(Modifier);

impl Modifiers {
    /// Every one, by its name in a theme file.
    pub const NAMES: [(&'static str, Self); 5] = [
        ("bold", Self(Modifier::BOLD)),
        ("dim", Self(Modifier::DIM)),
        ("italic", Self(Modifier::ITALIC)),
        ("underlined", Self(Modifier::UNDERLINED)),
        ("reversed", Self(Modifier::REVERSED)),
    ];

    /// These and those.
    #[must_use]
    pub fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }
}

impl Dress {
    fn at(&self, depth: Depth) -> Style {
        if let Some(other) = self.fewer.get(&depth) {
            return other.at(depth);
        }
        let tone = |tone: Option<Tone>| tone.and_then(|tone| tone.at(depth));
        Style {
            fg: tone(self.fg),
            bg: tone(self.bg),
            add_modifier: self.modifiers.0,
            ..Style::new()
        }
    }
}

/// A theme as it is written: what the roles wear that it names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Design {
    /// By role. What is not named wears what its parent does.
    pub dresses: BTreeMap<Role, Dress>,
}

impl Design {
    /// The styles where there are as many colours as this.
    #[must_use]
    pub fn theme(&self, depth: Depth) -> Theme {
        Theme::from_fn(|role| {
            let worn = role.line().find_map(|role| self.dresses.get(&role));
            worn.map_or_else(Style::new, |dress| dress.at(depth))
        })
    }
}
