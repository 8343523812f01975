//! Correcting an item: its headline and what it states, a row each, where it begins and ends, and a field to type a value in.
//! Must not change anything of it.

mod typing;

pub use typing::Typing;

use super::{inside, open_box, rows};
use crate::app::fixing::Field;
use crate::app::wording;
use crate::config::Language;
use crate::issue::{Fix, ItemHead, ItemKey};
use crate::look::Role;
use crate::store::{Fixable, InForce, Successor};
use crate::text::wrap;
use crate::tui::cursor::{Cursor, Step};
use crate::tui::layout::Regions;
use crate::tui::paint::{Canvas, columns};
use crate::tui::state::State;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Columns between the name of a field and its value.
const GAP: u16 = 2;
/// Rows of the box at the least, where the screen has them.
const LEAST: u16 = 14;

/// An item while it is corrected.
#[derive(Debug)]
pub struct FixPage {
    /// The item's name: its row may be another's at any time.
    pub key: ItemKey,
    /// It, as it can be fixed; none until it is there.
    fixable: Option<Fixable>,
    rows: Vec<Row>,
    cursor: Cursor,
    /// What is being typed.
    pub typing: Option<Typing>,
}

/// A row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// A value.
    Field(Field),
    /// A join or a split that has made it what it is: which of the fixes.
    Made(usize),
    /// That it is none, but belongs to the one before.
    Join,
    /// That an item of its own begins with a paragraph: its number, from 1.
    Split(usize),
}

impl FixPage {
    /// Of an item that is on its way.
    #[must_use]
    pub fn new(key: ItemKey) -> Self {
        Self {
            key,
            fixable: None,
            rows: vec![],
            cursor: Cursor::default(),
            typing: None,
        }
    }

    /// Takes in the item as it is now. What is being typed stays.
    pub fn know(&mut self, fixable: Fixable) {
        let mut rows: Vec<Row> = Field::ALL.into_iter().map(Row::Field).collect();
        let fixes = fixable.fixes.iter().enumerate();
        let made = fixes.filter(|(_, one)| matches!(one.fix, Some(Fix::Join | Fix::Split(_))));
        rows.extend(made.map(|(n, _)| Row::Made(n)));
        rows.extend(fixable.before.is_some().then_some(Row::Join));
        let cuts = (1..).zip(&fixable.cuts);
        rows.extend(cuts.filter_map(|(n, cut)| cut.as_ref().map(|_| Row::Split(n))));
        let before = self.selected();
        let made = |rows: &[Row]| {
            rows.iter()
                .filter(|row| matches!(row, Row::Made(_)))
                .count()
        };
        let is_more = self.fixable.is_some() && made(&rows) > made(&self.rows);
        self.rows = rows;
        self.fixable = Some(fixable);
        // What was made just now is selected, so that the same key once more takes it back.
        let stays = |row: &Row| match row {
            Row::Made(_) if is_more => true,
            row => !is_more && Some(*row) == before,
        };
        if let Some(row) = self.rows.iter().rposition(stays) {
            self.cursor.selected = row;
        }
    }

    /// Goes along where the item has another name now.
    pub fn follow(&mut self, became: &[Successor]) {
        if let Some(now) = became.iter().find(|item| item.former == self.key) {
            self.key = now.key.clone();
            if let Some(fixable) = &mut self.fixable {
                fixable.view.head.key = now.key.clone();
            }
        }
    }

    /// Whether this is the item of the page.
    #[must_use]
    pub fn is_of(&self, fixable: &Fixable) -> bool {
        self.key == fixable.view.head.key
    }

    /// The item, once it is there.
    #[must_use]
    pub fn head(&self) -> Option<&ItemHead> {
        self.fixable.as_ref().map(|fixable| &fixable.view.head)
    }

    /// The item with all that is needed to fix it, once it is there.
    #[must_use]
    pub const fn fixable(&self) -> Option<&Fixable> {
        self.fixable.as_ref()
    }

    /// The selected row.
    #[must_use]
    pub fn selected(&self) -> Option<Row> {
        self.rows.get(self.cursor.selected).copied()
    }

    /// The fix that the selected row tells of, if it does.
    #[must_use]
    pub fn selected_fix(&self) -> Option<&InForce> {
        let fixes = &self.fixable.as_ref()?.fixes;
        match self.selected()? {
            Row::Made(n) => fixes.get(n),
            Row::Field(field) => {
                let is_of = |one: &&InForce| {
                    let target = one.fix.as_ref().map(Fix::target);
                    target == Some(field.target())
                };
                fixes.iter().find(is_of)
            }
            Row::Join | Row::Split(_) => None,
        }
    }

    /// Opens the field of the selected row, where it has one.
    pub fn type_in(&mut self, field: Field) {
        let head = self.fixable.as_ref().map(|fixable| &fixable.view.head);
        self.typing = head.map(|head| Typing::new(field, head));
    }

    /// Its box on the screen: at the lower edge, so that the text can be read that is corrected, and no more than there is to show.
    fn frame(&self, regions: &Regions) -> Rect {
        let rows = u16::try_from(self.rows.len()).unwrap_or(u16::MAX);
        regions.sheet(80, rows.saturating_add(2).clamp(LEAST, 24), LEAST)
    }

    /// Rows that are visible.
    #[must_use]
    pub fn height(&self, regions: &Regions) -> usize {
        usize::from(inside(self.frame(regions)).height)
    }

