//! Carries effects out: a writer for marks and single items, a finder for lists and the jump.
//!
//! Each has its own connection, so that a list can be interrupted without ever touching a write. On threads they
//! answer through a channel; tests call `perform` in place.

mod finder;
mod headlines;

pub use finder::{Finder, Newest};

use super::effect::{Ask, Cause, Deed, Use};
use super::guard::panic_for_tests;
use super::message::Message;
use crate::app::Failure;
use crate::app::original::Original;
use crate::app::reading::Awaited;
use crate::app::viewer;
use crate::store::{Elsewhere, Made, Searcher, Store, StoreError, Version};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex, PoisonError};

/// What the finder is to go on with, from the writer, where that has opened another library or the same one anew.
#[derive(Debug, Clone, Default)]
struct Handed(Arc<Mutex<Option<Searcher>>>);

impl Handed {
    fn put(&self, searcher: Searcher) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(searcher);
    }

    fn take(&self) -> Option<Searcher> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Reads single items and writes marks.
#[derive(Debug)]
pub struct Writer {
    store: Store,
    /// The library's version when it was looked at last; none where it could not be.
    seen: Option<Version>,
    /// Whether other files took the library's place since then.
    replaced: bool,
    /// The library, while the sample is read because it is empty.
    awaited: Option<Awaited>,
    handed: Handed,
}

impl Writer {
    /// A writer on `store`. What changes from now on counts as changed: nothing is to be listed before.
    #[must_use]
    pub fn new(store: Store) -> Self {
        let seen = store.version().ok();
        Self {
            store,
            seen,
            replaced: false,
            awaited: None,
            handed: Handed::default(),
        }
    }

    /// The same, on the sample: as soon as there are issues in the library, that is told.
    #[must_use]
    pub fn awaiting(self, awaited: Option<Awaited>) -> Self {
        Self { awaited, ..self }
    }

    /// A finder on the same library, which goes along where the writer goes to another.
    ///
    /// # Errors
    /// The files can no longer be opened.
    pub fn finder(&self) -> Result<Finder, StoreError> {
        Ok(Finder::following(
            self.store.searcher()?,
            self.handed.clone(),
        ))
    }

    /// Carries out one request; none where it has no answer.
    pub fn perform(&mut self, ask: Ask) -> Option<Message> {
        panic_for_tests("writer");
        // Where what stands there cannot be opened, whoever asks is told by what is open.
        if self.store.follow().unwrap_or(false) {
            self.replaced = true;
            self.hand_on();
        }
        if self.store.read_only().is_some() {
            match ask {
                // Said once, when the reader was opened: these come by themselves.
                Ask::Carry(_) | Ask::Place(..) | Ask::Session(_) => return None,
                Ask::Mark(deed) if deed.is_of_reading() => {
                    return Some(Message::Kept(deed, Made::default()));
                }
                Ask::Item(..)
                | Ask::Noted(..)
                | Ask::Original(..)
                | Ask::Mark(_)
                | Ask::MarkAll(..)
                | Ask::Fixable(..)
                | Ask::Fix(_)
                | Ask::Saved(_)
                | Ask::Look
                | Ask::Enter => {}
            }
        }
        Some(match ask {
            Ask::Item(ticket, purpose, id) => match self.store.item(id) {
                Ok(view) => Message::Item(ticket, purpose, view.map(Box::new)),
                // Fetched because a change was refused, which was told and says more.
                Err(_) if purpose == Use::Marks => return None,
                Err(error) => self.failed(error),
            },
            Ask::Noted(ticket, issue, item) => match self.store.noted(issue, item) {
                Ok(noted) => Message::Noted(ticket, noted.map(Box::new)),
                Err(error) => self.failed(error),
            },
            Ask::Original(issue, item) => {
                let opened = Original::of(&self.store, issue, item).and_then(|original| {
                    let page = viewer::open(&original, |name| std::env::var_os(name))?;
                    Ok((page, original.is_same))
                });
                opened.map_or_else(Message::Failed, |(page, is_same)| {
                    Message::Opened(page, is_same)
                })
            }
            Ask::Carry(became) => {
                let carried = self.store.carry(&became);
                return carried.err().map(|error| self.failed(error));
            }
            Ask::Place(target, place) => {
                let kept = self.store.set_place(&target.key, &target.headline, place);
                return kept.err().map(|error| self.failed(error));
            }
            Ask::Session(session) => {
                let kept = self.store.set_session(&session);
                return kept.err().map(|error| self.failed(error));
            }
            Ask::Look if self.awaited.as_mut().is_some_and(Awaited::is_filled) => Message::Filled,
            Ask::Look => return self.look().map(Message::Elsewhere),
            Ask::Enter => return self.enter(),
            Ask::Mark(deed) => match self.store.mark_each(&deed.changes) {
                Ok(made) => Message::Kept(deed, made),
                Err(error) => Message::NotKept(deed, self.failure(error)),
            },
            Ask::Fixable(ticket, key) => match self.store.fixable(&key) {
                Ok(fixable) => Message::Fixable(ticket, fixable.map(Box::new)),
                Err(error) => self.failed(error),
            },
            Ask::Fix(deed) => match self.store.fix_each(&deed.changes) {
                Ok(fixed) => Message::Fixed(deed, fixed),
                Err(error) => Message::NotFixed(deed, self.failure(error)),
            },
            Ask::Saved(deed) => match self.store.change_saved(&deed.change) {
                Ok(back) => Message::SavedKept(deed, back),
                Err(error) => Message::NotSaved(deed, self.failure(error)),
            },
            Ask::MarkAll(step, listing, change) => {
                match self.store.mark_listing(&listing, &change) {
                    Ok(back) => Message::KeptAll(step, change, back),
                    Err(error) => {
                        let deed = Deed {
                            cause: Cause::Wanted(step),
                            changes: vec![],
                        };
                        Message::NotKept(deed, self.failure(error))
                    }
                }
            }
        })
    }

