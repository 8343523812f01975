//! The saved filters: a field that narrows them down and names a new one, and what each finds in the whole library.
//! Must not save, replace or remove one.

use super::{below_field, empty, open_box, rows};
use crate::app::Failure;
use crate::keys::Context;
use crate::look::Role;
use crate::query::{LONGEST_NAME, NameError, Query, QueryName};
use crate::store::{Counted, SavedQuery};
use crate::text::{normalise, wrap};
use crate::tui::cursor::{Cursor, Step};
use crate::tui::field;
use crate::tui::layout::Regions;
use crate::tui::paint::Canvas;
use crate::tui::state::State;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use std::fmt::Display;
use tui_input::Input;

/// The saved filters while one is chosen or named.
#[derive(Debug)]
pub struct Saved {
    /// The field.
    pub input: Input,
    /// The selected row.
    pub cursor: Cursor,
    /// The filter that is in force.
    filter: Query,
    /// What is saved; none until it is known.
    known: Option<Vec<SavedQuery>>,
    /// What each finds, as far as it was counted.
    counts: Vec<Option<Counted>>,
    /// How many of them are counted as they are now.
    counted: usize,
    rows: Vec<Row>,
    /// Whether the row that replaces one was chosen, and is to be chosen once more.
    is_armed: bool,
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// Saves the filter in force under this name.
    Save(QueryName),
    /// Opens what is saved, by its position.
    Open(usize),
    /// Puts the filter in force in its place.
    Replace(usize),
}

impl Saved {
    /// The saved filters over a list that this one narrows.
    #[must_use]
    pub fn new(filter: Query) -> Self {
        Self {
            input: Input::default(),
            cursor: Cursor::default(),
            filter,
            known: None,
            counts: vec![],
            counted: 0,
            rows: vec![],
            is_armed: false,
        }
    }

    /// The filter that is in force.
    #[must_use]
    pub const fn filter(&self) -> &Query {
        &self.filter
    }

    /// Takes in what is saved; what is selected stays so. At first that is the filter in force.
    pub fn know(&mut self, saved: Vec<SavedQuery>) {
        let text = self.filter.to_string();
        let before = match self.selected() {
            Some(Row::Open(n) | Row::Replace(n)) => self.saved(*n).map(|one| one.name.name()),
            Some(Row::Save(_)) => None,
            None => {
                let own = saved.iter().find(|one| one.text == text);
                own.map(|one| one.name.name())
            }
        };
        let known = self.known.take().unwrap_or_default();
        let counts = saved.iter().map(|one| {
            let before = known.iter().position(|known| known == one)?;
            self.counts[before]
        });
        self.counts = counts.collect();
        self.counted = 0;
        self.known = Some(saved);
        self.fill();
        let is_before = |row: &Row| match row {
            Row::Open(n) => self.saved(*n).map(|one| one.name.name()) == before,
            Row::Save(_) | Row::Replace(_) => false,
        };
        let now = self.rows.iter().position(is_before);
        let last = self.rows.len().saturating_sub(1);
        let now = now.filter(|_| before.is_some());
        self.cursor.selected = now.unwrap_or(self.cursor.selected.min(last));
    }

    /// The next one that is to be counted.
    #[must_use]
    pub fn uncounted(&mut self) -> Option<Query> {
        let known = self.known.as_deref().unwrap_or_default();
        let rest = known.get(self.counted..).unwrap_or_default();
        let broken = rest.iter().take_while(|one| one.query.is_err()).count();
        self.counted += broken;
        rest.get(broken)?.query.clone().ok()
    }

    /// What the one finds that was to be counted next.
    pub fn count(&mut self, counted: Counted) {
        if let Some(count) = self.counts.get_mut(self.counted) {
            *count = Some(counted);
            self.counted += 1;
        }
    }

    /// The field holds another text.
    pub fn typed(&mut self) {
        self.fill();
        self.cursor = Cursor::default();
    }

