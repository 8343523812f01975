//! What another program has changed under the reader: it is listed and fetched again, and the reader stays where it is, by the
//! names of things, for their rows may be others now.
//! Must not move the selection, close or unfold anything, or touch what is being typed.

use super::fixing::ask_fixable;
use super::lists::{ask_list, list_again};
use super::overlays::{ask_jump, ask_noted};
use super::reader::row_of_open;
use super::saved::ask_saved;
use super::{ask_bookmarks, ask_issues, fit, open_with, start};
use crate::app::reading::Origin;
use crate::issue::{IssueHead, IssueId, ItemHead, ItemId, ItemKey};
use crate::query::Order;
use crate::store::{Anchor, Elsewhere, Listing, Scope};
use crate::tui::effect::{Ask, Effect, Find, Goal, Resume, Ticket};
use crate::tui::finding::Finding;
use crate::tui::history::History;
use crate::tui::message::Listed;
use crate::tui::panes::Filter;
use crate::tui::session::{Last, Session};
use crate::tui::state::{Focus, Notice, Open, Overlay, Pane, State};
use crate::tui::trail::Trail;

/// How much alike two headlines are of which one was corrected into the other, at the least.
const ALIKE: f64 = 0.85;
/// Characters of a headline that is a part of another for the two to be the same, at the least.
const WHOLE: usize = 8;

/// The library is another now: what is shown of it is asked for again.
pub fn changed(state: &mut State, changed: Elsewhere) -> Vec<Effect> {
    let mut effects = vec![];
    if let Some(open) = &mut state.open {
        open.uncount();
        if let Some(body) = &mut open.body {
            body.outdated = true;
        }
        if state.latest.list == state.latest.listed {
            effects.extend(list_again(state));
        } else {
            // What is on its way is shown all the same: who keeps a key down while another program writes sees something.
            state.stale = true;
        }
    } else if changed.content {
        // There was nothing to be opened.
        effects.push(open_with(state, Resume::Newest));
    }
    let has = |state: &State, wanted: fn(&Overlay) -> bool| state.overlays.iter().any(wanted);
    let counts = has(state, |overlay| matches!(overlay, Overlay::Issues(_)));
    if state.open.is_some() && (changed.content || counts) {
        effects.push(ask_issues(state));
    }
    if has(state, |overlay| matches!(overlay, Overlay::Bookmarks(_))) {
        effects.push(ask_bookmarks(state));
    }
    effects.extend(ask_saved(state));
    if changed.content {
        if has(state, |overlay| matches!(overlay, Overlay::Jump(_))) {
            effects.extend(ask_jump(state));
            if let Some(jump) = state.jump_mut() {
                jump.again = true;
                if let Some(preview) = &mut jump.preview {
                    preview.outdated = true;
                }
            }
        }
        effects.extend(ask_fixable(state));
        if state.diagnostics_mut().is_some() {
            effects.extend(ask_noted(state));
        }
    }
    effects
}

/// The library has issues now, and the sample is read: the reader goes over, unless it would take what is being written.
pub fn filled(state: &mut State) -> Vec<Effect> {
    let writes = |overlay: &Overlay| {
        matches!(
            overlay,
            Overlay::Note(_) | Overlay::Tags(_) | Overlay::Saved(_)
        )
    };
    let is_busy = state.origin != Origin::Sample || state.overlays.iter().any(writes);
    if is_busy {
        vec![]
    } else {
        vec![Effect::Ask(Ask::Enter)]
    }
}

/// Everything comes from the library from here on; marks on the sample are gone with it.
pub fn entered(state: &mut State) -> Vec<Effect> {
    state.origin = Origin::Library;
    (state.open, state.issues, state.awaited) = (None, None, None);
    (state.filter, state.focus) = (Filter::default(), Focus::On(Pane::Contents));
    state.overlays.clear();
    state.drafts.clear();
    state.finding = Finding::default();
    state.history = History::default();
    state.trail = Trail::default();
    (state.stale, state.held) = (false, vec![]);
    // What is on its way is of the sample.
    for latest in state.latest.all_mut() {
        *latest = Ticket::default();
    }
    fit(state);
    state.notice = Some(Notice::Word("notice.library-now"));
    start(state)
}

/// The issue that is open is not where it was. Its names say where it is, if it is anywhere.
pub fn ask_where(state: &mut State) -> Vec<Effect> {
    let Some(session) = Session::of(state) else {
        return vec![];
    };
    state.latest.list = state.latest.next();
    let find = Find::Where(state.latest.list, Box::new(session));
    vec![Effect::Find(find), ask_issues(state)]
}

