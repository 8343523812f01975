//! Decides what a message changes and what has to be carried out. Pure: no store, channel, clock or terminal.

mod elsewhere;
mod facets;
mod filter;
mod finding;
mod fixing;
mod going;
mod listed;
mod lists;
mod marking;
mod overlays;
mod reader;
mod replies;
mod reread;
mod saved;
pub mod seen;
mod sorting;
mod trail;
mod writing;

use super::effect::{Ask, Effect, Find, Resume, Use};
use super::message::Message;
use super::overlays::{HelpPage, Welcome, help};
use super::session::Session;
use super::state::{Notice, Overlay, State};
use super::trail::Stop;
use crate::app::Failure;
use crate::app::reading::Origin;
use crate::issue::ItemId;
use crate::keys::{Action, Context, Found, Key};
use crossterm::event::{KeyEvent, KeyEventKind};
use ratatui::layout::Size;
use std::time::Instant;

/// Takes a message in; what is to be carried out for it.
pub fn update(state: &mut State, message: Message) -> Vec<Effect> {
    let brings_marks = brings_marks(&message);
    let keeps = facets::Keeps::of(&message);
    let mut effects = take_in(state, message);
    if !effects.contains(&Effect::Stop) {
        effects.extend(facets::follow(state, keeps));
    }
    settle(state);
    if brings_marks {
        writing::refresh(state);
    }
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

/// Where a leap has led somewhere, it can be taken back.
fn settle(state: &mut State) {
    let mut trail = std::mem::take(&mut state.trail);
    trail.settle(|| Stop::of(state));
    state.trail = trail;
}

/// Whether marks come with a message as they are kept.
const fn brings_marks(message: &Message) -> bool {
    matches!(message, Message::List(..) | Message::Item(..))
}

/// Whether the effect's answer lists marks.
const fn shows_marks(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::Find(
            Find::Issues(_)
                | Find::List(..)
                | Find::Tally(..)
                | Find::Facets(..)
                | Find::Choices(..)
                | Find::Seek(..)
                | Find::Text(..)
                | Find::Bookmarks(_)
                | Find::Tags(_)
                | Find::Saved(_)
                | Find::Count(..)
        )
    )
}

fn take_in(state: &mut State, message: Message) -> Vec<Effect> {
    match message {
        Message::Key(key, _) if key.kind == KeyEventKind::Release => vec![],
        Message::Key(key, at) => {
            let mut effects = press(state, key, at);
            if !effects.contains(&Effect::Stop) {
                // Behind what the key itself asks for, which does not wait for it.
                effects.push(Effect::Ask(Ask::Look));
            }
            effects
        }
        Message::Focused(at) => {
            let mut effects = seen::settle(state, at);
            effects.push(Effect::Ask(Ask::Look));
            effects
        }
        Message::Paste(text) => writing::paste(state, &text),
        Message::Resize(size) => {
            resize(state, size);
            lists::ask_more(state)
        }
        Message::Opening(ticket, newest, last) => {
            replies::opening(state, ticket, newest, last.map(|last| *last))
        }
        Message::Filled => elsewhere::filled(state),
        Message::Entered => elsewhere::entered(state),
        Message::Elsewhere(changed) => elsewhere::changed(state, changed),
        Message::Where(ticket, newest, now) => elsewhere::found(state, ticket, newest, &now),
        Message::Issues(ticket, issues) => replies::issues(state, ticket, issues),
        Message::Stops(ticket, turn, found) => {
            let found = found.map(|(gone, last)| (gone, *last));
            trail::found(state, ticket, turn, found)
        }
        Message::List(ticket, listed, goal) => {
            let mut effects = listed::list(state, ticket, *listed, goal);
            // It may have stopped the count.
            effects.extend(saved::count_on(state));
            effects
        }
        Message::Tally(ticket, listing, tally, before) => {
            listed::tally(state, ticket, &listing, tally, before)
        }
        Message::Facets(ticket, facets) => {
            facets::counted(state, ticket, facets);
            vec![]
        }
        Message::Choices(ticket, choices) => {
            facets::chosen(state, ticket, choices);
            vec![]
        }
        Message::Sought(ticket, seek, item) => replies::sought(state, ticket, seek, item),
        Message::TextFound(ticket, way, item) => finding::found(state, ticket, way, item),
        Message::Item(ticket, purpose, view) => replies::item(state, ticket, purpose, view),
        Message::Noted(ticket, noted) => replies::noted(state, ticket, noted),
        Message::Reread(changed) => reread::changed(state, &changed),
        Message::AllReread(issues) => reread::all(state, issues),
        Message::Bookmarks(ticket, items, detached) => {
            replies::bookmarks(state, ticket, items, detached)
        }
        Message::Tags(ticket, tags) => {
            if ticket == state.latest.tags {
                writing::tags(state, tags);
            }
            vec![]
        }
        Message::Saved(ticket, all) => saved::listed(state, ticket, all),
        Message::Counted(ticket, counted) => saved::counted(state, ticket, counted),
        Message::SavedKept(deed, back) => saved::kept(state, deed, back),
        Message::NotSaved(deed, failure) => saved::not_kept(state, &deed, failure),
        Message::Hits(ticket, hits) => replies::hits(state, ticket, hits),
        Message::Kept(deed, made) => marking::kept(state, &deed, made),
        Message::KeptAll(step, change, back) => marking::kept_all(state, step, &change, back),
        Message::NotKept(deed, failure) => marking::not_kept(state, &deed, failure),
        Message::Fixable(ticket, fixable) => fixing::fixable(state, ticket, fixable),
        Message::Fixed(deed, fixed) => fixing::fixed(state, &deed, fixed),
        Message::NotFixed(deed, failure) => fixing::not_fixed(state, &deed, failure),
        Message::Edited(text, failure) => writing::edited(state, text, failure),
        Message::NotListed(ticket, failure) => {
            tell_failed(state, failure);
            listed::not_listed(state, ticket)
        }
        Message::Opened(page, is_same) => {
            state.notice = Some(match page {
                _ if !is_same => Notice::Word("notice.opened-other"),
                Some(page) => {
                    Notice::Count("notice.opened-page", usize::try_from(page).unwrap_or(0))
                }
                None => Notice::Word("notice.opened"),
            });
            vec![]
        }
        Message::Failed(failure) => {
            tell_failed(state, failure);
            vec![]
        }
    }
}

