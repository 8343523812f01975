//! Carries effects out: a writer for marks and single items, a finder for lists and the jump.
//!
//! Each has its own connection, so that a list can be interrupted without ever touching a write. On threads they
//! answer through a channel; tests call `perform` in place.

use super::effect::{Ask, Cause, Deed, Find, Goal, Resume, Seek, Ticket, Use};
use super::guard::panic_for_tests;
use super::message::{HitRow, Listed, Message};
use super::overlays::jump::LIMIT;
use super::session::{Last, Session};
use crate::app::Failure;
use crate::app::reading::Awaited;
use crate::issue::ItemId;
use crate::jump::{Index, Query};
use crate::query::{Condition, Mark, Term};
use crate::store::{Anchor, Elsewhere, Listing, Made, Scope, Searcher, Store, StoreError, Version};
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex, PoisonError};

/// Items that are read at once: some screens of them, a millisecond's work.
const RUN: usize = 200;

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
        Ok(Finder {
            handed: self.handed.clone(),
            ..Finder::new(self.store.searcher()?)
        })
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
                | Ask::Mark(_)
                | Ask::MarkAll(..)
                | Ask::Look
                | Ask::Enter => {}
            }
        }
        Some(match ask {
            Ask::Item(ticket, purpose, id) => match self.store.item(id) {
                Ok(view) => Message::Item(ticket, purpose, view.map(Box::new)),
                Err(error) => failed(error),
            },
            Ask::Noted(ticket, issue, item) => match self.store.noted(issue, item) {
                Ok(noted) => Message::Noted(ticket, noted.map(Box::new)),
                Err(error) => failed(error),
            },
            Ask::Carry(became) => return self.store.carry(&became).err().map(failed),
            Ask::Place(target, place) => {
                let kept = self.store.set_place(&target.key, &target.headline, place);
                return kept.err().map(failed);
            }
            Ask::Session(session) => {
                return self.store.set_session(&session).err().map(failed);
            }
            Ask::Look if self.awaited.as_mut().is_some_and(Awaited::is_filled) => Message::Filled,
            Ask::Look => return self.look().map(Message::Elsewhere),
            Ask::Enter => return self.enter(),
            Ask::Mark(deed) => match self.store.mark_each(&deed.changes) {
                Ok(made) => Message::Kept(deed, made),
                Err(error) => Message::NotKept(deed, Failure::from(error)),
            },
            Ask::MarkAll(step, listing, change) => {
                match self.store.mark_listing(&listing, &change) {
                    Ok(back) => Message::KeptAll(step, change, back),
                    Err(error) => {
                        let deed = Deed {
                            cause: Cause::Wanted(step),
                            changes: vec![],
                        };
                        Message::NotKept(deed, Failure::from(error))
                    }
                }
            }
        })
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
            let waiting = newest(first, requests, |ask| match ask {
                Ask::Item(_, Use::Body(_), _) => Some(0),
                Ask::Item(_, Use::Preview, _) => Some(1),
                Ask::Session(_) => Some(2),
                Ask::Noted(..) => Some(3),
                // One look sees all that happened before it.
                Ask::Look => Some(4),
                Ask::Item(_, Use::Marks, _)
                | Ask::Mark(_)
                | Ask::MarkAll(..)
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

/// The newest list that was asked for: it stops the work on those before it.
#[derive(Debug, Clone, Default)]
pub struct Newest(Arc<AtomicU64>);

impl Newest {
    /// Makes it known, before the request itself is sent, that a list is asked for.
    pub fn announce(&self, find: &Find) {
        if let Find::List(Ticket(ticket), _, _, goal) = find
            && *goal != Goal::More
        {
            self.0.store(*ticket, Ordering::Relaxed);
        }
    }

    /// Nothing is wanted any more.
    pub fn stop_all(&self) {
        self.0.store(u64::MAX, Ordering::Relaxed);
    }
}

/// Lists, and finds headlines.
#[derive(Debug)]
pub struct Finder {
    searcher: Searcher,
    newest: Newest,
    /// Ticket of the request that a newer list may stop; 0 while there is none such.
    current: Arc<AtomicU64>,
    /// The headlines of the library, and the library's version when they were read.
    index: Option<(i64, Index)>,
    handed: Handed,
}

impl Finder {
    /// A finder on `searcher`.
    #[must_use]
    pub fn new(searcher: Searcher) -> Self {
        Self {
            searcher,
            newest: Newest::default(),
            current: Arc::default(),
            index: None,
            handed: Handed::default(),
        }
    }

    /// Lets whoever announces a newer list stop the work on an older one.
    ///
    /// # Errors
    /// Never on a searcher that is the finder's own.
    pub fn stoppable(&mut self) -> Result<Newest, StoreError> {
        self.stop_by_newer()?;
        Ok(self.newest.clone())
    }

    fn stop_by_newer(&self) -> Result<(), StoreError> {
        let (newest, current) = (self.newest.clone(), Arc::clone(&self.current));
        self.searcher.stop_when(move || {
            let current = current.load(Ordering::Relaxed);
            current > 0 && newest.0.load(Ordering::Relaxed) > current
        })
    }

    /// Goes along with the writer.
    fn follow(&mut self) {
        if let Some(searcher) = self.handed.take() {
            (self.searcher, self.index) = (searcher, None);
            // Where that fails, which it never does, a list is read to its end.
            let _ = self.stop_by_newer();
        }
    }

    /// Carries out one request; none where a newer one stopped it.
    pub fn perform(&mut self, find: Find) -> Option<Message> {
        self.follow();
        let current = match &find {
            Find::List(ticket, ..) | Find::Tally(ticket, ..) | Find::Seek(ticket, ..) => ticket.0,
            Find::Opening(..)
            | Find::Where(..)
            | Find::Issues(_)
            | Find::Bookmarks(_)
            | Find::Tags(_)
            | Find::Jump(..) => 0,
        };
        self.current.store(current, Ordering::Relaxed);
        let list = match &find {
            // It stands in for a list, which is asked for with its answer.
            Find::List(ticket, ..) | Find::Where(ticket, _) => Some(*ticket),
            _ => None,
        };
        match (self.answer(find), list) {
            (Ok(message), _) => Some(message),
            (Err(StoreError::Stopped), _) => None,
            (Err(error), Some(ticket)) => Some(Message::NotListed(ticket, Failure::from(error))),
            (Err(error), None) => Some(failed(error)),
        }
    }

    /// Carries out requests until there are no more senders. Of waiting requests of a kind only the newest is carried
    /// out: who types fast wants the last word's hits.
    pub fn run(mut self, requests: &Receiver<Find>, mut answer: impl FnMut(Message)) {
        while let Ok(first) = requests.recv() {
            let mut waiting = newest(first, requests, |find| Some(kind(find)));
            // Counting takes longest, and is what one waits for least.
            waiting.sort_by_key(|find| matches!(find, Find::Tally(..)));
            for find in waiting {
                if let Some(message) = self.perform(find) {
                    answer(message);
                }
            }
        }
    }

    fn answer(&mut self, find: Find) -> Result<Message, StoreError> {
        Ok(match find {
            Find::Opening(ticket, resume) => {
                let last = match resume {
                    Resume::Last => self.last()?,
                    Resume::Newest => None,
                };
                Message::Opening(ticket, self.searcher.newest()?, last.map(Box::new))
            }
            Find::Where(ticket, session) => {
                let now = self.today(*session)?;
                Message::Where(ticket, self.searcher.newest()?, Box::new(now))
            }
            Find::Issues(ticket) => Message::Issues(ticket, self.searcher.issues()?),
            Find::List(ticket, listing, anchor, goal) => {
                let run = self.searcher.run(&listing, anchor, RUN)?;
                let issue = match listing.scope {
                    Scope::Issue(issue) => self.searcher.issue_head(issue)?,
                    Scope::Library => None,
                };
                let listed = Listed {
                    listing,
                    anchor,
                    run,
                    issue,
                };
                Message::List(ticket, Box::new(listed), goal)
            }
            Find::Tally(ticket, listing, first) => {
                let tally = self.searcher.tally(&listing)?;
                let before = match first {
                    Some(item) => Some((item, self.searcher.count_before(&listing, item)?)),
                    None => None,
                };
                Message::Tally(ticket, listing, tally, before)
            }
            Find::Seek(ticket, listing, item, seek) => {
                let found = match seek {
                    Seek::Unread => self.next_unread(listing, item)?,
                    Seek::Group(group, way) => {
                        self.searcher.group_step(&listing, item, group, way)?
                    }
                    Seek::Noted(way) => self.searcher.noted_step(&listing, item, way)?,
                };
                Message::Sought(ticket, seek, found)
            }
            Find::Bookmarks(ticket) => {
                panic_for_tests("finder");
                let detached = self.searcher.detached()?;
                Message::Bookmarks(ticket, self.searcher.bookmarks()?, detached)
            }
            Find::Tags(ticket) => Message::Tags(ticket, self.searcher.tags()?),
            Find::Jump(ticket, typed) => {
                let (rows, total) = self.jump(&Query::new(&typed))?;
                Message::Hits(ticket, rows, total)
            }
        })
    }

    /// Where the reader was left, with the rows of today.
    fn last(&self) -> Result<Option<Last>, StoreError> {
        let session = match self.searcher.session() {
            Ok(session) => session,
            // Not even text: as good as none, and written anew when the reader is left.
            Err(StoreError::Damaged { .. }) => None,
            Err(error) => return Err(error),
        };
        let session = session.as_deref().and_then(Session::read);
        session.map(|session| self.today(session)).transpose()
    }

    /// Where that is by the rows of today.
    fn today(&self, session: Session) -> Result<Last, StoreError> {
        let issue = self
            .searcher
            .issue_named(&session.publication, session.issue)?;
        let item = match session.item_key() {
            Some(key) => self.searcher.item_named(&key)?,
            None => None,
        };
        Ok(Last {
            session,
            issue,
            item,
        })
    }

    /// The next unread item of a listing behind `item`, else the first one.
    fn next_unread(
        &self,
        mut listing: Listing,
        item: ItemId,
    ) -> Result<Option<ItemId>, StoreError> {
        let unread = Term::new(Condition::Is(Mark::Unread));
        listing.query.terms.push(unread);
        for anchor in [Anchor::After(item), Anchor::Top] {
            let run = self.searcher.run(&listing, anchor, 1)?;
            if let Some(found) = run.items.first() {
                return Ok(Some(found.id));
            }
        }
        Ok(None)
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
        Find::Opening(..) => 0,
        Find::Issues(_) => 1,
        Find::List(_, _, _, Goal::More) => 2,
        Find::List(..) => 3,
        Find::Tally(..) => 4,
        Find::Seek(..) => 5,
        Find::Bookmarks(_) => 6,
        Find::Jump(..) => 7,
        Find::Where(..) => 8,
        Find::Tags(_) => 9,
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
