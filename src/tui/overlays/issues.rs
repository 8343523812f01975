//! The list of issues, newest first.

use super::{inside, open_box, rows};
use crate::config::Language;
use crate::issue::IssueHead;
use crate::look::{Glyphs, Role};
use crate::tui::cursor::Cursor;
use crate::tui::layout::Regions;
use crate::tui::paint::Canvas;
use crate::tui::state::State;
use ratatui::layout::Rect;

/// Which issue is selected; the issues themselves are the state's.
#[derive(Debug, Clone, Copy, Default)]
pub struct Issues {
    /// `selected` is an index of the state's issues.
    pub cursor: Cursor,
}

/// Its box on the screen.
fn frame(regions: &Regions) -> Rect {
    regions.overlay(64, 30)
}

/// Rows of the list that are visible.
#[must_use]
pub fn height(regions: &Regions) -> usize {
    usize::from(inside(frame(regions)).height)
}

/// Draws the list over the panes.
pub fn draw(canvas: &mut Canvas, overlay: &Issues, state: &State) {
    let issues = state.issues.as_deref().unwrap_or_default();
    let language = state.language;
    let place = match issues.len() {
        0 => String::new(),
        len => format!("{}/{len}", overlay.cursor.selected + 1),
    };
    let area = open_box(
        canvas,
        frame(&state.regions()),
        &language.say("overlay.issues"),
        &place,
    );
    let digits = issues
        .iter()
        .map(|issue| issue.label.number.to_string().len())
        .max()
        .unwrap_or(0);
    let several = issues
        .iter()
        .any(|issue| issue.label.publication != issues[0].label.publication);
    rows(
        canvas,
        area,
        overlay.cursor,
        issues.len(),
        |canvas, row, n, ground| {
            let issue = &issues[n];
            let look = canvas.look();
            let name = name(issue, several, digits, language);
            let room = row.width.saturating_sub(canvas.width(&name) + 2);
            let counts = counts(issue, &look.glyphs, language, |text| {
                canvas.width(text) <= room
            });
            let right = canvas.right(row, row.y, &counts, look.on(ground, Role::Faint));
            let room = Rect {
                width: right.saturating_sub(row.x),
                ..row
            };
            let role = if issue.unread > 0 {
                Role::Unread
            } else {
                Role::Read
            };
            canvas.cut(room, row.x + 1, row.y, &name, look.on(ground, role));
        },
    );
}

/// Number and date, and the publication where the library has several.
fn name(issue: &IssueHead, several: bool, digits: usize, language: Language) -> String {
    let mut name = String::new();
    if several {
        name.push_str(&issue.label.publication);
        name.push(' ');
    }
    name.push_str(&language.say_with(
        "issue.number",
        &[("n", &format!("{:>digits$}", issue.label.number.0))],
    ));
    if let (Some(year), Some(month), Some(week)) =
        (issue.label.year, issue.label.month, issue.label.week)
    {
        name.push_str("  ");
        name.push_str(&language.say_with(
            "issue.date",
            &[("year", &year), ("month", &month), ("week", &week)],
        ));
    }
    name
}

/// Diagnostics, bookmarked, unread, items; as many of them as `fits`: how many items there are tells least, and the unread ones are
/// the last to go.
fn counts(
    issue: &IssueHead,
    glyphs: &Glyphs,
    language: Language,
    fits: impl Fn(&str) -> bool,
) -> String {
    let items = language.say_with("count.items", &[("n", &format!("{:>3}", issue.items))]);
    let unread = language.say_with("count.unread", &[("n", &issue.unread)]);
    let bookmarked = format!("{} {}", glyphs.bookmark, issue.bookmarked);
    let noted = format!("{} {}", glyphs.diagnostic, issue.diagnostics);
    let unread = (issue.unread > 0).then_some(unread.as_str());
    let bookmarked = (issue.bookmarked > 0).then_some(bookmarked.as_str());
    let noted = (issue.diagnostics > 0).then_some(noted.as_str());
    let choices = [
        [noted, bookmarked, unread, Some(items.as_str())],
        [noted, bookmarked, unread, None],
        [None, bookmarked, unread, None],
        [None, None, unread, None],
    ];
    choices
        .into_iter()
        .map(|parts| {
            format!(
                " {} ",
                parts.into_iter().flatten().collect::<Vec<_>>().join("  ")
            )
        })
        .find(|text| fits(text))
        .unwrap_or_default()
}
