//! Draws the state into a frame. Must not change anything or ask for anything.

use super::layout::{Regions, Shape};
use super::overlays::{bookmarks, help, issues, jump};
use super::paint::Canvas;
use super::panes::{body, contents, status};
use super::state::{Overlay, Pane, State};
use crate::look::{Look, Role};
use crate::text::wrap;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// Draws the reader into `buffer`; where the hardware cursor is to stand, if it shows.
pub fn view(state: &State, look: &Look, buffer: &mut Buffer) -> Option<Position> {
    let regions = state.regions();
    let mut canvas = Canvas::new(buffer, look);
    canvas.fill(regions.screen, look.style(Role::Text));
    if regions.shape == Shape::Tiny {
        canvas.cut(
            regions.screen,
            0,
            0,
            &state.language.say("screen.too-small"),
            look.style(Role::Notice),
        );
        return None;
    }
    if state.is_empty() {
        draw_welcome(&mut canvas, &regions, state);
    } else {
        draw_panes(&mut canvas, &regions, state);
    }
    let mut cursor = None;
    for overlay in &state.overlays {
        cursor = draw_overlay(&mut canvas, overlay, state);
    }
    status::draw(&mut canvas, regions.status, state);
    cursor
}

/// An overlay over what is there; where the hardware cursor is to stand.
fn draw_overlay(canvas: &mut Canvas, overlay: &Overlay, state: &State) -> Option<Position> {
    match overlay {
        Overlay::Jump(overlay) => return Some(jump::draw(canvas, overlay, state)),
        Overlay::Issues(overlay) => issues::draw(canvas, overlay, state),
        Overlay::Bookmarks(overlay) => bookmarks::draw(canvas, overlay, state),
        Overlay::Help(overlay) => help::draw(canvas, *overlay, state),
    }
    None
}

/// Both panes, the one with the focus last so that the border they share shows it.
fn draw_panes(canvas: &mut Canvas, regions: &Regions, state: &State) {
    let mut panes = [
        (Pane::Contents, regions.contents),
        (Pane::Body, regions.body),
    ];
    panes.sort_by_key(|(pane, _)| *pane == state.focus);
    for (pane, area) in panes {
        match (pane, area) {
            (Pane::Contents, Some(area)) => contents::draw(canvas, area, state),
            (Pane::Body, Some(area)) => body::draw(canvas, area, state),
            (_, None) => {}
        }
    }
    if let (Some(_), Some(body)) = (regions.contents, regions.body) {
        let look = canvas.look();
        let style = look.style(Role::BorderActive);
        canvas.text(
            regions.screen,
            body.x,
            body.top(),
            look.glyphs.tee_down,
            style,
        );
        canvas.text(
            regions.screen,
            body.x,
            body.bottom() - 1,
            look.glyphs.tee_up,
            style,
        );
    }
}

/// The calm screen of an empty library: what this is, and how to import.
fn draw_welcome(canvas: &mut Canvas, regions: &Regions, state: &State) {
    let look = canvas.look();
    let room = Rect {
        height: regions.screen.height - 1,
        ..regions.screen
    };
    let width = room.width.saturating_sub(4).min(64);
    let words = [
        ("welcome.title", Role::Headline),
        ("welcome.empty", Role::Text),
        ("welcome.how", Role::Text),
        ("welcome.command", Role::Prompt),
        ("welcome.then", Role::Faint),
    ];
    let mut lines = vec![];
    for (word, role) in words {
        let text = state.say_keys(word);
        if !lines.is_empty() && room.height > 10 && role != Role::Prompt {
            lines.push((String::new(), role));
        }
        lines.extend(
            wrap(&text, usize::from(width), 0, look.policy)
                .into_iter()
                .map(|line| (text[line].to_owned(), role)),
        );
    }
    let top = room
        .height
        .saturating_sub(u16::try_from(lines.len()).unwrap_or(u16::MAX))
        / 2;
    let widest = lines
        .iter()
        .map(|(line, _)| canvas.width(line))
        .max()
        .unwrap_or(0);
    let x = room.width.saturating_sub(widest) / 2;
    for (y, (line, role)) in (top..room.bottom()).zip(&lines) {
        canvas.role(room, x, y, line, *role);
    }
}
