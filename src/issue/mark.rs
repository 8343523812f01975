//! Marks: what the reader adds to an item, one change of it, and the record in which marks travel between libraries.
//! Must not know where marks are kept, or whether a library holds their items.

mod added;

use super::FixRecord;
use crate::text::{clean, normalise};
use serde::{Deserialize, Serialize};
use std::fmt::{self, Display};

/// Characters of a tag at most: a word or two.
pub const LONGEST_TAG: usize = 40;
/// Characters of a note at most: some twenty printed pages.
pub const LONGEST_NOTE: usize = 20_000;
/// The line between two notes that are kept in one.
const DIVIDER: &str = "----------";

/// What the reader added to an item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// Kept to be found again.
    pub bookmarked: bool,
    /// Opened, or marked as read.
    pub read: bool,
    /// Words of the reader's own, in the order of their normalised forms.
    pub tags: Vec<Tag>,
    /// A note of the reader's own, of several lines perhaps.
    pub note: Option<Note>,
}

/// A word by which a reader groups items: without white space and commas, so that several can be typed in a row.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Tag(String);

/// Why a text is no tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TagError {
    /// Nothing of it shows.
    #[error("a tag is empty")]
    Empty,
    /// White space or a comma stands in it.
    #[error("a tag is one word")]
    Several,
    /// More than [`LONGEST_TAG`] characters.
    #[error("a tag has at most {LONGEST_TAG} characters")]
    TooLong,
}

impl Tag {
    /// The tag that a text names, as typed but for a `#` in front and what never shows.
    ///
    /// # Errors
    /// The text is empty, more than one word, or too long.
    pub fn new(text: &str) -> Result<Self, TagError> {
        let tag = clean(text.trim());
        let tag = tag.trim_start_matches(['#', '＃']);
        if normalise(tag).is_empty() {
            return Err(TagError::Empty);
        }
        if tag.contains(Self::separated_by) {
            return Err(TagError::Several);
        }
        if tag.chars().count() > LONGEST_TAG {
            return Err(TagError::TooLong);
        }
        Ok(Self(tag.to_owned()))
    }

    /// The tags of a line, separated by white space or commas; of those that are known by one name the first.
    ///
    /// # Errors
    /// One of them is too long.
    pub fn of_line(line: &str) -> Result<Vec<Self>, TagError> {
        let mut tags: Vec<Self> = vec![];
        for word in line.split(Self::separated_by) {
            match Self::new(word) {
                Ok(tag) if tags.iter().any(|known| known.is(&tag)) => {}
                Ok(tag) => tags.push(tag),
                Err(TagError::Empty) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(tags)
    }

    /// Whether a character separates tags.
    #[must_use]
    pub fn separated_by(c: char) -> bool {
        c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；')
    }

    /// As typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What it is known by: normalised, so that case and width do not matter.
    #[must_use]
    pub fn name(&self) -> String {
        normalise(&self.0)
    }

    /// Whether both are known by one name.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Lines of the reader's own about an item: not empty, without control characters, line ends as `\n`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Note(String);

impl Note {
    /// The note of a text; none where nothing of it shows. White space at its end and blank lines at its beginning are left out,
    /// and what is longer than [`LONGEST_NOTE`].
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let lines: Vec<String> = text
            .split('\n')
            .map(|line| clean(line).trim_end().to_owned())
            .skip_while(String::is_empty)
            .collect();
        let note: String = lines.join("\n").chars().take(LONGEST_NOTE).collect();
        let note = note.trim_end();
        (!note.is_empty()).then(|| Self(note.to_owned()))
    }

    /// Both in one, this one first, with a line between them; the longer one where it goes on from the other, or they were put
    /// together in it before. None where that is too long.
    #[must_use]
    pub fn with(&self, other: &Self) -> Option<Self> {
        let goes_on = |longer: &Self, shorter: &Self| {
            let rest = longer.0.strip_prefix(&shorter.0);
            let is_part = || {
                let whole = |note: &Self| format!("\n{DIVIDER}\n{}\n{DIVIDER}\n", note.0);
                whole(longer).contains(&whole(shorter))
            };
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('\n')) || is_part()
        };
        if goes_on(self, other) {
            return Some(self.clone());
        }
        if goes_on(other, self) {
            return Some(other.clone());
        }
        let both = format!("{}\n{DIVIDER}\n{}", self.0, other.0);
        (both.chars().count() <= LONGEST_NOTE).then_some(Self(both))
    }

    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its lines.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.0.lines()
    }
}

/// A change of one thing that an item is marked with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Sets the bookmark, or takes it off.
    Bookmark(bool),
    /// Marks as read, or as unread.
    Read(bool),
    /// Puts a tag on, or takes it off.
    Tag(Tag, bool),
    /// Puts this note in the place of the one before, or takes it away.
    Note(Option<Note>),
}

impl Change {
    /// Makes the change.
    pub fn apply(&self, marks: &mut Marks) {
        match self {
            Self::Bookmark(on) => marks.bookmarked = *on,
            Self::Read(on) => marks.read = *on,
            Self::Note(note) => marks.note.clone_from(note),
            Self::Tag(tag, on) => {
                marks.tags.retain(|known| !known.is(tag));
                if *on {
                    marks.tags.push(tag.clone());
                    marks.tags.sort_by_key(Tag::name);
                }
            }
        }
    }

