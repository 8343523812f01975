//! The list of bookmarked items of the whole library, newest issue first.

use super::{empty, inside, open_box, rows};
use crate::issue::ItemHead;
use crate::look::Role;
use crate::text::cut;
use crate::tui::cursor::Cursor;
use crate::tui::layout::Regions;
use crate::tui::paint::Canvas;
use crate::tui::state::State;
use ratatui::layout::Rect;

/// Bookmarked items with a selected one. An item stays listed after its bookmark is taken away, so that it can come back.
#[derive(Debug, Default)]
pub struct Bookmarks {
    /// Items; none until they are known.
    pub rows: Option<Vec<ItemHead>>,
    /// The selected row.
    pub cursor: Cursor,
}

fn frame(regions: &Regions) -> Rect {
    regions.overlay(100, 30)
}

/// Rows of the list that are visible.
#[must_use]
pub fn height(regions: &Regions) -> usize {
    usize::from(inside(frame(regions)).height)
}

/// Draws the list over the panes.
pub fn draw(canvas: &mut Canvas, overlay: &Bookmarks, state: &State) {
    let items = overlay.rows.as_deref().unwrap_or_default();
    let language = state.language;
    let place = if items.is_empty() {
        String::new()
    } else {
        format!("{}/{}", overlay.cursor.selected + 1, items.len())
    };
    let area = open_box(
        canvas,
        frame(&state.regions()),
        &language.say("overlay.bookmarks"),
        &place,
    );
    if items.is_empty() && overlay.rows.is_some() {
        empty(canvas, area, &state.say_keys("empty.bookmarks"));
    }
    rows(
        canvas,
        area,
        overlay.cursor,
        items.len(),
        |canvas, row, n, ground| {
            let item = &items[n];
            let look = canvas.look();
            let mark = if item.marks.bookmarked {
                look.glyphs.bookmark
            } else {
                " "
            };
            let x = canvas.text(row, row.x, row.y, mark, look.on(ground, Role::BookmarkMark));
            let place = format!(
                " {} ",
                language.say_with("issue.number", &[("n", &item.key.issue)])
            );
            let right = canvas.right(row, row.y, &place, look.on(ground, Role::Faint));
            let headline = cut(
                &item.headline,
                usize::from(right.saturating_sub(x + 1)),
                look.policy,
            );
            canvas.text(row, x + 1, row.y, &headline, ground);
        },
    );
}
