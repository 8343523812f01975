//! The status bar: the open issue at the left, the keys that matter now at the right, a notice in place of both.

mod notice;

use crate::app::reading::Origin;
use crate::keys::{Action, Context};
use crate::look::{Glyphs, Role};
use crate::query::Mark;
use crate::store::Scope;
use crate::tui::field;
use crate::tui::layout::Shape;
use crate::tui::overlays::fix::Typing;
use crate::tui::overlays::saved::Row;
use crate::tui::overlays::{BookmarkRow, help};
use crate::tui::paint::{Canvas, columns};
use crate::tui::panes::filter;
use crate::tui::state::{Overlay, Pane, State};
use ratatui::layout::{Position, Rect};
use tui_input::Input;

/// Columns between two hints.
const GAP: u16 = 2;
/// Columns of the field of the find, at the least.
const FIND_COLUMNS: u16 = 10;

/// Draws the bar into `area`, one row; where the hardware cursor is to stand, if it is typed into.
pub fn draw(canvas: &mut Canvas, area: Rect, state: &State) -> Option<Position> {
    let look = canvas.look();
    if let Some(notice) = &state.notice {
        let help = hints(state).into_iter().next().unwrap_or_default();
        notice::draw(canvas, area, &notice.worded(state), &help);
        return None;
    }
    if let Some(typing) = &state.finding.typing
        && state.context() == Context::Find
    {
        return Some(draw_find(canvas, area, &typing.input, state));
    }
    if state.regions().shape == Shape::Zen && state.overlays.is_empty() {
        // Only what has to be said.
        return None;
    }
    let style = look.style(Role::Status);
    canvas.fill(area, style);
    let hints = hints(state);
    let kept = kept(canvas, &hints, state, area.width);
    let info = fitting(
        &info(state, &look.glyphs),
        area.width.saturating_sub(kept + 2),
        |text| canvas.width(text),
    );
    let end = canvas.text(area, area.x + 1, area.y, &info, style);
    let room = Rect {
        x: end,
        width: area.right().saturating_sub(end),
        ..area
    };
    draw_hints(canvas, room, &hints);
    None
}

/// The field of the find, with the hits in the item that is shown, and keys where there is room for both.
fn draw_find(canvas: &mut Canvas, area: Rect, input: &Input, state: &State) -> Position {
    let style = canvas.look().style(Role::Status);
    canvas.fill(area, style);
    let inside = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(2),
        ..area
    };
    let count = count(state);
    let least = FIND_COLUMNS.min(inside.width);
    let room = Rect {
        x: inside.x + least,
        width: inside.width - least,
        ..inside
    };
    let hits_at = canvas.right(room, area.y, &count, style);
    let columns = columns(input.value(), canvas.look().policy).saturating_add(4);
    let typed = inside.x + columns.max(least);
    let hints = Rect {
        x: typed,
        width: hits_at.saturating_sub(typed + 1),
        ..area
    };
    draw_hints(canvas, hints, &self::hints(state));
    let field = Rect {
        width: hits_at.saturating_sub(inside.x + 1),
        ..inside
    };
    field::draw_behind(canvas, field, "/", input)
}

/// Which of the hits is shown, and how many there are in the item; nothing while nothing is typed.
fn count(state: &State) -> String {
    let body = state.open.as_ref().and_then(|open| open.body.as_ref());
    let Some(body) = body.filter(|_| state.finding.needle.is_some()) else {
        return String::new();
    };
    match body.hits() {
        (0, _) => state.language.say("find.none").into_owned(),
        (all, Some(hit)) => format!("{hit}/{all}"),
        (all, None) => all.to_string(),
    }
}

/// Columns of the hints that have their place whatever is listed: as many as fit half of the bar in the panes, two thirds where
/// there is only one, and all of it where an overlay says itself what it shows. What is typed there must not be lost by a key that is not known. The help
/// has its place everywhere, and in the filter what leads on.
fn kept(canvas: &Canvas, hints: &[(String, String)], state: &State, width: u16) -> u16 {
    let is_narrow = state.regions().shape == Shape::Narrow;
    let (least, room) = match state.context() {
        // It says what to do instead.
        Context::Reader if state.origin == Origin::Sample => (1, 0),
        Context::Reader if is_narrow => (1, width * 2 / 3),
        Context::Reader => (1, width / 2),
        Context::Filter | Context::Field => (2, width / 2),
        _ => (1, width),
    };
    let widths = hints.iter().map(|hint| hint_width(canvas, hint));
    let sums = widths.scan(0_u16, |sum, width| {
        *sum = sum.saturating_add(width);
        Some(*sum)
    });
    let fitting = sums
        .zip(1..)
        .take_while(|(sum, n)| *sum < room || *n <= least);
    fitting.last().map_or(0, |(sum, _)| sum)
}