    /// The change that leads back to `marks`.
    #[must_use]
    pub fn back_to(&self, marks: &Marks) -> Self {
        match self {
            Self::Bookmark(_) => Self::Bookmark(marks.bookmarked),
            Self::Read(_) => Self::Read(marks.read),
            Self::Note(_) => Self::Note(marks.note.clone()),
            Self::Tag(tag, _) => match marks.tags.iter().find(|known| known.is(tag)) {
                Some(before) => Self::Tag(before.clone(), true),
                None => Self::Tag(tag.clone(), false),
            },
        }
    }

    /// Whether an item with these marks is as the change would have it.
    #[must_use]
    pub fn holds(&self, marks: &Marks) -> bool {
        match self {
            Self::Bookmark(on) => marks.bookmarked == *on,
            Self::Read(on) => marks.read == *on,
            Self::Note(note) => marks.note == *note,
            Self::Tag(tag, on) => marks.tags.iter().any(|known| known.is(tag)) == *on,
        }
    }
}

/// All marks of an item, each with the time of its last change, as they are written to a file and merged from one. What was taken
/// off is told too. Times are RFC 3339.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkRecord {
    /// Version of this shape: 1.
    pub schema: u32,
    /// Name of the publication, normalised.
    pub publication: String,
    /// Number of the issue.
    pub issue: u32,
    /// The headline, normalised: what the marks hang on.
    pub headline: String,
    /// 0 for the first item of the issue with this headline, 1 for the second …
    #[serde(default)]
    pub nth: u32,
    /// The headline as it was printed.
    pub printed: String,
    /// The bookmark.
    #[serde(default)]
    pub bookmarked: bool,
    /// When it was set or taken off; none if it never was.
    #[serde(default)]
    pub bookmarked_at: Option<String>,
    /// The read state.
    #[serde(default)]
    pub read: bool,
    /// When it was changed.
    #[serde(default)]
    pub read_at: Option<String>,
    /// How far the item was read: characters of its text above the screen; none for its beginning.
    #[serde(default)]
    pub place: Option<u32>,
    /// When it was left there.
    #[serde(default)]
    pub placed_at: Option<String>,
    /// The note.
    #[serde(default)]
    pub note: Option<String>,
    /// When it was written, changed or taken away.
    #[serde(default)]
    pub noted_at: Option<String>,
    /// Tags, also those that were taken off, in the order of their normalised forms.
    #[serde(default)]
    pub tags: Vec<TagRecord>,
    /// Fixes, also those that were undone, in the order of what they correct.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fixes: Vec<FixRecord>,
}

/// A tag of an item with the time of its last change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagRecord {
    /// As typed.
    pub tag: String,
    /// Whether the item has it; if not, it was taken off.
    pub present: bool,
    /// When it was put on or taken off.
    pub changed_at: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_one_word_known_without_regard_to_case_and_width() {
        assert_eq!(Tag::new(" #跟踪 ").unwrap().as_str(), "跟踪");
        assert!(Tag::new("ＡI").unwrap().is(&Tag::new("ai").unwrap()));
        assert_eq!(Tag::new("# \u{200b}"), Err(TagError::Empty));
        assert_eq!(Tag::new("甲 乙"), Err(TagError::Several));
        assert_eq!(Tag::new(&"长".repeat(41)), Err(TagError::TooLong));
        let tags = Tag::of_line("跟踪，#重点  ai、AI").unwrap();
        let tags: Vec<&str> = tags.iter().map(Tag::as_str).collect();
        assert_eq!(tags, ["跟踪", "重点", "ai"]);
    }

    #[test]
    fn a_note_keeps_its_lines_and_nothing_that_does_not_show() {
        let note = Note::new("\r\n \n甲\u{1b}[31m红\r\n\r\n 乙 \n\n").unwrap();
        assert_eq!(note.as_str(), "甲红\n\n 乙");
        assert_eq!(Note::new(" \n\t\n"), None);
        let long = Note::new(&"长".repeat(LONGEST_NOTE + 1)).unwrap();
        assert_eq!(long.as_str().chars().count(), LONGEST_NOTE);
    }

    #[test]
    fn two_notes_in_one_lose_nothing_of_either() {
        let note = |text: &str| Note::new(text).unwrap();
        let both = note("甲\n乙").with(&note("丙")).unwrap();
        assert_eq!(both.as_str(), "甲\n乙\n----------\n丙");
        assert_eq!(note("甲\n乙").with(&note("甲")), Some(note("甲\n乙")));
        assert_eq!(note("甲").with(&note("甲\n乙")), Some(note("甲\n乙")));
        assert_ne!(note("甲乙").with(&note("甲")), Some(note("甲乙")));
        assert_eq!(note("丙").with(&both), Some(both.clone()));
        let more = both.with(&note("丁")).unwrap();
        assert_eq!(more.with(&note("丙")), Some(more.clone()));
        let long = note(&"长".repeat(LONGEST_NOTE - 5));
        assert_eq!(long.with(&note("短")), None);
    }

    #[test]
    fn a_change_leads_there_and_back() {
        let mut marks = Marks::default();
        let tag = Tag::new("跟踪").unwrap();
        let changes = [
            Change::Bookmark(true),
            Change::Read(true),
            Change::Tag(tag.clone(), true),
            Change::Note(Note::new("记")),
        ];
        for change in changes {
            let (before, back) = (marks.clone(), change.back_to(&marks));
            assert!(!change.holds(&marks));
            change.apply(&mut marks);
            assert!(change.holds(&marks));
            let mut undone = marks.clone();
            back.apply(&mut undone);
            assert_eq!(undone, before);
        }
        assert_eq!(marks.tags, [tag]);
    }
}
