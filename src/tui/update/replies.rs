//! Answers to effects. An answer to a request that a later one has overtaken is dropped.

use super::{ask_contents, ask_issues, fit, overlays, reader};
use crate::issue::{IssueHead, IssueId, ItemHead};
use crate::store::ItemView;
use crate::tui::effect::{Effect, Goal, Ticket, Use};
use crate::tui::message::HitRow;
use crate::tui::overlays::JumpRegions;
use crate::tui::panes::{Body, Contents};
use crate::tui::state::{Notice, OpenIssue, Pane, State};

/// The newest issue is opened, and the list of all is asked for.
pub fn newest(state: &mut State, ticket: Ticket, newest: Option<IssueId>) -> Vec<Effect> {
    if ticket != state.latest.issues {
        return vec![];
    }
    let Some(id) = newest else {
        state.issues = Some(vec![]);
        return vec![];
    };
    vec![
        ask_contents(state, id, Goal::FirstUnread),
        ask_issues(state),
    ]
}

/// The list of issues.
pub fn issues(state: &mut State, ticket: Ticket, issues: Vec<IssueHead>) -> Vec<Effect> {
    if ticket == state.latest.issues {
        state.issues = Some(issues);
        fit(state);
    }
    vec![]
}

/// The contents of an issue: it is open now, with what was asked for selected.
pub fn contents(
    state: &mut State,
    ticket: Ticket,
    id: IssueId,
    items: Vec<ItemHead>,
    goal: Goal,
) -> Vec<Effect> {
    if ticket != state.latest.contents {
        return vec![];
    }
    if items.is_empty() {
        // Another program has removed the issue, or given it another place: what is open stays, the list is made again.
        state.notice = Some(Notice::Word("notice.gone"));
        return vec![ask_issues(state)];
    }
    let mut contents = Contents::new(items);
    let wanted = match goal {
        Goal::FirstUnread => Some(contents.unread_from(0).unwrap_or(0)),
        Goal::Item(item) => contents.items.iter().position(|head| head.id == item),
    };
    let Some(wanted) = wanted else {
        state.notice = Some(Notice::Word("notice.gone"));
        return vec![];
    };
    state.focus = match goal {
        Goal::FirstUnread => Pane::Contents,
        Goal::Item(_) => Pane::Body,
    };
    let rows = state.regions().contents_rows();
    contents.arrive(wanted, usize::from(rows.height));
    state.issue = Some(OpenIssue {
        id,
        contents,
        body: None,
    });
    reader::ask_selected(state)
}

/// An item: the text for the body or for the preview of the jump, or its marks as they are kept.
pub fn item(
    state: &mut State,
    ticket: Ticket,
    purpose: Use,
    view: Option<Box<ItemView>>,
) -> Vec<Effect> {
    let latest = match purpose {
        Use::Body => state.latest.body,
        Use::Preview => state.latest.preview,
        Use::Marks => ticket,
    };
    if ticket != latest {
        return vec![];
    }
    let Some(view) = view else {
        state.notice = Some(Notice::Word("notice.gone"));
        return vec![];
    };
    let regions = state.regions();
    let (policy, language) = (state.policy, state.language);
    match purpose {
        Use::Body => {
            let Some(issue) = &mut state.issue else {
                return vec![];
            };
            issue.body = Some(Body::new(
                *view,
                regions.body_lines().width,
                policy,
                language,
            ));
            return reader::read_shown(state);
        }
        Use::Preview => {
            if let (Some(area), Some(jump)) = (JumpRegions::new(&regions).preview, state.jump_mut())
            {
                jump.preview = Some(Body::new(*view, area.width, policy, language));
            }
        }
        Use::Marks => state.show_marks(&view.head.key, |marks| marks.clone_from(&view.head.marks)),
    }
    vec![]
}

/// All bookmarked items.
pub fn bookmarks(state: &mut State, ticket: Ticket, items: Vec<ItemHead>) -> Vec<Effect> {
    if ticket == state.latest.bookmarks
        && let Some(list) = state.bookmarks_mut()
    {
        list.rows = Some(items);
        overlays::fit(state);
    }
    vec![]
}

/// What the jump found; the best hit is selected and previewed.
pub fn hits(state: &mut State, ticket: Ticket, rows: Vec<HitRow>, total: usize) -> Vec<Effect> {
    if ticket != state.latest.jump {
        return vec![];
    }
    let Some(jump) = state.jump_mut() else {
        return vec![];
    };
    jump.rows = Some(rows);
    jump.total = total;
    jump.cursor = crate::tui::cursor::Cursor::default();
    overlays::ask_preview(state)
}