/// Where the reader is by the rows of now: there it goes on; on the newest issue where its own is gone.
pub fn found(
    state: &mut State,
    ticket: Ticket,
    newest: Option<IssueId>,
    now: &Last,
) -> Vec<Effect> {
    if ticket != state.latest.list {
        return vec![];
    }
    let Some(query) = state.open.as_ref().map(|open| open.listing.query.clone()) else {
        return vec![];
    };
    let (issue, anchor, goal) = match (now.issue, now.item, newest) {
        (Some(issue), Some(item), _) => (issue, Anchor::Around(item), Goal::Stay),
        (Some(issue), None, _) => (issue, Anchor::Top, Goal::Stay),
        (None, _, Some(newest)) => {
            // What waits for it says more.
            if !matches!(state.notice, Some(Notice::Waits(_))) {
                state.notice = Some(Notice::Word("notice.issue-gone"));
            }
            state.focus = Focus::On(Pane::Contents);
            (newest, Anchor::Top, Goal::FirstUnread)
        }
        (None, _, None) => {
            state.latest.listed = ticket;
            (state.open, state.issues) = (None, Some(vec![]));
            state.focus = Focus::On(Pane::Contents);
            fit(state);
            return vec![];
        }
    };
    let scope = Scope::Issue(issue);
    vec![ask_list(state, Listing { scope, query }, anchor, goal)]
}

/// Where the reader stays in what was listed again: at the selected item, by its name.
pub fn stay(state: &mut State, listed: &mut Listed) -> Goal {
    let Some(here) = state.open.as_ref().and_then(Open::selected) else {
        return Goal::FirstUnread;
    };
    let items = &mut listed.run.items;
    if let Some(same) = items.iter().find(|head| head.key == here.key) {
        return Goal::Near(same.id);
    }
    let near = Goal::Near(here.id);
    if !listed.listing.query.is_empty() {
        // It passes the filter no more, as what is read among the unread does, and stays for as long as the reader does.
        if !items.iter().any(|head| head.id == here.id) {
            let at = match listed.listing.query.order {
                Order::Printed => items.partition_point(|head| head.id > here.id),
                // As many were read before its place as behind it.
                Order::By(..) => items.len() / 2,
            };
            items.insert(at, here.clone());
        }
        return near;
    }
    if let Some(corrected) = corrected(items, &here.key) {
        return Goal::Near(corrected);
    }
    if state.focus == Focus::On(Pane::Body) {
        // The next one is not read because this one is gone.
        state.focus = Focus::On(Pane::Contents);
        state.notice = Some(Notice::Word("notice.gone"));
    }
    near
}

/// The item that was shown is gone: what is listed is listed again without it.
pub fn gone(state: &mut State) -> Vec<Effect> {
    let Some(open) = &mut state.open else {
        return vec![];
    };
    let here = open.selected().map(|head| head.id);
    let shown = open.body.as_ref().filter(|body| body.outdated);
    match here.filter(|here| shown.is_some_and(|body| body.view.head.id == *here)) {
        Some(here) => {
            open.body = None;
            let listing = open.listing.clone();
            let (anchor, goal) = (Anchor::Around(here), Goal::Near(here));
            vec![ask_list(state, listing, anchor, goal)]
        }
        None => vec![],
    }
}

/// An item has come, and its marks are told twice: in the list as well, where it may stay although it does not pass the filter
/// any more. The list takes those of the item, unless some are on their way to the disk: then what is shown is newer.
pub fn settle_marks(state: &mut State, now: &mut ItemHead) {
    let items = state
        .open
        .iter_mut()
        .flat_map(|open| &mut open.contents.items);
    for head in items.filter(|head| head.key == now.key) {
        if state.unkept == 0 {
            head.marks.clone_from(&now.marks);
        } else {
            now.marks.clone_from(&head.marks);
        }
    }
}

/// The item of the same issue whose headline is most like that of this name, as a corrected one is.
fn corrected(items: &[ItemHead], key: &ItemKey) -> Option<ItemId> {
    let of_issue =
        |head: &ItemHead| (&head.key.publication, head.key.issue) == (&key.publication, key.issue);
    let alike = |head: &ItemHead| {
        let (now, before) = (&head.key.headline, &key.headline);
        let shorter = now.chars().count().min(before.chars().count());
        if shorter >= WHOLE && (now.contains(before.as_str()) || before.contains(now.as_str())) {
            return 1.0;
        }
        strsim::normalized_levenshtein(now, before)
    };
    let candidates = items.iter().filter(|head| of_issue(head));
    candidates
        .map(|head| (head.id, alike(head)))
        .filter(|(_, alike)| *alike >= ALIKE)
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(id, _)| id)
}

/// The list of issues is another: what is selected in it stays selected, and a newer one is told of.
pub fn take_issues(state: &mut State, issues: Vec<IssueHead>) {
    let is_first = state.issues.is_none();
    let former = state.issues.take().unwrap_or_default();
    let open = row_of_open(state, &issues);
    for overlay in &mut state.overlays {
        let Overlay::Issues(list) = overlay else {
            continue;
        };
        let selected = former.get(list.cursor.selected).map(|issue| issue.id);
        let now = issues.iter().position(|issue| Some(issue.id) == selected);
        let end = issues.len().saturating_sub(1);
        list.cursor.selected = match now {
            _ if is_first => open,
            Some(row) => row,
            None => list.cursor.selected.min(end),
        };
    }
    let newest = |issues: &[IssueHead]| issues.first().map(|issue| issue.id.0);
    if let Some(before) = newest(&former)
        && newest(&issues) > Some(before)
        && state.notice.is_none()
    {
        state.notice = Some(Notice::Word("notice.new-issue"));
    }
    state.issues = Some(issues);
}
