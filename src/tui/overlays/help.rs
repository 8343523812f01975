//! The help: every key that does something, made from the table of bindings.

use super::{inside, open_box};
use crate::keys::{Action, Context, Group};
use crate::look::{Glyphs, Role};
use crate::text::wrap;
use crate::tui::cursor::Step;
use crate::tui::layout::Regions;
use crate::tui::paint::{Canvas, columns};
use crate::tui::state::State;
use ratatui::layout::Rect;

/// How far the help is scrolled.
#[derive(Debug, Clone, Copy, Default)]
pub struct HelpPage {
    /// First visible line.
    pub offset: usize,
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
    let mut sections: Vec<(String, Vec<(String, String)>)> = Group::ALL
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
    for (word, context) in [
        ("help.in-field", Context::Field),
        ("help.in-jump", Context::Jump),
        ("help.in-tags", Context::Tags),
        ("help.in-note", Context::Note),
        ("help.in-find", Context::Find),
    ] {
        let all = keys(state, context, Action::ALL.into_iter());
        sections.push((language.say(word).into_owned(), all));
    }
    sections.push((language.say("help.query").into_owned(), queries(state)));
    sections.push((language.say("help.signs").into_owned(), signs(state)));
    let width = inside(frame(&state.regions())).width;
    let widest = sections
        .iter()
        .flat_map(|(_, rows)| rows)
        .map(|(keys, _)| columns(keys, state.policy))
        .max();
    let mut lines = vec![];
    for (heading, rows) in sections {
        if !lines.is_empty() {
            lines.push(HelpLine::Blank);
        }
        lines.push(HelpLine::Heading(heading));
        let own = rows
            .iter()
            .map(|(keys, _)| columns(keys, state.policy))
            .max()
            .unwrap_or(0);
        // One column of keys for the whole help where that leaves two thirds to the words, else one for each section.
        let column = widest
            .filter(|widest| *widest <= width / 3)
            .unwrap_or(own)
            .min(width / 2)
            + 2;
        for (keys, text) in rows {
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
fn keys(
    state: &State,
    context: Context,
    actions: impl Iterator<Item = Action>,
) -> Vec<(String, String)> {
    actions
        .map(|action| {
            (
                state.keymap.all_shown(context, action).join(" "),
                state.language.say(&action.word(context)).into_owned(),
            )
        })
        .filter(|(keys, _)| !keys.is_empty())
        .collect()
}

/// What can be written as a filter.
fn queries(state: &State) -> Vec<(String, String)> {
    [
        ("新能源 风电", "help.query.word"),
        ("-风电", "help.query.not"),
        ("section:招商,政策", "help.query.section"),
        ("issue:82..101", "help.query.issue"),
        ("is:unread", "help.query.is"),
        ("tag:跟踪,重点", "help.query.tag"),
        ("has:note", "help.query.has"),
    ]
    .into_iter()
    .map(|(query, word)| (query.to_owned(), state.language.say(word).into_owned()))
    .collect()
}

/// What the signs in the contents mean.
fn signs(state: &State) -> Vec<(String, String)> {
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
    .map(|(sign, word)| (sign.to_owned(), state.say_keys(word)))
    .collect()
}

fn frame(regions: &Regions) -> Rect {
    regions.overlay(72, 60)
}

/// Lines that are visible.
#[must_use]
pub fn height(regions: &Regions) -> usize {
    usize::from(inside(frame(regions)).height)
}

/// Draws the help over the panes.
pub fn draw(canvas: &mut Canvas, overlay: HelpPage, state: &State) {
    let regions = state.regions();
    let lines = lines(state);
    let height = height(&regions);
    let foot = if lines.len() > height {
        format!(
            "{}%",
            (overlay.offset + height).min(lines.len()) * 100 / lines.len()
        )
    } else {
        String::new()
    };
    let area = open_box(
        canvas,
        frame(&regions),
        &state.language.say("overlay.help"),
        &foot,
    );
    for (row, line) in area.rows().zip(lines.iter().skip(overlay.offset)) {
        match line {
            HelpLine::Heading(text) => {
                canvas.role(row, row.x + 1, row.y, text, Role::Section);
            }
            HelpLine::Keys { column, keys, text } => {
                let room = Rect {
                    width: *column,
                    ..row
                };
                canvas.cut(
                    room,
                    row.x + 1,
                    row.y,
                    keys,
                    canvas.look().style(Role::Prompt),
                );
                canvas.role(row, row.x + 1 + column, row.y, text, Role::Text);
            }
            HelpLine::Blank => {}
        }
    }
}