/// Tells of a failed effect. That a change was refused says more than that it cannot be listed either.
fn tell_failed(state: &mut State, failure: Failure) {
    if !matches!(
        state.notice,
        Some(Notice::NotKept(..) | Notice::NotFixed(_) | Notice::NotSaved(_))
    ) {
        state.notice = Some(Notice::Failure(failure));
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

/// What is to be kept when a signal ends the reader at the time `at`.
pub fn leave_at(state: &mut State, at: Instant) -> Vec<Effect> {
    let mut effects = seen::settle(state, at);
    effects.extend(leave(state));
    effects
}

/// What is to be kept when the reader is left, by a key or by a signal.
pub fn leave(state: &State) -> Vec<Effect> {
    let mut effects = vec![];
    let body = state.open.as_ref().and_then(|open| open.body.as_ref());
    effects.extend(body.and_then(lists::keep_place));
    effects.extend(writing::keep_unasked(state));
    if state.origin == Origin::Library
        && let Some(session) = Session::of(state)
    {
        effects.push(Effect::Ask(Ask::Session(session.text())));
    }
    effects
}

fn press(state: &mut State, event: KeyEvent, at: Instant) -> Vec<Effect> {
    state.notice = None;
    let mut effects = end_welcome(state);
    if writing::look_up(state, event) {
        return effects;
    }
    let context = state.context();
    let key = Key::from(event);
    state.strokes.push(key);
    let found = state.keymap.find(context, &state.strokes);
    if found == Found::Nothing && state.strokes.len() > 1 {
        // Beside the key that was meant lies one that quits.
        end_strokes(state, context, key);
        effects.extend(seen::settle(state, at));
        return effects;
    }
    if found != Found::Prefix {
        state.strokes.clear();
    }
    // What the key itself says of the item at hand counts.
    if found != Found::Action(Action::ToggleRead) {
        effects.extend(seen::settle(state, at));
    }
    effects.extend(match found {
        Found::Prefix => vec![],
        Found::Action(action) => act(state, context, action),
        Found::Nothing => writing::key(state, event).unwrap_or_else(|| {
            state.notice = Some(Notice::Word("notice.no-key"));
            vec![]
        }),
    });
    effects
}

/// The strokes so far, the last one among them, mean nothing: they are over, and what they could have become is told, unless the
/// last one left them.
fn end_strokes(state: &mut State, context: Context, last: Key) {
    let mut begun = std::mem::take(&mut state.strokes);
    begun.pop();
    if !last.ends_strokes() {
        state.notice = Some(Notice::NoStroke {
            can_follow: state.keymap.following(context, &begun),
            begun,
            last,
        });
    }
}

/// Takes the welcome away, for good.
fn end_welcome(state: &mut State) -> Vec<Effect> {
    match std::mem::replace(&mut state.welcome, Welcome::Over) {
        Welcome::Shown => vec![Effect::Greeted],
        Welcome::Unknown | Welcome::Over => vec![],
    }
}

fn act(state: &mut State, context: Context, action: Action) -> Vec<Effect> {
    trail::note(state, context, action);
    match action {
        Action::Help => {
            let offset = help::beginning(state);
            state.overlays.push(Overlay::Help(HelpPage {
                offset,
                input: None,
            }));
            fit(state);
            vec![]
        }
        Action::Redraw => vec![Effect::Redraw],
        Action::Suspend => vec![Effect::Suspend],
        _ => match context {
            Context::Reader => reader::act(state, action),
            Context::Filter | Context::Field => filter::act(state, action),
            Context::Find => finding::act(state, action),
            Context::Tags | Context::Note => writing::act(state, action),
            Context::Saved => saved::act(state, action),
            Context::Fix | Context::FixValue => fixing::act(state, action),
            Context::List | Context::Jump | Context::Diagnostics | Context::Help => {
                overlays::act(state, action)
            }
        },
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
    let setting = state.setting();
    if let Some(open) = &mut state.open {
        let rows = usize::from(regions.contents_rows().height);
        let len = open.contents.rows.len();
        open.contents.cursor.keep_visible(len, rows);
        let lines = regions.body_lines();
        if let Some(body) = &mut open.body {
            body.fit(lines.width, usize::from(lines.height), setting);
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
