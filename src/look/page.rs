//! How the text of an item is set on the page.
//! Must not know how wide the pane is, or where its lines are broken.

use crate::text::Spacing;

/// How the text of an item is set. What a reader can change of it stands in the configuration under `[page]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Hanzi of a line at the most, in a pane that is wider; none for as many as the pane holds.
    pub measure: Option<u16>,
    /// Hanzi that are blank before the first line of a paragraph.
    pub indent: u16,
    /// Whether a mark of pause or stop may stand behind the end of a line, in the margin.
    pub hang: bool,
    /// What is shown between hanzi and latin letters or digits.
    pub spacing: Spacing,
    /// Blank lines between the lines of a paragraph.
    pub line_spacing: u16,
    /// Blank lines between paragraphs, beyond those between lines.
    pub paragraph_spacing: u16,
}

impl Default for Page {
    fn default() -> Self {
        Self {
            measure: Some(40),
            indent: 2,
            hang: true,
            spacing: Spacing::AsPrinted,
            line_spacing: 0,
            paragraph_spacing: 1,
        }
    }
}
