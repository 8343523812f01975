//! The jump: a field, the hits for what is typed into it, and a preview of the selected one.

use super::{empty, inside, open_box, rows};
use crate::issue::IssueId;
use crate::keys::{Action, Context};
use crate::look::Role;
use crate::tui::cursor::Cursor;
use crate::tui::field;
use crate::tui::headline;
use crate::tui::layout::Regions;
use crate::tui::message::HitRow;
use crate::tui::paint::Canvas;
use crate::tui::panes::Body;
use crate::tui::state::State;
use ratatui::layout::{Position, Rect};
use tui_input::Input;

/// Hits asked for.
pub const LIMIT: usize = 200;

/// From this inner width on, the preview stands beside the list.
const BESIDE: u16 = 90;
/// From this inner height on, a preview stands below the list.
const BELOW: u16 = 14;

/// What is typed, and what it finds.
#[derive(Debug, Default)]
pub struct Jump {
    /// The field.
    pub input: Input,
    /// The issue that is looked in alone; none for the whole library.
    pub issue: Option<IssueId>,
    /// Hits, best first; none until the first answer.
    pub rows: Option<Vec<HitRow>>,
    /// How many headlines match in all.
    pub total: usize,
    /// Whether there may be more, which are being looked for.
    pub is_going_on: bool,
    /// Whether the hits are those of the newest headlines, and the others are still to come.
    pub is_part: bool,
    /// The selected hit.
    pub cursor: Cursor,
    /// Whether the hits on their way are for what was looked for already.
    pub again: bool,
    /// The selected hit's text.
    pub preview: Option<Body>,
}

/// The overlay, divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JumpRegions {
    /// The whole box.
    pub frame: Rect,
    /// The field.
    pub field: Rect,
    /// The hits.
    pub list: Rect,
    /// The preview, where there is room.
    pub preview: Option<Rect>,
}

impl JumpRegions {
    /// Divides the jump's box on a screen.
    #[must_use]
    pub fn new(regions: &Regions) -> Self {
        let frame = regions.overlay(160, 40);
        let inner = inside(frame);
        let field = Rect {
            height: inner.height.min(1),
            ..inner
        };
        let rest = Rect {
            y: inner.y + field.height,
            height: inner.height - field.height,
            ..inner
        };
        let (list, preview) = if inner.width >= BESIDE {
            let list = inner.width * 11 / 20;
            let preview = Rect {
                x: rest.x + list + 2,
                width: rest.width - list - 3,
                ..rest
            };
            (
                Rect {
                    width: list,
                    ..rest
                },
                Some(preview),
            )
        } else if inner.height >= BELOW {
            let list = rest.height * 11 / 20;
            let below = Rect {
                y: rest.y + list + 1,
                height: rest.height - list - 1,
                ..rest
            };
            let preview = Rect {
                x: below.x + 1,
                width: below.width.saturating_sub(2),
                ..below
            };
            (
                Rect {
                    height: list,
                    ..rest
                },
                Some(preview),
            )
        } else {
            (rest, None)
        };
        Self {
            frame,
            field,
            list,
            preview,
        }
    }

    /// Rows of hits that are visible.
    #[must_use]
    pub fn height(&self) -> usize {
        usize::from(self.list.height)
    }
}

/// Draws the jump over the panes; where the hardware cursor goes.
pub fn draw(canvas: &mut Canvas, overlay: &Jump, state: &State) -> Position {
    let regions = JumpRegions::new(&state.regions());
    let hits = overlay.rows.as_deref().unwrap_or_default();
    let more = if overlay.is_going_on { "…" } else { "" };
    let count = if hits.is_empty() {
        format!("0{more}")
    } else {
        format!("{}/{}{more}", overlay.cursor.selected + 1, overlay.total)
    };
    open_box(canvas, regions.frame, &title(overlay, state), &count);
    draw_divider(canvas, &regions);
    if overlay.rows.is_some() && hits.is_empty() && !overlay.is_going_on {
        let word = match overlay.issue {
            Some(_) => "empty.jump-in-issue",
            None => "empty.jump",
        };
        let key = state.keymap.shown(Context::Jump, Action::Scope);
        let key = key.unwrap_or_default();
        let text = state.language.say_with(word, &[("key", &key)]);
        empty(canvas, regions.list, &text);
    }
    rows(
        canvas,
        regions.list,
        overlay.cursor,
        hits.len(),
        |canvas, row, n, ground| {
            let hit = &hits[n];
            let faint = canvas.look().on(ground, Role::Faint);
            let issue = state
                .language
                .say_with("issue.number", &[("n", &hit.head.key.issue)]);
            let recent = if hit.is_recent {
                state.language.say("jump.recent")
            } else {
                "".into()
            };
            let beside = format!(" {recent}{issue} ");
            let right = canvas.right(row, row.y, &beside, faint);
            let room = Rect {
                x: row.x + 1,
                width: right.saturating_sub(row.x + 1),
                ..row
            };
            let headline = &hit.head.headline;
            let hits = headline::ranges(headline, &hit.matched);
            headline::draw(canvas, room, headline, &hits, ground, Role::Text);
        },
    );
    if let (Some(area), Some(preview)) = (regions.preview, &overlay.preview) {
        preview.draw(canvas, area, state.underlined);
    }
    let field = Rect {
        x: regions.field.x + 1,
        width: regions.field.width.saturating_sub(2),
        ..regions.field
    };
    field::draw(canvas, field, &overlay.input)
}

/// What the box is called, with where is looked.
fn title(overlay: &Jump, state: &State) -> String {
    let place = match overlay.issue {
        None => state.language.say(state.library_word()).into_owned(),
        Some(issue) => {
            let issues = state.issues.as_deref().unwrap_or_default();
            let label = issues.iter().find(|head| head.id == issue);
            let number = label.map(|head| head.label.number);
            number.map_or_else(String::new, |n| {
                state.language.say_with("issue.number", &[("n", &n)])
            })
        }
    };
    let word = state.language.say("overlay.jump");
    if place.is_empty() {
        word.into_owned()
    } else {
        format!("{word} · {place}")
    }
}

fn draw_divider(canvas: &mut Canvas, regions: &JumpRegions) {
    let Some(preview) = regions.preview else {
        return;
    };
    let look = canvas.look();
    let style = look.style(Role::Border);
    let list = regions.list;
    let (cells, glyph): (Vec<(u16, u16)>, _) = if preview.x > list.right() {
        let column = (list.top()..list.bottom()).map(|y| (list.right(), y));
        (column.collect(), look.glyphs.vertical)
    } else {
        let row = (list.left()..list.right()).map(|x| (x, list.bottom()));
        (row.collect(), look.glyphs.horizontal)
    };
    for (x, y) in cells {
        canvas.text(regions.frame, x, y, glyph, style);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::look::Page;
    use crate::tui::state::{Focus, Pane};
    use ratatui::layout::Size;

    #[test]
    fn the_box_divides_at_every_size() {
        for width in 20..200 {
            for height in 6..60 {
                let regions = JumpRegions::new(&Regions::new(
                    Size { width, height },
                    Focus::On(Pane::Contents),
                    Page::default(),
                ));
                for part in [Some(regions.field), Some(regions.list), regions.preview]
                    .into_iter()
                    .flatten()
                {
                    assert_eq!(
                        part.intersection(inside(regions.frame)),
                        part,
                        "{width}x{height}"
                    );
                }
                assert!(regions.list.height >= 1);
            }
        }
    }
}
