//! How contents are printed: with bullets or without, with pages behind the entries or below them, wrapped or not.
//! Must not read an entry.

use super::super::classify::{Shape, shape};
use super::super::lines::Row;
use super::super::page_number::page_number;
use super::listed::listed;

/// How the contents are printed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) marks: Marks,
    pub(super) pages: Pages,
    /// Whether entries run over more than one line.
    pub(super) wrapped: bool,
}

/// What tells entries apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marks {
    /// Most begin with bullets.
    Bullets,
    /// Most have no bullet, and end with pages.
    Pages,
    /// There are neither bullets nor pages.
    None,
}

/// Where most pages stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pages {
    /// Behind the headlines.
    Inline,
    /// On lines of their own, below the headlines.
    Below,
    /// Nowhere.
    None,
}

impl Style {
    pub(super) fn of(rows: &[Row<'_>]) -> Self {
        let mut counts = Counts::default();
        for (at, row) in rows.iter().enumerate() {
            counts.add(row, rows.get(at + 1));
        }
        let Counts {
            bullets,
            bare,
            below,
            ..
        } = counts;
        let marks = if bullets > bare {
            Marks::Bullets
        } else if bare + below > 0 {
            Marks::Pages
        } else {
            Marks::None
        };
        let entries = rows.len().min(bullets + bare);
        Self {
            marks,
            pages: if 2 * below > entries {
                Pages::Below
            } else if 2 * counts.paged > bullets.max(bare) {
                Pages::Inline
            } else {
                Pages::None
            },
            wrapped: match marks {
                Marks::Bullets => counts.unfinished > 0,
                _ => counts.unfinished_bare > 0,
            },
        }
    }
}

#[derive(Default)]
struct Counts {
    /// Lines with a bullet.
    bullets: usize,
    /// Lines without any mark that end with a page.
    bare: usize,
    /// Lines that end with a page.
    paged: usize,
    /// Lines with a page number on a line of its own below.
    below: usize,
    /// Lines with a bullet that go on in the next.
    unfinished: usize,
    /// Whether an entry with a bullet has not come to its page yet.
    open: bool,
    /// Lines without any mark that go on in the next.
    unfinished_bare: usize,
}

impl Counts {
    fn add(&mut self, row: &Row<'_>, next: Option<&Row<'_>>) {
        let paged = listed(row.text).1.is_some();
        self.paged += usize::from(paged);
        match shape(row.text) {
            Shape::Bullet(_, text) => {
                self.bullets += 1;
                let goes_on = next.is_some_and(|next| shape(next.text) == Shape::Text);
                let ends = text.is_empty() || listed(text).1.is_some();
                self.unfinished += usize::from(!ends && goes_on);
                self.open = !ends;
            }
            // The rest of an entry with a bullet.
            Shape::Text if self.open => self.open = !paged,
            Shape::Text => {
                self.bare += usize::from(paged);
                let ends = next.is_some_and(|next| listed(next.text).1.is_some());
                self.unfinished_bare += usize::from(!paged && ends);
            }
            _ => self.open = false,
        }
        let number = next.is_some_and(|next| page_number(next.text).is_some());
        self.below += usize::from(row.page_below.is_some() || number);
    }
}
