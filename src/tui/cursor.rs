//! A selection in a list with the part of it that is on the screen; a scroll position in a text.
//! Must not know what the rows are.

/// The selected row and the first visible one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cursor {
    /// Selected row, from 0.
    pub selected: usize,
    /// First visible row.
    pub offset: usize,
}

/// A way to go through rows or lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// So many rows on (negative: back).
    By(isize),
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

impl Step {
    /// Where the step leads from `from` among `len` rows.
    #[must_use]
    pub fn from(self, from: usize, len: usize) -> usize {
        let last = len.saturating_sub(1);
        match self {
            Self::By(rows) => from.saturating_add_signed(rows).min(last),
            Self::First => 0,
            Self::Last => last,
        }
    }
}

impl Cursor {
    /// Goes a step among `len` rows, of which `height` are visible.
    pub fn go(&mut self, step: Step, len: usize, height: usize) {
        self.selected = step.from(self.selected, len);
        self.keep_visible(len, height);
    }

    /// Selects `row` and shows it.
    pub fn select(&mut self, row: usize, len: usize, height: usize) {
        self.selected = row.min(len.saturating_sub(1));
        self.keep_visible(len, height);
    }

    /// Selects `row` and shows it with about a third of the visible rows above it: for a row that was not reached step by
    /// step, whose neighbours the reader has not seen yet.
    pub fn arrive(&mut self, row: usize, len: usize, height: usize) {
        self.offset = row.saturating_sub(height / 3);
        self.select(row, len, height);
    }

    /// Moves the visible part as little as needed so that the selected row is in it, with a row of context where there is
    /// room, and no empty rows at the end while there are rows above.
    pub fn keep_visible(&mut self, len: usize, height: usize) {
        let height = height.max(1);
        let context = usize::from(height > 4);
        let lowest = (self.selected + 1 + context).saturating_sub(height);
        let highest = self.selected.saturating_sub(context);
        self.offset = self
            .offset
            .clamp(lowest.min(highest), highest)
            .min(len.saturating_sub(height));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn steps_stay_inside() {
        assert_eq!(Step::By(-3).from(1, 10), 0);
        assert_eq!(Step::By(30).from(1, 10), 9);
        assert_eq!(Step::Last.from(0, 0), 0);
    }

    proptest! {
        #[test]
        fn the_selected_row_is_always_visible(len in 1_usize..50, height in 0_usize..20, steps in proptest::collection::vec(-60_isize..60, 1..10)) {
            let mut cursor = Cursor::default();
            for step in steps {
                cursor.go(Step::By(step), len, height);
                prop_assert!(cursor.selected < len);
                prop_assert!(cursor.offset <= cursor.selected);
                prop_assert!(cursor.selected < cursor.offset + height.max(1));
                prop_assert!(cursor.offset + height.max(1) <= len.max(height.max(1)));
            }
        }
    }
}