/// What is listed, where it comes from, how many items, how many of them are unread and bookmarked; of one issue how many
/// diagnostics it has.
fn info(state: &State, glyphs: &Glyphs) -> Vec<String> {
    let Some(open) = &state.open else {
        return vec![];
    };
    let language = state.language;
    let query = &open.listing.query;
    let tally = open.tally.as_ref();
    let found = tally.map(|tally| tally.total(query));
    let (name, all) = match &open.issue {
        Some(issue) if open.listing.scope != Scope::Library => {
            let number = language.say_with("issue.number", &[("n", &issue.label.number)]);
            let all = usize::try_from(issue.items).unwrap_or(0);
            (format!("{} {number}", issue.label.publication), all)
        }
        _ => {
            let issues = state.issues.as_deref().unwrap_or_default();
            let count = language.say_with("count.issues", &[("n", &issues.len())]);
            let items: u64 = issues.iter().map(|issue| u64::from(issue.items)).sum();
            let all = usize::try_from(items).unwrap_or(0);
            (
                format!("{} {count}", language.say(state.library_word())),
                all,
            )
        }
    };
    let items = match found {
        Some(found) if !query.is_empty() => {
            language.say_with("count.found", &[("n", &found), ("all", &all)])
        }
        _ => language.say_with("count.items", &[("n", &all)]),
    };
    let mut parts = vec![name, state.so_far(items)];
    match state.origin {
        Origin::Library => {}
        Origin::Files => parts.push(language.say("status.files").into_owned()),
        Origin::Sample => parts.push(language.say("status.sample").into_owned()),
    }
    let marked = |mark| tally.map_or(0, |tally| tally.found(query, mark));
    let (unread, bookmarked) = (marked(Mark::Unread), marked(Mark::Bookmarked));
    if unread > 0 {
        parts.push(language.say_with("count.unread", &[("n", &unread)]));
    }
    if bookmarked > 0 {
        parts.push(format!("{} {bookmarked}", glyphs.bookmark));
    }
    // The sample says what to do instead, and needs the room for it.
    let is_told = open.listing.scope != Scope::Library && state.origin != Origin::Sample;
    let issue = open.issue.as_ref().filter(|_| is_told);
    if let Some(noted) = issue.map(|issue| issue.diagnostics).filter(|n| *n > 0) {
        parts.push(format!("{} {noted}", glyphs.diagnostic));
    }
    parts
}

/// As many of `parts` as fit `room` columns: the first one stays longest, the second (how many items there are) goes first.
fn fitting(parts: &[String], room: u16, width: impl Fn(&str) -> u16) -> String {
    let without_second = || parts.iter().take(1).chain(parts.iter().skip(2));
    let shorter = (1..=parts.len())
        .rev()
        .map(|count| without_second().take(count).cloned().collect::<Vec<_>>());
    std::iter::once(parts.to_vec())
        .chain(shorter)
        .map(|parts| parts.join(" · "))
        .find(|text| width(text) <= room)
        .unwrap_or_default()
}

/// Columns of a hint with the gap before it.
fn hint_width(canvas: &Canvas, (key, word): &(String, String)) -> u16 {
    canvas.width(key) + 1 + canvas.width(word) + GAP
}

