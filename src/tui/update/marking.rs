//! Changes of marks: shown at once and asked to be kept, what came of that, and the ways back and forth.
//! A change of a whole listing is shown when it is kept.

use super::lists::{count, list_again};
use super::{ask_bookmarks, ask_issues, ask_item, fixing, saved};
use crate::app::Failure;
use crate::issue::{Change, ItemHead, ItemKey};
use crate::query::Condition;
use crate::store::{Made, MarkChange, StoreError};
use crate::tui::effect::{Ask, Cause, Deed, Effect, Use};
use crate::tui::history::{StepId, Taken, Turn};
use crate::tui::state::{Notice, State};
use crate::tui::subject::Subject;

/// Changes marks of an item as one step. Those that hold already are none.
pub fn want(state: &mut State, subject: &Subject, changes: Vec<Change>) -> Vec<Effect> {
    let changes = changes.into_iter().map(|change| subject.change(change));
    want_on(state, subject, changes.collect())
}

/// The same, on what they were decided on.
pub fn want_on(state: &mut State, subject: &Subject, changes: Vec<MarkChange>) -> Vec<Effect> {
    let changes: Vec<(MarkChange, Change)> = changes
        .into_iter()
        .filter(|one| !one.change.holds(&subject.marks))
        .map(|one| {
            let back = one.change.back_to(&subject.marks);
            (one, back)
        })
        .collect();
    if changes.is_empty() {
        return vec![];
    }
    let wanted = changes.iter().map(|(forth, _)| forth.clone()).collect();
    let deed = Deed {
        cause: Cause::Wanted(state.history.add(changes)),
        changes: wanted,
    };
    make(state, deed)
}

/// Marks an item as read because it is opened: no step, and nothing is said.
pub fn opened(state: &mut State, item: &ItemHead) -> Vec<Effect> {
    let deed = Deed {
        cause: Cause::Unasked,
        changes: vec![MarkChange::of(item, Change::Read(true))],
    };
    make(state, deed)
}

/// Takes the last step back, or makes the one again that was taken back last.
pub fn turn(state: &mut State, turn: Turn) -> Vec<Effect> {
    let word = match (state.history.go(turn), turn) {
        (Taken::Step(deed), _) => return make(state, deed),
        (Taken::Fixes(deed), _) => return fixing::ask(state, deed),
        (Taken::Saved(deed), _) => return saved::ask(state, deed),
        (Taken::Unknown, _) => "notice.still-marking",
        (Taken::End, Turn::Back) => "notice.nothing-to-undo",
        (Taken::End, Turn::Forth) => "notice.nothing-to-redo",
    };
    state.notice = Some(Notice::Word(word));
    vec![]
}

/// Marks all that is listed as read.
pub fn read_all(state: &mut State) -> Vec<Effect> {
    let open = state.open.as_ref();
    let Some(open) = open.filter(|open| !open.contents.items.is_empty()) else {
        state.notice = Some(Notice::Word("notice.nothing-listed"));
        return vec![];
    };
    let listing = open.listing.clone();
    let step = state.history.add_unknown();
    state.latest.marked = state.latest.next();
    state.unkept += 1;
    vec![Effect::Ask(Ask::MarkAll(step, listing, Change::Read(true)))]
}

/// Has changes kept. Those of one item are on the screen at once.
fn make(state: &mut State, deed: Deed) -> Vec<Effect> {
    state.latest.marked = state.latest.next();
    state.unkept += 1;
    let mut is_counted = !decides(state, &deed);
    if !deed.is_of_many() {
        for one in &deed.changes {
            // An item that is not listed may be counted all the same: beyond what is loaded, or in a section that is switched off.
            is_counted &= state.show_marks(&one.key, |marks| one.change.apply(marks));
        }
    }
    let mut effects = vec![Effect::Ask(Ask::Mark(deed))];
    if !is_counted {
        if let Some(open) = &mut state.open {
            open.uncount();
        }
        effects.extend(count(state));
    }
    effects
}

/// Whether the filter asks for tags or notes, and these are changed: then other items are counted.
fn decides(state: &State, deed: &Deed) -> bool {
    let terms = state.open.iter().flat_map(|open| &open.listing.query.terms);
    let asked = terms
        .map(|term| &term.condition)
        .any(|condition| matches!(condition, Condition::Tag(_) | Condition::Has(_)));
    let changed = deed
        .changes
        .iter()
        .any(|one| matches!(one.change, Change::Tag(..) | Change::Note(_)));
    asked && changed
}

