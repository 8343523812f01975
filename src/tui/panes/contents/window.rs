//! What the pane holds: a window of a listing. What is far behind the selected row is let go, what comes near is asked for.
//! Must not ask itself, and must not draw.

use super::cell::Widest;
use crate::config::Language;
use crate::issue::{IssueId, ItemHead, ItemId, SectionOrdinal};
use crate::query::Order;
use crate::store::{Anchor, Listing, Run, Scope, issue_of};
use crate::text::WidthPolicy;
use crate::tui::cursor::{Cursor, Step};
use std::collections::BTreeSet;

/// Items kept in the window; a screen holds a tenth of them at most.
const MOST: usize = 2000;
/// Rows near an end of the window at which more is asked for, at the least: more than the longest issues have.
const NEAR: usize = 120;

/// A window of a listing, with a selected row.
#[derive(Debug)]
pub struct Contents {
    /// Items in order.
    pub items: Vec<ItemHead>,
    /// What the pane lists.
    pub rows: Vec<Row>,
    /// `selected` is a row.
    pub cursor: Cursor,
    /// Whether nothing is listed before `items`.
    pub begins: bool,
    /// Whether nothing is listed behind `items`.
    pub ends: bool,
    /// How many items are listed before `items`; none until they are counted.
    pub before: Option<usize>,
    /// How many items are listed in all; none until they are counted.
    pub total: Option<usize>,
    /// Whether more has been asked for and is not there yet.
    pub asked: bool,
    /// What it is a window of. As printed, items of the library stand under their issues, those of an issue under their sections;
    /// in another order there are no headings.
    pub listing: Listing,
    /// How wide what they state is, of items that were let go too.
    pub(super) widest: Widest,
    folded: BTreeSet<GroupId>,
}

/// A row of the contents pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// Heading of the group that this item begins, an index of `items`.
    Heading(usize),
    /// An index of `items`.
    Item(usize),
}

/// A section of an issue; where grouped by issues, its number is 0.
type GroupId = (IssueId, SectionOrdinal);

impl Row {
    /// Index of its item.
    #[must_use]
    pub const fn item(self) -> usize {
        match self {
            Self::Heading(item) | Self::Item(item) => item,
        }
    }
}

/// Rows near an end of the window at which more is asked for: two screens, and [`NEAR`] at the least.
fn near(height: usize) -> usize {
    NEAR.max(2 * height)
}

/// What a row is, whatever its index: what a selection is kept by.
#[derive(PartialEq)]
enum Identity {
    Heading(GroupId),
    Item(ItemId),
}

impl Contents {
    /// The items of a run; the first one is selected. What was folded in `former` stays so. What they state is measured for a screen
    /// in this language and of this policy.
    #[must_use]
    pub fn new(
        listing: Listing,
        run: Run,
        former: Option<Self>,
        language: Language,
        policy: WidthPolicy,
    ) -> Self {
        let mut widest = Widest::new(language, policy);
        widest.add(&run.items);
        let mut contents = Self {
            items: run.items,
            begins: run.begins,
            ends: run.ends,
            before: run.begins.then_some(0),
            listing,
            folded: former.map(|former| former.folded).unwrap_or_default(),
            rows: vec![],
            cursor: Cursor::default(),
            total: None,
            asked: false,
            widest,
        };
        contents.lay_out();
        contents.cursor.selected = contents.row_of(0).unwrap_or(0);
        contents
    }

    /// Takes in the run behind the window, or before it; the selected row stays where it is on the screen. What is far from
    /// it on the other side is let go. A run that does not join the window is passed over.
    pub fn extend(&mut self, anchor: Anchor, run: Run, height: usize) {
        self.asked = false;
        let first = self.items.first().map(|item| item.id);
        let last = self.items.last().map(|item| item.id);
        let selected = self.rows.get(self.cursor.selected);
        let selected = selected.map(|row| self.identity(*row));
        let above = self.cursor.selected.saturating_sub(self.cursor.offset);
        let near = near(height);
        self.widest.add(&run.items);
        match anchor {
            Anchor::After(item) if last == Some(item) => {
                let kept = self.cursor.selected.saturating_sub(near);
                let spare = self.rows.get(kept).map_or(0, |row| row.item());
                self.items.extend(run.items);
                self.ends = run.ends;
                let over = self.items.len().saturating_sub(MOST).min(spare);
                if over > 0 {
                    self.items.drain(..over);
                    self.begins = false;
                    self.before = self.before.map(|before| before + over);
                }
            }
            Anchor::Before(item) if first == Some(item) => {
                let added = run.items.len();
                let kept = self.rows.get(self.cursor.selected + near);
                let kept = kept.map_or(self.items.len(), |row| row.item() + 1) + added;
                self.items.splice(..0, run.items);
                self.begins = run.begins;
                self.before = if run.begins {
                    Some(0)
                } else {
                    self.before.map(|before| before.saturating_sub(added))
                };
                let most = MOST.max(kept);
                if self.items.len() > most {
                    self.items.truncate(most);
                    self.ends = false;
                }
            }
            _ => return,
        }
        self.lay_out();
        let row = selected.and_then(|selected| {
            let mut rows = self.rows.iter();
            rows.position(|row| self.identity(*row) == selected)
        });
        self.cursor.selected = row.unwrap_or(0);
        self.cursor.offset = self.cursor.selected.saturating_sub(above);
        self.cursor.keep_visible(self.rows.len(), height);
    }

    /// Takes in how many items are listed before one of the window, which may have moved since it was asked about.
    pub fn counted_before(&mut self, item: ItemId, count: usize) {
        let at = self.items.iter().position(|head| head.id == item);
        if let Some(at) = at.filter(|_| !self.begins) {
            self.before = Some(count.saturating_sub(at));
        }
    }