    /// Goes a step among rows of which `height` are visible.
    pub fn go(&mut self, step: Step, height: usize) {
        self.is_armed = false;
        self.cursor.go(step, self.rows.len(), height);
    }

    /// Keeps the selected row visible.
    pub fn fit(&mut self, height: usize) {
        self.cursor.keep_visible(self.rows.len(), height);
    }

    /// What the selected row stands for.
    #[must_use]
    pub fn selected(&self) -> Option<&Row> {
        self.rows.get(self.cursor.selected)
    }

    /// One that is saved.
    #[must_use]
    pub fn saved(&self, n: usize) -> Option<&SavedQuery> {
        self.known.as_ref()?.get(n)
    }

    /// Whether the row that replaces one was chosen before; from now on it was.
    pub const fn arm(&mut self) -> bool {
        std::mem::replace(&mut self.is_armed, true)
    }

    /// Why what is typed is no name; none while nothing is typed.
    fn problem(&self) -> Option<NameError> {
        let typed = QueryName::new(self.input.value());
        typed.err().filter(|error| *error == NameError::TooLong)
    }

    /// The rows for what is typed: what is found by name before what is found by its text.
    fn fill(&mut self) {
        self.is_armed = false;
        if self.problem().is_some() {
            // Who wanted to save something is not to open something else.
            self.rows.clear();
            return;
        }
        let name = QueryName::new(self.input.value()).ok();
        let typed = name.as_ref().map(QueryName::name).unwrap_or_default();
        let known = self.known.as_deref().unwrap_or_default();
        let found = known.iter().enumerate().filter_map(|(n, one)| {
            let known = one.name.name();
            let rank = match known.find(&typed) {
                Some(_) if known == typed => 0,
                Some(0) => 1,
                Some(_) => 2,
                None => normalise(&one.text).contains(&typed).then_some(3)?,
            };
            Some((rank, n))
        });
        let mut found: Vec<(u8, usize)> = found.collect();
        found.sort_by_key(|(rank, _)| *rank);
        let is_in_force = !self.filter.is_empty() && self.known.is_some();
        let own = known.iter().position(|one| one.name.name() == typed);
        let text = self.filter.to_string();
        let save = match (name, own) {
            (Some(name), None) if is_in_force => Some(Row::Save(name)),
            _ => None,
        };
        let replace = own.filter(|n| is_in_force && known[*n].text != text);
        let opens = found.into_iter().map(|(_, n)| Row::Open(n));
        self.rows = save
            .into_iter()
            .chain(opens)
            // Never the one that is selected before it is gone to.
            .chain(replace.map(Row::Replace))
            .collect();
    }

    /// The sentence that stands in the place of an empty list.
    fn nothing(&self) -> &'static str {
        let has_any = self.known.as_ref().is_some_and(|known| !known.is_empty());
        match (has_any, self.filter.is_empty()) {
            (true, _) => "empty.saved-matching",
            (false, true) => "empty.saved",
            (false, false) => "empty.saved-filtered",
        }
    }
}

fn frame(regions: &Regions) -> Rect {
    regions.overlay(100, 20)
}

/// The row of the field, and those of the list.
fn parts(regions: &Regions) -> (Rect, Rect) {
    below_field(frame(regions))
}

/// Rows of the list that are visible.
#[must_use]
pub fn height(regions: &Regions) -> usize {
    usize::from(parts(regions).1.height)
}