/// Changes are on the disk. What leads back from them is what was there, whatever the screen showed.
pub fn kept(state: &mut State, deed: &Deed, made: Made) -> Vec<Effect> {
    state.unkept = state.unkept.saturating_sub(1);
    if let Some(notice) = Notice::kept(deed, &made, state.origin) {
        state.notice = Some(notice);
    }
    // What is shown of the item is not all that is kept by now, or it was shown under another name.
    let is_other = made.joined || made.followed;
    let key = made.steps.first().map(|(one, _)| one.key.clone());
    if let Cause::Wanted(step) = deed.cause {
        state.history.know(step, made.steps);
    }
    if deed.is_of_many() {
        return show_many(state, &deed.changes);
    }
    match deed.changes.first() {
        Some(first) if is_other => fetch_marks(state, &key.unwrap_or(first.key.clone())),
        _ => vec![],
    }
}

/// Asks for the marks of an item as they are kept.
fn fetch_marks(state: &mut State, key: &ItemKey) -> Vec<Effect> {
    match state.head_of(key).map(|head| head.id) {
        Some(item) => vec![ask_item(state, Use::Marks, item)],
        None if state.bookmarks_mut().is_some() => vec![ask_bookmarks(state)],
        None => vec![],
    }
}

/// The change of a listing is on the disk.
pub fn kept_all(
    state: &mut State,
    step: StepId,
    change: &Change,
    back: Vec<MarkChange>,
) -> Vec<Effect> {
    state.unkept = state.unkept.saturating_sub(1);
    state.notice = Some(match back.len() {
        0 => Notice::Word("notice.read-all-none"),
        n => Notice::Count("notice.read-all", n),
    });
    let steps = back.into_iter().map(|back| {
        let forth = MarkChange {
            change: change.clone(),
            ..back.clone()
        };
        (forth, back.change)
    });
    let steps: Vec<(MarkChange, Change)> = steps.collect();
    let forth: Vec<MarkChange> = steps.iter().map(|(forth, _)| forth.clone()).collect();
    state.history.know(step, steps);
    if forth.is_empty() {
        return vec![];
    }
    show_many(state, &forth)
}

/// Marks of many items have changed: lists and counts are made again.
fn show_many(state: &mut State, changes: &[MarkChange]) -> Vec<Effect> {
    state.show_all(changes);
    state.latest.marked = state.latest.next();
    if let Some(open) = &mut state.open {
        open.uncount();
    }
    let mut effects = vec![ask_issues(state)];
    // A list that is on its way is asked for again when it comes.
    if state.latest.list == state.latest.listed {
        effects.extend(list_again(state));
    }
    if state.bookmarks_mut().is_some() {
        effects.push(ask_bookmarks(state));
    }
    effects
}

/// Changes could not be kept. What is shown must be what is kept: it is taken back at once, since what is damaged cannot be
/// asked; and which of several changes were kept only the library knows.
pub fn not_kept(state: &mut State, deed: &Deed, failure: Failure) -> Vec<Effect> {
    state.unkept = state.unkept.saturating_sub(1);
    take_back(state, deed);
    if failure.code == StoreError::NoteChanged.code() {
        state.history.overtaken(deed);
    } else {
        state.history.not_kept(deed);
    }
    let change = deed.changes.first().map(|one| one.change.clone());
    let change = change.unwrap_or(Change::Read(true));
    state.notice = Some(Notice::NotKept(change, failure));
    let Some(first) = deed.changes.first().filter(|_| !deed.is_of_many()) else {
        return vec![];
    };
    if let (Cause::Wanted(_), Change::Note(Some(_))) = (deed.cause, &first.change) {
        // What was written must not be lost with it.
        state.drafts.retain(|draft| draft.key != first.key);
        state.drafts.push(first.clone());
    }
    fetch_marks(state, &first.key)
}

/// Takes refused changes of one item off the screen; those of many were not shown yet.
fn take_back(state: &mut State, deed: &Deed) {
    if deed.is_of_many() {
        return;
    }
    let mut back = state.history.way_back(deed);
    if deed.is_of_reading() {
        // Only what was unread is marked as read by being opened.
        let unread = |one: &MarkChange| MarkChange {
            change: Change::Read(false),
            ..one.clone()
        };
        back.extend(deed.changes.iter().map(unread));
    }
    for one in back {
        state.show_marks(&one.key, |marks| one.change.apply(marks));
    }
}
