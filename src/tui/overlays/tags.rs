//! The tags of an item: a field that holds them, and the library's tags that complete the word being typed.
//! Must not put a tag on, or take one off.

use super::{empty, inside, open_box, rows};
use crate::issue::{Change, Tag, TagError};
use crate::look::Role;
use crate::store::TagCount;
use crate::text::{cut, normalise, wrap};
use crate::tui::cursor::{Cursor, Step};
use crate::tui::field;
use crate::tui::layout::Regions;
use crate::tui::paint::Canvas;
use crate::tui::state::State;
use crate::tui::subject::Subject;
use ratatui::layout::{Position, Rect};
use std::fmt::Display;
use std::ops::Range;
use tui_input::Input;

/// The tags of an item while they are typed.
#[derive(Debug)]
pub struct Tags {
    /// The item.
    pub subject: Subject,
    /// The field.
    pub input: Input,
    /// Why what is typed cannot be kept.
    pub problem: Option<TagError>,
    /// The library's tags, most used first; none until they are there.
    known: Option<Vec<TagCount>>,
    /// Those that complete the word that was typed: indices of `known`.
    matches: Vec<usize>,
    /// Whether others would complete it and are in the field already.
    has_others: bool,
    /// The match that was put into the field, and what had been typed in its place.
    chosen: Option<(Cursor, String)>,
}

impl Tags {
    /// The tags that an item has, with room to type another.
    #[must_use]
    pub fn new(subject: Subject) -> Self {
        let mut text = String::new();
        for tag in &subject.marks.tags {
            text.push_str(tag.as_str());
            text.push(' ');
        }
        Self {
            subject,
            input: Input::new(text),
            problem: None,
            known: None,
            matches: vec![],
            has_others: false,
            chosen: None,
        }
    }

    /// Takes in the library's tags.
    pub fn know(&mut self, tags: Vec<TagCount>) {
        self.known = Some(tags);
        self.typed();
    }

    /// The field holds another text.
    pub fn typed(&mut self) {
        self.problem = None;
        self.chosen = None;
        let word = self.word();
        let typed = characters(self.input.value(), word.clone());
        let (before, behind) = (0..word.start, word.end..usize::MAX);
        let others = [before, behind].map(|part| characters(self.input.value(), part));
        let others: Vec<String> = others
            .iter()
            .flat_map(|text| text.split(Tag::separated_by))
            .map(name)
            .collect();
        let typed = name(&typed);
        let known = self.known.iter().flatten().map(|count| count.tag.name());
        let mut has_others = false;
        let found = known.enumerate().filter_map(|(n, known)| {
            let at = known.find(&typed)?;
            let is_there = others.contains(&known);
            has_others |= is_there;
            (!is_there).then_some((at > 0, n))
        });
        let mut found: Vec<(bool, usize)> = found.collect();
        self.has_others = has_others;
        // What begins so comes first; the order of use stays.
        found.sort_by_key(|(within, _)| *within);
        self.matches = found.into_iter().map(|(_, n)| n).collect();
    }

    /// Puts the next match in the place of the word being typed, or the one before; before the first stands what was typed.
    pub fn choose(&mut self, step: Step, height: usize) {
        let len = self.matches.len();
        let (place, typed) = match &self.chosen {
            Some((cursor, typed)) => (cursor.selected + 1, typed.clone()),
            None => (0, characters(self.input.value(), self.word())),
        };
        let place = match step {
            Step::By(rows) => place.saturating_add_signed(rows).min(len),
            Step::First => 0,
            Step::Last => len,
        };
        let tag = place.checked_sub(1).and_then(|n| {
            let tag = &self.known.as_ref()?.get(*self.matches.get(n)?)?.tag;
            Some((n, tag.to_string()))
        });
        let word = self.word();
        if let Some((n, tag)) = tag {
            self.replace(word, &tag);
            let mut cursor = self.cursor();
            cursor.select(n, len, height);
            self.chosen = Some((cursor, typed));
        } else {
            self.replace(word, &typed);
            self.chosen = None;
        }
    }

    /// Keeps the chosen match visible.
    pub fn fit(&mut self, height: usize) {
        let len = self.matches.len();
        if let Some((cursor, _)) = &mut self.chosen {
            cursor.keep_visible(len, height);
        }
    }

