//! Lists, and the jump: what is read on a connection of its own, where a newer request may stop an older one.
//! Must not write.

mod jumping;
mod newest;
mod waiting;

pub use newest::Newest;

use super::Handed;
use super::headlines::Headlines;
use crate::app::Failure;
use crate::issue::ItemId;
use crate::query::{Condition, Mark, Term};
use crate::store::{Anchor, Listing, Scope, Searcher, StoreError};
use crate::tui::effect::{Find, Resume, Seek};
use crate::tui::guard::panic_for_tests;
use crate::tui::message::{Listed, Message};
use crate::tui::session::{Last, Session};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Items that are read at once: some screens of them, a millisecond's work.
const RUN: usize = 200;

/// Lists, and finds headlines.
#[derive(Debug)]
pub struct Finder {
    searcher: Searcher,
    newest: Newest,
    /// Ticket of the request that a newer list may stop; 0 while there is none such.
    current: Arc<AtomicU64>,
    /// Ticket of the request that a newer one of what looks for an item may stop, likewise.
    seeking: Arc<AtomicU64>,
    /// Whether the request at hand counts, which whatever else is asked for puts off.
    counting: Arc<AtomicBool>,
    /// Requests that do not count and have been taken from the queue.
    taken: Arc<AtomicU64>,
    /// What the jump looks through.
    headlines: Headlines,
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
            seeking: Arc::default(),
            counting: Arc::default(),
            taken: Arc::default(),
            headlines: Headlines::default(),
            handed: Handed::default(),
        }
    }

    /// The same, which goes on with what is handed to it.
    pub(super) fn following(searcher: Searcher, handed: Handed) -> Self {
        Self {
            handed,
            ..Self::new(searcher)
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
        let (newest, older) = (self.newest.clone(), self.newest.clone());
        let (current, seeking) = (Arc::clone(&self.current), Arc::clone(&self.seeking));
        let is_older = |own: &AtomicU64, newest: &AtomicU64| {
            let own = own.load(Ordering::Relaxed);
            own > 0 && newest.load(Ordering::Relaxed) > own
        };
        let (counting, taken) = (Arc::clone(&self.counting), Arc::clone(&self.taken));
        let is_put_off = move || {
            counting.load(Ordering::Relaxed) && newest.is_ahead_of(taken.load(Ordering::Relaxed))
        };
        self.searcher.stop_when(move || {
            is_older(&current, &older.list) || is_older(&seeking, &older.seek) || is_put_off()
        })
    }

    /// Goes along with the writer.
    fn follow(&mut self) {
        if let Some(searcher) = self.handed.take() {
            self.searcher = searcher;
            self.headlines.give_up();
            // Where that fails, which it never does, a list is read to its end.
            let _ = self.stop_by_newer();
        }
    }

    /// Carries out one request; none where a newer one stopped it.
    pub fn perform(&mut self, find: Find) -> Option<Message> {
        self.perform_in_parts(find, &mut |_| {})
    }

    /// The same, where `answer` has what is known before all is.
    fn perform_in_parts(
        &mut self,
        find: Find,
        answer: &mut impl FnMut(Message),
    ) -> Option<Message> {
        self.follow();
        let current = waiting::stoppable_by_lists(&find).unwrap_or_default();
        let counts = waiting::is_count(&find);
        self.counting.store(counts, Ordering::Relaxed);
        let seeks = matches!(find, Find::Seek(..) | Find::Text(..));
        let seeking = if seeks { current } else { 0 };
        self.current.store(current, Ordering::Relaxed);
        self.seeking.store(seeking, Ordering::Relaxed);
        let list = match &find {
            // It stands in for a list, which is asked for with its answer.
            Find::List(ticket, ..) | Find::Where(ticket, _) | Find::Stops(ticket, ..) => {
                Some(*ticket)
            }
            _ => None,
        };
        let answered = self.answer(find, answer);
        let answered = answered.map_err(|error| self.searcher.with_file(error));
        match (answered, list) {
            (Ok(message), _) => Some(message),
            (Err(StoreError::Stopped), _) => None,
            (Err(error), Some(ticket)) => Some(Message::NotListed(ticket, Failure::from(error))),
            (Err(error), None) => Some(Message::Failed(Failure::from(error))),
        }
    }

    fn answer(
        &mut self,
        find: Find,
        answer: &mut impl FnMut(Message),
    ) -> Result<Message, StoreError> {
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
            Find::Stops(ticket, turn, stops) => Message::Stops(ticket, turn, self.stop(stops)?),
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
            Find::Facets(ticket, listing) => {
                Message::Facets(ticket, self.searcher.facets(&listing)?)
            }
            Find::Choices(ticket, listing) => {
                Message::Choices(ticket, self.searcher.choices(&listing)?)
            }
            Find::Seek(ticket, listing, item, seek) => {
                let found = match seek {
                    Seek::Unread => self.next_marked(listing, item, Mark::Unread)?,
                    Seek::Marked(mark) => self.next_marked(listing, item, mark)?,
                    Seek::Group(group, way) => {
                        self.searcher.group_step(&listing, item, group, way)?
                    }
                    Seek::Noted(way) => self.searcher.noted_step(&listing, item, way)?,
                };
                Message::Sought(ticket, seek, found)
            }
            Find::Text(ticket, listing, item, needle, way) => {
                let found = self.searcher.text_step(&listing, item, &needle, way)?;
                Message::TextFound(ticket, way, found)
            }
            // It has stopped what it was to stop.
            Find::Halt(_) => return Err(StoreError::Stopped),
            Find::Bookmarks(ticket) => {
                panic_for_tests("finder");
                let detached = self.searcher.detached()?;
                Message::Bookmarks(ticket, self.searcher.bookmarks()?, detached)
            }
            Find::Tags(ticket) => Message::Tags(ticket, self.searcher.tags()?),
            Find::Saved(ticket) => Message::Saved(ticket, self.searcher.saved_queries()?),
            Find::Count(ticket, query) => Message::Counted(ticket, self.searcher.count(&query)?),
            Find::Jump(ticket, jump) => {
                let part = &mut |hits| answer(Message::Hits(ticket, hits));
                Message::Hits(ticket, self.jump(ticket, &jump, part)?)
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

    /// The first of these stops that is still there, by the rows of today, and how many are gone before it.
    fn stop(&self, stops: Vec<Session>) -> Result<Option<(usize, Box<Last>)>, StoreError> {
        for (gone, stop) in stops.into_iter().enumerate() {
            let last = self.today(stop)?;
            let has_issue = last.issue.is_some() || last.session.library;
            let has_item = last.item.is_some() || last.session.item.is_none();
            if has_issue && has_item {
                return Ok(Some((gone, Box::new(last))));
            }
        }
        Ok(None)
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

    /// The next item of a listing behind `item` that has a mark, else the first one.
    fn next_marked(
        &self,
        mut listing: Listing,
        item: ItemId,
        mark: Mark,
    ) -> Result<Option<ItemId>, StoreError> {
        let marked = Term::new(Condition::Is(mark));
        listing.query.terms.push(marked);
        for anchor in [Anchor::After(item), Anchor::Top] {
            let run = self.searcher.run(&listing, anchor, 1)?;
            if let Some(found) = run.items.first() {
                return Ok(Some(found.id));
            }
        }
        Ok(None)
    }
}
