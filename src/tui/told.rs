//! What is told when the reader has been left: what was wanted and not kept, and where texts are.
//! Must not word anything, and must not tell what came right after all.

use super::effect::{Cause, Deed, FixDeed, SavedDeed};
use super::history::Kind;
use super::message::Message;
use crate::app::{Exit, Failure, Shelf};
use crate::config::Language;
use crate::issue::Change;
use crate::store::{FixChange, Made, MarkChange, StoreError};

/// What there is to be told so far. The next key takes a notice away, and the screen takes all of them along.
#[derive(Debug, Default)]
pub struct Told {
    /// Changes that were refused and not made since.
    refused: Vec<(Deed, Failure)>,
    /// The same of fixes.
    not_fixed: Vec<(FixDeed, Failure)>,
    /// The same of what is saved.
    not_saved: Vec<(SavedDeed, Failure)>,
    others: Vec<Failure>,
}

impl Told {
    /// Adds what is to be told whatever comes.
    pub fn push(&mut self, failure: Failure) {
        self.others.push(failure);
    }

    /// Hears what comes to the reader: a change that is refused, or made although it was refused before.
    pub fn hear(&mut self, message: &Message) {
        match message {
            Message::NotKept(deed, failure) if is_missed(deed, failure) => {
                self.refused.push((deed.clone(), failure.clone()));
            }
            Message::Kept(made, _) => self.refused.retain(|(deed, _)| !makes_up(made, deed)),
            Message::NotFixed(deed, failure) => {
                self.not_fixed.push((deed.clone(), failure.clone()));
            }
            Message::Fixed(made, _) => self.not_fixed.retain(|(deed, _)| {
                let is_made = |one: &FixChange| made.changes.iter().any(|other| one.is_of(other));
                !deed.changes.iter().all(is_made)
            }),
            Message::NotSaved(deed, failure) if failure.code != StoreError::SavedChanged.code() => {
                self.not_saved.push((deed.clone(), failure.clone()));
            }
            Message::SavedKept(made, _) => self
                .not_saved
                .retain(|(deed, _)| !deed.change.name.is(&made.change.name)),
            Message::KeptAll(..) => self.refused.retain(|(deed, _)| !deed.changes.is_empty()),
            _ => {}
        }
    }

    /// Hears what comes when there is no reader any more: a note that is refused now goes to the shelf, and one that waits for
    /// its item is named, for nobody has seen its name.
    pub fn hear_last(&mut self, message: &Message, aside: &Shelf, language: Language) {
        self.hear(message);
        match message {
            Message::NotKept(deed, failure) => {
                let Some(Change::Note(Some(note))) = deed.changes.first().map(|one| &one.change)
                else {
                    return;
                };
                let address = language.say("word.address");
                let rescued = aside.rescue(note.as_str(), failure.clone(), &address, language);
                self.others.push(rescued);
            }
            Message::Kept(deed, made) => self.others.extend(waiting(deed, made)),
            _ => {}
        }
    }

    /// All of it, each once.
    #[must_use]
    pub fn all(self) -> Vec<Failure> {
        let refused = self.refused.into_iter().map(|(_, failure)| failure);
        let not_fixed = self.not_fixed.into_iter().map(|(_, failure)| failure);
        let not_saved = self.not_saved.into_iter().map(|(_, failure)| failure);
        let refused = refused.chain(not_fixed).chain(not_saved);
        let mut all: Vec<Failure> = vec![];
        for failure in refused.chain(self.others) {
            if !all.contains(&failure) {
                all.push(failure);
            }
        }
        all
    }
}

/// Whether a refused change is missed by whoever wanted it. A step that another program has overtaken is none to be taken back.
fn is_missed(deed: &Deed, failure: &Failure) -> bool {
    deed.cause != Cause::Unasked && failure.code != StoreError::NoteChanged.code()
}

/// Whether all marks that a refused deed was to change have been changed since.
fn makes_up(made: &Deed, refused: &Deed) -> bool {
    let is_made = |wanted: &MarkChange| {
        let same = |one: &MarkChange| {
            one.key == wanted.key && Kind::of(&one.change) == Kind::of(&wanted.change)
        };
        made.changes.iter().any(same)
    };
    !refused.changes.is_empty() && refused.changes.iter().all(is_made)
}

/// What is said of a text that has no item and waits for it. It is no failure.
fn waiting(deed: &Deed, made: &Made) -> Option<Failure> {
    let name = made.waits.as_ref()?;
    let is_text = |change: &Change| matches!(change, Change::Note(_) | Change::Tag(..));
    let waits = deed.changes.iter().any(|one| is_text(&one.change));
    let arguments = vec![("name", name.to_string())];
    waits.then(|| Failure::new("marks-waiting", arguments).ending(Exit::Done))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::{IssueNumber, ItemKey, Note};
    use crate::store::Ground;
    use crate::tui::history::History;

    fn change(headline: &str, change: Change) -> MarkChange {
        MarkChange {
            key: ItemKey {
                publication: "试验周报".into(),
                issue: IssueNumber(1),
                headline: headline.into(),
                nth: 0,
            },
            printed: headline.into(),
            change,
            ground: Ground::Any,
        }
    }

    /// A wanted change of the bookmark of an item.
    fn bookmark(headline: &str, on: bool) -> Deed {
        let forth = change(headline, Change::Bookmark(on));
        let back = Change::Bookmark(!on);
        Deed {
            cause: Cause::Wanted(History::default().add(vec![(forth.clone(), back)])),
            changes: vec![forth],
        }
    }

    fn full() -> Failure {
        Failure::new("no-room", vec![("reason", "full".to_owned())])
    }

    fn codes(told: Told) -> Vec<&'static str> {
        told.all().iter().map(|failure| failure.code).collect()
    }

    #[test]
    fn what_was_wanted_and_refused_is_told_once_unless_it_came_right() {
        let mut told = Told::default();
        let opened = Deed {
            cause: Cause::Unasked,
            changes: vec![change("甲", Change::Read(true))],
        };
        told.hear(&Message::NotKept(opened, full()));
        let overtaken = Failure::from(StoreError::NoteChanged);
        told.hear(&Message::NotKept(bookmark("丙", true), overtaken));
        for headline in ["甲", "乙"] {
            told.hear(&Message::NotKept(bookmark(headline, true), full()));
        }
        told.hear(&Message::Kept(bookmark("甲", true), Made::default()));
        assert_eq!(told.refused.len(), 1);
        told.hear(&Message::NotKept(bookmark("丁", true), full()));
        assert_eq!(codes(told), ["no-room"]);
        let mut told = Told::default();
        told.hear(&Message::NotKept(bookmark("甲", true), full()));
        told.hear(&Message::Kept(bookmark("甲", false), Made::default()));
        assert_eq!(codes(told), [""; 0]);
    }

    #[test]
    fn a_note_that_is_refused_at_the_end_is_put_on_the_shelf() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::of(Some(folder.path().to_owned()));
        let note = Note::new("写下的").unwrap();
        let deed = Deed {
            cause: Cause::Unasked,
            changes: vec![change("甲", Change::Note(Some(note)))],
        };
        let mut told = Told::default();
        told.hear_last(&Message::NotKept(deed, full()), &shelf, Language::English);
        assert_eq!(codes(told), ["note-rescued"]);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