    fn failed(&self, error: StoreError) -> Message {
        Message::Failed(self.failure(error))
    }

    /// What is to be said of an error: where something is damaged, which file.
    fn failure(&self, error: StoreError) -> Failure {
        self.store.with_file(error).into()
    }

    /// What others have changed since the last look. A library that cannot be read is told of by whoever asks for something.
    fn look(&mut self) -> Option<Elsewhere> {
        let now = self.store.version().ok()?;
        let before = self.seen.replace(now);
        if std::mem::take(&mut self.replaced) {
            return Some(Elsewhere {
                content: true,
                marks: true,
            });
        }
        now.since(before?)
    }

    /// Goes over to the library; none where it is empty again, or cannot be read.
    fn enter(&mut self) -> Option<Message> {
        self.store = self.awaited.as_ref()?.open()?;
        self.awaited = None;
        self.seen = self.store.version().ok();
        self.hand_on();
        Some(Message::Entered)
    }

    /// Has the finder go on with what is open here.
    fn hand_on(&self) {
        if let Ok(searcher) = self.store.searcher() {
            self.handed.put(searcher);
        }
    }

    /// Carries out requests until there are no more senders. Only the newest of waiting item requests of a kind is
    /// carried out; marks never are left out.
    pub fn run(mut self, requests: &Receiver<Ask>, mut answer: impl FnMut(Message)) {
        while let Ok(first) = requests.recv() {
            let waiting = newest(first, requests.try_iter(), |ask| match ask {
                Ask::Item(_, Use::Body(_), _) => Some(0),
                Ask::Item(_, Use::Preview, _) => Some(1),
                Ask::Session(_) => Some(2),
                Ask::Noted(..) => Some(3),
                // One look sees all that happened before it.
                Ask::Look => Some(4),
                Ask::Fixable(..) => Some(5),
                Ask::Item(_, Use::Marks, _)
                | Ask::Original(..)
                | Ask::Mark(_)
                | Ask::MarkAll(..)
                | Ask::Fix(_)
                | Ask::Saved(_)
                | Ask::Place(..)
                | Ask::Enter
                | Ask::Carry(_) => None,
            });
            for ask in waiting {
                if let Some(message) = self.perform(ask) {
                    answer(message);
                }
            }
        }
    }
}

/// Takes all waiting requests; of several of one kind only the last. Those without a kind all stay, in order.
fn newest<T>(
    first: T,
    waiting: impl Iterator<Item = T>,
    kind: impl Fn(&T) -> Option<u8>,
) -> Vec<T> {
    let mut taken = vec![first];
    for next in waiting {
        if let Some(same) = kind(&next) {
            taken.retain(|earlier| kind(earlier) != Some(same));
        }
        taken.push(next);
    }
    taken
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
        let taken = newest(("item", 1), waiting.try_iter(), |(name, _)| {
            (*name == "item").then_some(0)
        });
        assert_eq!(taken, [("mark", 3), ("item", 4), ("mark", 5)]);
    }
}
