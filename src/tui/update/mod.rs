//! Decides what a message changes and what has to be carried out. Pure: no store, channel, clock or terminal.

mod elsewhere;
mod filter;
mod going;
mod listed;
mod lists;
mod overlays;
mod reader;
mod replies;
mod reread;

use super::effect::{Ask, Cause, Change, Effect, Find, Resume, Target, Ticket, Use};
use super::message::Message;
use super::overlays::{HelpPage, help};
use super::session::Session;
use super::state::{Notice, Overlay, State};
use crate::app::reading::Origin;
use crate::issue::{ItemHead, ItemId};
use crate::keys::{Action, Context, Found, Key};
use crossterm::event::{Event, KeyEvent, KeyEventKind};
use ratatui::layout::Size;
use tui_input::backend::crossterm::to_input_request;
use tui_input::{Input, InputRequest};

/// Characters a field takes at most: longer than any headline, short enough to be laid out at every key.
const LONGEST: usize = 1000;

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
        Effect::Find(
            Find::Issues(_)
                | Find::List(..)
                | Find::Tally(..)
                | Find::Seek(..)
                | Find::Bookmarks(_)
        )
    )
}

fn take_in(state: &mut State, message: Message) -> Vec<Effect> {
    match message {
        Message::Key(key) if key.kind == KeyEventKind::Release => vec![],
        Message::Key(key) => {
            let mut effects = press(state, key);
            if !effects.contains(&Effect::Stop) {
                // Behind what the key itself asks for, which does not wait for it.
                effects.push(Effect::Ask(Ask::Look));
            }
            effects
        }
        Message::Focused => vec![Effect::Ask(Ask::Look)],
        Message::Paste(text) => paste(state, &text),
        Message::Resize(size) => {
            resize(state, size);
            lists::ask_more(state)
        }
        Message::Opening(ticket, newest, last) => {
            replies::opening(state, ticket, newest, last.map(|last| *last))
        }
        Message::Elsewhere(changed) => elsewhere::changed(state, changed),
        Message::Where(ticket, newest, now) => elsewhere::found(state, ticket, newest, &now),
        Message::Issues(ticket, issues) => replies::issues(state, ticket, issues),
        Message::List(ticket, listed, goal) => listed::list(state, ticket, *listed, goal),
        Message::Tally(ticket, listing, tally, before) => {
            listed::tally(state, ticket, &listing, tally, before)
        }
        Message::Sought(ticket, seek, item) => replies::sought(state, ticket, seek, item),
        Message::Item(ticket, purpose, view) => replies::item(state, ticket, purpose, view),
        Message::Noted(ticket, noted) => replies::noted(state, ticket, noted),
        Message::Reread(changed) => reread::changed(state, &changed),
        Message::AllReread(issues) => reread::all(state, issues),
        Message::Bookmarks(ticket, items) => replies::bookmarks(state, ticket, items),
        Message::Hits(ticket, rows, total) => replies::hits(state, ticket, rows, total),
        Message::Kept(change, cause) => {
            state.unkept = state.unkept.saturating_sub(1);
            let word = match (change, state.origin) {
                _ if cause == Cause::Unasked => None,
                (Change::Bookmark(true), Origin::Sample) => Some("notice.bookmark-for-now"),
                (Change::Bookmark(true), _) => Some("notice.bookmark-set"),
                (Change::Bookmark(false), _) => Some("notice.bookmark-removed"),
                (Change::Read(true), _) => Some("notice.read-set"),
                (Change::Read(false), _) => Some("notice.unread-set"),
                (Change::Tag(..) | Change::Note(_), _) => None,
            };
            if let Some(word) = word {
                state.notice = Some(Notice::Word(word));
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
        Message::NotListed(ticket, failure) => {
            state.notice = Some(Notice::Failure(failure));
            listed::not_listed(state, ticket)
        }
        Message::Failed(failure) => {
            state.notice = Some(Notice::Failure(failure));
            vec![]
        }
    }
}

/// What a reader that has just been opened asks for.
pub fn start(state: &mut State) -> Vec<Effect> {
    let resume = match state.origin {
        Origin::Library => Resume::Last,
        Origin::Files | Origin::Sample => Resume::Newest,
    };
    vec![open_with(state, resume)]
}

fn open_with(state: &mut State, resume: Resume) -> Effect {
    state.latest.issues = state.latest.next();
    Effect::Find(Find::Opening(state.latest.issues, resume))
}

/// What is to be kept when the reader is left, by a key or by a signal.
pub fn leave(state: &State) -> Vec<Effect> {
    let mut effects = vec![];
    let body = state.open.as_ref().and_then(|open| open.body.as_ref());
    effects.extend(body.and_then(lists::keep_place));
    if state.origin == Origin::Library
        && let Some(session) = Session::of(state)
    {
        effects.push(Effect::Ask(Ask::Session(session.text())));
    }
    effects
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
        Found::Nothing if state.field_mut().is_some() => {
            let request = to_input_request(&Event::Key(event));
            request
                .map(|request| edit(state, request))
                .unwrap_or_default()
        }
        Found::Nothing => {
            state.notice = Some(Notice::Word("notice.no-key"));
            vec![]
        }
    }
}

fn act(state: &mut State, context: Context, action: Action) -> Vec<Effect> {
    match action {
        Action::Help => {
            let offset = help::beginning(state);
            state.overlays.push(Overlay::Help(HelpPage { offset }));
            fit(state);
            vec![]
        }
        Action::Redraw => vec![Effect::Redraw],
        Action::Suspend => vec![Effect::Suspend],
        _ => match context {
            Context::Reader => reader::act(state, action),
            Context::Filter | Context::Field => filter::act(state, action),
            Context::List | Context::Jump | Context::Diagnostics | Context::Help => {
                overlays::act(state, action)
            }
        },
    }
}

/// Edits the field that is typed into; what is typed narrows at once.
fn edit(state: &mut State, request: InputRequest) -> Vec<Effect> {
    let Some(input) = state.field_mut() else {
        return vec![];
    };
    if matches!(request, InputRequest::InsertChar(_)) && input.value().chars().count() >= LONGEST {
        return vec![];
    }
    let changed = input.handle(request).is_some_and(|changed| changed.value);
    if changed { typed(state) } else { vec![] }
}

/// Types pasted text into the field; line ends count as spaces, and what is longer than a field can be is left out.
fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    let Some(input) = state.field_mut() else {
        return vec![];
    };
    let (value, cursor) = (input.value(), input.cursor());
    let room = LONGEST.saturating_sub(value.chars().count());
    let spaced: String = text
        .chars()
        .take(room)
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    let pasted = crate::text::clean(&spaced);
    let whole: String = value
        .chars()
        .take(cursor)
        .chain(pasted.chars())
        .chain(value.chars().skip(cursor))
        .collect();
    *input = Input::new(whole).with_cursor(cursor + pasted.chars().count());
    typed(state)
}