/// Draws the saved filters over the panes; where the hardware cursor goes.
pub fn draw(canvas: &mut Canvas, overlay: &Saved, state: &State) -> Position {
    let regions = state.regions();
    let language = state.language;
    let filter = overlay.filter.to_string();
    let mut known = overlay.known.iter().flatten();
    let word = if known.any(|one| one.text == filter) {
        "saved.now"
    } else {
        "saved.to-name"
    };
    let foot = if filter.is_empty() {
        String::new()
    } else {
        language.say_with(word, &[("query", &filter)])
    };
    let title = language.say("overlay.saved");
    open_box(canvas, frame(&regions), &title, &foot);
    let (field, list) = parts(&regions);
    if overlay.problem().is_some() {
        draw_problem(canvas, list, state);
    } else if overlay.known.is_some() && overlay.rows.is_empty() {
        let word = overlay.nothing();
        empty(canvas, list, &state.say_keys(word));
    }
    let widest = overlay.known.iter().flatten();
    let widest = widest.map(|one| canvas.width(one.name.as_str())).max();
    let names = widest.unwrap_or(0).min(list.width / 3);
    let len = overlay.rows.len();
    rows(
        canvas,
        list,
        overlay.cursor,
        len,
        |canvas, row, n, ground| match &overlay.rows[n] {
            Row::Open(n) => draw_saved(canvas, (row, names), (overlay, *n), state, ground),
            Row::Save(name) => {
                let said = language.say_with("saved.save", &[("name", name)]);
                draw_deed(canvas, row, (&said, Role::Notice), &filter, ground);
            }
            Row::Replace(n) => {
                let Some(saved) = overlay.saved(*n) else {
                    return;
                };
                let (word, role) = if overlay.is_armed {
                    ("saved.replace-again", Role::Problem)
                } else {
                    ("saved.replace", Role::Notice)
                };
                let said = state.say_with_keys(Context::Saved, word, &[("name", &saved.name)]);
                let change = format!("{} → {filter}", saved.text);
                draw_deed(canvas, row, (&said, role), &change, ground);
            }
        },
    );
    field::draw(canvas, field, &overlay.input)
}

/// Says why what is typed is no name, in as many lines as that takes.
fn draw_problem(canvas: &mut Canvas, list: Rect, state: &State) {
    let look = canvas.look();
    let room = usize::from(list.width.saturating_sub(4));
    let most: [(&str, &dyn Display); 1] = [("n", &LONGEST_NAME)];
    let problem = state.language.say_with("saved.too-long", &most);
    let lines = wrap(&problem, room, 0, look.policy);
    for (row, line) in list.rows().zip(lines) {
        canvas.role(row, row.x + 3, row.y, &problem[line], Role::Problem);
    }
}

/// A row that does something with the filter in force, and what it is about.
fn draw_deed(
    canvas: &mut Canvas,
    row: Rect,
    (said, role): (&str, Role),
    about: &str,
    ground: Style,
) {
    let look = canvas.look();
    let x = canvas.cut(row, row.x + 1, row.y, said, look.on(ground, role));
    canvas.cut(row, x + 2, row.y, about, look.on(ground, Role::Faint));
}

