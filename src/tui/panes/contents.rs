//! The contents pane: headlines under their sections or, over the whole library, under their issues.
//!
//! It holds a window of the listing: what scrolls out of it far enough is let go, what comes near is asked for.

use crate::app::wording;
use crate::issue::{IssueHead, IssueId, ItemHead, ItemId, SectionOrdinal};
use crate::keys::Context;
use crate::look::Role;
use crate::store::{Anchor, Run, Scope, issue_of};
use crate::text::wrap;
use crate::tui::cursor::{Cursor, Step};
use crate::tui::headline;
use crate::tui::layout::Shape;
use crate::tui::paint::Canvas;
use crate::tui::state::{Focus, Open, Pane, State};
use ratatui::layout::Rect;
use std::collections::BTreeSet;

/// Items kept in the window; a screen holds a tenth of them at most.
const MOST: usize = 2000;
/// Rows near an end of the window at which more is asked for, at the least: more than the longest issues have.
const NEAR: usize = 120;

/// A window of a listing, with a selected row.
#[derive(Debug)]
pub struct Contents {
    /// Items in order.
    pub items: Vec<ItemHead>,
    /// What the pane lists.
    pub rows: Vec<Row>,
    /// `selected` is a row.
    pub cursor: Cursor,
    /// Whether nothing is listed before `items`.
    pub begins: bool,
    /// Whether nothing is listed behind `items`.
    pub ends: bool,
    /// How many items are listed before `items`; none until they are counted.
    pub before: Option<usize>,
    /// How many items are listed in all; none until they are counted.
    pub total: Option<usize>,
    /// Whether more has been asked for and is not there yet.
    pub asked: bool,
    /// Where the items are from: those of the library stand under their issues, those of an issue under their sections.
    pub scope: Scope,
    folded: BTreeSet<Group>,
}

/// A row of the contents pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// Heading of the group that this item begins, an index of `items`.
    Heading(usize),
    /// An index of `items`.
    Item(usize),
}

/// A section of an issue; where grouped by issues, its number is 0.
type Group = (IssueId, SectionOrdinal);

impl Row {
    /// Index of its item.
    const fn item(self) -> usize {
        match self {
            Self::Heading(item) | Self::Item(item) => item,
        }
    }
}

/// Rows near an end of the window at which more is asked for: two screens, and [`NEAR`] at the least.
fn near(height: usize) -> usize {
    NEAR.max(2 * height)
}

/// What a row is, whatever its index: what a selection is kept by.
#[derive(PartialEq)]
enum Identity {
    Heading(Group),
    Item(ItemId),
}

impl Contents {
    /// The items of a run; the first one is selected. What was folded in `former` stays so.
    #[must_use]
    pub fn new(scope: Scope, run: Run, former: Option<Self>) -> Self {
        let mut contents = Self {
            items: run.items,
            begins: run.begins,
            ends: run.ends,
            before: run.begins.then_some(0),
            scope,
            folded: former.map(|former| former.folded).unwrap_or_default(),
            rows: vec![],
            cursor: Cursor::default(),
            total: None,
            asked: false,
        };
        contents.lay_out();
        contents.cursor.selected = contents.row_of(0).unwrap_or(0);
        contents
    }

    /// Takes in the run behind the window, or before it; the selected row stays where it is on the screen. What is far from
    /// it on the other side is let go. A run that does not join the window is passed over.
    pub fn extend(&mut self, anchor: Anchor, run: Run, height: usize) {
        self.asked = false;
        let first = self.items.first().map(|item| item.id);
        let last = self.items.last().map(|item| item.id);
        let selected = self.rows.get(self.cursor.selected);
        let selected = selected.map(|row| self.identity(*row));
        let above = self.cursor.selected.saturating_sub(self.cursor.offset);
        let near = near(height);
        match anchor {
            Anchor::After(item) if last == Some(item) => {
                let kept = self.cursor.selected.saturating_sub(near);
                let spare = self.rows.get(kept).map_or(0, |row| row.item());
                self.items.extend(run.items);
                self.ends = run.ends;
                let over = self.items.len().saturating_sub(MOST).min(spare);
                if over > 0 {
                    self.items.drain(..over);
                    self.begins = false;
                    self.before = self.before.map(|before| before + over);
                }
            }
            Anchor::Before(item) if first == Some(item) => {
                let added = run.items.len();
                let kept = self.rows.get(self.cursor.selected + near);
                let kept = kept.map_or(self.items.len(), |row| row.item() + 1) + added;
                self.items.splice(..0, run.items);
                self.begins = run.begins;
                self.before = if run.begins {
                    Some(0)
                } else {
                    self.before.map(|before| before.saturating_sub(added))
                };
                let most = MOST.max(kept);
                if self.items.len() > most {
                    self.items.truncate(most);
                    self.ends = false;
                }
            }
            _ => return,
        }
        self.lay_out();
        let row = selected.and_then(|selected| {
            let mut rows = self.rows.iter();
            rows.position(|row| self.identity(*row) == selected)
        });
        self.cursor.selected = row.unwrap_or(0);
        self.cursor.offset = self.cursor.selected.saturating_sub(above);
        self.cursor.keep_visible(self.rows.len(), height);
    }

