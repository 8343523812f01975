//! The status bar: the open issue at the left, the keys that matter now at the right, a notice in place of both.

use crate::app::Failure;
use crate::keys::{Action, Context};
use crate::look::Role;
use crate::tui::effect::Change;
use crate::tui::paint::Canvas;
use crate::tui::state::{Notice, Overlay, Pane, State};
use ratatui::layout::Rect;

/// Columns between two hints.
const GAP: u16 = 2;

/// Draws the bar into `area`, one row.
pub fn draw(canvas: &mut Canvas, area: Rect, state: &State) {
    let look = canvas.look();
    if let Some(notice) = &state.notice {
        let (text, role) = worded(notice, state);
        let style = look.style(role);
        canvas.fill(area, style);
        canvas.cut(area, area.x + 1, area.y, &text, style);
        return;
    }
    let style = look.style(Role::Status);
    canvas.fill(area, style);
    let hints = hints(state);
    let help = hints.first().map_or(0, |hint| hint_width(canvas, hint));
    let info = fitting(
        &info(state, look.glyphs.bookmark),
        area.width.saturating_sub(help + 2),
        |text| canvas.width(text),
    );
    let end = canvas.text(area, area.x + 1, area.y, &info, style);
    let room = Rect {
        x: end,
        width: area.right().saturating_sub(end),
        ..area
    };
    draw_hints(canvas, room, &hints);
}

/// A notice in words: what happened, and where something failed what to do.
fn worded(notice: &Notice, state: &State) -> (String, Role) {
    let language = state.language;
    let explained = |failure: &Failure| {
        let hint = failure.hint(language).map(|hint| format!(" — {hint}"));
        format!("{}{}", failure.message(language), hint.unwrap_or_default())
    };
    match notice {
        Notice::Word(word) => (state.say_keys(word), Role::Notice),
        Notice::Failure(failure) => (explained(failure), Role::Error),
        Notice::NotKept(change, failure) => {
            let word = match change {
                Change::Bookmark(_) => "notice.bookmark-not-kept",
                Change::Read(_) => "notice.read-not-kept",
            };
            (
                language.say_with(word, &[("reason", &explained(failure))]),
                Role::Error,
            )
        }
    }
}

/// The open issue, its items, how many are unread and bookmarked.
fn info(state: &State, bookmark: &str) -> Vec<String> {
    let Some(issue) = &state.issue else {
        return vec![];
    };
    let items = &issue.contents.items;
    let Some(first) = items.first() else {
        return vec![];
    };
    let unread = items.iter().filter(|item| !item.marks.read).count();
    let bookmarked = items.iter().filter(|item| item.marks.bookmarked).count();
    let language = state.language;
    let mut parts = vec![
        format!(
            "{} {}",
            first.publication,
            language.say_with("issue.number", &[("n", &first.key.issue)])
        ),
        language.say_with("count.items", &[("n", &items.len())]),
    ];
    if unread > 0 {
        parts.push(language.say_with("count.unread", &[("n", &unread)]));
    }
    if bookmarked > 0 {
        parts.push(format!("{bookmark} {bookmarked}"));
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

/// Key and word of each hint, the ones that may be left out first at the end; the help comes last on the screen.
fn hints(state: &State) -> Vec<(String, String)> {
    let actions: &[Action] = match (&state.strokes[..], state.context()) {
        ([_, ..], context) => return continuations(state, context),
        ([], Context::Reader) if state.issue.is_none() => &[Action::Quit],
        ([], Context::Reader) => match state.focus {
            Pane::Contents => &[
                Action::Jump,
                Action::Open,
                Action::Bookmark,
                Action::Issues,
                Action::Bookmarks,
                Action::Quit,
            ],
            Pane::Body => &[
                Action::Jump,
                Action::ReadOn,
                Action::NextItem,
                Action::Bookmark,
                Action::Back,
                Action::Quit,
            ],
        },
        ([], Context::List) => &[Action::Open, Action::Bookmark, Action::Back],
        ([], Context::Jump) => &[Action::Open, Action::Back, Action::MoveDown, Action::MoveUp],
        ([], Context::Help) => &[Action::Back],
    };
    let context = state.context();
    let word = |action: Action| state.language.say(&action.short_word()).into_owned();
    [Action::Help]
        .iter()
        .filter(|_| context != Context::Help)
        .chain(actions)
        .filter(|action| {
            !(**action == Action::Bookmark
                && matches!(state.overlays.last(), Some(Overlay::Issues(_))))
        })
        .filter_map(|action| Some((state.keymap.shown(context, *action)?, word(*action))))
        .collect()
}

/// What can follow the strokes so far.
fn continuations(state: &State, context: Context) -> Vec<(String, String)> {
    state
        .keymap
        .of(context)
        .filter(|binding| binding.keys.starts_with(&state.strokes))
        .map(|binding| {
            (
                binding.shown(),
                state
                    .language
                    .say(&binding.action.short_word())
                    .into_owned(),
            )
        })
        .collect()
}

/// Draws as many hints as fit, from the right; the first one stands at the far right.
fn draw_hints(canvas: &mut Canvas, area: Rect, hints: &[(String, String)]) {
    let look = canvas.look();
    let (key_style, style) = (look.style(Role::StatusKey), look.style(Role::Status));
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