    /// What is to be asked for, where the selected row comes near an end of the window that is not the listing's.
    #[must_use]
    pub fn wanted(&self, height: usize) -> Option<Anchor> {
        let near = near(height);
        if self.asked {
            return None;
        }
        if !self.ends && self.cursor.selected + near >= self.rows.len() {
            return self.items.last().map(|item| Anchor::After(item.id));
        }
        if !self.begins && self.cursor.selected < near {
            return self.items.first().map(|item| Anchor::Before(item.id));
        }
        None
    }

    /// Whether the window is all of the listing.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.begins && self.ends
    }

    /// The selected item; a heading stands for the first item under it.
    #[must_use]
    pub fn selected(&self) -> Option<&ItemHead> {
        self.items.get(self.selected_item()?)
    }

    /// Index of the selected item.
    #[must_use]
    pub fn selected_item(&self) -> Option<usize> {
        Some(self.rows.get(self.cursor.selected)?.item())
    }

    /// Whether a heading is selected.
    #[must_use]
    pub fn on_heading(&self) -> bool {
        matches!(self.rows.get(self.cursor.selected), Some(Row::Heading(_)))
    }

    /// Selects an item by its index and shows it, its heading too where that is the very first row. A folded group opens.
    pub fn select(&mut self, item: usize, height: usize) {
        if let Some(row) = self.open_row(item) {
            self.cursor.select(row, self.rows.len(), height);
            if row == 1 {
                self.cursor.offset = 0;
            }
        }
    }

    /// Selects an item of contents that have just been opened.
    pub fn arrive(&mut self, item: usize, height: usize) {
        if let Some(row) = self.open_row(item) {
            self.cursor.arrive(row, self.rows.len(), height);
        }
    }

    /// Selects the heading over an item of contents that have just been opened; what is folded stays so.
    pub fn arrive_at_heading(&mut self, item: usize, height: usize) {
        if item >= self.items.len() {
            return;
        }
        let wanted = Identity::Heading(self.group(item));
        let mut rows = self.rows.iter();
        if let Some(row) = rows.position(|row| self.identity(*row) == wanted) {
            self.cursor.arrive(row, self.rows.len(), height);
        }
    }

    /// Goes through the rows; whether that led anywhere.
    pub fn go(&mut self, step: Step, height: usize) -> bool {
        let before = self.cursor.selected;
        self.cursor.go(step, self.rows.len(), height);
        if step == Step::First && self.rows.get(1) == Some(&Row::Item(0)) {
            // The beginning is the first item, as everywhere; its heading shows above it.
            self.cursor.select(1, self.rows.len(), height);
        }
        if self.cursor.selected <= 1 && self.cursor.selected < before {
            self.cursor.offset = 0;
        }
        self.cursor.selected != before
    }

    /// Folds or unfolds the group whose heading is selected; whether one is.
    pub fn fold(&mut self, height: usize) -> bool {
        let Some(Row::Heading(first)) = self.rows.get(self.cursor.selected).copied() else {
            return false;
        };
        let group = self.group(first);
        if !self.folded.remove(&group) {
            self.folded.insert(group);
        }
        self.lay_out();
        let row = self.rows.iter().position(|row| *row == Row::Heading(first));
        self.cursor
            .select(row.unwrap_or(0), self.rows.len(), height);
        true
    }

    /// Where the selected item stands in the whole listing, from 1; none until that is counted.
    #[must_use]
    pub fn place(&self) -> Option<usize> {
        Some(self.before? + self.selected_item()? + 1)
    }

    fn group(&self, item: usize) -> GroupId {
        let item = &self.items[item];
        match self.listing.scope {
            Scope::Issue(_) => (issue_of(item.id), item.section_ordinal),
            Scope::Library => (issue_of(item.id), SectionOrdinal(0)),
        }
    }

    fn identity(&self, row: Row) -> Identity {
        match row {
            Row::Heading(first) => Identity::Heading(self.group(first)),
            Row::Item(item) => Identity::Item(self.items[item].id),
        }
    }

    /// The row of an item, whose group is unfolded for it.
    fn open_row(&mut self, item: usize) -> Option<usize> {
        if item >= self.items.len() {
            return None;
        }
        if !self.is_sorted() && self.folded.remove(&self.group(item)) {
            self.lay_out();
        }
        self.row_of(item)
    }

    fn row_of(&self, item: usize) -> Option<usize> {
        self.rows.iter().position(|row| *row == Row::Item(item))
    }

    /// Whether items stand in another order than the printed one.
    #[must_use]
    pub fn is_sorted(&self) -> bool {
        self.listing.query.order != Order::Printed
    }

    /// Makes the rows.
    fn lay_out(&mut self) {
        self.rows.clear();
        if self.is_sorted() {
            self.rows.extend((0..self.items.len()).map(Row::Item));
            return;
        }
        let mut before = None;
        for item in 0..self.items.len() {
            let group = self.group(item);
            if before != Some(group) {
                self.rows.push(Row::Heading(item));
            }
            if !self.folded.contains(&group) {
                self.rows.push(Row::Item(item));
            }
            before = Some(group);
        }
    }

    /// Whether the group under a heading is folded.
    pub(super) fn is_folded(&self, first: usize) -> bool {
        self.folded.contains(&self.group(first))
    }

    /// Items under a heading; none where the window may end before the group does.
    pub(super) fn count(&self, first: usize) -> Option<usize> {
        let group = self.group(first);
        let count = (first..self.items.len())
            .take_while(|item| self.group(*item) == group)
            .count();
        let cut = (first == 0 && !self.begins) || (first + count == self.items.len() && !self.ends);
        (!cut).then_some(count)
    }
}
