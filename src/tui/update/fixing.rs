//! Correcting an item: what is asked to be kept, and what came of that. The library follows at once, and so does the screen.

use super::lists::go_to;
use super::{fit, marking, overlays, reread};
use crate::app::Failure;
use crate::app::fixing;
use crate::issue::ItemId;
use crate::keys::{Action, Context};
use crate::store::{FixChange, Fixable, Fixed, StoreError, issue_of};
use crate::tui::effect::{Ask, Cause, Effect, FixDeed, Ticket};
use crate::tui::history::Turn;
use crate::tui::overlays::FixPage;
use crate::tui::overlays::fix::Row;
use crate::tui::state::{Notice, Overlay, State};

/// Opens the page on which the selected item is corrected.
pub fn open(state: &mut State) -> Vec<Effect> {
    let selected = state.open.as_ref().and_then(|open| open.selected());
    let Some(key) = selected.map(|head| head.key.clone()) else {
        return vec![];
    };
    state
        .overlays
        .push(Overlay::Fix(Box::new(FixPage::new(key))));
    ask_fixable(state)
}

/// Asks for the item of the page as it is now, and as it can be fixed; for nothing where there is no page.
pub fn ask_fixable(state: &mut State) -> Vec<Effect> {
    let Some(key) = state.fix_mut().map(|page| page.key.clone()) else {
        return vec![];
    };
    state.latest.fixable = state.latest.next();
    vec![Effect::Ask(Ask::Fixable(state.latest.fixable, key))]
}

/// The item as it can be fixed. Where it is gone, so is the page.
pub fn fixable(state: &mut State, ticket: Ticket, fixable: Option<Box<Fixable>>) -> Vec<Effect> {
    if ticket != state.latest.fixable {
        return vec![];
    }
    match (state.fix_mut(), fixable) {
        (Some(page), Some(fixable)) if page.is_of(&fixable) => page.know(*fixable),
        // Another may stand in its place by now.
        (Some(_), _) => {
            close(state);
            state.notice = Some(Notice::Word("notice.gone"));
        }
        (None, _) => {}
    }
    fit(state);
    vec![]
}

/// Carries an action of the page into the state.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    match (action, state.context()) {
        (Action::Undo, _) => marking::turn(state, Turn::Back),
        (Action::Redo, _) => marking::turn(state, Turn::Forth),
        (Action::Open, Context::FixValue) => keep(state),
        (Action::Back, Context::FixValue) => {
            if let Some(page) = state.fix_mut() {
                page.typing = None;
            }
            vec![]
        }
        (Action::Open, _) => open_row(state),
        (Action::AsRead, _) => as_read(state),
        _ => overlays::act(state, action),
    }
}

/// Does what the selected row stands for.
fn open_row(state: &mut State) -> Vec<Effect> {
    let Some(page) = state.fix_mut() else {
        return vec![];
    };
    let (Some(row), Some(fixable)) = (page.selected(), page.fixable()) else {
        return vec![];
    };
    let change = match row {
        Row::Field(field) => {
            page.type_in(field);
            fit(state);
            return vec![];
        }
        Row::Made(_) => return as_read(state),
        Row::Join => Ok(fixing::join(fixable)),
        Row::Split(n) => fixing::split(fixable, n),
    };
    match change {
        Ok(change) => make(state, vec![change]),
        Err(failure) => {
            state.notice = Some(Notice::Failure(failure));
            vec![]
        }
    }
}

/// Undoes the fix that the selected row tells of.
fn as_read(state: &mut State) -> Vec<Effect> {
    let page = state.fix_mut();
    let undone = page.and_then(|page| Some(fixing::undone(page.fixable()?, page.selected_fix()?)));
    let Some(undone) = undone else {
        state.notice = Some(Notice::Word("notice.not-fixed"));
        return vec![];
    };
    make(state, undone)
}

