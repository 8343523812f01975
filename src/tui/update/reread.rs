//! Issues that were read again under the reader: what is on the screen stays what it is, under its new names and rows.
//! Must not move the selection, or what is read.

use super::ask_issues;
use super::fixing::ask_fixable;
use super::lists::{count, list_again};
use super::overlays::ask_noted;
use crate::issue::{ItemHead, ItemId};
use crate::store::{Changed, Scope, Successor, issue_of};
use crate::tui::effect::{Ask, Effect};
use crate::tui::state::{Notice, Overlay, State};
use std::collections::HashMap;

/// An issue reads otherwise now. Its items get their new names at once, so that what is marked from now on is marked by
/// these; marks that are on their way under the old names are carried along behind them. Then it is listed again.
pub fn changed(state: &mut State, changed: &Changed) -> Vec<Effect> {
    let mut effects = vec![];
    let renamed = changed.items.iter().filter(|item| item.is_renamed());
    let renamed: Vec<Successor> = renamed.cloned().collect();
    if !renamed.is_empty() {
        effects.push(Effect::Ask(Ask::Carry(renamed)));
    }
    // Lists and counts that are on their way may be of before.
    state.latest.marked = state.latest.next();
    let shown = rename(state, changed);
    state.history.rename(&changed.items);
    for draft in &mut state.drafts {
        if let Some(now) = changed.items.iter().find(|item| item.former == draft.key) {
            draft.key = now.key.clone();
            draft.printed.clone_from(&now.printed);
        }
    }
    if changed.before != changed.after {
        effects.push(ask_issues(state));
    }
    // A list that is on its way is asked for again when it comes.
    if shown && state.latest.list == state.latest.listed {
        effects.extend(list_again(state));
    }
    effects.extend(ask_fixable(state));
    if state.diagnostics_mut().is_some() {
        effects.extend(ask_noted(state));
    }
    effects
}

/// All is read again: counts of the whole library have changed.
pub fn all(state: &mut State, issues: usize) -> Vec<Effect> {
    if state.notice.is_none() {
        state.notice = Some(Notice::Reread(issues));
    }
    let mut effects = vec![ask_issues(state)];
    let library = state
        .open
        .as_ref()
        .is_some_and(|open| open.listing.scope == Scope::Library);
    if library {
        effects.extend(count(state));
    }
    effects
}

/// Gives rows and names of now to all that is on the screen of the issue; whether the list shows any of it.
fn rename(state: &mut State, changed: &Changed) -> bool {
    let became: HashMap<ItemId, &Successor> = changed
        .items
        .iter()
        .map(|item| (item.before, item))
        .collect();
    let rename = |head: &mut ItemHead| -> bool {
        // A list that was read after the issue has the new names already.
        if let Some(now) = became.get(&head.id).filter(|now| now.former == head.key) {
            head.id = now.after;
            head.key = now.key.clone();
            return true;
        }
        issue_of(head.id) == changed.before
    };
    for overlay in &mut state.overlays {
        match overlay {
            Overlay::Jump(jump) => {
                for row in jump.rows.iter_mut().flatten() {
                    rename(&mut row.head);
                }
                if let Some(preview) = &mut jump.preview {
                    rename(&mut preview.view.head);
                }
            }
            Overlay::Bookmarks(list) => {
                for head in list.rows.iter_mut().flatten() {
                    rename(head);
                }
                list.follow(&changed.items);
            }
            Overlay::Tags(tags) => tags.subject.follow(&changed.items),
            Overlay::Note(note) => note.subject.follow(&changed.items),
            Overlay::Fix(page) => page.follow(&changed.items),
            Overlay::Issues(_) | Overlay::Saved(_) | Overlay::Diagnostics(_) | Overlay::Help(_) => {
            }
        }
    }
    if let Some(from) = &mut state.filter.from
        && let Some(now) = became.get(from)
    {
        *from = now.after;
    }
    let scope = |scope: &mut Scope| {
        if *scope == Scope::Issue(changed.before) {
            *scope = Scope::Issue(changed.after);
        }
    };
    if let Some(editing) = &mut state.filter.editing {
        scope(&mut editing.before.scope);
    }
    let Some(open) = &mut state.open else {
        return false;
    };
    scope(&mut open.listing.scope);
    scope(&mut open.contents.listing.scope);
    let is_listed = |scope| scope == Scope::Issue(changed.after);
    let mut shown = is_listed(open.listing.scope) || is_listed(open.contents.listing.scope);
    if let Some(issue) = &mut open.issue
        && issue.id == changed.before
    {
        issue.id = changed.after;
    }
    for head in &mut open.contents.items {
        shown |= rename(head);
    }
    if let Some(body) = &mut open.body {
        body.outdated |= rename(&mut body.view.head);
    }
    if shown {
        open.uncount();
    }
    shown
}
