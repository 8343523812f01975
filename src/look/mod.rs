//! How things look: roles, the styles of a theme for them, and the characters that draw borders and marks.
//! The only place where a colour is named; must not know where on the screen anything stands.

mod background;
mod glyphs;
mod page;
mod role;
mod theme;

pub use background::Background;
pub use glyphs::Glyphs;
pub use page::Page;
pub use role::Role;
pub use theme::{Theme, ThemeError};

use crate::text::WidthPolicy;
use ratatui::style::{Modifier, Style};

/// Everything `view` asks about looks.
#[derive(Debug, Clone)]
pub struct Look {
    /// Styles of the roles.
    pub theme: Theme,
    /// Borders and marks.
    pub glyphs: Glyphs,
    /// How wide the terminal draws.
    pub policy: WidthPolicy,
}

impl Look {
    /// The look for a terminal that draws as `policy` says.
    #[must_use]
    pub const fn new(theme: Theme, policy: WidthPolicy) -> Self {
        let glyphs = Glyphs::for_width(policy.ambiguous);
        Self {
            theme,
            glyphs,
            policy,
        }
    }

    /// The style of a role.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        self.theme.style(role)
    }

    /// The style of a role on a ground such as a selected row. On reversed video a colour would fill the cell, so there
    /// only a match keeps its own: it is what the eye looks for.
    #[must_use]
    pub fn on(&self, ground: Style, role: Role) -> Style {
        let mut style = self.style(role);
        if ground.add_modifier.contains(Modifier::REVERSED) && role != Role::Match {
            style.fg = None;
        }
        ground.patch(style)
    }
}
