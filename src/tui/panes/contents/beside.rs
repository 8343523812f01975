//! What stands beside the headlines of a list, so that it stands below each other: marks before them, columns, diagnostics, and page or
//! issue behind them. Must not draw.

use super::cell::Manner;
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
        let is_mixed = contents.is_sorted() && contents.listing.scope == Scope::Library;
        let numbers = contents.items.iter();
        let numbers = numbers.filter_map(|item| number(item, is_mixed));
        let widest = numbers.max();
        let widest = widest.map(|number| worded(number, is_mixed, state));
        let widest = widest.map_or(0, |text| columns(&text, state.policy));
        let is_noted = contents.items.iter().any(|item| item.diagnostics > 0);
        let end = widest + if is_noted { NOTED } else { 0 };
        let room = width.saturating_sub(MARKS + end);
        let manner = Manner {
            language: state.language,
            policy: state.policy,
            with_year: contents
                .widest
                .leaves(own_year(contents.listing.scope, state)),
            with_province: false,
        };
        Self {
            state,
            is_mixed,
            end,
            columns: Columns::of(&contents.widest, room, contents.listing.query.order, manner),
        }
    }

    /// What stands at the right of an item's row: its page, or its issue; nothing of one without a page.
    pub fn tail(&self, item: &ItemHead) -> String {
        let number = number(item, self.is_mixed);
        number.map_or_else(String::new, |number| {
            worded(number, self.is_mixed, self.state)
        })
    }
}

/// The page of an item, or its issue.
fn number(item: &ItemHead, is_mixed: bool) -> Option<u32> {
    if is_mixed {
        Some(item.key.issue.0)
    } else {
        item.page
    }
}

fn worded(number: u32, is_mixed: bool, state: &State) -> String {
    if is_mixed {
        let issue = state.language.say_with("issue.number", &[("n", &number)]);
        format!(" {issue}")
    } else {
        format!(" {number:>2}")
    }
}

/// The year of all issues of a scope; none where they are of several, or not known to be of one.
fn own_year(scope: Scope, state: &State) -> Option<i16> {
    let issues = state.issues.iter().flatten();
    let open = state.open.as_ref().and_then(|open| open.issue.as_ref());
    let mut years = issues
        .chain(open)
        .filter(|issue| scope == Scope::Library || scope == Scope::Issue(issue.id))
        .map(|issue| issue.label.year);
    let year = years.next()??;
    let is_own = years.all(|other| other == Some(year));
    i16::try_from(year).ok().filter(|_| is_own)
}
