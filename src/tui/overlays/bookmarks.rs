//! The list of bookmarked items of the whole library, newest issue first, and behind them the marks without item.

use super::{empty, inside, open_box, rows};
use crate::issue::{IssueNumber, ItemHead, ItemKey, Marks};
use crate::look::Role;
use crate::store::{Detached, Successor};
use crate::text::cut;
use crate::tui::cursor::{Cursor, Step};
use crate::tui::layout::Regions;
use crate::tui::paint::Canvas;
use crate::tui::signs;
use crate::tui::state::State;
use crate::tui::subject::Subject;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::cmp::Reverse;

/// Bookmarked items with a selected one. An item stays listed after its bookmark is taken away, so that it can come back.
#[derive(Debug, Default)]
pub struct Bookmarks {
    /// Items; none until they are known.
    pub rows: Option<Vec<ItemHead>>,
    /// What is marked of items that the library does not hold; they stand behind the others, under a heading.
    pub detached: Vec<Detached>,
    /// The selected row.
    pub cursor: Cursor,
}

/// A row of the list.
#[derive(Debug, Clone, Copy)]
pub enum BookmarkRow<'a> {
    /// An item.
    Item(&'a ItemHead),
    /// The heading over marks without item.
    Heading,
    /// A mark without item.
    Detached(&'a Detached),
}

impl Bookmarks {
    /// How many rows there are, the heading with them.
    #[must_use]
    pub fn len(&self) -> usize {
        let heading = usize::from(!self.detached.is_empty());
        self.items().len() + heading + self.detached.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A row.
    #[must_use]
    pub fn row(&self, n: usize) -> Option<BookmarkRow<'_>> {
        let items = self.items();
        if let Some(item) = items.get(n) {
            return Some(BookmarkRow::Item(item));
        }
        match n.checked_sub(items.len() + 1) {
            Some(n) => self.detached.get(n).map(BookmarkRow::Detached),
            None if self.detached.is_empty() => None,
            None => Some(BookmarkRow::Heading),
        }
    }

    /// The selected row.
    #[must_use]
    pub fn selected(&self) -> Option<BookmarkRow<'_>> {
        self.row(self.cursor.selected)
    }

    /// The item of the selected row, in the library or not.
    #[must_use]
    pub fn subject(&self) -> Option<Subject> {
        match self.selected()? {
            BookmarkRow::Item(item) => Some(Subject::of(item)),
            BookmarkRow::Detached(detached) => Some(Subject::of_detached(detached)),
            BookmarkRow::Heading => None,
        }
    }

    /// Takes in what is listed now: what was taken off here stays, so that it can come back; the selected one stays selected.
    pub fn take(&mut self, mut items: Vec<ItemHead>, mut detached: Vec<Detached>) {
        let selected = self.subject().map(|subject| subject.key);
        let former = self.rows.take().unwrap_or_default();
        let is_listed = |head: &ItemHead| items.iter().any(|item| item.key == head.key);
        let taken_off: Vec<ItemHead> = former
            .into_iter()
            .filter(|head| !head.marks.bookmarked && !is_listed(head))
            .collect();
        items.extend(taken_off);
        items.sort_by_key(|head| Reverse(head.id));
        let former = std::mem::take(&mut self.detached);
        let is_listed = |one: &Detached| {
            items.iter().any(|head| head.key == one.key)
                || detached.iter().any(|other| other.key == one.key)
        };
        let taken_off: Vec<Detached> = former
            .into_iter()
            .filter(|one| one.marks == Marks::default() && !is_listed(one))
            .collect();
        detached.extend(taken_off);
        (self.rows, self.detached) = (Some(items), detached);
        let last = self.len().saturating_sub(1);
        let now = (0..self.len()).find(|n| self.key(*n) == selected.as_ref());
        let now = now.filter(|_| selected.is_some());
        self.cursor.selected = now.unwrap_or_else(|| self.cursor.selected.min(last));
    }

    /// The name of a row's item.
    fn key(&self, n: usize) -> Option<&ItemKey> {
        match self.row(n)? {
            BookmarkRow::Item(item) => Some(&item.key),
            BookmarkRow::Detached(one) => Some(&one.key),
            BookmarkRow::Heading => None,
        }
    }

    /// Goes a step; the heading is passed over.
    pub fn go(&mut self, step: Step, height: usize) {
        let (len, before) = (self.len(), self.cursor.selected);
        self.cursor.go(step, len, height);
        if matches!(self.selected(), Some(BookmarkRow::Heading)) {
            let up = self.cursor.selected < before && self.cursor.selected > 0;
            self.cursor
                .go(Step::By(if up { -1 } else { 1 }), len, height);
        }
    }

    /// Goes along with items that have another name now.
    pub fn follow(&mut self, became: &[Successor]) {
        for one in &mut self.detached {
            if let Some(now) = became.iter().find(|item| item.former == one.key) {
                one.key = now.key.clone();
            }
        }
    }

    /// Which of all that can be selected is, from 1, and how many these are.
    fn place(&self) -> (usize, usize) {
        let heading = usize::from(!self.detached.is_empty());
        let passed = if self.cursor.selected >= self.items().len() {
            heading
        } else {
            0
        };
        (self.cursor.selected + 1 - passed, self.len() - heading)
    }

    fn items(&self) -> &[ItemHead] {
        self.rows.as_deref().unwrap_or_default()
    }
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
    let language = state.language;
    let place = if overlay.is_empty() {
        String::new()
    } else {
        let (here, all) = overlay.place();
        format!("{here}/{all}")
    };
    let area = open_box(
        canvas,
        frame(&state.regions()),
        &language.say("overlay.bookmarks"),
        &place,
    );
    if overlay.is_empty() && overlay.rows.is_some() {
        empty(canvas, area, &state.say_keys("empty.bookmarks"));
    }
    rows(
        canvas,
        area,
        overlay.cursor,
        overlay.len(),
        |canvas, row, n, ground| match overlay.row(n) {
            Some(BookmarkRow::Item(item)) => {
                let issue = number(state, item.key.issue);
                let mark = (&item.marks, &item.headline[..], Role::Text);
                draw_row(canvas, row, mark, &issue, ground);
            }
            Some(BookmarkRow::Heading) => {
                let heading = language.say("bookmarks.detached");
                canvas.cut(
                    row,
                    row.x,
                    row.y,
                    &heading,
                    canvas.look().on(ground, Role::Section),
                );
            }
            Some(BookmarkRow::Detached(one)) => {
                // The number stands in the name, by which a command moves it.
                let issue = format!("{} {}", one.publication, one.name);
                let room = row.width.saturating_sub(canvas.width(&issue));
                let (marks, text) = with_note(one, room, canvas);
                draw_row(canvas, row, (&marks, &text, Role::Faint), &issue, ground);
            }
            None => {}
        },
    );
}

