//! What the first frame shows, read before any thread is there to read it.
//! Must not read what takes longer the more there is.

use super::effect::{Effect, Find, Goal};
use super::state::State;
use super::update::{start, update};
use super::worker::{Finder, Writer};
use crate::store::Scope;

/// Reads in place what the first frame shows: some milliseconds at the most. What takes longer the more there is comes back,
/// for the threads.
#[must_use]
pub fn read_first(state: &mut State, finder: &mut Finder, writer: &mut Writer) -> Vec<Find> {
    let (mut effects, mut later) = (start(state), vec![]);
    while let Some(effect) = effects.pop() {
        let answer = match effect {
            Effect::Find(find) if grows_with_the_library(&find) => {
                later.push(find);
                continue;
            }
            Effect::Find(find) => finder.perform(find),
            Effect::Ask(ask) => writer.perform(ask),
            Effect::Edit(_)
            | Effect::Shelve(_)
            | Effect::Greeted
            | Effect::Redraw
            | Effect::Suspend
            | Effect::Stop => continue,
        };
        effects.extend(answer.into_iter().flat_map(|answer| update(state, answer)));
    }
    later
}

/// Whether a request looks at more than the items of a screen or an issue.
fn grows_with_the_library(find: &Find) -> bool {
    match find {
        Find::Issues(_) | Find::Count(..) => true,
        Find::Tally(_, listing, _) | Find::Facets(_, listing) | Find::Choices(_, listing) => {
            listing.scope == Scope::Library
        }
        // What a filter finds may stand at the end of the library, or nowhere.
        Find::List(_, listing, _, goal) => {
            let filtered = !listing.query.is_empty();
            *goal == Goal::More || (listing.scope == Scope::Library && filtered)
        }
        Find::Opening(..)
        | Find::Where(..)
        | Find::Seek(..)
        | Find::Text(..)
        | Find::Stops(..)
        | Find::Halt(_)
        | Find::Bookmarks(_)
        | Find::Tags(_)
        | Find::Saved(_)
        | Find::Jump(..) => false,
    }
}
