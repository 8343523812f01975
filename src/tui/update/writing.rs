//! Typing: into fields of a line, into the tags of an item and into its note; and what is kept of it.
//! What was typed into a note is never lost, but where a key asks for it.

use super::{filter, finding, fit, marking, overlays};
use crate::app::Failure;
use crate::issue::LONGEST_NOTE;
use crate::keys::{Action, Context, Found, Key};
use crate::text::clean;
use crate::tui::effect::{Ask, Cause, Deed, Effect, Find};
use crate::tui::overlays::{NoteField, Tags};
use crate::tui::state::{Notice, Overlay, State};
use crate::tui::subject::Subject;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use tui_input::backend::crossterm::to_input_request;
use tui_input::{Input, InputRequest};

/// Characters a field takes at most: longer than any headline, short enough to be laid out at every key.
const LONGEST: usize = 1000;

/// Opens the tags of an item.
pub fn open_tags(state: &mut State, subject: Subject) -> Vec<Effect> {
    state
        .overlays
        .push(Overlay::Tags(Box::new(Tags::new(subject))));
    state.latest.tags = state.latest.next();
    vec![Effect::Find(Find::Tags(state.latest.tags))]
}

/// Opens the note of an item.
pub fn open_note(state: &mut State, subject: Subject) -> Vec<Effect> {
    let draft = state.drafts.iter().find(|draft| draft.key == subject.key);
    let note = NoteField::new(subject, draft, state.policy);
    state.overlays.push(Overlay::Note(Box::new(note)));
    fit(state);
    vec![]
}

/// Carries an action of the tags or of the note into the state.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    match (action, state.context()) {
        (Action::Open, Context::Tags) => keep_tags(state),
        (Action::Open, Context::Note) => {
            insert(state, "\n");
            vec![]
        }
        (Action::Back, Context::Note) => keep_note(state),
        (Action::Discard, Context::Note) => {
            discard_note(state);
            overlays::act(state, Action::Back)
        }
        (Action::Editor, Context::Note) => {
            let note = state.note_mut();
            let text = note.map(|note| note.area.text().to_owned());
            text.map(Effect::Edit).into_iter().collect()
        }
        _ => overlays::act(state, action),
    }
}

/// Leaves the note as it was.
fn discard_note(state: &mut State) {
    let Some(note) = state.note_mut() else { return };
    let key = note.subject.key.clone();
    if note.change().is_some() {
        state.notice = Some(Notice::Word("notice.note-left"));
    }
    state.drafts.retain(|draft| draft.key != key);
}

/// Keeps the tags that are typed, and closes.
fn keep_tags(state: &mut State) -> Vec<Effect> {
    let Some(tags) = state.tags_mut() else {
        return vec![];
    };
    match tags.changes() {
        Ok(changes) => {
            let subject = tags.subject.clone();
            overlays::act(state, Action::Back);
            let subject = state.now(subject);
            marking::want(state, &subject, changes)
        }
        Err(problem) => {
            tags.problem = Some(problem);
            vec![]
        }
    }
}

/// Keeps the note that is written, and closes. What is too long to be kept whole stays to be shortened.
fn keep_note(state: &mut State) -> Vec<Effect> {
    let Some(note) = state.note_mut() else {
        return vec![];
    };
    if note.is_too_long() {
        state.notice = Some(Notice::Count("notice.note-too-long", LONGEST_NOTE));
        return vec![];
    }
    let (subject, change) = (note.subject.clone(), note.change());
    overlays::act(state, Action::Back);
    state.drafts.retain(|draft| draft.key != subject.key);
    let subject = state.now(subject);
    marking::want_on(state, &subject, change.into_iter().collect())
}

/// Marks were listed or fetched again: the note that is being written may have been changed elsewhere.
pub fn refresh(state: &mut State) {
    if state.unkept > 0 {
        return;
    }
    let Some(key) = state.note_mut().map(|note| note.subject.key.clone()) else {
        return;
    };
    let Some(now) = state.head_of(&key).map(|head| head.marks.note.clone()) else {
        return;
    };
    let was_written_in = state.note_mut().is_some_and(|note| note.take(now.as_ref()));
    if was_written_in && state.notice.is_none() {
        state.notice = Some(Notice::Word("notice.note-elsewhere"));
    }
    fit(state);
}

/// Has the note kept that is being written, where the reader is ended in the middle of it, and what could not be kept before.
pub fn keep_unasked(state: &State) -> Vec<Effect> {
    let written = state.overlays.iter().find_map(|overlay| match overlay {
        Overlay::Note(note) => Some(note),
        _ => None,
    });
    let own = written.map(|note| &note.subject.key);
    let drafts = state.drafts.iter().filter(|draft| Some(&draft.key) != own);
    // Of what is too long a part would take the place of the note that is there.
    let too_long = written.filter(|note| note.is_too_long());
    let shelved = too_long.map(|note| Effect::Shelve(note.area.text().to_owned()));
    let written = written.filter(|note| !note.is_too_long());
    let written = written.and_then(|note| note.change());
    let kept = written.into_iter().chain(drafts.cloned()).map(|change| {
        Effect::Ask(Ask::Mark(Deed {
            cause: Cause::Unasked,
            changes: vec![change],
        }))
    });
    kept.chain(shelved).collect()
}

/// Takes in what came back from the editor.
pub fn edited(state: &mut State, text: Option<String>, failure: Option<Failure>) -> Vec<Effect> {
    state.notice = failure.map(Notice::Failure);
    if let (Some(note), Some(text)) = (state.note_mut(), text) {
        note.area.set(cleaned(&text));
        fit(state);
    }
    vec![]
}

