//! What stands beside the headlines of a list, so that it stands below each other: marks before them, columns, diagnostics, and page or
//! issue behind them. Must not draw.

use super::columns::Columns;
use super::window::Contents;
use crate::issue::ItemHead;
use crate::store::Scope;
use crate::tui::paint::columns;
use crate::tui::state::State;

/// Columns before a headline: two marks and a space.
pub(super) const MARKS: u16 = 3;
/// Columns of the sign of diagnostics, with a space.
const NOTED: u16 = 2;

/// What stands beside the headlines of a list.
pub(super) struct Beside<'a> {
    pub state: &'a State,
    /// Whether the issue stands in the place of the page: where issues are mixed, and no heading says it.
    is_mixed: bool,
    /// Columns behind what items state.
    pub end: u16,
    /// What items state.
    pub columns: Columns,
}

impl<'a> Beside<'a> {
    /// Of rows of `width` columns.
    pub fn of(contents: &Contents, width: u16, state: &'a State) -> Self {
        let mut beside = Self {
            state,
            is_mixed: contents.is_sorted() && contents.listing.scope == Scope::Library,
            end: 0,
            columns: Columns::default(),
        };
        let numbers = contents.items.iter().filter_map(|item| beside.number(item));
        let widest = numbers.max().map(|number| beside.worded(number));
        let widest = widest.map_or(0, |text| columns(&text, state.policy));
        let is_noted = contents.items.iter().any(|item| item.diagnostics > 0);
        beside.end = widest + if is_noted { NOTED } else { 0 };
        let room = width.saturating_sub(MARKS + beside.end);
        beside.columns = Columns::of(&contents.items, room, contents.listing.order);
        beside
    }

    /// What stands at the right of an item's row: its page, or its issue; nothing of one without a page.
    pub fn tail(&self, item: &ItemHead) -> String {
        let number = self.number(item);
        number.map_or_else(String::new, |number| self.worded(number))
    }

    fn number(&self, item: &ItemHead) -> Option<u32> {
        if self.is_mixed {
            Some(item.key.issue.0)
        } else {
            item.page
        }
    }

    fn worded(&self, number: u32) -> String {
        if self.is_mixed {
            let issue = self
                .state
                .language
                .say_with("issue.number", &[("n", &number)]);
            format!(" {issue}")
        } else {
            format!(" {number:>2}")
        }
    }
}
