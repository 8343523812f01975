//! Where a step from the selected row leads: to an item, section or issue, to what was noted or is marked.
//! Must not go there.

use super::window::Contents;
use crate::issue::ItemHead;
use crate::query::Mark;
use crate::store::{Way, issue_of};

impl Contents {
    /// Index of the item behind the selected one, or before it.
    #[must_use]
    pub fn item_step(&self, forward: bool) -> Option<usize> {
        let here = self.selected_item()?;
        let there = match (forward, self.on_heading()) {
            (true, true) => here,
            (true, false) => here + 1,
            (false, _) => here.checked_sub(1)?,
        };
        (there < self.items.len()).then_some(there)
    }

    /// The first item of the next group, or back: of this one, or where it is selected of the one before. None where that is
    /// not in the window, or may not be.
    #[must_use]
    pub fn section_step(&self, way: Way) -> Option<usize> {
        let of = |item: &ItemHead| (issue_of(item.id), item.section_ordinal);
        let here = self.selected_item()?;
        match way {
            Way::Forward => self.next_group(here, of),
            Way::Backward => self
                .first_of_group(here, of)
                .filter(|first| *first != here)
                .or_else(|| self.first_of_group(here.checked_sub(1)?, of)),
        }
    }

    /// The first item of the next older issue, or of the next newer one, likewise.
    #[must_use]
    pub fn issue_step(&self, way: Way) -> Option<usize> {
        let of = |item: &ItemHead| issue_of(item.id);
        let here = self.selected_item()?;
        match way {
            Way::Forward => self.next_group(here, of),
            Way::Backward => {
                let first = self.first_of_group(here, of)?;
                self.first_of_group(first.checked_sub(1)?, of)
            }
        }
    }

    fn next_group<T: PartialEq>(&self, item: usize, of: impl Fn(&ItemHead) -> T) -> Option<usize> {
        let own = of(&self.items[item]);
        (item + 1..self.items.len()).find(|next| of(&self.items[*next]) != own)
    }

    /// The first item of the group that an item is in; none where the window begins within it.
    fn first_of_group<T: PartialEq>(
        &self,
        item: usize,
        of: impl Fn(&ItemHead) -> T,
    ) -> Option<usize> {
        let own = of(&self.items[item]);
        let before = (0..item)
            .rev()
            .find(|before| of(&self.items[*before]) != own);
        before.map(|before| before + 1).or(self.begins.then_some(0))
    }

    /// The nearest item behind the selected row, or before it, about which the parser noted something. None where that is not in
    /// the window.
    #[must_use]
    pub fn noted_step(&self, way: Way) -> Option<usize> {
        let is_noted = |item: &usize| self.items[*item].diagnostics > 0;
        match way {
            Way::Forward => (self.item_step(true)?..self.items.len()).find(is_noted),
            Way::Backward => (0..self.selected_item()?).rev().find(is_noted),
        }
    }

    /// The nearest item behind the selected row that has a mark. None where that is not in the window.
    #[must_use]
    pub fn marked_step(&self, mark: Mark) -> Option<usize> {
        self.marked_from(self.item_step(true)?, mark)
    }

    /// The first item at or behind index `from` that has a mark.
    #[must_use]
    pub fn marked_from(&self, from: usize, mark: Mark) -> Option<usize> {
        let has = |item: &usize| {
            let marks = &self.items[*item].marks;
            match mark {
                Mark::Unread => !marks.read,
                Mark::Read => marks.read,
                Mark::Bookmarked => marks.bookmarked,
            }
        };
        (from..self.items.len()).find(has)
    }
}
