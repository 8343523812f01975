//! Correcting an item: what is asked to be kept, and what came of that. The library follows at once, and so does the screen.

use super::lists::go_to;
use super::{fit, marking, overlays, reread};
use crate::app::Failure;
use crate::app::fixing;
use crate::issue::{Fix, ItemId};
use crate::keys::{Action, Context};
use crate::store::{FixChange, Fixable, Fixed};
use crate::tui::effect::{Ask, Cause, Effect, FixDeed, Ticket};
use crate::tui::history::Turn;
use crate::tui::overlays::FixPage;
use crate::tui::overlays::fix::Row;
use crate::tui::state::{Notice, Overlay, State};

/// Opens the page on which the selected item is corrected.
pub fn open(state: &mut State) -> Vec<Effect> {
    let selected = state.open.as_ref().and_then(|open| open.selected());
    let Some(item) = selected.map(|head| head.id) else {
        return vec![];
    };
    state
        .overlays
        .push(Overlay::Fix(Box::new(FixPage::new(item))));
    vec![ask_fixable(state, item)]
}

/// Asks for the item as it is now, and as it can be fixed.
pub fn ask_fixable(state: &mut State, item: ItemId) -> Effect {
    state.latest.fixable = state.latest.next();
    Effect::Ask(Ask::Fixable(state.latest.fixable, item))
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
    let fix = match row {
        Row::Field(field) => {
            page.type_in(field);
            fit(state);
            return vec![];
        }
        Row::Made(_) => return as_read(state),
        Row::Join => Ok(Fix::Join),
        Row::Split(n) => fixing::split(&fixable.view.item, n),
    };
    match fix {
        Ok(fix) => {
            let change = FixChange::make(&fixable.view.head, &fix);
            make(state, vec![change])
        }
        Err(failure) => {
            state.notice = Some(Notice::Failure(failure));
            vec![]
        }
    }
}

/// Undoes the fix that the selected row tells of.
fn as_read(state: &mut State) -> Vec<Effect> {
    let fix = state.fix_mut().and_then(|page| page.selected_fix());
    let Some(undone) = fix.map(FixChange::undo) else {
        state.notice = Some(Notice::Word("notice.not-fixed"));
        return vec![];
    };
    make(state, vec![undone])
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
    let undone = page.selected_fix().map(FixChange::undo);
    let change = match (fixing::is_as_read(&fix, &head), undone) {
        (true, undone) => undone,
        (false, _) => Some(FixChange::make(&head, &fix)),
    };
    match change {
        Some(change) => make(state, vec![change]),
        None => vec![],
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
    state.notice = Notice::fixed(deed, state.origin);
    let page = state.fix_mut();
    let open = page.map(|page| (page.item, page.fixable().and_then(|one| one.before.clone())));
    let mut effects = vec![];
    for changed in &fixed.followed {
        effects.extend(reread::changed(state, changed));
    }
    if let Some((item, before)) = open {
        if let Some(now) = fixed.stands(item) {
            effects.push(ask_fixable(state, now));
        } else {
            close(state);
            let before = before.and_then(|(before, _)| fixed.stands(before));
            effects.extend(before.into_iter().flat_map(|item| go_to(state, item)));
        }
    }
    if let Cause::Wanted(step) = deed.cause {
        state.history.know_fixes(step, fixed.steps);
    }
    effects
}

/// Fixes could not be kept.
pub fn not_fixed(state: &mut State, deed: &FixDeed, failure: Failure) -> Vec<Effect> {
    state.unkept = state.unkept.saturating_sub(1);
    state.history.not_fixed(deed);
    state.notice = Some(Notice::NotFixed(failure));
    vec![]
}

fn close(state: &mut State) {
    state
        .overlays
        .retain(|overlay| !matches!(overlay, Overlay::Fix(_)));
}
