//! What the lines of an item depend on beside the item and the width.
//! Must not hold anything that changes with the item.

use crate::config::Language;
use crate::look::Page;
use crate::text::{Spacing, Typesetting, WidthPolicy};

/// Columns of a hanzi.
const HANZI: u16 = 2;
/// From so many rows on a pane is roomy.
const ROOMY_FROM: u16 = 16;
/// Below this width an indent costs more than it helps.
const INDENT_FROM: u16 = 24;

/// How an item is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// The page.
    pub page: Page,
    /// How wide characters are.
    pub policy: WidthPolicy,
    /// The language of what is said about the item.
    pub language: Language,
    /// Whether the pane has room for a blank line above the headline.
    pub roomy: bool,
}

impl Setting {
    /// Whether a pane of so many rows has room for a blank line above the headline.
    #[must_use]
    pub const fn is_roomy(rows: u16) -> bool {
        rows >= ROOMY_FROM
    }

    /// The same, with nothing in the margin.
    #[must_use]
    pub const fn without_hanging(mut self) -> Self {
        self.page.hang = false;
        self
    }

    /// Columns that are blank before a paragraph, where lines have `width`.
    pub(super) const fn indent(&self, width: u16) -> u16 {
        if width >= INDENT_FROM {
            self.page.indent * HANZI
        } else {
            0
        }
    }

    /// How a text is set in lines of `columns`; the item's `own`, or what is said about it.
    pub(super) fn typesetting(&self, columns: u16, indent: u16, own: bool) -> Typesetting {
        Typesetting {
            columns: usize::from(columns),
            indent: usize::from(indent),
            hang: own && self.page.hang,
            balanced: false,
            spacing: if own {
                self.page.spacing
            } else {
                Spacing::AsPrinted
            },
            policy: self.policy,
        }
    }
}
