//! Themes: a style for each role, alone and on the ground that it stands on.
//! Must not know where a theme comes from.

use super::Role;
use super::colour::{is_readable, opposite};
use ratatui::style::{Color, Modifier, Style};
use std::collections::BTreeMap;

/// A style for each role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// That of [`Role::Text`], on which everything stands.
    ground: Style,
    /// What the others have of their own.
    styles: BTreeMap<Role, Style>,
}

impl Theme {
    /// A theme of what each role has of its own; [`Role::Text`] is the ground of all.
    #[must_use]
    pub fn from_fn(style: impl Fn(Role) -> Style) -> Self {
        let others = Role::ALL.iter().filter(|role| **role != Role::Text);
        Self {
            ground: style(Role::Text),
            styles: others.map(|role| (*role, style(*role))).collect(),
        }
    }

    /// The style of a role where nothing else is below it: with the colours of the text where it has none of its own.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        apart(self.ground.patch(self.own(role)))
    }

    /// The style of a role on a ground such as a selected row. What cannot be read there gives its colour up; a match, for which
    /// the eye looks, breaks the ground instead.
    #[must_use]
    pub fn on(&self, ground: Style, role: Role) -> Style {
        let mut own = self.own(role);
        if ground == self.style(Role::Text) || (own.bg.is_some() && role != Role::Text) {
            return self.style(role);
        }
        if Self::clashes(ground, own) {
            if matches!(role, Role::Match | Role::CurrentMatch) {
                return self.style(role);
            }
            own.fg = None;
        }
        apart(ground.patch(own))
    }

    fn own(&self, role: Role) -> Style {
        self.styles.get(&role).copied().unwrap_or_default()
    }

    /// Whether a style would not be read on a ground. On reversed video a colour would fill the cell.
    fn clashes(ground: Style, own: Style) -> bool {
        let Some(fg) = own.fg else {
            return ground.add_modifier.contains(Modifier::REVERSED)
                && !own.add_modifier.is_empty();
        };
        let painted = ground.bg.filter(|bg| *bg != Color::Reset);
        ground.add_modifier.contains(Modifier::REVERSED)
            || painted.is_some_and(|bg| !is_readable(fg, bg))
    }
}

/// A style in which characters differ from what is behind them, however few colours there are.
fn apart(mut style: Style) -> Style {
    if let (Some(fg), Some(bg)) = (style.fg, style.bg)
        && fg == bg
        && fg != Color::Reset
    {
        style.fg = Some(opposite(bg));
    }
    style
}
