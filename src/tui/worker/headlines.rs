//! The headlines of the library as the jump looks through them, read some at a time.
//! Must not go on with what was read of a library that another program has changed since.

use crate::issue::ItemId;
use crate::jump::{Index, Within};
use crate::store::{Scope, Searcher, StoreError, items_of};

/// Headlines that are read at once: some thirty milliseconds. Tests have small libraries.
const RUN: usize = if cfg!(test) { 4 } else { 16_384 };

/// An index, and how far it has come.
#[derive(Debug, Default)]
pub struct Headlines {
    /// The library's version when it was begun; none while nothing is wanted of it.
    version: Option<i64>,
    index: Index,
    /// The last item that was read.
    last: Option<ItemId>,
    is_whole: bool,
}

impl Headlines {
    /// Begins anew where the library is another one now; what is wanted from here on is all of it.
    pub fn follow(&mut self, searcher: &Searcher) -> Result<(), StoreError> {
        let version = searcher.content_version()?;
        if self.version != Some(version) {
            *self = Self {
                version: Some(version),
                ..Self::default()
            };
        }
        Ok(())
    }

    /// Whether there is more to read that is wanted.
    pub const fn is_awaited(&self) -> bool {
        self.version.is_some() && !self.is_whole
    }

    /// Reads some more.
    pub fn read_on(&mut self, searcher: &Searcher) -> Result<(), StoreError> {
        let (index, last) = (&mut self.index, &mut self.last);
        let read = searcher.headlines(*last, RUN, |item, headline| {
            index.push(item, headline);
            *last = Some(item);
        })?;
        if read < RUN {
            self.is_whole = true;
            self.index.shrink();
        }
        Ok(())
    }

    /// Nothing is wanted of it any more: it can't be read.
    pub fn give_up(&mut self) {
        *self = Self::default();
    }

    pub const fn index(&self) -> &Index {
        &self.index
    }
}

/// The items among which is looked.
pub fn within(scope: Scope) -> Within {
    match scope {
        Scope::Library => Within::All,
        Scope::Issue(issue) => {
            let (first, last) = items_of(issue);
            Within::Items(first..=last)
        }
    }
}