/// Key and word of each hint, the ones that may be left out first at the end; the first one, the help, comes last on the
/// screen.
fn hints(state: &State) -> Vec<(String, String)> {
    let context = state.context();
    let actions: Vec<Action> = match context {
        Context::Reader => reader_hints(state),
        Context::Filter => vec![
            Action::Open,
            Action::Back,
            Action::ClearFilter,
            Action::Values,
            Action::Scope,
            Action::Filter,
            Action::Saved,
        ],
        Context::Field => field_hints(state),
        Context::List | Context::Diagnostics => list_hints(state),
        Context::Jump => vec![Action::Open, Action::Back, Action::Scope, Action::MoveDown],
        Context::Tags => vec![Action::Open, Action::Back, Action::MoveDown],
        Context::Saved => saved_hints(state),
        Context::Note => vec![Action::Back, Action::Discard, Action::Editor],
        Context::Fix => fix_hints(state),
        Context::FixValue => value_hints(state),
        Context::Find => vec![Action::Open, Action::Back, Action::MoveUp],
        Context::Help => vec![
            Action::Back,
            Action::Find,
            Action::MoveDown,
            Action::PageDown,
        ],
    };
    if context == Context::Help {
        return help::hints(state, &actions);
    }
    let help = [Action::Help].into_iter();
    let shown = help.chain(actions).filter_map(|action| {
        let key = state.keymap.shown(context, action)?;
        Some((
            key,
            state.language.say(&short_word(action, state)).into_owned(),
        ))
    });
    shown.collect()
}

/// The word for an action: what it does to what is selected.
fn short_word(action: Action, state: &State) -> String {
    match (action, state.context()) {
        (Action::Open, Context::Reader) if on_heading(state) => "short.fold".to_owned(),
        (Action::Open, Context::Filter) if on_field(state) => "short.edit".to_owned(),
        (Action::Open, Context::Field) if state.filter.best().is_some() => {
            Action::Open.short_word(Context::Filter)
        }
        (Action::Open, Context::Saved) => match saved_row(state) {
            Some(Row::Save(_)) => "short.save-filter".to_owned(),
            Some(Row::Replace(_)) => "short.replace-filter".to_owned(),
            Some(Row::Open(_)) | None => action.short_word(Context::Saved),
        },
        (_, context) => action.short_word(context),
    }
}

/// There are no results of what is wrong, and no switch that is not there.
fn field_hints(state: &State) -> Vec<Action> {
    let filter = &state.filter;
    let finds = filter.problem.is_none() && (!filter.lookup.is_on() || filter.best().is_some());
    let mut hints = vec![Action::MoveDown, Action::Back];
    if finds {
        hints.insert(0, Action::Open);
    }
    hints
}

fn on_heading(state: &State) -> bool {
    let open = state.open.as_ref();
    open.is_some_and(|open| open.contents.on_heading()) && state.focus.pane() == Pane::Contents
}

fn on_field(state: &State) -> bool {
    let rows = filter::rows(state);
    let selected = rows.get(state.filter.cursor.selected);
    matches!(selected, Some(filter::Row::Field(_)))
}

/// What can be done with a list, if it lists anything.
fn list_hints(state: &State) -> Vec<Action> {
    match state.overlays.last() {
        Some(Overlay::Bookmarks(list)) if list.is_empty() => {
            vec![Action::Back]
        }
        Some(Overlay::Diagnostics(page)) if page.is_empty() => vec![Action::Back],
        Some(Overlay::Diagnostics(_)) => vec![Action::Back, Action::Open, Action::MoveDown],
        Some(Overlay::Bookmarks(list)) => {
            let waits = matches!(list.selected(), Some(BookmarkRow::Detached(_)));
            let opens = (!waits).then_some(Action::Open);
            let mut hints = vec![Action::Back];
            hints.extend(opens.into_iter().chain(undo(state)));
            hints.extend([Action::Note, Action::Tags, Action::Bookmark]);
            hints
        }
        _ => vec![Action::Back, Action::Open],
    }
}

/// The selected row of the saved filters.
fn saved_row(state: &State) -> Option<&Row> {
    match state.overlays.last() {
        Some(Overlay::Saved(saved)) => saved.selected(),
        _ => None,
    }
}

/// What can be done with the selected row of the saved filters.
fn saved_hints(state: &State) -> Vec<Action> {
    match saved_row(state) {
        Some(Row::Open(_)) => vec![
            Action::Open,
            Action::Back,
            Action::RemoveSaved,
            Action::MoveDown,
        ],
        Some(Row::Save(_) | Row::Replace(_)) => vec![Action::Open, Action::Back, Action::MoveDown],
        None => vec![Action::Back],
    }
}

