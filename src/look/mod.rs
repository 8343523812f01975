//! How things look: roles, the styles of a theme for them, and the characters that draw borders and marks.
//! The only place where a colour is named; must not know where on the screen anything stands.

mod background;
mod colour;
mod depth;
mod design;
mod glyphs;
mod page;
mod role;
mod sample;
mod theme;
mod tone;

pub use background::Background;
pub use colour::{READABLE, contrast};
pub use depth::Depth;
pub use design::{Design, Dress, Modifiers};
pub use glyphs::Glyphs;
pub use page::Page;
pub use role::Role;
pub use sample::{draw_all_colours, painted};
pub use theme::Theme;
pub use tone::Tone;

use crate::text::WidthPolicy;
use ratatui::style::Style;

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

    /// The style of a role on a ground such as a selected row.
    #[must_use]
    pub fn on(&self, ground: Style, role: Role) -> Style {
        self.theme.on(ground, role)
    }
}
