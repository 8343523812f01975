//! Carries effects out: a writer for marks and single items, a finder for lists and the jump.
//!
//! Each has its own connection, so that a list may one day be interrupted without ever touching a write. On threads they
//! answer through a channel; tests call `perform` in place.

use super::effect::{Ask, Change, Find, Use};
use super::guard::panic_for_tests;
use super::message::{HitRow, Message};
use super::overlays::jump::LIMIT;
use crate::app::Failure;
use crate::jump::{Index, Query};
use crate::store::{Searcher, Store, StoreError};
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::mpsc::Receiver;

/// Reads single items and writes marks.
#[derive(Debug)]
pub struct Writer {
    store: Store,
}

impl Writer {
    /// A writer on `store`.
    #[must_use]
    pub const fn new(store: Store) -> Self {
        Self { store }
    }

    /// Carries out one request.
    pub fn perform(&mut self, ask: Ask) -> Message {
        panic_for_tests("writer");
        match ask {
            Ask::Item(ticket, purpose, id) => match self.store.item(id) {
                Ok(view) => Message::Item(ticket, purpose, view.map(Box::new)),
                Err(error) => failed(error),
            },
            Ask::Mark(target, change) => {
                let done = match change {
                    Change::Bookmark(on) => {
                        self.store.set_bookmark(&target.key, &target.headline, on)
                    }
                    Change::Read(on) => self.store.set_read(&target.key, &target.headline, on),
                };
                match done {
                    Ok(_) => Message::Kept(change),
                    Err(error) => Message::NotKept(target, change, Failure::from(error)),
                }
            }
        }
    }

    /// Carries out requests until there are no more senders. Only the newest of waiting item requests of a kind is
    /// carried out; marks never are left out.
    pub fn run(mut self, requests: &Receiver<Ask>, mut answer: impl FnMut(Message)) {
        while let Ok(first) = requests.recv() {
            let waiting = newest(first, requests, |ask| match ask {
                Ask::Item(_, Use::Body, _) => Some(0),
                Ask::Item(_, Use::Preview, _) => Some(1),
                Ask::Item(_, Use::Marks, _) | Ask::Mark(..) => None,
            });
            for ask in waiting {
                answer(self.perform(ask));
            }
        }
    }
}

/// Lists, and finds headlines.
#[derive(Debug)]
pub struct Finder {
    searcher: Searcher,
    /// The headlines of the library, and the library's version when they were read.
    index: Option<(i64, Index)>,
}

impl Finder {
    /// A finder on `searcher`.
    #[must_use]
    pub const fn new(searcher: Searcher) -> Self {
        Self {
            searcher,
            index: None,
        }
    }

    /// Carries out one request.
    pub fn perform(&mut self, find: Find) -> Message {
        match self.answer(find) {
            Ok(message) => message,
            Err(error) => failed(error),
        }
    }

    /// Carries out requests until there are no more senders. Of waiting requests of a kind only the newest is carried
    /// out: who types fast wants the last word's hits.
    pub fn run(mut self, requests: &Receiver<Find>, mut answer: impl FnMut(Message)) {
        while let Ok(first) = requests.recv() {
            for find in newest(first, requests, |find| Some(kind(find))) {
                answer(self.perform(find));
            }
        }
    }

    fn answer(&mut self, find: Find) -> Result<Message, StoreError> {
        Ok(match find {
            Find::Newest(ticket) => Message::Newest(ticket, self.searcher.newest()?),
            Find::Issues(ticket) => Message::Issues(ticket, self.searcher.issues()?),
            Find::Contents(ticket, id, goal) => {
                Message::Contents(ticket, id, self.searcher.heads(id)?, goal)
            }
            Find::Bookmarks(ticket) => {
                panic_for_tests("finder");
                Message::Bookmarks(ticket, self.searcher.bookmarks()?)
            }
            Find::Jump(ticket, typed) => {
                let (rows, total) = self.jump(&Query::new(&typed))?;
                Message::Hits(ticket, rows, total)
            }
        })
    }

    /// The best hits with their heads.
    fn jump(&mut self, query: &Query) -> Result<(Vec<HitRow>, usize), StoreError> {
        let hits = self.index()?.find(query, LIMIT);
        let ids: Vec<_> = hits.best.iter().map(|hit| hit.item).collect();
        let mut heads: HashMap<_, _> = self
            .searcher
            .heads_by_id(&ids)?
            .into_iter()
            .map(|head| (head.id, head))
            .collect();
        let rows = hits.best.iter().filter_map(|hit| {
            let head = heads.remove(&hit.item)?;
            Some(HitRow {
                matched: hit.printed(&head.headline),
                head,
            })
        });
        Ok((rows.collect(), hits.total))
    }

    /// The index of headlines, read anew where another program has changed the library since.
    fn index(&mut self) -> Result<&Index, StoreError> {
        let version = self.searcher.content_version()?;
        let index = match self.index.take() {
            Some((read, index)) if read == version => index,
            _ => {
                let mut index = Index::default();
                self.searcher.each_headline(|id, headline| {
                    index.push(id, headline);
                    ControlFlow::Continue(())
                })?;
                index
            }
        };
        Ok(&self.index.insert((version, index)).1)
    }
}

/// Takes all waiting requests; of several of one kind only the last. Those without a kind all stay, in order.
fn newest<T>(first: T, waiting: &Receiver<T>, kind: impl Fn(&T) -> Option<u8>) -> Vec<T> {
    let mut taken = vec![first];
    for next in waiting.try_iter() {
        if let Some(same) = kind(&next) {
            taken.retain(|earlier| kind(earlier) != Some(same));
        }
        taken.push(next);
    }
    taken
}

const fn kind(find: &Find) -> u8 {
    match find {
        Find::Newest(_) => 0,
        Find::Issues(_) => 1,
        Find::Contents(..) => 2,
        Find::Bookmarks(_) => 3,
        Find::Jump(..) => 4,
    }
}

fn failed(error: StoreError) -> Message {
    Message::Failed(Failure::from(error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    #[test]
    fn of_waiting_requests_of_a_kind_only_the_newest_stays_and_marks_all_stay() {
        let (send, waiting) = channel();
        for request in [("item", 2), ("mark", 3), ("item", 4), ("mark", 5)] {
            send.send(request).unwrap();
        }
        let taken = newest(("item", 1), &waiting, |(name, _)| {
            (*name == "item").then_some(0)
        });
        assert_eq!(taken, [("mark", 3), ("item", 4), ("mark", 5)]);
    }
}
