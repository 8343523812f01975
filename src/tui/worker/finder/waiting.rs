//! The queue of requests: of waiting ones of a kind only the newest counts, and counting gives way to everything else.
//! Must not know how a request is answered.

use super::Finder;
use crate::tui::effect::{Find, Goal};
use crate::tui::message::Message;
use crate::tui::worker::newest;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, TryRecvError};

impl Finder {
    /// Carries out requests until there are no more senders. Of waiting requests of a kind only the newest is carried
    /// out: who types fast wants the last word's hits. What counts is put off while anything else is wanted.
    pub fn run(mut self, requests: &Receiver<Find>, mut answer: impl FnMut(Message)) {
        let mut put_off: Vec<Find> = vec![];
        while let Some(first) = self.next(requests, &mut put_off) {
            let taken = std::cell::Cell::new(u64::from(!is_count(&first)));
            let others = requests.try_iter().inspect(|find| {
                taken.set(taken.get() + u64::from(!is_count(find)));
            });
            let mut waiting = newest(first, others, |find| Some(kind(find)));
            self.taken.fetch_add(taken.get(), Ordering::Relaxed);
            put_off.retain(|count| waiting.iter().all(|find| kind(find) != kind(count)));
            // Counting takes longest, and is what one waits for least.
            waiting.sort_by_key(is_count);
            for find in waiting {
                let again = is_count(&find).then(|| find.clone());
                match self.perform_in_parts(find, &mut answer) {
                    Some(message) => answer(message),
                    None => put_off.extend(again.filter(|count| !self.is_overtaken(count))),
                }
            }
        }
    }

    /// The next request; while there is none, what was put off, and before that the headlines that a jump has asked for and not waited
    /// for.
    fn next(&mut self, requests: &Receiver<Find>, put_off: &mut Vec<Find>) -> Option<Find> {
        while self.headlines.is_awaited() || !put_off.is_empty() {
            match requests.try_recv() {
                Ok(find) => return Some(find),
                Err(TryRecvError::Disconnected) => return None,
                Err(TryRecvError::Empty) if !self.headlines.is_awaited() => {
                    return Some(put_off.remove(0));
                }
                Err(TryRecvError::Empty) => {
                    // Who needs them reads them again, and tells.
                    if self.headlines.read_on(&self.searcher).is_err() {
                        self.headlines.give_up();
                    }
                }
            }
        }
        requests.recv().ok()
    }

    /// Whether a newer list has made a request useless.
    fn is_overtaken(&self, find: &Find) -> bool {
        let newest = self.newest.list.load(Ordering::Relaxed);
        stoppable_by_lists(find).is_none_or(|ticket| newest > ticket)
    }
}

/// The ticket of a request that is of no use once there is a newer list.
pub(super) const fn stoppable_by_lists(find: &Find) -> Option<u64> {
    match find {
        Find::List(ticket, ..)
        | Find::Tally(ticket, ..)
        | Find::Facets(ticket, _)
        | Find::Choices(ticket, _)
        | Find::Seek(ticket, ..)
        | Find::Text(ticket, ..)
        | Find::Count(ticket, _) => Some(ticket.0),
        Find::Opening(..)
        | Find::Where(..)
        | Find::Issues(_)
        | Find::Bookmarks(_)
        | Find::Tags(_)
        | Find::Saved(_)
        | Find::Jump(..)
        | Find::Stops(..)
        | Find::Halt(_) => None,
    }
}

/// Whether a request counts.
pub(super) const fn is_count(find: &Find) -> bool {
    matches!(
        find,
        Find::Tally(..) | Find::Facets(..) | Find::Choices(..) | Find::Count(..)
    )
}

const fn kind(find: &Find) -> u8 {
    match find {
        Find::Opening(..) => 0,
        Find::Issues(_) => 1,
        Find::List(_, _, _, Goal::More) => 2,
        Find::List(..) => 3,
        Find::Tally(..) => 4,
        Find::Seek(..) | Find::Text(..) | Find::Halt(_) => 5,
        Find::Bookmarks(_) => 6,
        Find::Jump(..) => 7,
        Find::Where(..) => 8,
        Find::Tags(_) => 9,
        Find::Stops(..) => 10,
        Find::Facets(..) => 11,
        Find::Saved(_) => 12,
        Find::Count(..) => 13,
        Find::Choices(..) => 14,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample;
    use crate::store::{Listing, Scope};
    use crate::tui::effect::Ticket;
    use std::sync::mpsc::channel;

    /// A count that takes so many steps that it is looked whether to stop.
    fn count(ticket: u64) -> Find {
        let tags: Vec<String> = (0..150).map(|n| format!("-tag:{n}")).collect();
        let listing = Listing {
            scope: Scope::Library,
            query: tags.join(" ").parse().unwrap(),
        };
        Find::Facets(Ticket(ticket), listing)
    }

    #[test]
    fn counting_gives_way_to_whatever_else_is_asked_for_and_is_done_afterwards() {
        let mut finder = Finder::new(sample::open().unwrap().searcher().unwrap());
        let newest = finder.stoppable().unwrap();
        newest.announce(&count(1));
        newest.announce(&Find::Tags(Ticket(2)));
        assert!(finder.perform(count(1)).is_none());
        // It is on its way: both are answered.
        let (send, requests) = channel();
        send.send(count(1)).unwrap();
        send.send(Find::Tags(Ticket(2))).unwrap();
        drop(send);
        let mut answers = vec![];
        finder.run(&requests, |message| answers.push(message));
        let answered = answers.iter().map(|message| match message {
            Message::Tags(ticket, _) | Message::Facets(ticket, _) => ticket.0,
            _ => 0,
        });
        assert_eq!(answered.collect::<Vec<_>>(), [2, 1]);
    }

    #[test]
    fn a_count_that_a_newer_list_has_overtaken_is_not_taken_up_again() {
        let mut finder = Finder::new(sample::open().unwrap().searcher().unwrap());
        let newest = finder.stoppable().unwrap();
        newest.list.store(3, Ordering::Relaxed);
        assert!(finder.is_overtaken(&count(1)) && !finder.is_overtaken(&count(4)));
        assert!(finder.perform(count(1)).is_none());
    }
}