/// The library's tags, which complete what is typed.
pub fn tags(state: &mut State, tags: Vec<crate::store::TagCount>) {
    if let Some(overlay) = state.tags_mut() {
        overlay.know(tags);
    }
}

/// A key without a meaning of its own is typed; whether there is a field for it.
pub fn key(state: &mut State, event: KeyEvent) -> Option<Vec<Effect>> {
    if state.context() == Context::Filter && matches!(event.code, KeyCode::Char(c) if is_hanzi(c)) {
        // No key, but what is typed into the field at hand, or what a switch is called.
        filter::type_into(state);
    }
    let is_note = state.context() == Context::Note;
    if !is_note && state.field_mut().is_none() {
        return None;
    }
    let request = to_input_request(&Event::Key(event));
    Some(match request {
        Some(request) if is_note => {
            edit_note(state, request);
            vec![]
        }
        Some(request) => edit(state, request),
        None => vec![],
    })
}

/// Looks something up in the help: hanzi, which are no keys, open the field for it, and while it is open characters are typed
/// into it that are keys else. Whether the key was taken for that.
pub fn look_up(state: &mut State, event: KeyEvent) -> bool {
    if state.context() != Context::Help {
        return false;
    }
    let is_free = state.strokes.is_empty()
        && state.keymap.find(Context::Help, &[Key::from(event)]) == Found::Nothing;
    let is_typed = matches!(event.code, KeyCode::Char(_))
        && !event
            .modifiers
            .intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
    // As in every field: to its ends, and what is before the cursor or behind it, a word of it or all, taken away.
    let edits = event.modifiers == KeyModifiers::CONTROL
        && matches!(event.code, KeyCode::Char('a' | 'e' | 'h' | 'k' | 'u' | 'w'));
    let Some(page) = state.help_mut() else {
        return false;
    };
    match (&page.input, event.code) {
        (None, KeyCode::Char(c)) if is_typed && is_free && is_hanzi(c) => {
            page.input = Some(Input::default());
        }
        (None, _) => return false,
        (Some(_), KeyCode::Backspace | KeyCode::Delete | KeyCode::Left | KeyCode::Right) => {}
        (Some(_), KeyCode::Enter) => return true,
        (Some(_), _) if !is_typed && !edits => return false,
        (Some(_), _) => {}
    }
    if let Some(request) = to_input_request(&Event::Key(event)) {
        edit(state, request);
    }
    true
}

/// Opens the field for what is looked up in the help.
pub fn open_look_up(state: &mut State) {
    if let Some(page) = state.help_mut() {
        page.input = Some(Input::default());
        typed(state);
    }
}

/// Whether a character is a word of its own: a hanzi, of whatever plane.
fn is_hanzi(c: char) -> bool {
    // What is of full width and no hanzi means its ASCII form.
    c.is_alphabetic() && matches!(c, '\u{2e80}'..='\u{faff}' | '\u{20000}'..)
}

fn edit_note(state: &mut State, request: InputRequest) {
    let Some(note) = state.note_mut() else { return };
    if let InputRequest::InsertChar(_) = request
        && note.room() == 0
    {
        state.notice = Some(Notice::Count("notice.note-too-long", LONGEST_NOTE));
        return;
    }
    note.area.handle(request);
    fit(state);
}

fn insert(state: &mut State, text: &str) {
    if let Some(note) = state.note_mut() {
        note.area.insert(text);
        fit(state);
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
    let changed = input.handle(request);
    if changed.is_some_and(|changed| changed.value) {
        return typed(state);
    }
    // Another word may be the one that is completed.
    match state.context() {
        Context::Tags | Context::FixValue if changed.is_some() => typed(state),
        _ => vec![],
    }
}

/// Types pasted text: into the note as it is, into a field with line ends as spaces, and what is longer than a field can be is
/// left out.
pub fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    if state.context() == Context::Note {
        paste_note(state, text);
        return vec![];
    }
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
    let pasted = clean(&spaced);
    let whole: String = value
        .chars()
        .take(cursor)
        .chain(pasted.chars())
        .chain(value.chars().skip(cursor))
        .collect();
    *input = Input::new(whole).with_cursor(cursor + pasted.chars().count());
    typed(state)
}

fn paste_note(state: &mut State, text: &str) {
    let room = state.note_mut().map_or(0, |note| note.room());
    let pasted = cleaned(text);
    let fitting: String = pasted.chars().take(room).collect();
    if fitting.len() < pasted.len() {
        state.notice = Some(Notice::Word("notice.paste-cut"));
    }
    insert(state, &fitting);
}

/// A text from outside with its lines as they are, and nothing in them that does not show.
fn cleaned(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<_> = text.split('\n').map(clean).collect();
    lines.join("\n")
}

/// The field that is typed into holds another text.
fn typed(state: &mut State) -> Vec<Effect> {
    match state.context() {
        Context::Jump => overlays::ask_jump(state),
        Context::Field => filter::typed(state),
        Context::Find => finding::typed(state),
        Context::Tags => {
            if let Some(tags) = state.tags_mut() {
                tags.typed();
            }
            vec![]
        }
        Context::Saved => {
            if let Some(saved) = state.saved_mut() {
                saved.typed();
            }
            fit(state);
            vec![]
        }
        Context::FixValue => {
            if let Some(typing) = state.fix_mut().and_then(|page| page.typing.as_mut()) {
                typing.typed();
            }
            vec![]
        }
        Context::Help => {
            if let Some(page) = state.help_mut() {
                page.offset = 0;
            }
            fit(state);
            vec![]
        }
        Context::Reader
        | Context::Filter
        | Context::List
        | Context::Note
        | Context::Fix
        | Context::Diagnostics => vec![],
    }
}
