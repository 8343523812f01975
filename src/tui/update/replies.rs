//! Answers to effects. An answer to a request that a later one has overtaken is dropped.

use super::lists::{ask_list, go_to, keep_place};
use super::{ask_issues, elsewhere, finding, fit, going, overlays};
use crate::app::reading::Origin;
use crate::issue::{IssueHead, IssueId, ItemHead, ItemId};
use crate::query::Query;
use crate::store::{Anchor, Detached, ItemView, Listing, Noted, Scope};
use crate::tui::cursor::Cursor;
use crate::tui::effect::{Arrival, Effect, Goal, Seek, Ticket, Use};
use crate::tui::message::Hits;
use crate::tui::overlays::{JumpRegions, Welcome};
use crate::tui::panes::Body;
use crate::tui::session::Last;
use crate::tui::state::{Focus, Notice, Pane, State};

/// What was listed when the reader was left is listed again, else the newest issue; and all issues are asked for.
pub fn opening(
    state: &mut State,
    ticket: Ticket,
    newest: Option<IssueId>,
    last: Option<Last>,
) -> Vec<Effect> {
    if ticket != state.latest.issues {
        return vec![];
    }
    let Some(newest) = newest else {
        state.issues = Some(vec![]);
        return vec![];
    };
    if state.origin == Origin::Sample {
        state.notice = Some(Notice::Word("notice.sample"));
    }
    if let Some(last) = &last {
        state.jumps = last.session.jumps();
    }
    if state.welcome == Welcome::Unknown {
        let is_first = last.is_none() && state.origin != Origin::Files;
        state.welcome = if is_first {
            Welcome::Shown
        } else {
            Welcome::Over
        };
    }
    let asked = if let Some(last) = last {
        resume(state, newest, &last)
    } else {
        let listing = Listing {
            scope: Scope::Issue(newest),
            query: Query::default(),
        };
        ask_list(state, listing, Anchor::Top, Goal::FirstUnread)
    };
    vec![asked, ask_issues(state)]
}

/// Lists what was listed, at the item where the reader was.
fn resume(state: &mut State, newest: IssueId, last: &Last) -> Effect {
    if newest.0 > last.session.newest {
        state.notice = Some(Notice::Word("notice.new-issue"));
    }
    let scope = match (last.session.library, last.issue) {
        (true, _) => Scope::Library,
        (false, Some(issue)) => Scope::Issue(issue),
        (false, None) => Scope::Issue(newest),
    };
    let listing = Listing {
        scope,
        query: last.session.query(),
    };
    state.focus = last.session.focus();
    state.resuming = true;
    if let Some(item) = last.item {
        return ask_list(state, listing, Anchor::Around(item), Goal::Near(item));
    }
    if last.session.item.is_some() || state.focus == Focus::On(Pane::Body) {
        state.focus = Focus::On(Pane::Contents);
    }
    ask_list(state, listing, Anchor::Top, Goal::FirstUnread)
}

/// The list of issues.
pub fn issues(state: &mut State, ticket: Ticket, issues: Vec<IssueHead>) -> Vec<Effect> {
    if ticket != state.latest.issues {
        return vec![];
    }
    elsewhere::take_issues(state, issues);
    fit(state);
    going::go_awaited(state)
}

/// Another item of the list, which was not among what is loaded.
pub fn sought(state: &mut State, ticket: Ticket, seek: Seek, item: Option<ItemId>) -> Vec<Effect> {
    let Some(open) = state.open.as_ref().filter(|_| ticket == state.latest.seek) else {
        return vec![];
    };
    let shown = open.selected().map(|shown| shown.id);
    let Some(item) = item.filter(|item| Some(*item) != shown) else {
        return going::nothing_sought(state, seek);
    };
    match seek {
        Seek::Unread => go_to(state, item),
        Seek::Group(..) | Seek::Noted(_) | Seek::Marked(_) => {
            // The ids descend.
            if matches!(seek, Seek::Marked(_)) && Some(item) > shown {
                state.notice = Some(Notice::Word("notice.from-top"));
            }
            let listing = open.listing.clone();
            vec![ask_list(
                state,
                listing,
                Anchor::Around(item),
                Goal::Near(item),
            )]
        }
    }
}