    /// Goes a step: among the values while one is typed.
    pub fn go(&mut self, step: Step, regions: &Regions) {
        if let Some(typing) = &mut self.typing {
            typing.completing.choose(step, typing::height(regions));
            return;
        }
        let height = self.height(regions);
        self.cursor.go(step, self.rows.len(), height);
    }

    /// Keeps what is selected visible.
    pub fn fit(&mut self, regions: &Regions) {
        let height = self.height(regions);
        self.cursor.keep_visible(self.rows.len(), height);
        if let Some(typing) = &mut self.typing {
            typing.completing.fit(typing::height(regions));
        }
    }
}

/// Draws the rows over the panes, and the field over them; where the hardware cursor goes.
pub fn draw(canvas: &mut Canvas, overlay: &FixPage, state: &State) -> Option<Position> {
    let regions = state.regions();
    let language = state.language;
    let headline = overlay.head().map_or("", |head| &head.headline);
    let title = language.say_with("overlay.fix", &[("headline", &headline)]);
    let place = match overlay.rows.len() {
        0 => String::new(),
        len => format!("{}/{len}", overlay.cursor.selected + 1),
    };
    let area = open_box(canvas, overlay.frame(&regions), &title, &place);
    let fixable = overlay.fixable.as_ref()?;
    let column = labels(canvas, language);
    rows(
        canvas,
        area,
        overlay.cursor,
        overlay.rows.len(),
        |canvas, row, n, ground| match overlay.rows[n] {
            Row::Field(field) => {
                draw_field(
                    canvas,
                    (row, column),
                    field,
                    &fixable.view.head,
                    (language, ground),
                );
            }
            other => draw_extent(canvas, row, other, fixable, (language, ground)),
        },
    );
    let typing = overlay.typing.as_ref()?;
    Some(typing::draw(canvas, typing, state))
}

/// Columns of the longest name of a field.
fn labels(canvas: &Canvas, language: Language) -> u16 {
    let names = Field::ALL.into_iter().map(|field| field.word(language));
    names.map(|name| canvas.width(&name)).max().unwrap_or(0)
}

/// A value, and where it is corrected what the program had read.
fn draw_field(
    canvas: &mut Canvas,
    (row, column): (Rect, u16),
    field: Field,
    item: &ItemHead,
    (language, ground): (Language, Style),
) {
    let look = canvas.look();
    let faint = look.on(ground, Role::Faint);
    let x = row.x + 1;
    canvas.cut(row, x, row.y, &field.word(language), faint);
    let x = x + column + GAP;
    let none = || language.say("fix.none").into_owned();
    let now = wording::fixes::now(language, field, item);
    let style = match (&now, field.is_corrected(item)) {
        (_, true) => look.on(ground, Role::Tag),
        (Some(_), false) => ground,
        (None, false) => faint,
    };
    let now = now.unwrap_or_else(none);
    if !field.is_changed(item) {
        canvas.cut(row, x, row.y, &now, style);
        return;
    }
    let was = wording::fixes::before(language, field, item).unwrap_or_else(none);
    let was = language.say_with("fix.was", &[("was", &was)]);
    // What it was gives way, but for half of the room.
    let room = row.right().saturating_sub(x + 1);
    let reserved = (canvas.width(&was) + GAP).min(room / 2);
    let value = Rect {
        width: row.width.saturating_sub(reserved),
        ..row
    };
    let end = canvas.cut(value, x, row.y, &now, style);
    canvas.cut(row, end + GAP, row.y, &was, faint);
}

/// Where an item begins and ends: what was made of it, and what could be.
fn draw_extent(
    canvas: &mut Canvas,
    row: Rect,
    what: Row,
    fixable: &Fixable,
    (language, ground): (Language, Style),
) {
    let look = canvas.look();
    let (word, text, role) = match what {
        Row::Made(n) => {
            let one = &fixable.fixes[n];
            match &one.fix {
                Some(Fix::Split(at)) if at.key(&one.key) == fixable.view.head.key => {
                    ("fix.row-split-off", one.printed.as_str(), Role::Tag)
                }
                Some(Fix::Split(at)) => ("fix.row-split", at.text.as_str(), Role::Tag),
                _ => ("fix.row-joined", one.printed.as_str(), Role::Tag),
            }
        }
        Row::Join => {
            let before = fixable.before.as_ref();
            let before = before.map_or("", |(_, headline)| headline);
            ("fix.row-join", before, Role::Text)
        }
        Row::Split(n) => {
            let paragraphs = &fixable.view.item.paragraphs;
            let paragraph = paragraphs.get(n - 1).map_or("", String::as_str);
            ("fix.row-split-at", paragraph, Role::Text)
        }
        Row::Field(_) => return,
    };
    let style = match role {
        Role::Text => ground,
        role => look.on(ground, role),
    };
    let end = canvas.cut(row, row.x + 1, row.y, &language.say(word), style);
    let faint = look.on(ground, Role::Faint);
    canvas.cut(row, end + 1, row.y, text, faint);
}

/// Lines of text below the field, in as many rows as they take.
fn sentences(canvas: &mut Canvas, area: Rect, text: &str, role: Role) {
    let policy = canvas.look().policy;
    let room = usize::from(area.width.saturating_sub(4));
    let lines = text.lines().flat_map(|line| {
        let parts = wrap(line, room, 0, policy).into_iter();
        parts.map(|part| &line[part]).collect::<Vec<_>>()
    });
    for (row, line) in area.rows().zip(lines) {
        debug_assert!(columns(line, policy) <= area.width);
        canvas.role(row, row.x + 3, row.y, line, role);
    }
}
