//! Counts over what a query finds, and over what each switch would leave of it.
//!
//! The words, issue numbers, tags and facts of a query decide which items are counted at all; the cells tell these apart by what the
//! switches of sections and marks ask, so that a switch changes its counts without counting again.

use super::{Added, Condition, Mark, Query, Term};
use crate::issue::Marks;
use crate::text::normalise;

/// Counted items, told apart by section and marks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// Titles of sections to switch, in the order in which they are shown.
    pub titles: Vec<String>,
    /// Cells that are not empty.
    pub cells: Vec<Cell>,
}

/// Items that are alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Which of [`Tally::titles`] their section has.
    pub title: usize,
    /// How they are marked.
    pub marks: Marked,
    /// How many.
    pub count: usize,
}

/// What the switches of marks tell items apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Marked {
    /// Read.
    pub read: bool,
    /// Bookmarked.
    pub bookmarked: bool,
    /// With a note.
    pub noted: bool,
}

impl From<&Marks> for Marked {
    fn from(marks: &Marks) -> Self {
        Self {
            read: marks.read,
            bookmarked: marks.bookmarked,
            noted: marks.note.is_some(),
        }
    }
}

/// Whether a condition asks for a note, and nothing else would do.
pub(super) fn is_noted(condition: &Condition) -> bool {
    matches!(condition, Condition::Has(added) if added[..] == [Added::Note])
}

/// Whether a switch of sections or marks changes a condition.
fn is_switched(condition: &Condition) -> bool {
    matches!(condition, Condition::Section(_) | Condition::Is(_)) || is_noted(condition)
}

impl Query {
    /// The terms that decide which items a [`Tally`] counts: those that no switch changes.
    #[must_use]
    pub fn counted(&self) -> Self {
        let counted = |term: &&Term| !is_switched(&term.condition);
        Self::of(self.terms.iter().filter(counted).cloned().collect())
    }
}

impl Tally {
    /// How many items `query` finds.
    #[must_use]
    pub fn total(&self, query: &Query) -> usize {
        self.sum(|cell| self.holds(query, cell, |_| true))
    }

    /// How many of the items that `query` finds are marked so.
    #[must_use]
    pub fn found(&self, query: &Query, mark: Mark) -> usize {
        let is_marked = |marks: Marked| mark.holds(marks.read, marks.bookmarked);
        self.sum(|cell| is_marked(cell.marks) && self.holds(query, cell, |_| true))
    }

    /// How many items `query` finds that are marked so, whatever it says of that.
    #[must_use]
    pub fn marked(&self, query: &Query, mark: Mark) -> usize {
        let other = |term: &Term| match (&term.condition, mark) {
            (Condition::Is(asked), Mark::Bookmarked) => *asked != Mark::Bookmarked,
            (Condition::Is(asked), _) => *asked == Mark::Bookmarked,
            _ => true,
        };
        let is_marked = |marks: Marked| mark.holds(marks.read, marks.bookmarked);
        self.sum(|cell| is_marked(cell.marks) && self.holds(query, cell, other))
    }

    /// How many items `query` finds that have a note, whatever it says of that.
    #[must_use]
    pub fn noted(&self, query: &Query) -> usize {
        let other = |term: &Term| !is_noted(&term.condition);
        self.sum(|cell| cell.marks.noted && self.holds(query, cell, other))
    }

    /// How many items `query` finds in the section of this title, whichever sections it wants.
    #[must_use]
    pub fn in_section(&self, query: &Query, title: usize) -> usize {
        let other = |term: &Term| term.negated || !matches!(term.condition, Condition::Section(_));
        self.sum(|cell| cell.title == title && self.holds(query, cell, other))
    }

