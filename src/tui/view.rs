//! Draws the state into a frame. Must not change anything or ask for anything.

use super::layout::{Regions, Shape};
use super::overlays::{
    Welcome, bookmarks, diagnostics, fix, help, issues, jump, note, saved, tags, welcome,
};
use super::paint::Canvas;
use super::panes::{body, contents, filter, pending, status};
use super::state::{Focus, Overlay, Pane, State};
use crate::look::{Look, Role};
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
    let mut cursor = draw_panes(&mut canvas, &regions, state);
    for overlay in &state.overlays {
        cursor = draw_overlay(&mut canvas, overlay, state);
    }
    if state.welcome == Welcome::Shown {
        welcome::draw(&mut canvas, state);
    }
    let typed = status::draw(&mut canvas, regions.status, state);
    pending::draw(&mut canvas, &regions, state);
    typed.or(cursor)
}

/// An overlay over what is there; where the hardware cursor is to stand.
fn draw_overlay(canvas: &mut Canvas, overlay: &Overlay, state: &State) -> Option<Position> {
    match overlay {
        Overlay::Jump(overlay) => return Some(jump::draw(canvas, overlay, state)),
        Overlay::Tags(overlay) => return Some(tags::draw(canvas, overlay, state)),
        Overlay::Saved(overlay) => return Some(saved::draw(canvas, overlay, state)),
        Overlay::Fix(overlay) => return fix::draw(canvas, overlay, state),
        Overlay::Note(overlay) => return Some(note::draw(canvas, overlay, state)),
        Overlay::Issues(overlay) => issues::draw(canvas, overlay, state),
        Overlay::Bookmarks(overlay) => bookmarks::draw(canvas, overlay, state),
        Overlay::Diagnostics(overlay) => diagnostics::draw(canvas, overlay, state),
        Overlay::Help(overlay) => return help::draw(canvas, overlay, state),
    }
    None
}

/// The panes that are shown, the one with the focus last so that the border it shares shows it; where the hardware cursor
/// is to stand.
fn draw_panes(canvas: &mut Canvas, regions: &Regions, state: &State) -> Option<Position> {
    let mut cursor = None;
    let draw_contents = |canvas: &mut Canvas| {
        if let Some(area) = regions.contents {
            contents::draw(canvas, area, state);
        }
    };
    let draw_body = |canvas: &mut Canvas| {
        if let Some(area) = regions.body {
            body::draw(canvas, area, state);
        }
    };
    let mut draw_filter = |canvas: &mut Canvas| {
        if let Some(area) = regions.filter {
            cursor = filter::draw(canvas, area, state);
        }
    };
    match state.focus {
        Focus::On(Pane::Contents) => {
            draw_filter(canvas);
            draw_body(canvas);
            draw_contents(canvas);
        }
        Focus::On(Pane::Body) => {
            draw_contents(canvas);
            draw_filter(canvas);
            draw_body(canvas);
        }
        Focus::Filter { .. } => {
            draw_contents(canvas);
            draw_body(canvas);
            draw_filter(canvas);
        }
    }
    join_borders(canvas, regions, state);
    if let Some(column) = regions.contents_bar() {
        contents::draw_bar(canvas, column, state);
    }
    if let Some(column) = regions.body_bar() {
        body::draw_bar(canvas, column, state);
    }
    cursor
}

/// The corners where two panes share a border.
fn join_borders(canvas: &mut Canvas, regions: &Regions, state: &State) {
    let look = canvas.look();
    let shown: Vec<(Rect, bool)> = [
        (regions.contents, state.focus == Focus::On(Pane::Contents)),
        (regions.body, state.focus == Focus::On(Pane::Body)),
        (regions.filter, matches!(state.focus, Focus::Filter { .. })),
    ]
    .into_iter()
    .filter_map(|(area, active)| Some((area?, active)))
    .collect();
    for pair in shown.windows(2) {
        let [(_, left), (area, right)] = pair else {
            continue;
        };
        let style = look.style(if *left || *right {
            Role::BorderActive
        } else {
            Role::Border
        });
        let (x, glyphs) = (area.x, look.glyphs);
        canvas.text(regions.screen, x, area.top(), glyphs.tee_down, style);
        canvas.text(regions.screen, x, area.bottom() - 1, glyphs.tee_up, style);
    }
}