/// A saved filter: its name, its text, and at the right what it finds.
fn draw_saved(
    canvas: &mut Canvas,
    (row, names): (Rect, u16),
    (overlay, n): (&Saved, usize),
    state: &State,
    ground: Style,
) {
    let Some(saved) = overlay.saved(n) else {
        return;
    };
    let (look, language) = (canvas.look(), state.language);
    let faint = look.on(ground, Role::Faint);
    let (counts, style) = match (&saved.query, overlay.counts.get(n).copied().flatten()) {
        (Err(_), _) => {
            let broken = language.say("saved.broken").into_owned();
            (broken, look.on(ground, Role::Problem))
        }
        (Ok(_), None) => ("…".to_owned(), faint),
        (Ok(_), Some(Counted { items, unread })) => {
            let counts: [(&str, &dyn Display); 2] = [("items", &items), ("unread", &unread)];
            (language.say_with("saved.counts", &counts), faint)
        }
    };
    let right = canvas.right(row, row.y, &format!(" {counts} "), style);
    let room = Rect {
        width: right.saturating_sub(row.x),
        ..row
    };
    let own = Rect {
        width: room.width.min(names + 1),
        ..room
    };
    let name = saved.name.as_str();
    canvas.cut(own, row.x + 1, row.y, name, look.on(ground, Role::Text));
    let x = canvas.cut(room, own.right() + 2, row.y, &saved.text, faint);
    if let Err(error) = &saved.query {
        let why = Failure::from(error.clone()).message(language);
        canvas.cut(room, x + 2, row.y, &why, look.on(ground, Role::Problem));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(name: &str, text: &str) -> SavedQuery {
        SavedQuery {
            name: QueryName::new(name).unwrap(),
            text: text.to_owned(),
            query: text.parse(),
        }
    }

    /// Over a list filtered so, with three that are saved, of which one is no query.
    fn over(filter: &str) -> Saved {
        let mut overlay = Saved::new(filter.parse().unwrap());
        overlay.know(vec![
            saved("储能", "储能 is:unread"),
            saved("坏的", "colour:红"),
            saved("招商", "section:招商"),
        ]);
        overlay
    }

    fn type_in(overlay: &mut Saved, text: &str) -> Vec<Row> {
        overlay.input = Input::new(text.to_owned());
        overlay.typed();
        overlay.rows.clone()
    }

    #[test]
    fn what_is_typed_narrows_by_name_and_text_and_names_the_filter_in_force() {
        let mut overlay = over("签约");
        let save = |name: &str| Row::Save(QueryName::new(name).unwrap());
        assert_eq!(overlay.rows, [0, 1, 2].map(Row::Open));
        let expected = [save("商"), Row::Open(2)];
        assert_eq!(type_in(&mut overlay, " 商"), expected);
        assert_eq!(
            type_in(&mut overlay, "unread"),
            [save("unread"), Row::Open(0)]
        );
        // Under a name that there is, it is replaced, and never by the row that is selected at first.
        let expected = [Row::Open(2), Row::Replace(2)];
        assert_eq!(type_in(&mut overlay, "招 商"), expected);
        assert_eq!(overlay.selected(), Some(&Row::Open(2)));
        let long = "长".repeat(LONGEST_NAME + 1);
        assert_eq!(type_in(&mut overlay, &long), []);
        assert_eq!(overlay.problem(), Some(NameError::TooLong));
        // What is saved already as it is, or no filter, is not to be saved.
        assert_eq!(type_in(&mut over("section:招商"), "招商"), [Row::Open(2)]);
        assert_eq!(type_in(&mut over(""), "新的"), []);
        assert_eq!(over("section:招商").selected(), Some(&Row::Open(2)));
    }

    #[test]
    fn all_that_are_queries_are_counted_one_after_the_other() {
        let mut overlay = over("");
        let mut counted = vec![];
        while let Some(query) = overlay.uncounted() {
            counted.push(query.to_string());
            overlay.count(Counted {
                items: counted.len(),
                unread: 0,
            });
        }
        assert_eq!(counted, ["储能 is:unread", "section:招商"]);
        let items = |overlay: &Saved| {
            let counts = overlay
                .counts
                .iter()
                .map(|count| count.map(|count| count.items));
            counts.collect::<Vec<_>>()
        };
        assert_eq!(items(&overlay), [Some(1), None, Some(2)]);
        // What is listed again keeps its counts until it is counted again, and the selection its name.
        overlay.go(Step::Last, 5);
        overlay.know(vec![saved("招商", "section:招商"), saved("新的", "签约")]);
        assert_eq!(items(&overlay), [Some(2), None]);
        assert_eq!(overlay.selected(), Some(&Row::Open(0)));
        assert_eq!(overlay.uncounted().unwrap().to_string(), "section:招商");
    }

    #[test]
    fn the_row_that_replaces_is_chosen_twice_in_a_row() {
        let mut overlay = over("签约");
        type_in(&mut overlay, "招商");
        overlay.go(Step::Last, 5);
        assert!(!overlay.arm());
        overlay.go(Step::By(0), 5);
        assert!(!overlay.arm(), "gone away from meanwhile");
        assert!(overlay.arm());
    }
}