    /// Takes in how many items are listed before one of the window, which may have moved since it was asked about.
    pub fn counted_before(&mut self, item: ItemId, count: usize) {
        let at = self.items.iter().position(|head| head.id == item);
        if let Some(at) = at.filter(|_| !self.begins) {
            self.before = Some(count.saturating_sub(at));
        }
    }

    /// What is to be asked for, where the selected row comes near an end of the window that is not the listing's.
    #[must_use]
    pub fn wanted(&self, height: usize) -> Option<Anchor> {
        let near = near(height);
        if self.asked {
            return None;
        }
        if !self.ends && self.cursor.selected + near >= self.rows.len() {
            return self.items.last().map(|item| Anchor::After(item.id));
        }
        if !self.begins && self.cursor.selected < near {
            return self.items.first().map(|item| Anchor::Before(item.id));
        }
        None
    }

    /// Whether the window is all of the listing.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.begins && self.ends
    }

    /// The selected item; a heading stands for the first item under it.
    #[must_use]
    pub fn selected(&self) -> Option<&ItemHead> {
        self.items.get(self.selected_item()?)
    }

    /// Index of the selected item.
    #[must_use]
    pub fn selected_item(&self) -> Option<usize> {
        Some(self.rows.get(self.cursor.selected)?.item())
    }

    /// Whether a heading is selected.
    #[must_use]
    pub fn on_heading(&self) -> bool {
        matches!(self.rows.get(self.cursor.selected), Some(Row::Heading(_)))
    }

    /// Index of the item behind the selected one, or before it.
    #[must_use]
    pub fn item_step(&self, forward: bool) -> Option<usize> {
        let here = self.selected_item()?;
        let there = match (forward, self.on_heading()) {
            (true, true) => here,
            (true, false) => here + 1,
            (false, _) => here.checked_sub(1)?,
        };
        (there < self.items.len()).then_some(there)
    }

    /// Selects an item by its index and shows it, its heading too where that is the very first row. A folded group opens.
    pub fn select(&mut self, item: usize, height: usize) {
        if let Some(row) = self.open_row(item) {
            self.cursor.select(row, self.rows.len(), height);
            if row == 1 {
                self.cursor.offset = 0;
            }
        }
    }

    /// Selects an item of contents that have just been opened.
    pub fn arrive(&mut self, item: usize, height: usize) {
        if let Some(row) = self.open_row(item) {
            self.cursor.arrive(row, self.rows.len(), height);
        }
    }

    /// Goes through the rows; whether that led anywhere.
    pub fn go(&mut self, step: Step, height: usize) -> bool {
        let before = self.cursor.selected;
        self.cursor.go(step, self.rows.len(), height);
        if step == Step::First && self.rows.get(1) == Some(&Row::Item(0)) {
            // The beginning is the first item, as everywhere; its heading shows above it.
            self.cursor.select(1, self.rows.len(), height);
        }
        if self.cursor.selected <= 1 && self.cursor.selected < before {
            self.cursor.offset = 0;
        }
        self.cursor.selected != before
    }

    /// Folds or unfolds the group whose heading is selected; whether one is.
    pub fn fold(&mut self, height: usize) -> bool {
        let Some(Row::Heading(first)) = self.rows.get(self.cursor.selected).copied() else {
            return false;
        };
        let group = self.group(first);
        if !self.folded.remove(&group) {
            self.folded.insert(group);
        }
        self.lay_out();
        let row = self.rows.iter().position(|row| *row == Row::Heading(first));
        self.cursor
            .select(row.unwrap_or(0), self.rows.len(), height);
        true
    }

    /// The first item of the next group, or back: of this one, or where it is selected of the one before. None where that is
    /// not in the window, or may not be.
    #[must_use]
    pub fn section_step(&self, forward: bool) -> Option<usize> {
        let of = |item: &ItemHead| (issue_of(item.id), item.section_ordinal);
        let here = self.selected_item()?;
        if forward {
            self.next_group(here, of)
        } else {
            self.first_of_group(here, of)
                .filter(|first| *first != here)
                .or_else(|| self.first_of_group(here.checked_sub(1)?, of))
        }
    }

    /// The first item of the next older issue, or of the next newer one, likewise.
    #[must_use]
    pub fn issue_step(&self, older: bool) -> Option<usize> {
        let of = |item: &ItemHead| issue_of(item.id);
        let here = self.selected_item()?;
        if older {
            self.next_group(here, of)
        } else {
            let first = self.first_of_group(here, of)?;
            self.first_of_group(first.checked_sub(1)?, of)
        }
    }

    fn next_group<T: PartialEq>(&self, item: usize, of: impl Fn(&ItemHead) -> T) -> Option<usize> {
        let own = of(&self.items[item]);
        (item + 1..self.items.len()).find(|next| of(&self.items[*next]) != own)
    }

    /// The first item of the group that an item is in; none where the window begins within it.
    fn first_of_group<T: PartialEq>(
        &self,
        item: usize,
        of: impl Fn(&ItemHead) -> T,
    ) -> Option<usize> {
        let own = of(&self.items[item]);
        let before = (0..item)
            .rev()
            .find(|before| of(&self.items[*before]) != own);
        before.map(|before| before + 1).or(self.begins.then_some(0))
    }

    /// The first unread item at or behind index `from`.
    #[must_use]
    pub fn unread_from(&self, from: usize) -> Option<usize> {
        (from..self.items.len()).find(|item| !self.items[*item].marks.read)
    }

    /// Where the selected item stands in the whole listing, from 1; none until that is counted.
    #[must_use]
    pub fn place(&self) -> Option<usize> {
        Some(self.before? + self.selected_item()? + 1)
    }

    fn group(&self, item: usize) -> Group {
        let item = &self.items[item];
        match self.scope {
            Scope::Issue(_) => (issue_of(item.id), item.section_ordinal),
            Scope::Library => (issue_of(item.id), SectionOrdinal(0)),
        }
    }

    fn identity(&self, row: Row) -> Identity {
        match row {
            Row::Heading(first) => Identity::Heading(self.group(first)),
            Row::Item(item) => Identity::Item(self.items[item].id),
        }
    }

    /// The row of an item, whose group is unfolded for it.
    fn open_row(&mut self, item: usize) -> Option<usize> {
        if item >= self.items.len() {
            return None;
        }
        if self.folded.remove(&self.group(item)) {
            self.lay_out();
        }
        self.row_of(item)
    }

    fn row_of(&self, item: usize) -> Option<usize> {
        self.rows.iter().position(|row| *row == Row::Item(item))
    }

    /// Makes the rows.
    fn lay_out(&mut self) {
        self.rows.clear();
        let mut before = None;
        for item in 0..self.items.len() {
            let group = self.group(item);
            if before != Some(group) {
                self.rows.push(Row::Heading(item));
            }
            if !self.folded.contains(&group) {
                self.rows.push(Row::Item(item));
            }
            before = Some(group);
        }
    }

    /// Items under a heading; none where the window may end before the group does.
    fn count(&self, first: usize) -> Option<usize> {
        let group = self.group(first);
        let count = (first..self.items.len())
            .take_while(|item| self.group(*item) == group)
            .count();
        let cut = (first == 0 && !self.begins) || (first + count == self.items.len() && !self.ends);
        (!cut).then_some(count)
    }
}