    /// Moves one item of a section from its marks before to those after.
    pub fn change(&mut self, title: &str, before: Marked, after: Marked) {
        let folded = normalise(title);
        let known = |known: &String| known == title || normalise(known) == folded;
        let Some(title) = self.titles.iter().position(known) else {
            return;
        };
        let is = |cell: &Cell, marks| cell.title == title && cell.marks == marks;
        let Some(from) = self
            .cells
            .iter_mut()
            .find(|cell| is(cell, before) && cell.count > 0)
        else {
            return;
        };
        from.count -= 1;
        match self.cells.iter_mut().find(|cell| is(cell, after)) {
            Some(to) => to.count += 1,
            None => self.cells.push(Cell {
                title,
                marks: after,
                count: 1,
            }),
        }
    }

    fn sum(&self, wanted: impl Fn(&Cell) -> bool) -> usize {
        let cells = self.cells.iter().filter(|cell| wanted(cell));
        cells.map(|cell| cell.count).sum()
    }

    /// Whether those of the query's terms that `asked` picks hold for the items of a cell. All others do.
    fn holds(&self, query: &Query, cell: &Cell, asked: impl Fn(&Term) -> bool) -> bool {
        let title = self.titles.get(cell.title).map_or("", String::as_str);
        query.terms.iter().filter(|term| asked(term)).all(|term| {
            let holds = match &term.condition {
                Condition::Section(names) => names.iter().any(|name| name.names(title)),
                Condition::Is(mark) => mark.holds(cell.marks.read, cell.marks.bookmarked),
                condition if is_noted(condition) => cell.marks.noted,
                // All others decided what was counted.
                _ => return true,
            };
            holds != term.negated
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally() -> Tally {
        let cell = |title, read, bookmarked, count| Cell {
            title,
            marks: Marked {
                noted: read && bookmarked,
                ..marks(read, bookmarked)
            },
            count,
        };
        Tally {
            titles: vec!["招商引资".into(), "政策法规".into()],
            cells: vec![
                cell(0, false, false, 5),
                cell(0, true, true, 2),
                cell(1, false, true, 1),
                cell(1, true, false, 4),
            ],
        }
    }

    fn marks(read: bool, bookmarked: bool) -> Marked {
        Marked {
            read,
            bookmarked,
            ..Marked::default()
        }
    }

    fn query(text: &str) -> Query {
        text.parse().unwrap()
    }

    #[test]
    fn each_count_is_what_its_switch_would_leave() {
        let tally = tally();
        assert_eq!(tally.total(&query("")), 12);
        let narrow = query("新能源 section:招商 is:unread");
        assert_eq!(tally.total(&narrow), 5);
        assert_eq!(tally.in_section(&narrow, 0), 5);
        assert_eq!(tally.in_section(&narrow, 1), 1);
        assert_eq!(tally.marked(&narrow, Mark::Unread), 5);
        assert_eq!(tally.marked(&narrow, Mark::Read), 2);
        assert_eq!(tally.marked(&narrow, Mark::Bookmarked), 0);
        assert_eq!(tally.in_section(&query("-section:招商"), 0), 0);
        assert_eq!(tally.found(&query("is:read"), Mark::Unread), 0);
        assert_eq!(tally.found(&query("section:招商"), Mark::Unread), 5);
        assert_eq!(tally.found(&query("-is:bookmarked"), Mark::Bookmarked), 0);
        assert_eq!(tally.noted(&query("")), 2);
        assert_eq!(tally.noted(&query("has:note is:unread")), 0);
        assert_eq!(tally.total(&query("has:note")), 2);
        assert_eq!(tally.total(&query("-has:note")), 10);
    }

    #[test]
    fn a_changed_mark_moves_one_item() {
        let mut tally = tally();
        tally.change("政策法规", marks(false, true), marks(true, true));
        assert_eq!(tally.total(&query("section:政策 is:unread")), 0);
        assert_eq!(tally.total(&query("section:政策 is:read")), 5);
        tally.change("政策法规", marks(false, true), marks(true, true));
        assert_eq!(tally.total(&query("")), 12, "none is left to move");
    }

    #[test]
    fn what_no_switch_changes_decides_what_is_counted() {
        let counted = query("新能源 section:招商 -风电 is:read has:note issue:7 has:note,tag");
        let counted = counted.counted();
        assert_eq!(counted.to_string(), "新能源 -风电 issue:7 has:note,tag");
    }
}
