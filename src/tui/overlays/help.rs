//! The help: every key that does something, made from the table of bindings, and narrowed to what is typed.

mod search;

use super::{empty, inside, open_box};
use crate::app::wording::{ASKING, Asking};
use crate::keys::{Action, Context, Group};
use crate::look::{Glyphs, Role};
use crate::query::Field;
use crate::text::{cut, occurrences, wrap};
use crate::tui::cursor::Step;
use crate::tui::field;
use crate::tui::layout::Regions;
use crate::tui::paint::{Canvas, columns};
use crate::tui::state::{Overlay, State};
use ratatui::layout::{Position, Rect};
use search::{Row, narrowed, words};
use tui_input::Input;

/// How far the help is scrolled, and what is looked for in it.
#[derive(Debug, Default)]
pub struct HelpPage {
    /// First visible line.
    pub offset: usize,
    /// The field for what is looked for, once it is typed into.
    pub input: Option<Input>,
}

/// A line of the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HelpLine {
    /// A heading.
    Heading(String),
    /// Keys, and what they do, from this column on.
    Keys {
        /// Columns of the keys.
        column: u16,
        /// The keys; none where the text goes on from the line above.
        keys: String,
        /// What they do.
        text: String,
    },
    /// An empty line.
    Blank,
}

impl HelpPage {
    /// Goes a step; the last line stays at the lower edge.
    pub fn go(&mut self, step: Step, len: usize, height: usize) {
        self.offset = step.from(self.offset, len).min(len.saturating_sub(height));
    }
}

/// Everything the help says, in lines that fit its box: the keys of the panes by group, those of lists and of the jump, and
/// what the signs mean.
#[must_use]
pub fn lines(state: &State) -> Vec<HelpLine> {
    let language = state.language;
    let mut sections: Vec<(String, Vec<Row>)> = Group::ALL
        .into_iter()
        .map(|group| {
            let actions = Action::ALL
                .into_iter()
                .filter(move |action| action.group() == group);
            (
                language.say(group.word()).into_owned(),
                keys(state, Context::Reader, actions),
            )
        })
        .collect();
    // In filter and lists one moves as in the panes; only what differs is said again.
    for (word, context) in [
        ("help.in-filter", Context::Filter),
        ("help.in-lists", Context::List),
    ] {
        let others = Action::ALL
            .into_iter()
            .filter(|action| action.group() != Group::Move);
        sections.push((
            language.say(word).into_owned(),
            keys(state, context, others),
        ));
    }
    let in_field = keys(state, Context::Field, Action::ALL.into_iter());
    sections.push((language.say("help.in-field").into_owned(), in_field));
    // Who asks for help while typing into a field sees what can be typed, too.
    sections.push((language.say("help.query").into_owned(), queries(state)));
    for (word, context) in [
        ("help.in-jump", Context::Jump),
        ("help.in-tags", Context::Tags),
        ("help.in-saved", Context::Saved),
        ("help.in-fix", Context::Fix),
        ("help.in-fix-value", Context::FixValue),
        ("help.in-note", Context::Note),
        ("help.in-find", Context::Find),
    ] {
        let all = keys(state, context, Action::ALL.into_iter());
        sections.push((language.say(word).into_owned(), all));
    }
    sections.push((language.say("help.signs").into_owned(), signs(state)));
    let width = inside(frame(&state.regions())).width;
    let widest = sections
        .iter()
        .flat_map(|(_, rows)| rows)
        .map(|row| columns(&row.keys, state.policy))
        .max();
    let mut lines = vec![];
    for (heading, rows) in narrowed(sections, &words(typed(state))) {
        if !lines.is_empty() {
            lines.push(HelpLine::Blank);
        }
        lines.push(HelpLine::Heading(heading));
        let own = rows
            .iter()
            .map(|row| columns(&row.keys, state.policy))
            .max()
            .unwrap_or(0);
        // One column of keys for the whole help where that leaves two thirds to the words, else one for each section.
        let column = widest
            .filter(|widest| *widest <= width / 3)
            .unwrap_or(own)
            .min(width / 2)
            + 2;
        for Row { keys, text, .. } in rows {
            let room = usize::from(width.saturating_sub(column + 2));
            for (n, range) in wrap(&text, room, 0, state.policy).into_iter().enumerate() {
                let keys = if n == 0 { keys.clone() } else { String::new() };
                lines.push(HelpLine::Keys {
                    column,
                    keys,
                    text: text[range].to_owned(),
                });
            }
        }
    }
    lines
}

/// The line with which the help begins where it was asked for: in the filter with what can be done there.
#[must_use]
pub fn beginning(state: &State) -> usize {
    let word = match state.context() {
        Context::Filter => "help.in-filter",
        Context::Field => "help.in-field",
        Context::Jump => "help.in-jump",
        Context::Tags => "help.in-tags",
        Context::Saved => "help.in-saved",
        Context::Fix => "help.in-fix",
        Context::FixValue => "help.in-fix-value",
        Context::Note => "help.in-note",
        Context::Find => "help.in-find",
        Context::Reader | Context::List | Context::Diagnostics | Context::Help => return 0,
    };
    let heading = HelpLine::Heading(state.language.say(word).into_owned());
    lines(state)
        .iter()
        .position(|line| *line == heading)
        .unwrap_or(0)
}

/// The keys of `actions` with what they do.
fn keys(state: &State, context: Context, actions: impl Iterator<Item = Action>) -> Vec<Row> {
    let say = |word: String| state.language.say(&word).into_owned();
    actions
        .map(|action| Row {
            keys: state.keymap.all_shown(context, action).join(" "),
            text: say(action.word(context)),
            names: vec![say(action.short_word(context)), action.name().to_owned()],
        })
        .filter(|row| !row.keys.is_empty())
        .collect()
}

