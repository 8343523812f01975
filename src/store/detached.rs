//! Marks whose item the library does not hold: the issue was removed or never imported here, or its copy lacks the item.
//! Must not lose one: they wait under their names until the item comes back.

use super::carried::IS_CARRIED;
use super::{Searcher, StoreError, heads};
use crate::issue::{DetachedName, IssueNumber, ItemKey, Marks, Note};
use rusqlite::{Connection, Row, ToSql};
use std::sync::LazyLock;

/// What an item is marked with that the library does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detached {
    /// What it is called where it is to be typed.
    pub name: DetachedName,
    /// The item's name for marks.
    pub key: ItemKey,
    /// Its headline, as it was printed when it was marked last.
    pub printed: String,
    /// Name of its publication: as printed where the library knows it, else as it is kept, normalised.
    pub publication: String,
    /// Whether the library holds the issue, without the item.
    pub has_issue: bool,
    /// The marks.
    pub marks: Marks,
}

/// The columns that [`waiting`] reads, of marks without item. What is only read, or left at a place, is not told: nobody would
/// miss it.
static DETACHED: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT mark.publication, mark.number, mark.headline, mark.nth, mark.printed, mark.bookmarked, mark.read, mark.note, \
         (SELECT group_concat(tag.tag, char(10) ORDER BY tag.name) FROM {tags}), \
         coalesce(publication.name, mark.publication), issue.id IS NOT NULL \
         FROM marks.mark LEFT JOIN publication ON publication.key = mark.publication \
         LEFT JOIN issue ON issue.publication = publication.id AND issue.number = mark.number \
         WHERE {missing} AND (mark.bookmarked = 1 OR mark.note IS NOT NULL OR EXISTS (SELECT 1 FROM {tags}))",
        tags = TAGS_OF_MARK,
        missing = *MISSING
    )
});

/// The tags of a row of `mark`, for a subquery.
const TAGS_OF_MARK: &str = "marks.tag WHERE tag.publication = mark.publication AND tag.number = mark.number \
    AND tag.headline = mark.headline AND tag.nth = mark.nth AND tag.present = 1";

/// That the library has no item of a mark's name; `issue` is its issue, or NULL.
static MISSING: LazyLock<String> = LazyLock::new(|| {
    format!(
        "NOT EXISTS (SELECT 1 FROM item WHERE {} AND item.key_headline = mark.headline AND item.key_nth = mark.nth) AND NOT {}",
        *heads::ITEMS_OF_ISSUE,
        *IS_CARRIED
    )
});

/// When it was marked first, of the marks that are there: items are mostly marked as they are read, and where they stood is known no
/// more.
static MARKED: LazyLock<String> = LazyLock::new(|| {
    let when = |state: &str, time: &str| format!("coalesce(iif({state}, mark.{time}, NULL), '~')");
    format!(
        "min({}, {}, coalesce((SELECT min(tag.changed_at) FROM {TAGS_OF_MARK}), '~'))",
        when("mark.bookmarked = 1", "bookmarked_at"),
        when("mark.note IS NOT NULL", "noted_at")
    )
});

impl Searcher {
    /// All bookmarks, tags and notes without item, newest issue number first, of an issue in the order in which they were marked.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn detached(&self) -> Result<Vec<Detached>, StoreError> {
        all(&self.connection)
    }

    /// The marks without item of this name; none where nothing of the name waits.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn detached_named(&self, name: &DetachedName) -> Result<Option<Detached>, StoreError> {
        let found = select(&self.connection, "AND mark.number = ?1", &[&name.issue.0])?;
        let mut found = found.into_iter().filter(|one| name.names(&one.key));
        // A name that two have by now names neither.
        Ok(found.next().filter(|_| found.next().is_none()))
    }
}

/// All of them, of any issue.
pub(super) fn all(connection: &Connection) -> Result<Vec<Detached>, StoreError> {
    select(connection, "", &[])
}

/// Bookmarks, tags and notes of an issue that have no item; by its publication's normalised name and number.
pub(super) fn of_issue(
    connection: &Connection,
    publication: &str,
    number: IssueNumber,
) -> Result<Vec<Detached>, StoreError> {
    select(
        connection,
        "AND mark.publication = ?1 AND mark.number = ?2",
        &[&publication, &number.0],
    )
}

/// Marks without item for which `also` holds, each with its name.
fn select(
    connection: &Connection,
    also: &str,
    values: &[&dyn ToSql],
) -> Result<Vec<Detached>, StoreError> {
    let sql = format!(
        "{} {also} ORDER BY mark.publication, mark.number DESC, {}, mark.headline, mark.nth",
        *DETACHED, *MARKED
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(values, waiting)?;
    let waiting: Vec<Waiting> = rows.collect::<Result<_, _>>()?;
    let names = DetachedName::all(waiting.iter().map(|one| &one.key));
    let pairs = waiting.into_iter().zip(names);
    Ok(pairs.map(|(one, name)| one.named(name)).collect())
}

/// A row of [`DETACHED`], which has no name as long as the others are not known.
struct Waiting {
    key: ItemKey,
    printed: String,
    publication: String,
    has_issue: bool,
    marks: Marks,
}

impl Waiting {
    fn named(self, name: DetachedName) -> Detached {
        Detached {
            name,
            key: self.key,
            printed: self.printed,
            publication: self.publication,
            has_issue: self.has_issue,
            marks: self.marks,
        }
    }
}

fn waiting(row: &Row<'_>) -> rusqlite::Result<Waiting> {
    Ok(Waiting {
        key: ItemKey {
            publication: row.get(0)?,
            issue: IssueNumber(row.get(1)?),
            headline: row.get(2)?,
            nth: row.get(3)?,
        },
        printed: row.get(4)?,
        marks: Marks {
            bookmarked: row.get(5)?,
            read: row.get(6)?,
            note: row.get_ref(7)?.as_str_or_null()?.and_then(Note::new),
            tags: heads::tags(row.get_ref(8)?.as_str_or_null()?),
        },
        publication: row.get(9)?,
        has_issue: row.get(10)?,
    })
}
