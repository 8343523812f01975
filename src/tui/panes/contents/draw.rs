//! How the contents are drawn: headings, items with their marks, and why there are none.

use super::beside::{Beside, MARKS};
use super::{Contents, Row, title};
use crate::app::wording;
use crate::issue::{IssueHead, ItemHead};
use crate::keys::Context;
use crate::look::Role;
use crate::store::{Scope, issue_of};
use crate::text::wrap;
use crate::tui::headline;
use crate::tui::layout::Shape;
use crate::tui::paint::Canvas;
use crate::tui::panes::bar::Bar;
use crate::tui::signs;
use crate::tui::state::{Focus, Open, Pane, State};
use ratatui::layout::Rect;

/// Draws the pane into `area`, frame and all.
pub fn draw(canvas: &mut Canvas, area: Rect, state: &State) {
    let active = state.focus == Focus::On(Pane::Contents);
    let regions = state.regions();
    let place = state.open.as_ref().map_or_else(String::new, place);
    let is_narrow = regions.shape == Shape::Narrow;
    // A blank on either side; on a rule of one row what stands at its right, too.
    let beside = if is_narrow {
        canvas.width(&place) + 7
    } else {
        4
    };
    let room = area.width.saturating_sub(beside);
    let title = match &state.open {
        Some(open) => title::title(open, room, state),
        None => state.language.say("pane.contents").into_owned(),
    };
    if is_narrow {
        canvas.head(area, &title, &place);
    } else {
        canvas.frame(area, active, &title, &place);
    }
    let rows = regions.contents_rows();
    match &state.open {
        Some(open) if open.contents.items.is_empty() => draw_nothing(canvas, rows, open, state),
        Some(open) => draw_rows(canvas, rows, open, active, state),
        None if state.is_empty() => draw_sentence(canvas, rows, &state.say_keys("empty.library")),
        None => {}
    }
}

/// Draws the scroll bar into `column`, with the bookmarks on it as far as all that is listed is at hand.
pub fn draw_bar(canvas: &mut Canvas, column: Rect, state: &State) {
    let Some(open) = &state.open else { return };
    let contents = &open.contents;
    let active = state.focus == Focus::On(Pane::Contents);
    let first = contents.cursor.offset;
    if contents.is_whole() {
        let sign = canvas.look().glyphs.bookmark;
        let rows = contents.rows.iter().enumerate();
        let bookmarked = rows.filter_map(|(n, row)| match row {
            Row::Item(item) => contents.items[*item].marks.bookmarked.then_some(n),
            Row::Heading(_) => None,
        });
        let bar = Bar {
            len: contents.rows.len(),
            offset: first,
        };
        let marked = bookmarked.map(|n| (n, sign, Role::BookmarkMark));
        bar.draw(canvas, column, active, marked);
    } else if let (Some(before), Some(total)) = (contents.before, contents.total) {
        let first = contents.rows.get(first).map_or(0, |row| row.item());
        let bar = Bar {
            len: total,
            offset: before + first,
        };
        bar.draw(canvas, column, active, std::iter::empty());
    }
}

/// Where the selected item stands, of how many.
fn place(open: &Open) -> String {
    let contents = &open.contents;
    let whole = contents.is_whole().then_some(contents.items.len());
    let total = whole.or(contents.total);
    let number = |n: Option<usize>| n.map_or_else(|| "…".to_owned(), |n| n.to_string());
    if contents.items.is_empty() {
        return "0".to_owned();
    }
    format!("{}/{}", number(contents.place()), number(total))
}

fn draw_rows(canvas: &mut Canvas, area: Rect, open: &Open, active: bool, state: &State) {
    let contents = &open.contents;
    let needles = open.listing.query.needles();
    let beside = Beside::of(contents, area.width, state);
    let rows = contents.rows.iter().enumerate();
    for (y, (n, row)) in area.rows().zip(rows.skip(contents.cursor.offset)) {
        let selected = (n == contents.cursor.selected).then_some(active);
        match row {
            Row::Heading(first) => draw_heading(canvas, y, contents, *first, selected, state),
            Row::Item(item) => {
                let item = &contents.items[*item];
                draw_item(canvas, y, item, &needles, selected, &beside);
            }
        }
    }
}

/// The ground of a row; `selected` tells whether the pane has the focus.
fn ground(canvas: &mut Canvas, row: Rect, selected: Option<bool>) -> ratatui::style::Style {
    let ground = canvas.look().style(match selected {
        None => Role::Text,
        Some(true) => Role::Selected,
        Some(false) => Role::SelectedInactive,
    });
    canvas.fill(row, ground);
    ground
}

