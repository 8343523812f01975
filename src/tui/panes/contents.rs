//! The contents pane: sections and headlines of the open issue.

use crate::issue::{IssueId, ItemHead, SectionOrdinal};
use crate::look::Role;
use crate::store::issue_of;
use crate::text::cut;
use crate::tui::cursor::Cursor;
use crate::tui::layout::Shape;
use crate::tui::paint::Canvas;
use crate::tui::state::{Pane, State};
use ratatui::layout::Rect;

/// Items of an issue under their sections, with a selected one.
#[derive(Debug, Default)]
pub struct Contents {
    /// Items in order.
    pub items: Vec<ItemHead>,
    /// What the pane lists.
    pub rows: Vec<Row>,
    /// `selected` is a row, always one of an item where there is any.
    pub cursor: Cursor,
}

/// A row of the contents pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// Heading of the section of this item, an index of `items`.
    Section(usize),
    /// An index of `items`.
    Item(usize),
}

impl Contents {
    /// The contents of `items`, which stand in order; the first one is selected.
    #[must_use]
    pub fn new(items: Vec<ItemHead>) -> Self {
        let mut rows = Vec::with_capacity(items.len() + 4);
        for (n, item) in items.iter().enumerate() {
            if n == 0 || section(&items[n - 1]) != section(item) {
                rows.push(Row::Section(n));
            }
            rows.push(Row::Item(n));
        }
        let mut contents = Self {
            items,
            rows,
            cursor: Cursor::default(),
        };
        contents.cursor.selected = contents.row_of(0).unwrap_or(0);
        contents
    }

    /// The selected item.
    #[must_use]
    pub fn selected(&self) -> Option<&ItemHead> {
        self.items.get(self.selected_item()?)
    }

    /// Index of the selected item.
    #[must_use]
    pub fn selected_item(&self) -> Option<usize> {
        match self.rows.get(self.cursor.selected)? {
            Row::Item(item) => Some(*item),
            Row::Section(_) => None,
        }
    }

    /// Selects an item by its index and shows it, its section's heading too where it is the very first.
    pub fn select(&mut self, item: usize, height: usize) {
        if let Some(row) = self.row_of(item.min(self.items.len().saturating_sub(1))) {
            self.cursor.select(row, self.rows.len(), height);
            if row == 1 {
                self.cursor.offset = 0;
            }
        }
    }

    /// Selects an item of contents that have just been opened.
    pub fn arrive(&mut self, item: usize, height: usize) {
        if let Some(row) = self.row_of(item) {
            self.cursor.arrive(row, self.rows.len(), height);
        }
    }

    /// The first item of the next section, or back: of this section, or where it is selected of the one before.
    #[must_use]
    pub fn section_step(&self, forward: bool) -> Option<usize> {
        let from = self.selected_item()?;
        let mut firsts = self.rows.iter().filter_map(|row| match row {
            Row::Section(first) => Some(*first),
            Row::Item(_) => None,
        });
        if forward {
            firsts.find(|first| *first > from)
        } else {
            firsts.take_while(|first| *first < from).last()
        }
    }

    /// The first unread item at or behind index `from`.
    #[must_use]
    pub fn unread_from(&self, from: usize) -> Option<usize> {
        (from..self.items.len()).find(|item| !self.items[*item].marks.read)
    }

    fn row_of(&self, item: usize) -> Option<usize> {
        self.rows.iter().position(|row| *row == Row::Item(item))
    }
}

/// The section an item stands in, with its issue: lists over several issues have several first sections.
const fn section(item: &ItemHead) -> (IssueId, SectionOrdinal) {
    (issue_of(item.id), item.section_ordinal)
}

/// Draws the pane into `area`, frame and all.
pub fn draw(canvas: &mut Canvas, area: Rect, state: &State) {
    let language = state.language;
    let active = state.focus == Pane::Contents;
    let regions = state.regions();
    let nothing = Contents::default();
    let contents = state
        .issue
        .as_ref()
        .map_or(&nothing, |issue| &issue.contents);
    let place = format!(
        "{}/{}",
        contents.selected_item().map_or(0, |item| item + 1),
        contents.items.len()
    );
    if regions.shape == Shape::Medium {
        canvas.frame(area, active, &language.say("pane.contents"), &place);
    } else {
        canvas.head(area, &language.say("pane.contents"), &place);
    }
    let rows = regions.contents_rows();
    for (y, (n, row)) in rows.rows().zip(
        contents
            .rows
            .iter()
            .enumerate()
            .skip(contents.cursor.offset),
    ) {
        match row {
            Row::Section(first) => draw_section(canvas, y, &contents.items[*first].section),
            Row::Item(item) => {
                let selected = (n == contents.cursor.selected).then_some(active);
                draw_item(canvas, y, &contents.items[*item], selected);
            }
        }
    }
}

fn draw_section(canvas: &mut Canvas, row: Rect, title: &str) {
    let style = canvas.look().style(Role::Section);
    canvas.cut(row, row.x + 1, row.y, title, style);
}

/// One item: marks, headline cut to what is left, page. `selected` tells whether the pane has the focus.
fn draw_item(canvas: &mut Canvas, row: Rect, item: &ItemHead, selected: Option<bool>) {
    let look = canvas.look();
    let ground = match selected {
        None => look.style(Role::Text),
        Some(true) => look.style(Role::Selected),
        Some(false) => look.style(Role::SelectedInactive),
    };
    canvas.fill(row, ground);
    let unread = if item.marks.read {
        " "
    } else {
        look.glyphs.unread
    };
    let bookmark = if item.marks.bookmarked {
        look.glyphs.bookmark
    } else {
        " "
    };
    let x = canvas.text(row, row.x, row.y, unread, look.on(ground, Role::UnreadMark));
    let x = canvas.text(row, x, row.y, bookmark, look.on(ground, Role::BookmarkMark));
    let page = item
        .page
        .map(|page| format!(" {page:>2}"))
        .unwrap_or_default();
    let faint = look.on(ground, Role::Faint);
    let right = canvas.right(row, row.y, &page, faint);
    let role = if item.marks.read {
        Role::Read
    } else {
        Role::Unread
    };
    let room = Rect {
        width: right.saturating_sub(row.x),
        ..row
    };
    let headline = cut(
        &item.headline,
        usize::from(right.saturating_sub(x + 1)),
        look.policy,
    );
    canvas.text(room, x + 1, row.y, &headline, look.on(ground, role));
}
