//! What the reader is told in the status bar until the next key, and its words.
//! Must not decide when anything is said.

use super::effect::{Cause, Deed, FixDeed, SavedDeed};
use super::history::Turn;
use super::state::State;
use crate::app::Failure;
use crate::app::reading::Origin;
use crate::issue::{Change, DetachedName};
use crate::keys::{Action, Key};
use crate::look::Role;
use crate::store::{Fixed, Made, SavedChange, StoreError};
use std::collections::HashSet;
use std::fmt::Display;

/// Something to say to the reader in the status bar, until the next key.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// A word of the locales.
    Word(&'static str),
    /// A word of the locales about so many of something.
    Count(&'static str, usize),
    /// Strokes and the key behind them mean nothing together; what could have followed them.
    NoStroke {
        /// What was begun.
        begun: Vec<Key>,
        /// What means nothing behind that.
        last: Key,
        /// What can follow, as hints show it, and what it does then.
        can_follow: Vec<(String, Action)>,
    },
    /// So many issues were read again.
    Reread(usize),
    /// The change of marks that this word names was taken back or made again, on the item of this headline.
    Turned(Turn, &'static str, String),
    /// The same, on so many items.
    TurnedMany(Turn, &'static str, usize),
    /// The item of this issue is not in the library: its publication and number, and whether the library has the issue.
    Detached {
        /// The publication.
        publication: String,
        /// The number.
        issue: u32,
        /// Whether a note waits for the item.
        has_note: bool,
        /// Whether the issue is there, without the item.
        has_issue: bool,
    },
    /// What was kept has no item any more, and waits under this name.
    Waits(DetachedName),
    /// What was kept is on the item as it is called now, since it was corrected.
    Followed(String),
    /// A mark could not be kept.
    NotKept(Change, Failure),
    /// A fix could not be kept.
    NotFixed(Failure),
    /// A word of the locales about a saved filter of this name.
    Saved(&'static str, String),
    /// What is saved could not be changed.
    NotSaved(Failure),
    /// An effect failed.
    Failure(Failure),
}

impl Notice {
    /// What is said of a change that is on the disk as it was made; none where nobody waits to be told.
    #[must_use]
    pub fn kept(deed: &Deed, made: &Made, origin: Origin) -> Option<Self> {
        let first = deed.changes.first()?;
        match deed.cause {
            Cause::Unasked => None,
            // A bookmark is set on what is listed, and there it stands with its name.
            Cause::Wanted(_)
                if made.waits.is_some() && !matches!(first.change, Change::Bookmark(_)) =>
            {
                made.waits.clone().map(Self::Waits)
            }
            Cause::Wanted(_) if made.joined => Some(Self::Word(match &first.change {
                Change::Note(None) => "notice.note-stays",
                _ => "notice.note-joined",
            })),
            Cause::Wanted(_) if made.followed && !made.steps.is_empty() => {
                Some(Self::Followed(made.steps[0].0.printed.clone()))
            }
            Cause::Wanted(_) if made.revived => Some(Self::Word("notice.note-revived")),
            Cause::Wanted(_) => Some(Self::Word(match (&first.change, origin) {
                (Change::Bookmark(true), Origin::Sample) => "notice.bookmark-for-now",
                (Change::Bookmark(true), _) => "notice.bookmark-set",
                (Change::Bookmark(false), _) => "notice.bookmark-removed",
                (Change::Read(true), _) => "notice.read-set",
                (Change::Read(false), _) => "notice.unread-set",
                (Change::Tag(..), _) => "notice.tags-kept",
                (Change::Note(Some(_)), _) => "notice.note-kept",
                (Change::Note(None), _) => "notice.note-removed",
            })),
            Cause::Turned(_, turn) => Some(if deed.is_of_many() {
                Self::TurnedMany(turn, name(&first.change, turn), items(made))
            } else {
                Self::Turned(turn, name(&first.change, turn), first.printed.clone())
            }),
        }
    }

    /// The same of a change of fixes.
    #[must_use]
    pub fn fixed(deed: &FixDeed, fixed: &Fixed, origin: Origin) -> Option<Self> {
        let first = deed.changes.first()?;
        Some(match deed.cause {
            Cause::Unasked => return None,
            _ if fixed.waits => Self::Word("notice.fix-waits"),
            Cause::Wanted(_) => Self::Word(match (first.makes(), origin) {
                (true, Origin::Sample) => "notice.fixed-for-now",
                (true, _) => "notice.fixed",
                (false, _) => "notice.fix-undone",
            }),
            Cause::Turned(_, turn) => Self::Turned(turn, "change.fix", first.printed.clone()),
        })
    }

    /// The same of a change of what is saved under a name, with what leads back from it.
    #[must_use]
    pub fn saved(deed: &SavedDeed, back: Option<&SavedChange>, origin: Origin) -> Option<Self> {
        let name = back
            .map_or(&deed.change.name, |back| &back.name)
            .to_string();
        let word = match (deed.cause, back, origin) {
            (Cause::Unasked, ..) => return None,
            (Cause::Turned(_, turn), ..) => return Some(Self::Turned(turn, "change.saved", name)),
            (Cause::Wanted(_), None, _) => "notice.saved-before",
            (Cause::Wanted(_), Some(_), _) if deed.change.to.is_none() => "notice.saved-removed",
            (Cause::Wanted(_), Some(back), _) if back.to.is_some() => "notice.saved-replaced",
            (Cause::Wanted(_), Some(_), Origin::Sample) => "notice.saved-for-now",
            (Cause::Wanted(_), Some(_), _) => "notice.saved",
        };
        Some(Self::Saved(word, name))
    }

    /// It in words: what happened, and where something failed what to do.
    #[must_use]
    pub fn worded(&self, state: &State) -> (String, Role) {
        let language = state.language;
        let explained = |failure: &Failure| {
            let hint = failure.hint(language).map(|hint| format!(" — {hint}"));
            format!("{}{}", failure.message(language), hint.unwrap_or_default())
        };
        let said = match self {
            Self::Word(word) => state.say_keys(word),
            Self::Count(word, n) => state.say_keys_with(word, &[("n", n)]),
            Self::NoStroke {
                begun,
                last,
                can_follow,
            } => {
                let begun: String = begun.iter().map(ToString::to_string).collect();
                let keys: Vec<&str> = can_follow.iter().map(|(rest, _)| rest.as_str()).collect();
                let keys = keys.join(" ");
                let said = [
                    ("begun", &begun as &dyn Display),
                    ("last", last),
                    ("keys", &keys),
                ];
                language.say_with("notice.no-stroke", &said)
            }
            Self::Reread(issues) => language.say_with("notice.reread", &[("n", issues)]),
            Self::Turned(turn, change, headline) => {
                let word = match turn {
                    Turn::Back => "notice.undone",
                    Turn::Forth => "notice.redone",
                };
                let change = language.say(change);
                language.say_with(word, &[("change", &change), ("headline", headline)])
            }
            Self::TurnedMany(turn, change, n) => {
                let word = match turn {
                    Turn::Back => "notice.undone-many",
                    Turn::Forth => "notice.redone-many",
                };
                let change = language.say(change);
                language.say_with(word, &[("change", &change), ("n", n)])
            }
            Self::Detached {
                publication,
                issue,
                has_note,
                has_issue,
            } => {
                let word = if *has_issue {
                    "notice.detached-item"
                } else {
                    "notice.detached-issue"
                };
                let why = language.say_with(word, &[("publication", publication), ("n", issue)]);
                let note = has_note.then(|| state.say_keys("notice.detached-note"));
                why + &note.unwrap_or_default()
            }
            Self::Waits(name) => language.say_with("notice.waits", &[("name", name)]),
            Self::Followed(headline) => {
                language.say_with("notice.followed", &[("headline", headline)])
            }
            Self::Saved(word, name) => state.say_keys_with(word, &[("name", name)]),
            Self::Failure(failure) => return (explained(failure), Role::Error),
            Self::NotSaved(failure) => {
                let reason = explained(failure);
                let said = language.say_with("notice.saved-not-kept", &[("reason", &reason)]);
                return (said, Role::Error);
            }
            Self::NotKept(_, failure) if failure.code == StoreError::NoteChanged.code() => {
                return (explained(failure), Role::Error);
            }
            Self::NotFixed(failure) => {
                let reason = explained(failure);
                let said = language.say_with("notice.fix-not-kept", &[("reason", &reason)]);
                return (said, Role::Error);
            }
            Self::NotKept(change, failure) => {
                let word = match change {
                    Change::Bookmark(_) => "notice.bookmark-not-kept",
                    Change::Read(_) => "notice.read-not-kept",
                    Change::Tag(..) => "notice.tag-not-kept",
                    Change::Note(_) => "notice.note-not-kept",
                };
                let said = language.say_with(word, &[("reason", &explained(failure))]);
                return (said, Role::Error);
            }
        };
        (said, Role::Notice)
    }
}

/// How many items were changed.
fn items(made: &Made) -> usize {
    let keys = made.steps.iter().map(|(one, _)| &one.key);
    keys.collect::<HashSet<_>>().len()
}

/// What a step is called of which this is a change that was made; of one that was taken back, the change led back.
const fn name(change: &Change, turn: Turn) -> &'static str {
    match (change, turn) {
        (Change::Bookmark(true), Turn::Forth) | (Change::Bookmark(false), Turn::Back) => {
            "change.bookmark-set"
        }
        (Change::Bookmark(_), _) => "change.bookmark-removed",
        (Change::Read(true), Turn::Forth) | (Change::Read(false), Turn::Back) => "change.read-set",
        (Change::Read(_), _) => "change.unread-set",
        (Change::Tag(..), _) => "change.tags",
        (Change::Note(_), _) => "change.note",
    }
}
