//! Decides what a message changes and what has to be carried out. Pure: no store, channel, clock or terminal.

mod overlays;
mod reader;
mod replies;

use super::effect::{Ask, Change, Effect, Find, Goal, Target, Ticket, Use};
use super::message::Message;
use super::overlays::HelpPage;
use super::state::{Notice, Overlay, State};
use crate::issue::{IssueId, ItemHead, ItemId};
use crate::keys::{Action, Context, Found, Key};
use crossterm::event::{Event, KeyEvent, KeyEventKind};
use ratatui::layout::Size;
use tui_input::backend::crossterm::to_input_request;

/// Takes a message in; what is to be carried out for it.
pub fn update(state: &mut State, message: Message) -> Vec<Effect> {
    let mut effects = take_in(state, message);
    if state.unkept > 0 {
        // Marks are written on one connection and lists read on another: a list asked for now would miss them.
        let (lists, others) = effects.into_iter().partition(shows_marks);
        state.held.extend::<Vec<_>>(lists);
        effects = others;
    } else {
        effects.append(&mut state.held);
    }
    effects
}

/// Whether the effect's answer lists marks.
const fn shows_marks(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::Find(Find::Issues(_) | Find::Contents(..) | Find::Bookmarks(_))
    )
}

fn take_in(state: &mut State, message: Message) -> Vec<Effect> {
    match message {
        Message::Key(key) if key.kind == KeyEventKind::Release => vec![],
        Message::Key(key) => press(state, key),
        Message::Paste(text) => overlays::paste(state, &text),
        Message::Resize(size) => {
            resize(state, size);
            vec![]
        }
        Message::Newest(ticket, newest) => replies::newest(state, ticket, newest),
        Message::Issues(ticket, issues) => replies::issues(state, ticket, issues),
        Message::Contents(ticket, issue, items, goal) => {
            replies::contents(state, ticket, issue, items, goal)
        }
        Message::Item(ticket, purpose, view) => replies::item(state, ticket, purpose, view),
        Message::Bookmarks(ticket, items) => replies::bookmarks(state, ticket, items),
        Message::Hits(ticket, rows, total) => replies::hits(state, ticket, rows, total),
        Message::Kept(change) => {
            state.unkept = state.unkept.saturating_sub(1);
            if let Change::Bookmark(on) = change {
                state.notice = Some(Notice::Word(if on {
                    "notice.bookmark-set"
                } else {
                    "notice.bookmark-removed"
                }));
            }
            vec![]
        }
        Message::NotKept(target, change, failure) => {
            state.unkept = state.unkept.saturating_sub(1);
            state.notice = Some(Notice::NotKept(change, failure));
            // What is shown must be what is kept, and which of several changes were kept only the library knows.
            vec![Effect::Ask(Ask::Item(
                Ticket::default(),
                Use::Marks,
                target.item,
            ))]
        }
        Message::Failed(failure) => {
            state.notice = Some(Notice::Failure(failure));
            vec![]
        }
    }
}

/// What a reader that has just been opened asks for.
pub fn start(state: &mut State) -> Vec<Effect> {
    state.latest.issues = state.latest.next();
    vec![Effect::Find(Find::Newest(state.latest.issues))]
}

fn press(state: &mut State, event: KeyEvent) -> Vec<Effect> {
    state.notice = None;
    let context = state.context();
    let key = Key::from(event);
    state.strokes.push(key);
    let mut found = state.keymap.find(context, &state.strokes);
    if found == Found::Nothing && state.strokes.len() > 1 {
        // The stroke that ends a sequence without meaning means what it means by itself: `g` `Esc` leaves.
        state.strokes = vec![key];
        found = state.keymap.find(context, &state.strokes);
    }
    if found != Found::Prefix {
        state.strokes.clear();
    }
    match found {
        Found::Prefix => vec![],
        Found::Action(action) => act(state, context, action),
        Found::Nothing if context == Context::Jump => {
            let request = to_input_request(&Event::Key(event));
            request
                .map(|request| overlays::edit(state, request))
                .unwrap_or_default()
        }
        Found::Nothing => {
            state.notice = Some(Notice::Word("notice.no-key"));
            vec![]
        }
    }
}

fn act(state: &mut State, context: Context, action: Action) -> Vec<Effect> {
    if action == Action::Help {
        state.overlays.push(Overlay::Help(HelpPage::default()));
        return vec![];
    }
    if action == Action::Redraw {
        return vec![Effect::Redraw];
    }
    match context {
        Context::Reader => reader::act(state, action),
        Context::List | Context::Jump | Context::Help => overlays::act(state, action),
    }
}

/// Fits everything that is shown to a new size.
fn resize(state: &mut State, size: Size) {
    state.size = size;
    fit(state);
}

/// Wraps and scrolls again, after the size, the focus or an overlay has changed.
fn fit(state: &mut State) {
    let regions = state.regions();
    let (policy, language) = (state.policy, state.language);
    if let Some(issue) = &mut state.issue {
        let rows = usize::from(regions.contents_rows().height);
        issue
            .contents
            .cursor
            .keep_visible(issue.contents.rows.len(), rows);
        let lines = regions.body_lines();
        if let Some(body) = &mut issue.body {
            body.fit(lines.width, usize::from(lines.height), policy, language);
        }
    }
    overlays::fit(state);
}

fn ask_issues(state: &mut State) -> Effect {
    state.latest.issues = state.latest.next();
    Effect::Find(Find::Issues(state.latest.issues))
}

fn ask_contents(state: &mut State, issue: IssueId, goal: Goal) -> Effect {
    state.latest.contents = state.latest.next();
    Effect::Find(Find::Contents(state.latest.contents, issue, goal))
}

fn ask_item(state: &mut State, purpose: Use, item: ItemId) -> Effect {
    let ticket = state.latest.next();
    match purpose {
        Use::Body => state.latest.body = ticket,
        Use::Preview => state.latest.preview = ticket,
        Use::Marks => {}
    }
    Effect::Ask(Ask::Item(ticket, purpose, item))
}

/// Changes a mark on the screen at once and asks for it to be kept.
fn change(state: &mut State, item: &ItemHead, change: Change) -> Effect {
    let target = Target::of(item);
    state.show_marks(&target.key, |marks| change.apply(marks));
    state.unkept += 1;
    Effect::Ask(Ask::Mark(target, change))
}