    /// What is to be changed for the item to have the tags that are typed, and no others.
    ///
    /// # Errors
    /// What is typed is no list of tags.
    pub fn changes(&self) -> Result<Vec<Change>, TagError> {
        let wanted = Tag::of_line(self.input.value())?;
        let had = &self.subject.marks.tags;
        let missing = |tag: &&Tag, among: &[Tag]| !among.iter().any(|other| other.is(tag));
        let off = had.iter().filter(|tag| missing(tag, &wanted));
        let on = wanted.iter().filter(|tag| missing(tag, had));
        Ok(off
            .map(|tag| Change::Tag(tag.clone(), false))
            .chain(on.map(|tag| Change::Tag(tag.clone(), true)))
            .collect())
    }

    /// The chosen match, as a row.
    fn cursor(&self) -> Cursor {
        self.chosen
            .as_ref()
            .map(|(cursor, _)| *cursor)
            .unwrap_or_default()
    }

    /// The word that the cursor stands in or behind: characters of the field.
    fn word(&self) -> Range<usize> {
        let text: Vec<char> = self.input.value().chars().collect();
        let at = self.input.cursor().min(text.len());
        let separates = |c: &char| Tag::separated_by(*c);
        let start = text[..at].iter().rposition(separates).map_or(0, |n| n + 1);
        let end = text[at..].iter().position(separates);
        start..end.map_or(text.len(), |n| at + n)
    }

    fn replace(&mut self, word: Range<usize>, by: &str) {
        let text = self.input.value();
        let before = characters(text, 0..word.start);
        let behind = characters(text, word.end..usize::MAX);
        let cursor = word.start + by.chars().count();
        self.input = Input::new(format!("{before}{by}{behind}")).with_cursor(cursor);
    }
}

/// These characters of a text.
fn characters(text: &str, part: Range<usize>) -> String {
    let length = part.end.saturating_sub(part.start);
    text.chars().skip(part.start).take(length).collect()
}

/// What a word would be known by as a tag.
fn name(word: &str) -> String {
    normalise(word.trim_start_matches(['#', '＃']))
}

fn frame(regions: &Regions) -> Rect {
    regions.sheet(48, 12, 6)
}

/// The row of the field, and those of the tags.
fn parts(regions: &Regions) -> (Rect, Rect) {
    let inner = inside(frame(regions));
    let field = Rect {
        x: inner.x + 1,
        width: inner.width.saturating_sub(2),
        height: inner.height.min(1),
        ..inner
    };
    let list = Rect {
        y: inner.y + field.height,
        height: inner.height - field.height,
        ..inner
    };
    (field, list)
}

/// Rows of tags that are visible.
#[must_use]
pub fn height(regions: &Regions) -> usize {
    usize::from(parts(regions).1.height)
}

/// Says which tag cannot be kept and why, in as many lines as that takes.
fn draw_problem(canvas: &mut Canvas, list: Rect, overlay: &Tags, state: &State) {
    let look = canvas.look();
    let words = overlay.input.value().split(Tag::separated_by);
    let mut refused = words.filter(|word| Tag::new(word) == Err(TagError::TooLong));
    let room = usize::from(list.width.saturating_sub(4));
    let tag = cut(refused.next().unwrap_or_default(), room, look.policy);
    let most = crate::issue::LONGEST_TAG;
    let arguments: [(&str, &dyn Display); 2] = [("tag", &tag), ("n", &most)];
    let problem = state.language.say_with("tags.too-long", &arguments);
    let lines = wrap(&problem, room, 0, look.policy);
    for (row, line) in list.rows().zip(lines) {
        canvas.role(row, row.x + 3, row.y, &problem[line], Role::Problem);
    }
}

