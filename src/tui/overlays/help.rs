//! The help: every key that does something, made from the table of bindings.

use super::{inside, open_box};
use crate::config::Language;
use crate::keys::{Action, Context, Group, Keymap};
use crate::look::Role;
use crate::tui::cursor::Step;
use crate::tui::layout::Regions;
use crate::tui::paint::Canvas;
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
    /// Keys, and what they do.
    Keys(String, String),
    /// An empty line.
    Blank,
}

impl HelpPage {
    /// Goes a step; the last line stays at the lower edge.
    pub fn go(&mut self, step: Step, len: usize, height: usize) {
        self.offset = step.from(self.offset, len).min(len.saturating_sub(height));
    }
}

/// Everything the help says: the keys of the panes by group, then those of lists and of the jump.
#[must_use]
pub fn lines(keymap: &Keymap, language: Language) -> Vec<HelpLine> {
    let mut lines = vec![];
    for group in Group::ALL {
        let actions = Action::ALL
            .into_iter()
            .filter(|action| action.group() == group);
        section(
            &mut lines,
            &language.say(group.word()),
            keymap,
            Context::Reader,
            actions,
            language,
        );
    }
    // In lists one moves as in the panes; only what differs is said again.
    let in_lists = Action::ALL
        .into_iter()
        .filter(|action| action.group() != Group::Move);
    section(
        &mut lines,
        &language.say("help.in-lists"),
        keymap,
        Context::List,
        in_lists,
        language,
    );
    section(
        &mut lines,
        &language.say("help.in-jump"),
        keymap,
        Context::Jump,
        Action::ALL.into_iter(),
        language,
    );
    lines
}

fn section(
    lines: &mut Vec<HelpLine>,
    heading: &str,
    keymap: &Keymap,
    context: Context,
    actions: impl Iterator<Item = Action>,
    language: Language,
) {
    if !lines.is_empty() {
        lines.push(HelpLine::Blank);
    }
    lines.push(HelpLine::Heading(heading.to_owned()));
    for action in actions {
        let keys = keymap.all_shown(context, action);
        if !keys.is_empty() {
            lines.push(HelpLine::Keys(
                keys.join(" "),
                language.say(&action.word()).into_owned(),
            ));
        }
    }
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
    let lines = lines(&state.keymap, state.language);
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
    for (row, (n, line)) in area
        .rows()
        .zip(lines.iter().enumerate().skip(overlay.offset))
    {
        match line {
            HelpLine::Heading(text) => {
                canvas.role(row, row.x + 1, row.y, text, Role::Section);
            }
            HelpLine::Keys(keys, text) => {
                let column = column(canvas, &lines, n, area.width);
                let keys_room = Rect {
                    width: column,
                    ..row
                };
                canvas.cut(
                    keys_room,
                    row.x + 1,
                    row.y,
                    keys,
                    canvas.look().style(Role::Prompt),
                );
                canvas.cut(
                    row,
                    row.x + 1 + column,
                    row.y,
                    text,
                    canvas.look().style(Role::Text),
                );
            }
            HelpLine::Blank => {}
        }
    }
}

/// Columns of the keys at line `n`: one column for the whole help where that leaves two thirds to the words, else one
/// for each section.
fn column(canvas: &Canvas, lines: &[HelpLine], n: usize, width: u16) -> u16 {
    let of = |line: &HelpLine| match line {
        HelpLine::Keys(keys, _) => Some(canvas.width(keys)),
        HelpLine::Heading(_) | HelpLine::Blank => None,
    };
    let all = lines.iter().filter_map(of).max().unwrap_or(0);
    if all <= width / 3 {
        return all + 2;
    }
    let before = lines[..n].iter().rev().map_while(of);
    let section = before.chain(lines[n..].iter().map_while(of)).max();
    section.unwrap_or(0).min(width / 2) + 2
}