/// The headline of a mark without item and behind it the beginning of its note, which is not shown anywhere else; with the marks of
/// which signs are to be shown. Where there is no room for the note, that is one of them.
fn with_note(one: &Detached, room: u16, canvas: &Canvas) -> (Marks, String) {
    /// Bookmark, sign of tags, the sign between headline and note and what is left of that, with the spaces between.
    const OTHERS: u16 = 12;
    let (mut marks, mut text) = (one.marks.clone(), one.printed.clone());
    if canvas.width(&text) + OTHERS <= room
        && let Some(note) = marks.note.take()
    {
        let beginning = note.lines().next().unwrap_or_default();
        text = format!("{text} {} {beginning}", canvas.look().glyphs.note);
    }
    (marks, text)
}

fn number(state: &State, issue: IssueNumber) -> String {
    state.language.say_with("issue.number", &[("n", &issue)])
}

/// Marks, headline in a role, and the issue.
fn draw_row(
    canvas: &mut Canvas,
    row: Rect,
    (marks, headline, role): (&Marks, &str, Role),
    issue: &str,
    ground: Style,
) {
    let look = canvas.look();
    let mark = if marks.bookmarked {
        look.glyphs.bookmark
    } else {
        " "
    };
    let x = canvas.text(row, row.x, row.y, mark, look.on(ground, Role::BookmarkMark));
    let place = format!(" {issue} ");
    let right = canvas.right(row, row.y, &place, look.on(ground, Role::Faint));
    let room = Rect {
        x: x + 1,
        width: right.saturating_sub(x + 1),
        ..row
    };
    let room = signs::draw(canvas, room, marks, ground);
    let headline = cut(headline, usize::from(room.width), look.policy);
    canvas.text(room, room.x, room.y, &headline, look.on(ground, role));
}