/// Draws the tags over the panes; where the hardware cursor goes.
pub fn draw(canvas: &mut Canvas, overlay: &Tags, state: &State) -> Position {
    let regions = state.regions();
    let headline = &overlay.subject.headline;
    let title = state
        .language
        .say_with("overlay.tags", &[("headline", headline)]);
    open_box(canvas, frame(&regions), &title, "");
    let (field, list) = parts(&regions);
    let known = overlay.known.as_deref().unwrap_or_default();
    if overlay.problem.is_some() {
        draw_problem(canvas, list, overlay, state);
        return field::draw(canvas, field, &overlay.input);
    }
    if overlay.known.is_some() && overlay.matches.is_empty() {
        let word = match (known.is_empty(), overlay.has_others) {
            (true, _) => "empty.tags",
            (false, true) => "empty.tags-in-line",
            (false, false) => "empty.tags-matching",
        };
        empty(canvas, list, &state.language.say(word));
    }
    let cursor = match &overlay.chosen {
        Some((cursor, _)) => *cursor,
        // No row is selected.
        None => Cursor {
            selected: usize::MAX,
            offset: 0,
        },
    };
    rows(
        canvas,
        list,
        cursor,
        overlay.matches.len(),
        |canvas, row, n, ground| {
            let count = &known[overlay.matches[n]];
            let look = canvas.look();
            let uses = format!(" {} ", count.all());
            let right = canvas.right(row, row.y, &uses, look.on(ground, Role::Faint));
            let room = Rect {
                width: right.saturating_sub(row.x),
                ..row
            };
            let tag = count.tag.as_str();
            canvas.cut(room, row.x + 3, row.y, tag, look.on(ground, Role::Tag));
        },
    );
    field::draw(canvas, field, &overlay.input)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::{IssueNumber, ItemKey, Marks};

    fn tags(had: &[&str], known: &[&str]) -> Tags {
        let tag = |text: &&str| Tag::new(text).unwrap();
        let mut tags = Tags::new(Subject {
            key: ItemKey {
                publication: "试验周报".into(),
                issue: IssueNumber(1),
                headline: "标题".into(),
                nth: 0,
            },
            headline: "标题".into(),
            marks: Marks {
                tags: had.iter().map(tag).collect(),
                ..Marks::default()
            },
        });
        let count = |text| TagCount {
            tag: tag(text),
            items: 1,
            absent: 0,
        };
        tags.know(known.iter().map(count).collect());
        tags
    }

    fn type_in(tags: &mut Tags, text: &str) {
        tags.input = Input::new(format!("{}{text}", tags.input.value()));
        tags.typed();
    }

    fn matching(tags: &Tags) -> Vec<&str> {
        let known = tags.known.as_deref().unwrap();
        tags.matches
            .iter()
            .map(|n| known[*n].tag.as_str())
            .collect()
    }

    #[test]
    fn the_word_that_is_typed_is_completed_by_tags_that_are_not_there_yet() {
        let mut tags = tags(&["跟踪"], &["重点跟踪", "跟踪", "ＡI芯片", "跟进"]);
        assert_eq!(matching(&tags), ["重点跟踪", "ＡI芯片", "跟进"]);
        type_in(&mut tags, "#跟");
        assert_eq!(
            matching(&tags),
            ["跟进", "重点跟踪"],
            "what begins so comes first"
        );
        tags.choose(Step::By(1), 5);
        assert_eq!(tags.input.value(), "跟踪 跟进");
        tags.choose(Step::By(1), 5);
        assert_eq!(tags.input.value(), "跟踪 重点跟踪");
        tags.choose(Step::By(1), 5);
        assert_eq!(tags.input.value(), "跟踪 重点跟踪");
        tags.choose(Step::By(-2), 5);
        assert_eq!(tags.input.value(), "跟踪 #跟");
        type_in(&mut tags, " ai");
        assert_eq!(matching(&tags), ["ＡI芯片"]);
        type_in(&mut tags, "没有");
        tags.choose(Step::By(1), 5);
        assert_eq!(tags.input.value(), "跟踪 #跟 ai没有");
    }

    #[test]
    fn what_only_tags_of_the_field_complete_is_told_from_what_none_does() {
        let mut tags = tags(&["跟踪"], &["跟踪", "重点"]);
        type_in(&mut tags, "跟");
        assert_eq!((matching(&tags).len(), tags.has_others), (0, true));
        type_in(&mut tags, "进");
        assert_eq!((matching(&tags).len(), tags.has_others), (0, false));
    }

    #[test]
    fn what_differs_is_changed_and_another_spelling_is_no_difference() {
        let mut tags = tags(&["AI", "跟踪"], &[]);
        assert_eq!(tags.changes(), Ok(vec![]));
        tags.input = Input::new("ai，重点 #重点".into());
        let tag = |text, on| Change::Tag(Tag::new(text).unwrap(), on);
        assert_eq!(
            tags.changes(),
            Ok(vec![tag("跟踪", false), tag("重点", true)])
        );
        tags.input = Input::new("长".repeat(41));
        assert_eq!(tags.changes(), Err(TagError::TooLong));
    }
}
