//! Marks whose item the library does not hold: the issue was removed or never imported here, or its copy lacks the item.
//! Must not lose one: they wait under their names until the item comes back.

use super::carried::IS_CARRIED;
use super::{Searcher, StoreError, heads};
use crate::issue::{IssueNumber, ItemKey, Marks, Note};
use rusqlite::{Connection, Row, params};
use std::sync::LazyLock;

/// What an item is marked with that the library does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detached {
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

/// The columns that [`detached`] reads, of marks without item. What is only read, or left at a place, is not told: nobody would
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

impl Searcher {
    /// All bookmarks, tags and notes without item, newest issue number first, then by headline.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn detached(&self) -> Result<Vec<Detached>, StoreError> {
        let sql = format!(
            "{} ORDER BY mark.publication, mark.number DESC, mark.headline, mark.nth",
            *DETACHED
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([], detached)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// How many bookmarks, tags and notes of an issue have no item; by its publication's normalised name and number.
pub(super) fn count(
    connection: &Connection,
    publication: &str,
    number: IssueNumber,
) -> Result<usize, StoreError> {
    let sql = format!(
        "SELECT count(*) FROM ({} AND mark.publication = ?1 AND mark.number = ?2)",
        *DETACHED
    );
    let count: i64 = connection
        .prepare_cached(&sql)?
        .query_row(params![publication, number.0], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or(0))
}

fn detached(row: &Row<'_>) -> rusqlite::Result<Detached> {
    Ok(Detached {
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