/// Has the value kept that is typed, and closes the field. One that the program had read undoes the fix.
fn keep(state: &mut State) -> Vec<Effect> {
    let Some(page) = state.fix_mut() else {
        return vec![];
    };
    let (Some(head), Some(typing)) = (page.head().cloned(), &mut page.typing) else {
        return vec![];
    };
    let fix = match fixing::fix(typing.field, typing.completing.input.value()) {
        Ok(fix) => fix,
        Err(failure) => {
            typing.problem = Some(failure);
            return vec![];
        }
    };
    page.typing = None;
    let made = page.fixable().map_or(&[][..], |fixable| &fixable.fixes);
    match fixing::changes(&head, made, &[fix]) {
        changes if changes.is_empty() => vec![],
        changes => make(state, changes),
    }
}

/// Has changes of fixes kept, as a step.
fn make(state: &mut State, changes: Vec<FixChange>) -> Vec<Effect> {
    let cause = Cause::Wanted(state.history.add_unknown());
    ask(state, FixDeed { cause, changes })
}

/// The same of a step that is taken back or made again.
pub fn ask(state: &mut State, deed: FixDeed) -> Vec<Effect> {
    state.latest.marked = state.latest.next();
    state.unkept += 1;
    vec![Effect::Ask(Ask::Fix(deed))]
}

/// Changed fixes are on the disk, and the issues are what they make them. An item that is none any more leads to the one that has
/// taken it in.
pub fn fixed(state: &mut State, deed: &FixDeed, fixed: Fixed) -> Vec<Effect> {
    state.unkept = state.unkept.saturating_sub(1);
    state.notice = Notice::fixed(deed, &fixed, state.origin);
    if fixed.left > 0 && matches!(deed.cause, Cause::Wanted(_)) {
        state.notice = Some(Notice::Count("notice.fix-left", fixed.left));
    } else if fixed.left_fixes > 0 && matches!(deed.cause, Cause::Wanted(_)) {
        state.notice = Some(Notice::Count("notice.fix-left-fixes", fixed.left_fixes));
    }
    let selected = state.open.as_ref().and_then(|open| open.selected());
    let selected = selected.map(|head| head.id);
    let page = state.fix_mut();
    let before = page
        .as_ref()
        .and_then(|page| page.fixable()?.before.clone());
    let issue = page
        .as_ref()
        .and_then(|page| Some(issue_of(page.head()?.id)));
    let open = page.map(|page| page.key.clone());
    let mut effects = vec![];
    for changed in &fixed.followed {
        effects.extend(reread::changed(state, changed));
    }
    let has_page = open.is_some();
    if let (Some(key), Some(issue)) = (open, issue) {
        if fixed.has(issue, &key) {
            effects.extend(ask_fixable(state));
        } else {
            close(state);
            let before = before.and_then(|(before, _)| fixed.stands(before));
            effects.extend(before.into_iter().flat_map(|item| go_to(state, item)));
        }
    }
    if selected.is_some_and(|item| fixed.stands(item).is_none()) && !has_page {
        effects.extend(
            concerned(deed, &fixed)
                .into_iter()
                .flat_map(|item| go_to(state, item)),
        );
    }
    if let Cause::Wanted(step) = deed.cause {
        state.history.know_fixes(step, fixed.steps);
    }
    effects
}

/// The item that a change is about, where it stands now.
fn concerned(deed: &FixDeed, fixed: &Fixed) -> Option<ItemId> {
    let key = &deed.changes.first()?.key;
    let items = fixed.followed.iter().flat_map(|changed| &changed.items);
    let own = items.into_iter().find(|item| item.key == *key);
    own.map(|item| item.after)
}

/// Fixes could not be kept.
pub fn not_fixed(state: &mut State, deed: &FixDeed, failure: Failure) -> Vec<Effect> {
    state.unkept = state.unkept.saturating_sub(1);
    let is_overtaken = failure.code == StoreError::FixChanged.code();
    state.history.not_made(deed.cause, is_overtaken);
    state.notice = Some(Notice::NotFixed(failure));
    vec![]
}

fn close(state: &mut State) {
    state
        .overlays
        .retain(|overlay| !matches!(overlay, Overlay::Fix(_)));
}