/// The field that is typed into holds another text.
fn typed(state: &mut State) -> Vec<Effect> {
    match state.context() {
        Context::Jump => overlays::ask_jump(state),
        Context::Field => filter::typed(state),
        Context::Reader
        | Context::Filter
        | Context::List
        | Context::Diagnostics
        | Context::Help => vec![],
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
    if let Some(open) = &mut state.open {
        let rows = usize::from(regions.contents_rows().height);
        let len = open.contents.rows.len();
        open.contents.cursor.keep_visible(len, rows);
        let lines = regions.body_lines();
        if let Some(body) = &mut open.body {
            body.fit(lines.width, usize::from(lines.height), policy, language);
        }
    }
    filter::fit(state);
    overlays::fit(state);
}

fn ask_issues(state: &mut State) -> Effect {
    state.latest.issues = state.latest.next();
    Effect::Find(Find::Issues(state.latest.issues))
}

fn ask_bookmarks(state: &mut State) -> Effect {
    state.latest.bookmarks = state.latest.next();
    Effect::Find(Find::Bookmarks(state.latest.bookmarks))
}

fn ask_item(state: &mut State, purpose: Use, item: ItemId) -> Effect {
    let ticket = state.latest.next();
    match purpose {
        Use::Body(_) => state.latest.body = ticket,
        Use::Preview => state.latest.preview = ticket,
        Use::Marks => {}
    }
    Effect::Ask(Ask::Item(ticket, purpose, item))
}

/// Changes a mark on the screen at once and asks for it to be kept.
fn change(state: &mut State, item: &ItemHead, change: Change, cause: Cause) -> Vec<Effect> {
    let target = Target::of(item);
    let listed = state.show_marks(&target.key, |marks| change.apply(marks));
    state.latest.marked = state.latest.next();
    state.unkept += 1;
    let mut effects = vec![Effect::Ask(Ask::Mark(target, change, cause))];
    if !listed {
        // It may be counted all the same: beyond what is loaded, or in a section that is switched off.
        effects.extend(lists::count(state));
    }
    effects
}