/// Draws the pane into `area`, frame and all.
pub fn draw(canvas: &mut Canvas, area: Rect, state: &State) {
    let active = state.focus == Focus::On(Pane::Contents);
    let regions = state.regions();
    let (title, place) = match &state.open {
        Some(open) => (title(open, state), place(open)),
        None => (
            state.language.say("pane.contents").into_owned(),
            String::new(),
        ),
    };
    if regions.shape == Shape::Narrow {
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

/// What is listed: 目录 or 全库, and the filter.
fn title(open: &Open, state: &State) -> String {
    let word = match open.listing.scope {
        Scope::Issue(_) => "pane.contents",
        Scope::Library => state.library_word(),
    };
    let mut title = state.language.say(word).into_owned();
    if !open.listing.query.is_empty() {
        title.push_str(" · ");
        title.push_str(&open.listing.query.to_string());
    }
    title
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
    let rows = contents.rows.iter().enumerate();
    for (y, (n, row)) in area.rows().zip(rows.skip(contents.cursor.offset)) {
        let selected = (n == contents.cursor.selected).then_some(active);
        match row {
            Row::Heading(first) => draw_heading(canvas, y, contents, *first, selected, state),
            Row::Item(item) => draw_item(canvas, y, &contents.items[*item], &needles, selected),
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
    let folded = contents.folded.contains(&contents.group(first));
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
    let name = match contents.scope {
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

/// One item: marks, headline cut to what is left with what matched, page.
fn draw_item(
    canvas: &mut Canvas,
    row: Rect,
    item: &ItemHead,
    needles: &[String],
    selected: Option<bool>,
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
    let x = canvas.text(row, x, row.y, bookmark, look.on(ground, Role::BookmarkMark));
    let page = item
        .page
        .map(|page| format!(" {page:>2}"))
        .unwrap_or_default();
    let faint = look.on(ground, Role::Faint);
    let right = canvas.right(row, row.y, &page, faint);
    let role = if item.marks.read {
        Role::Read
    } else {
        Role::Unread
    };
    let room = Rect {
        x: x + 1,
        width: right.saturating_sub(x + 1),
        ..row
    };
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
