//! Records before they are merged: names, times and tags in the form in which marks are kept, or what makes no sense.
//! Must not let pass what a look over the marks would find fault with.

use super::RECORD_SCHEMA;
use crate::issue::{FixRecord, LONGEST_NOTE, MarkRecord, Note, Tag, TagRecord};
use crate::query::{QueryName, QueryRecord};
use crate::store::order::MAX_NUMBER;
use crate::store::{marks, rules};
use crate::text::{clean, normalise};

/// The time of what a record states without one: earlier than any.
const NEVER: &str = "1970-01-01T00:00:00.000Z";

/// What of a record makes no sense.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// Its shape is of a version that is not known.
    #[error("schema {0} is not known")]
    Schema(u32),
    /// It names no item: publication or headline is empty, or no text to be found by.
    #[error("it names no item")]
    NoItem,
    /// The number of its issue is larger than one can be.
    #[error("the issue number {0} is larger than {MAX_NUMBER}")]
    Number(u32),
    /// A time is none, as written.
    #[error("{0} is no time")]
    Time(String),
    /// A tag is none, as written.
    #[error("{0} is no tag")]
    Tag(String),
    /// A fix makes no sense, as what it is called.
    #[error("{0} is no fix")]
    Fix(String),
    /// A name of a saved query is none, as written.
    #[error("{0} is no name")]
    Name(String),
    /// Nothing is saved under a name, as written.
    #[error("nothing is saved as {0}")]
    NoQuery(String),
    /// The note has more characters than one can have: so many.
    #[error("the note has {0} characters, more than {LONGEST_NOTE}")]
    Note(usize),
}

/// A record with names and times in the form in which marks are kept; what is written otherwise means the same.
///
/// # Errors
/// What makes no sense.
pub fn checked(record: &MarkRecord) -> Result<MarkRecord, RecordError> {
    if record.schema != RECORD_SCHEMA {
        return Err(RecordError::Schema(record.schema));
    }
    let headline = normalise(&clean(&record.headline));
    let publication = normalise(&clean(&record.publication));
    if headline.is_empty() || publication.is_empty() {
        return Err(RecordError::NoItem);
    }
    if !rules::is_number(record.issue.into()) {
        return Err(RecordError::Number(record.issue));
    }
    if !rules::is_name(
        (&publication, &headline),
        record.issue.into(),
        record.nth.into(),
    ) {
        return Err(RecordError::NoItem);
    }
    let printed = clean(record.printed.trim()).into_owned();
    let tags = record.tags.iter().map(tag).collect::<Result<_, _>>()?;
    let fixes = record.fixes.iter().map(fix).collect::<Result<_, _>>()?;
    let note = note(record.note.as_deref())?;
    Ok(MarkRecord {
        schema: RECORD_SCHEMA,
        publication,
        printed: if printed.is_empty() {
            headline.clone()
        } else {
            printed
        },
        headline,
        bookmarked_at: time_of(record.bookmarked_at.as_deref(), record.bookmarked)?,
        read_at: time_of(record.read_at.as_deref(), record.read)?,
        place: record.place.filter(|place| *place > 0),
        placed_at: time_of(record.placed_at.as_deref(), record.place.is_some())?,
        noted_at: time_of(record.noted_at.as_deref(), note.is_some())?,
        note: note.map(|note| note.as_str().to_owned()),
        tags: sorted(tags),
        fixes: sorted_fixes(fixes),
        ..*record
    })
}

/// The same of a saved query. Whether its text is one is not looked at: a newer version may have written it.
///
/// # Errors
/// What makes no sense.
pub fn checked_query(record: &QueryRecord) -> Result<QueryRecord, RecordError> {
    if record.schema != RECORD_SCHEMA {
        return Err(RecordError::Schema(record.schema));
    }
    let wrong = |_| RecordError::Name(record.name.clone());
    let name = QueryName::new(&record.name).map_err(wrong)?;
    let spaced = record.query.replace(char::is_whitespace, " ");
    let query = clean(&spaced).trim().to_owned();
    if query.is_empty() {
        return Err(RecordError::NoQuery(record.name.clone()));
    }
    Ok(QueryRecord {
        name: name.as_str().to_owned(),
        query,
        changed_at: time(&record.changed_at)?,
        ..*record
    })
}

fn tag(written: &TagRecord) -> Result<TagRecord, RecordError> {
    let wrong = || RecordError::Tag(written.tag.clone());
    let tag = Tag::new(&written.tag).map_err(|_| wrong())?;
    if !rules::is_tag((&tag.name(), tag.as_str())) {
        return Err(wrong());
    }
    Ok(TagRecord {
        tag: tag.as_str().to_owned(),
        present: written.present,
        changed_at: time(&written.changed_at)?,
    })
}

/// A fix as a newer version may write it stays as it is; one that is known has to make sense.
fn fix(written: &FixRecord) -> Result<FixRecord, RecordError> {
    if !rules::is_fix(written) {
        return Err(RecordError::Fix(written.what.clone()));
    }
    Ok(FixRecord {
        changed_at: time(&written.changed_at)?,
        ..written.clone()
    })
}

/// The note of a text. One that is too long is not cut: what is missing would not be missed before it is too late.
fn note(written: Option<&str>) -> Result<Option<Note>, RecordError> {
    let length = written.map_or(0, |text| text.trim().chars().count());
    if length > LONGEST_NOTE {
        return Err(RecordError::Note(length));
    }
    Ok(written.and_then(Note::new))
}

/// The time of a state; without one, it is older than any, if it says anything.
fn time_of(written: Option<&str>, says: bool) -> Result<Option<String>, RecordError> {
    match written {
        Some(written) => time(written).map(Some),
        None => Ok(says.then(|| NEVER.to_owned())),
    }
}

fn time(written: &str) -> Result<String, RecordError> {
    let time: Result<jiff::Timestamp, _> = written.trim().parse();
    let time = time.map(marks::written).ok();
    time.filter(|time| rules::is_time(time))
        .ok_or_else(|| RecordError::Time(written.to_owned()))
}

/// Tags by name; of those of one name the later one.
pub(in crate::store) fn sorted(mut tags: Vec<TagRecord>) -> Vec<TagRecord> {
    let by = |tag: &TagRecord| {
        (
            normalise(&tag.tag),
            tag.changed_at.clone(),
            tag.present,
            tag.tag.clone(),
        )
    };
    tags.sort_by_cached_key(|tag| std::cmp::Reverse(by(tag)));
    tags.dedup_by_key(|tag| normalise(&tag.tag));
    tags.reverse();
    tags
}

/// Fixes by what they correct; of those of one target the later one.
pub(in crate::store) fn sorted_fixes(mut fixes: Vec<FixRecord>) -> Vec<FixRecord> {
    let by = |fix: &FixRecord| {
        (
            fix.what.clone(),
            fix.changed_at.clone(),
            fix.present,
            fix.value.clone(),
        )
    };
    fixes.sort_by_cached_key(|fix| std::cmp::Reverse(by(fix)));
    fixes.dedup_by(|one, other| one.what == other.what);
    fixes.reverse();
    fixes
}