/// What can be done with an item that is corrected.
fn fix_hints(state: &State) -> Vec<Action> {
    let Some(Overlay::Fix(page)) = state.overlays.last() else {
        return vec![];
    };
    let as_read = page.selected_fix().map(|_| Action::AsRead);
    let mut hints = vec![Action::Back, Action::Open];
    hints.extend(as_read.into_iter().chain(undo(state)));
    hints
}

/// The same while a value is typed.
fn value_hints(state: &State) -> Vec<Action> {
    let mut hints = vec![Action::Open, Action::Back];
    if let Some(Overlay::Fix(page)) = state.overlays.last() {
        let offers = page.typing.as_ref().is_some_and(Typing::offers);
        hints.extend(offers.then_some(Action::MoveDown));
    }
    hints
}

/// The way back, where there is one.
fn undo(state: &State) -> Option<Action> {
    state.history.leads_back().then_some(Action::Undo)
}

/// What matters in the panes; under a filter, how to go on with it and out of it.
fn reader_hints(state: &State) -> Vec<Action> {
    let Some(open) = &state.open else {
        return vec![Action::Quit];
    };
    let filtered = !open.listing.query.is_empty();
    let hits = (!state.sought().is_nothing()).then_some(Action::NextHit);
    let actions: &[Action] = match (state.focus.pane(), filtered) {
        _ if open.contents.items.is_empty() => &[
            Action::Scope,
            Action::Filter,
            Action::ClearFilter,
            Action::Quit,
        ],
        (Pane::Contents, true) => &[
            Action::Open,
            Action::ClearFilter,
            Action::Filter,
            Action::Scope,
            Action::Quit,
            Action::Jump,
        ],
        (Pane::Contents, false) => &[
            Action::Open,
            Action::Note,
            Action::Tags,
            Action::Filter,
            Action::Jump,
            Action::Scope,
            Action::Quit,
            Action::Bookmark,
            Action::Issues,
            Action::Bookmarks,
        ],
        (Pane::Body, true) => &[
            Action::Back,
            Action::Note,
            Action::Tags,
            Action::ReadOn,
            Action::ClearFilter,
            Action::NextItem,
            Action::Bookmark,
            Action::Quit,
        ],
        (Pane::Body, false) => &[
            Action::Back,
            Action::Note,
            Action::Tags,
            Action::ReadOn,
            Action::NextItem,
            Action::Bookmark,
            Action::Filter,
            Action::Jump,
            Action::Quit,
        ],
    };
    let hits = hits.filter(|_| !open.contents.items.is_empty());
    let noted = open.selected().is_some_and(|item| item.diagnostics > 0);
    let noted = noted.then_some(Action::Diagnostics);
    let others_noted = open
        .issue
        .as_ref()
        .is_some_and(|issue| issue.diagnostics > 0);
    let next_noted = others_noted.then_some(Action::NextDiagnostic);
    let (first, others) = actions.split_at(1);
    // The way in or back comes before what is only quicker, so that the smallest screen has it.
    let first = first.iter().copied();
    first
        .chain(hits)
        .chain(undo(state))
        .chain(noted)
        .chain(others.iter().copied())
        .chain(next_noted)
        .collect()
}

/// Draws as many hints as fit, from the right; the first one stands at the far right.
fn draw_hints(canvas: &mut Canvas, area: Rect, hints: &[(String, String)]) {
    let look = canvas.look();
    let style = look.style(Role::Status);
    let key_style = look.on(style, Role::StatusKey);
    let mut right = area.right().saturating_sub(1);
    let (help, others) = hints
        .split_first()
        .map_or((None, hints), |(first, rest)| (Some(first), rest));
    // Hints read from left to right, so what fits is found first and then drawn from its end.
    let mut room = right.saturating_sub(area.left());
    let shown: Vec<_> = help
        .into_iter()
        .chain(others)
        .take_while(|hint| {
            let width = hint_width(canvas, hint);
            let fits = width <= room;
            room = room.saturating_sub(width);
            fits
        })
        .collect();
    let ordered = shown.first().into_iter().chain(shown.iter().skip(1).rev());
    for (key, word) in ordered {
        let x = right.saturating_sub(canvas.width(key) + 1 + canvas.width(word));
        let after = canvas.text(area, x, area.y, key, key_style);
        canvas.text(area, after + 1, area.y, word, style);
        right = x.saturating_sub(GAP);
    }
}