/// A heading: whether its group is folded, its name, and how many items a folded one hides.
fn draw_heading(
    canvas: &mut Canvas,
    row: Rect,
    contents: &Contents,
    first: usize,
    selected: Option<bool>,
    state: &State,
) {
    let ground = ground(canvas, row, selected);
    let look = canvas.look();
    let style = look.on(ground, Role::Section);
    let folded = contents.is_folded(first);
    let sign = if folded {
        look.glyphs.folded
    } else {
        look.glyphs.unfolded
    };
    let x = canvas.text(row, row.x, row.y, sign, style);
    let count = contents
        .count(first)
        .filter(|_| folded)
        .map(|count| format!(" {count:>2}"))
        .unwrap_or_default();
    let right = canvas.right(row, row.y, &count, look.on(ground, Role::Faint));
    let room = Rect {
        width: right.saturating_sub(row.x),
        ..row
    };
    let item = &contents.items[first];
    let name = match contents.listing.scope {
        Scope::Issue(_) => item.section.clone(),
        Scope::Library => issue_name(item, state),
    };
    canvas.cut(room, x + 1, row.y, &name, style);
}

/// The name of an item's issue, with its date where the list of issues is there.
fn issue_name(item: &ItemHead, state: &State) -> String {
    let id = issue_of(item.id);
    let mut issues = state.issues.iter().flatten();
    let known: Option<&IssueHead> = issues.find(|issue| issue.id == id);
    known.map_or_else(
        || {
            let number = [("n", &item.key.issue as &dyn std::fmt::Display)];
            let number = state.language.say_with("issue.number", &number);
            format!("{} {number}", item.publication)
        },
        |issue| wording::issue_title(state.language, &issue.label),
    )
}

/// One item: marks, headline cut to what is left with what matched, what it states in columns, whether the parser was unsure of
/// it, page.
fn draw_item(
    canvas: &mut Canvas,
    row: Rect,
    item: &ItemHead,
    needles: &[String],
    selected: Option<bool>,
    beside: &Beside,
) {
    let ground = ground(canvas, row, selected);
    let look = canvas.look();
    let unread = if item.marks.read {
        " "
    } else {
        look.glyphs.unread
    };
    let bookmark = if item.marks.bookmarked {
        look.glyphs.bookmark
    } else {
        " "
    };
    let x = canvas.text(row, row.x, row.y, unread, look.on(ground, Role::UnreadMark));
    canvas.text(row, x, row.y, bookmark, look.on(ground, Role::BookmarkMark));
    let page = beside.tail(item);
    let faint = look.on(ground, Role::Faint);
    let mut right = canvas.right(row, row.y, &page, faint);
    if item.diagnostics > 0 {
        let sign = format!(" {}", look.glyphs.diagnostic);
        let room = Rect {
            // Below each other, where there is no page too.
            width: right.saturating_sub(row.x + if page.is_empty() { 3 } else { 0 }),
            ..row
        };
        right = canvas.right(room, row.y, &sign, look.on(ground, Role::Diagnostic));
    }
    let role = if item.marks.read {
        Role::Read
    } else {
        Role::Unread
    };
    let mut room = Rect {
        x: row.x + MARKS,
        width: right.saturating_sub(row.x + MARKS),
        ..row
    };
    if !beside.columns.is_empty() {
        room.width = row.width.saturating_sub(MARKS + beside.end);
        room = beside.columns.draw(canvas, room, item, ground);
    }
    let room = signs::draw(canvas, room, &item.marks, ground);
    let hits = crate::text::occurrences(&item.headline, needles);
    headline::draw(canvas, room, &item.headline, &hits, ground, role);
}

/// An empty list: why, and how to widen it.
fn draw_nothing(canvas: &mut Canvas, area: Rect, open: &Open, state: &State) {
    let word = match (open.listing.scope, open.listing.query.is_empty()) {
        (_, true) => "empty.issue",
        (Scope::Issue(_), false) => "empty.filter-issue",
        (Scope::Library, false) => "empty.filter-library",
    };
    let mut sentences = state.say_keys(word);
    if state.context() == Context::Field {
        // The keys that the sentences name would be typed.
        sentences.push('\n');
        sentences.push_str(&state.language.say("empty.in-field"));
    }
    draw_sentence(canvas, area, &sentences);
}

/// Sentences from the top, each on a line of its own.
fn draw_sentence(canvas: &mut Canvas, area: Rect, sentences: &str) {
    let width = usize::from(area.width.saturating_sub(2));
    let policy = canvas.look().policy;
    let lines = sentences.lines().flat_map(|sentence| {
        let lines = wrap(sentence, width, 0, policy);
        lines.into_iter().map(move |line| &sentence[line])
    });
    let top = area.y + u16::from(area.height > 4);
    for (y, line) in (top..area.bottom()).zip(lines) {
        canvas.role(area, area.x + 1, y, line, Role::Faint);
    }
}
