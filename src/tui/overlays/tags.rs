//! The tags of an item: a field that holds them, and the library's tags that complete the word being typed.
//! Must not put a tag on, or take one off.

use super::{below_field, empty, open_box};
use crate::issue::{Change, Tag, TagError};
use crate::look::Role;
use crate::store::TagCount;
use crate::text::{cut, wrap};
use crate::tui::completing::{Completing, Separated, Word};
use crate::tui::field;
use crate::tui::layout::Regions;
use crate::tui::paint::Canvas;
use crate::tui::state::State;
use crate::tui::subject::Subject;
use ratatui::layout::{Position, Rect};
use std::fmt::Display;

/// The tags of an item while they are typed.
#[derive(Debug)]
pub struct Tags {
    /// The item.
    pub subject: Subject,
    /// The field, with the library's tags, most used first.
    pub field: Completing,
    /// Why what is typed cannot be kept.
    pub problem: Option<TagError>,
    /// The library's tags; none until they are there.
    known: Option<Vec<TagCount>>,
}

/// How tags stand in a field.
const TAGS: Separated = Separated {
    by: Tag::separated_by,
    behind: &['#', '＃'],
};

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
            field: Completing::new(text, TAGS),
            problem: None,
            known: None,
        }
    }

    /// Takes in the library's tags.
    pub fn know(&mut self, tags: Vec<TagCount>) {
        let words = tags.iter().map(|count| Word::new(count.tag.as_str()));
        self.field.know(words.collect());
        self.known = Some(tags);
    }

    /// The field holds another text.
    pub fn typed(&mut self) {
        self.problem = None;
        self.field.typed();
    }

    /// What is to be changed for the item to have the tags that are typed, and no others.
    ///
    /// # Errors
    /// What is typed is no list of tags.
    pub fn changes(&self) -> Result<Vec<Change>, TagError> {
        let wanted = Tag::of_line(self.field.input.value())?;
        let had = &self.subject.marks.tags;
        let missing = |tag: &&Tag, among: &[Tag]| !among.iter().any(|other| other.is(tag));
        let off = had.iter().filter(|tag| missing(tag, &wanted));
        let on = wanted.iter().filter(|tag| missing(tag, had));
        Ok(off
            .map(|tag| Change::Tag(tag.clone(), false))
            .chain(on.map(|tag| Change::Tag(tag.clone(), true)))
            .collect())
    }
}

fn frame(regions: &Regions) -> Rect {
    regions.sheet(48, 12, 6)
}

/// The row of the field, and those of the tags.
fn parts(regions: &Regions) -> (Rect, Rect) {
    below_field(frame(regions))
}

/// Rows of tags that are visible.
#[must_use]
pub fn height(regions: &Regions) -> usize {
    usize::from(parts(regions).1.height)
}

/// Says which tag cannot be kept and why, in as many lines as that takes.
fn draw_problem(canvas: &mut Canvas, list: Rect, overlay: &Tags, state: &State) {
    let look = canvas.look();
    let words = overlay.field.input.value().split(Tag::separated_by);
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
        return field::draw(canvas, field, &overlay.field.input);
    }
    if overlay.known.is_some() && overlay.field.matches().is_empty() {
        let word = match (known.is_empty(), overlay.field.has_others()) {
            (true, _) => "empty.tags",
            (false, true) => "empty.tags-in-line",
            (false, false) => "empty.tags-matching",
        };
        empty(canvas, list, &state.language.say(word));
    }
    overlay.field.draw(canvas, list, |canvas, row, n, ground| {
        let count = &known[n];
        let look = canvas.look();
        let uses = format!(" {} ", count.all());
        let right = canvas.right(row, row.y, &uses, look.on(ground, Role::Faint));
        let room = Rect {
            width: right.saturating_sub(row.x),
            ..row
        };
        let tag = count.tag.as_str();
        canvas.cut(room, row.x + 3, row.y, tag, look.on(ground, Role::Tag));
    });
    field::draw(canvas, field, &overlay.field.input)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::{IssueNumber, ItemKey, Marks};
    use crate::tui::cursor::Step;
    use tui_input::Input;

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
        tags.field.input = Input::new(format!("{}{text}", tags.field.input.value()));
        tags.typed();
    }

    fn matching(tags: &Tags) -> Vec<&str> {
        let known = tags.known.as_deref().unwrap();
        tags.field
            .matches()
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
        tags.field.choose(Step::By(1), 5);
        assert_eq!(tags.field.input.value(), "跟踪 跟进");
        tags.field.choose(Step::By(1), 5);
        assert_eq!(tags.field.input.value(), "跟踪 重点跟踪");
        tags.field.choose(Step::By(1), 5);
        assert_eq!(tags.field.input.value(), "跟踪 重点跟踪");
        tags.field.choose(Step::By(-2), 5);
        assert_eq!(tags.field.input.value(), "跟踪 #跟");
        type_in(&mut tags, " ai");
        assert_eq!(matching(&tags), ["ＡI芯片"]);
        type_in(&mut tags, "没有");
        tags.field.choose(Step::By(1), 5);
        assert_eq!(tags.field.input.value(), "跟踪 #跟 ai没有");
    }

    #[test]
    fn what_only_tags_of_the_field_complete_is_told_from_what_none_does() {
        let mut tags = tags(&["跟踪"], &["跟踪", "重点"]);
        type_in(&mut tags, "跟");
        assert_eq!((matching(&tags).len(), tags.field.has_others()), (0, true));
        type_in(&mut tags, "进");
        assert_eq!((matching(&tags).len(), tags.field.has_others()), (0, false));
    }

    #[test]
    fn what_differs_is_changed_and_another_spelling_is_no_difference() {
        let mut tags = tags(&["AI", "跟踪"], &[]);
        assert_eq!(tags.changes(), Ok(vec![]));
        tags.field.input = Input::new("ai，重点 #重点".into());
        let tag = |text, on| Change::Tag(Tag::new(text).unwrap(), on);
        assert_eq!(
            tags.changes(),
            Ok(vec![tag("跟踪", false), tag("重点", true)])
        );
        tags.field.input = Input::new("长".repeat(41));
        assert_eq!(tags.changes(), Err(TagError::TooLong));
    }
}
