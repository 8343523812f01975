//! What is asked for last, known before the requests themselves are, so that the work on older ones can be stopped.
//! Must not carry anything out.

use super::waiting::is_count;
use crate::tui::effect::{Find, Goal, Ticket};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The newest requests: they stop the work on those before them.
#[derive(Debug, Clone, Default)]
pub struct Newest {
    /// Ticket of the newest list.
    pub(super) list: Arc<AtomicU64>,
    /// Ticket of the newest of what looks for an item.
    pub(super) seek: Arc<AtomicU64>,
    /// Ticket of the newest jump.
    pub(super) jump: Arc<AtomicU64>,
    /// Requests so far that do not count.
    asked: Arc<AtomicU64>,
}

impl Newest {
    /// Makes a request known before it is sent itself.
    pub fn announce(&self, find: &Find) {
        if !is_count(find) {
            self.asked.fetch_add(1, Ordering::Relaxed);
        }
        let (newest, Ticket(ticket)) = match find {
            Find::List(_, _, _, Goal::More) => return,
            Find::List(ticket, ..) => (&self.list, ticket),
            Find::Seek(ticket, ..) | Find::Text(ticket, ..) | Find::Halt(ticket) => {
                (&self.seek, ticket)
            }
            Find::Jump(ticket, _) => (&self.jump, ticket),
            _ => return,
        };
        newest.store(*ticket, Ordering::Relaxed);
    }

    /// Whether more has been asked for than these many requests, counts left aside.
    pub(super) fn is_ahead_of(&self, taken: u64) -> bool {
        self.asked.load(Ordering::Relaxed) > taken
    }

    /// Nothing is wanted any more.
    pub fn stop_all(&self) {
        self.list.store(u64::MAX, Ordering::Relaxed);
        self.jump.store(u64::MAX, Ordering::Relaxed);
    }
}