/// An item: the text for the body or for the preview of the jump, or its marks as they are kept.
pub fn item(
    state: &mut State,
    ticket: Ticket,
    purpose: Use,
    view: Option<Box<ItemView>>,
) -> Vec<Effect> {
    let latest = match purpose {
        Use::Body(_) => state.latest.body,
        Use::Preview => state.latest.preview,
        Use::Marks => ticket,
    };
    if ticket != latest {
        return vec![];
    }
    let Some(mut view) = view else {
        state.notice = Some(Notice::Word("notice.gone"));
        return match purpose {
            Use::Body(_) => elsewhere::gone(state),
            Use::Preview | Use::Marks => vec![],
        };
    };
    let regions = state.regions();
    let setting = state.setting().without_hanging();
    match purpose {
        Use::Body(arrival) => {
            elsewhere::settle_marks(state, &mut view.head);
            return show_item(state, *view, arrival);
        }
        Use::Preview => {
            if let (Some(area), Some(jump)) = (JumpRegions::new(&regions).preview, state.jump_mut())
            {
                jump.preview = Some(Body::new(*view, area.width, setting));
            }
        }
        Use::Marks => {
            let kept = &view.head.marks;
            state.show_marks(&view.head.key, |marks| marks.clone_from(kept));
        }
    }
    vec![]
}

/// Shows an item in the body, from where it was left.
fn show_item(state: &mut State, mut view: ItemView, arrival: Arrival) -> Vec<Effect> {
    let lines = state.regions().body_lines();
    let sought = state.sought();
    let setting = state.setting();
    let Some(open) = &mut state.open else {
        return vec![];
    };
    let selected = open.contents.selected();
    if let Some(stale) = selected.filter(|row| row.id == view.head.id && row.key != view.head.key) {
        // Another program has imported the issue anew, and the row is another item's now: the list is made again, lest
        // the one is shown and the other marked.
        let (here, listing) = (stale.id, open.listing.clone());
        state.notice = Some(Notice::Word("notice.changed"));
        return vec![
            ask_list(state, listing, Anchor::Around(here), Goal::Near(here)),
            ask_issues(state),
        ];
    }
    let mut former = open.body.take();
    let is_shown = |former: &Body| former.view.head.key == view.head.key;
    if arrival == Arrival::Place
        && let Some(mut same) = former.take_if(|former| is_shown(former) && former.reads_as(&view))
    {
        // Fetched again, and only its marks are others: what was gone to in it stays.
        same.outdated = false;
        same.change_marks(|marks| marks.clone_from(&view.head.marks));
        same.view.head = view.head;
        open.body = Some(same);
        return vec![];
    }
    let effects = former.as_ref().and_then(keep_place).into_iter().collect();
    // What is shown already was scrolled since the library was told.
    if let Some(former) = former.filter(is_shown) {
        view.place = former.place();
    }
    let mut body = Body::new(view, lines.width, setting);
    body.mark(&sought);
    body.arrive(arrival, usize::from(lines.height));
    open.body = Some(body);
    finding::show(state);
    effects
}

/// What was noted about an issue and one of its items.
pub fn noted(state: &mut State, ticket: Ticket, noted: Option<Box<Noted>>) -> Vec<Effect> {
    if ticket != state.latest.noted {
        return vec![];
    }
    if let Some(diagnostics) = state.diagnostics_mut() {
        let is_gone = noted.is_none();
        diagnostics.show(noted.map(|noted| *noted));
        if is_gone {
            state.notice = Some(Notice::Word("notice.gone"));
        }
        overlays::fit(state);
    }
    vec![]
}

/// All bookmarked items.
pub fn bookmarks(
    state: &mut State,
    ticket: Ticket,
    items: Vec<ItemHead>,
    detached: Vec<Detached>,
) -> Vec<Effect> {
    if ticket == state.latest.bookmarks {
        // Where files are read that are not in the library, nearly all marks are without item.
        let is_library = state.origin == Origin::Library;
        let detached = if is_library { detached } else { vec![] };
        if let Some(list) = state.bookmarks_mut() {
            list.take(items, detached);
        }
        overlays::fit(state);
    }
    vec![]
}

/// What the jump found; the best hit is selected and previewed. What is found after the newest keeps the hit that was gone to.
pub fn hits(state: &mut State, ticket: Ticket, hits: Hits) -> Vec<Effect> {
    if ticket != state.latest.jump {
        return vec![];
    }
    let Some(jump) = state.jump_mut() else {
        return vec![];
    };
    let Hits {
        rows,
        total,
        is_whole,
    } = hits;
    // What was looked for once more keeps its selected hit, and so does who has gone to one before all were there.
    let is_gone_to = std::mem::take(&mut jump.is_part) && jump.cursor.selected > 0;
    let former = (std::mem::take(&mut jump.again) || is_gone_to)
        .then(|| jump.rows.as_ref()?.get(jump.cursor.selected))
        .flatten();
    let kept =
        former.and_then(|former| rows.iter().position(|row| row.head.key == former.head.key));
    jump.cursor = match kept {
        Some(selected) => Cursor {
            selected,
            ..jump.cursor
        },
        None => Cursor::default(),
    };
    jump.is_part = !is_whole;
    jump.is_going_on = !is_whole;
    jump.rows = Some(rows);
    jump.total = total;
    overlays::fit(state);
    overlays::ask_preview(state)
}