/// What can be asked, found by the other names of a field too.
fn queries(state: &State) -> Vec<Row> {
    let language = state.language;
    let name = language.say("help.query.name").into_owned();
    let row = |asking: &Asking| {
        let own = asking.field.map_or(&[][..], Field::names);
        Row {
            keys: asking.written.join(" "),
            text: asking.finds(language).replace('`', ""),
            names: own
                .iter()
                .map(|own| (*own).to_owned())
                .chain([name.clone()])
                .collect(),
        }
    };
    let chinese = Field::ALL.map(|field| field.names()[1]).join(" ");
    let chinese = Row {
        keys: format!("{}:江苏", Field::Province.names()[1]),
        text: language.say_with("help.query.chinese", &[("names", &chinese)]),
        names: vec![name.clone()],
    };
    ASKING.iter().map(row).chain([chinese]).collect()
}

/// What the signs in the contents mean.
fn signs(state: &State) -> Vec<Row> {
    let glyphs = Glyphs::for_width(state.policy.ambiguous);
    [
        (glyphs.unread, "help.sign.unread"),
        (glyphs.bookmark, "help.sign.bookmark"),
        (glyphs.note, "help.sign.note"),
        (glyphs.tag, "help.sign.tag"),
        (glyphs.diagnostic, "help.sign.diagnostic"),
        (glyphs.folded, "help.sign.fold"),
        ("12", "help.sign.page"),
    ]
    .into_iter()
    .map(|(sign, word)| Row::new(sign.to_owned(), state.say_keys(word)))
    .collect()
}

fn frame(regions: &Regions) -> Rect {
    regions.overlay(72, 60)
}

/// What is looked for in the help that is open.
fn typed(state: &State) -> &str {
    let page = state.overlays.iter().find_map(|overlay| match overlay {
        Overlay::Help(page) => page.input.as_ref(),
        _ => None,
    });
    page.map_or("", Input::value)
}

/// Lines that are visible.
#[must_use]
pub fn height(page: &HelpPage, regions: &Regions) -> usize {
    let field = u16::from(page.input.is_some());
    usize::from(inside(frame(regions)).height.saturating_sub(field))
}

/// What can be done in the help; while something is looked for there, how to end that.
#[must_use]
pub fn hints(state: &State, actions: &[Action]) -> Vec<(String, String)> {
    let say = |word: &str| state.language.say(word).into_owned();
    let is_typed = state
        .overlays
        .iter()
        .any(|overlay| matches!(overlay, Overlay::Help(HelpPage { input: Some(_), .. })));
    let hint = |action: &Action| {
        let word = match action {
            Action::Back if is_typed => "help.clear".to_owned(),
            _ => action.short_word(Context::Help),
        };
        Some((state.keymap.shown(Context::Help, *action)?, say(&word)))
    };
    let mut hints: Vec<_> = actions.iter().filter_map(hint).collect();
    if is_typed {
        hints.truncate(1);
    }
    hints
}

/// Draws the help over the panes; where the hardware cursor is to stand, if something is looked for.
pub fn draw(canvas: &mut Canvas, page: &HelpPage, state: &State) -> Option<Position> {
    let regions = state.regions();
    let lines = lines(state);
    let height = height(page, &regions);
    let foot = if lines.len() > height {
        let seen = (page.offset + height).min(lines.len());
        format!("{}%", seen * 100 / lines.len())
    } else {
        String::new()
    };
    let title = state.language.say("overlay.help");
    let area = open_box(canvas, frame(&regions), &title, &foot);
    let (cursor, area) = match &page.input {
        Some(input) => {
            let row = Rect {
                x: area.x + 1,
                width: area.width.saturating_sub(2),
                height: 1,
                ..area
            };
            let below = Rect {
                y: area.y + 1,
                height: area.height.saturating_sub(1),
                ..area
            };
            (Some(field::draw(canvas, row, input)), below)
        }
        None => (None, area),
    };
    if lines.is_empty() {
        empty(
            canvas,
            area,
            &state.say_keys_of(Context::Help, "help.nothing"),
        );
    }
    let words = words(typed(state));
    for (row, line) in area.rows().zip(lines.iter().skip(page.offset)) {
        draw_line(canvas, row, line, &words);
    }
    cursor
}

fn draw_line(canvas: &mut Canvas, row: Rect, line: &HelpLine, words: &[String]) {
    match line {
        HelpLine::Heading(text) => {
            canvas.role(row, row.x + 1, row.y, text, Role::Section);
        }
        HelpLine::Keys { column, keys, text } => {
            let room = Rect {
                width: *column,
                ..row
            };
            let keys = cut(
                keys,
                usize::from(column.saturating_sub(1)),
                canvas.look().policy,
            );
            draw_found(canvas, room, row.x + 1, &keys, words, Role::Prompt);
            draw_found(canvas, row, row.x + 1 + column, text, words, Role::Text);
        }
        HelpLine::Blank => {}
    }
}

/// Draws a text from `x` on, with what is looked for marked in it.
fn draw_found(
    canvas: &mut Canvas,
    row: Rect,
    mut x: u16,
    text: &str,
    words: &[String],
    role: Role,
) {
    let plain = canvas.look().style(role);
    let found = plain.patch(canvas.look().style(Role::Match));
    let mut at = 0;
    for range in occurrences(text, words) {
        x = canvas.text(row, x, row.y, &text[at..range.start], plain);
        x = canvas.text(row, x, row.y, &text[range.clone()], found);
        at = range.end;
    }
    canvas.text(row, x, row.y, &text[at..], plain);
}
