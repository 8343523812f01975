//! Lists: issues and items without their bodies, with what the reader marked.
//! Must not write, and must not sort what the ids already order.

use super::{Searcher, StoreError, order, stated};
use crate::issue::{
    Corrected, IssueHead, IssueId, IssueLabel, IssueNumber, ItemHead, ItemId, ItemKey, ItemOrdinal,
    Marks, Note, SectionOrdinal, Tag,
};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The columns that [`item_head`] reads. `shared`: other publications have an issue of this number.
pub(super) static COLUMNS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "item.id, item.section, item.ordinal, item.headline, item.page, item.source, \
         item.key_headline, item.key_nth, section.title, publication.name, issue.number, mark.bookmarked, mark.read, \
         publication.key, EXISTS (SELECT 1 FROM issue AS other WHERE other.number = issue.number AND other.publication <> issue.publication), \
         item.diagnostic_count, mark.note, \
         iif(mark.publication IS NULL, NULL, (SELECT group_concat(tag.tag, char(10) ORDER BY tag.name) FROM marks.tag \
         WHERE tag.publication = mark.publication AND tag.number = mark.number AND tag.headline = mark.headline \
         AND tag.nth = mark.nth AND tag.present = 1)), {}, item.corrected",
        stated::COLUMNS
    )
});

/// The tags that the item of [`FROM_ITEMS`] has, for a subquery that goes on with AND.
pub(super) const TAGS_OF_ITEM: &str = "marks.tag WHERE tag.publication = publication.key AND tag.number = issue.number \
    AND tag.headline = item.key_headline AND tag.nth = item.key_nth AND tag.present = 1";

/// Item rows with all that belongs to them. CROSS JOIN keeps SQLite to this order: the items are what is asked for.
pub(super) static FROM_ITEMS: LazyLock<String> = LazyLock::new(|| {
    let issue = order::issue_of_sql("item.id");
    format!(
        "item \
         CROSS JOIN issue ON issue.id = {issue} \
         CROSS JOIN publication ON publication.id = issue.publication \
         CROSS JOIN section ON section.issue = issue.id AND section.ordinal = item.section \
         LEFT JOIN marks.mark ON mark.publication = publication.key AND mark.number = issue.number \
             AND mark.headline = item.key_headline AND mark.nth = item.key_nth"
    )
});

/// Which items an issue has, where the issue is found first.
pub(super) static ITEMS_OF_ISSUE: LazyLock<String> =
    LazyLock::new(|| order::items_of_sql("item.id", "issue.id"));

/// The columns that [`issue_head`] reads.
const ISSUES: &str = "SELECT issue.id, publication.name, issue.number, issue.year, issue.month, issue.week, \
    issue.items, issue.imported, source.path, issue.diagnostic_count \
    FROM issue CROSS JOIN publication ON publication.id = issue.publication \
    CROSS JOIN source ON source.id = issue.source";

impl Searcher {
    /// All issues, newest first. Counts the marks of the whole library: 0.1 s where 100,000 items are marked.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn issues(&self) -> Result<Vec<IssueHead>, StoreError> {
        let snapshot = self.connection.unchecked_transaction()?;
        let marked = marked(&snapshot)?;
        let mut statement = snapshot.prepare_cached(&format!("{ISSUES} ORDER BY issue.id DESC"))?;
        let rows = statement.query_map([], |row| {
            let id = IssueId(row.get(0)?);
            issue_head(row, marked.get(&id).copied().unwrap_or_default())
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The newest issue; none where the library is empty. Looks at its row alone, and at no mark.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn newest(&self) -> Result<Option<IssueId>, StoreError> {
        let newest: Option<i64> = self
            .connection
            .prepare_cached("SELECT max(id) FROM issue")?
            .query_row([], |row| row.get(0))?;
        Ok(newest.map(IssueId))
    }

    /// The issue of this row; none where there is none. Does not look at any other.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn issue_head(&self, id: IssueId) -> Result<Option<IssueHead>, StoreError> {
        let snapshot = self.connection.unchecked_transaction()?;
        let (first, last) = order::items_of(id);
        let marks = snapshot
            .prepare_cached(&format!(
                "SELECT coalesce(sum(mark.read), 0), coalesce(sum(mark.bookmarked), 0) FROM {from} \
                 WHERE item.id BETWEEN ?1 AND ?2",
                from = *FROM_ITEMS
            ))?
            .query_row([first, last], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(snapshot
            .prepare_cached(&format!("{ISSUES} WHERE issue.id = ?1"))?
            .query_row([id.0], |row| issue_head(row, marks))
            .optional()?)
    }

    /// The items of an issue, in the order of the body; none where there is no such issue.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn heads(&self, issue: IssueId) -> Result<Vec<ItemHead>, StoreError> {
        let (first, last) = order::items_of(issue);
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {columns} FROM {from} WHERE item.id BETWEEN ?1 AND ?2 ORDER BY item.id DESC",
            columns = *COLUMNS,
            from = *FROM_ITEMS
        ))?;
        let rows = statement.query_map([first, last], item_head)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The item of this row; none where there is none.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn head(&self, id: ItemId) -> Result<Option<ItemHead>, StoreError> {
        head(&self.connection, id)
    }

    /// The items of these rows, in this order; a row that is gone is left out.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn heads_by_id(&self, ids: &[ItemId]) -> Result<Vec<ItemHead>, StoreError> {
        let snapshot = self.connection.unchecked_transaction()?;
        let found = ids.iter().map(|id| head(&snapshot, *id));
        found.filter_map(Result::transpose).collect()
    }

    /// The bookmarked items that the library holds, in the display order.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn bookmarks(&self) -> Result<Vec<ItemHead>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {columns} FROM marks.mark \
             CROSS JOIN publication ON publication.key = mark.publication \
             CROSS JOIN issue ON issue.publication = publication.id AND issue.number = mark.number \
             CROSS JOIN item ON {of_issue} \
                 AND item.key_headline = mark.headline AND item.key_nth = mark.nth \
             CROSS JOIN section ON section.issue = issue.id AND section.ordinal = item.section \
             WHERE mark.bookmarked = 1 ORDER BY item.id DESC",
            columns = *COLUMNS,
            of_issue = *ITEMS_OF_ISSUE
        ))?;
        let rows = statement.query_map([], item_head)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Hands at most `most` headlines of the library to `visit`, those behind an item or from the first one on, in the display order;
    /// how many. Nothing is collected.
    ///
    /// `visit` must not write to the library: in memory, a write would wait for this reading to end.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn headlines(
        &self,
        behind: Option<ItemId>,
        most: usize,
        mut visit: impl FnMut(ItemId, &str),
    ) -> Result<usize, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, headline FROM item WHERE id < ?1 ORDER BY id DESC LIMIT ?2",
        )?;
        let behind = behind.map_or(i64::MAX, |item| item.0);
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let mut rows = statement.query([behind, most])?;
        let mut handed = 0;
        while let Some(row) = rows.next()? {
            let headline = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
            visit(ItemId(row.get(0)?), headline);
            handed += 1;
        }
        Ok(handed)
    }

    /// A number that changes when another connection, of this program or of another, has changed the content; marks do not
    /// count.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn content_version(&self) -> Result<i64, StoreError> {
        // It only ever grows: <https://www.sqlite.org/pragma.html#pragma_data_version>.
        Ok(self
            .connection
            .pragma_query_value(Some("main"), "data_version", |row| row.get(0))?)
    }
}

/// How many items of each issue are read and bookmarked; issues without marks are left out.
fn marked(connection: &Connection) -> Result<HashMap<IssueId, (u32, u32)>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT issue.id, sum(mark.read), sum(mark.bookmarked) \
         FROM (SELECT DISTINCT publication, number FROM marks.mark) AS issue_mark \
         CROSS JOIN publication ON publication.key = issue_mark.publication \
         CROSS JOIN issue ON issue.publication = publication.id AND issue.number = issue_mark.number \
         CROSS JOIN item ON {of_issue} \
         CROSS JOIN marks.mark ON mark.publication = publication.key AND mark.number = issue.number \
             AND mark.headline = item.key_headline AND mark.nth = item.key_nth \
         GROUP BY issue.id",
        of_issue = *ITEMS_OF_ISSUE
    ))?;
    let rows = statement.query_map([], |row| {
        Ok((IssueId(row.get(0)?), (row.get(1)?, row.get(2)?)))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The head of one item.
pub(super) fn head(connection: &Connection, id: ItemId) -> Result<Option<ItemHead>, StoreError> {
    Ok(connection
        .prepare_cached(&format!(
            "SELECT {columns} FROM {from} WHERE item.id = ?1",
            columns = *COLUMNS,
            from = *FROM_ITEMS
        ))?
        .query_row([id.0], item_head)
        .optional()?)
}

/// The item of this name; none where the library does not hold it.
pub(super) fn head_named(
    connection: &Connection,
    key: &ItemKey,
) -> Result<Option<ItemHead>, StoreError> {
    let sql = format!(
        "SELECT {columns} FROM publication \
         CROSS JOIN issue ON issue.publication = publication.id AND issue.number = ?2 \
         CROSS JOIN item ON {of_issue} AND item.key_headline = ?3 AND item.key_nth = ?4 \
         CROSS JOIN section ON section.issue = issue.id AND section.ordinal = item.section \
         LEFT JOIN marks.mark ON mark.publication = ?1 AND mark.number = ?2 AND mark.headline = ?3 AND mark.nth = ?4 \
         WHERE publication.key = ?1",
        columns = *COLUMNS,
        of_issue = *ITEMS_OF_ISSUE
    );
    Ok(connection
        .prepare_cached(&sql)?
        .query_row(
            params![key.publication, key.issue.0, key.headline, key.nth],
            item_head,
        )
        .optional()?)
}

/// The headline of the item of this name, as printed; none where the library does not hold it. The marks need not be attached.
pub(super) fn headline_named(
    connection: &Connection,
    key: &ItemKey,
) -> Result<Option<String>, StoreError> {
    Ok(named(connection, key)?.map(|(_, headline)| headline))
}

/// The row of the item of this name, likewise.
pub(super) fn item_named(
    connection: &Connection,
    key: &ItemKey,
) -> Result<Option<ItemId>, StoreError> {
    Ok(named(connection, key)?.map(|(id, _)| id))
}

fn named(connection: &Connection, key: &ItemKey) -> Result<Option<(ItemId, String)>, StoreError> {
    let sql = format!(
        "SELECT item.id, item.headline FROM publication \
         CROSS JOIN issue ON issue.publication = publication.id AND issue.number = ?2 \
         CROSS JOIN item ON {} AND item.key_headline = ?3 AND item.key_nth = ?4 WHERE publication.key = ?1",
        *ITEMS_OF_ISSUE
    );
    let named = params![key.publication, key.issue.0, key.headline, key.nth];
    let mut statement = connection.prepare_cached(&sql)?;
    let found = statement.query_row(named, |row| Ok((ItemId(row.get(0)?), row.get(1)?)));
    Ok(found.optional()?)
}

/// The name of an issue, from five columns: publication, number, year, month, week.
pub(super) fn issue_label(row: &Row<'_>, first: usize) -> rusqlite::Result<IssueLabel> {
    Ok(IssueLabel {
        publication: row.get(first)?,
        number: IssueNumber(row.get(first + 1)?),
        year: row.get(first + 2)?,
        month: row.get(first + 3)?,
        week: row.get(first + 4)?,
    })
}

fn issue_head(row: &Row<'_>, (read, bookmarked): (u32, u32)) -> rusqlite::Result<IssueHead> {
    let items: u32 = row.get(6)?;
    Ok(IssueHead {
        id: IssueId(row.get(0)?),
        label: issue_label(row, 1)?,
        items,
        unread: items.saturating_sub(read),
        bookmarked,
        diagnostics: row.get(9)?,
        imported: row.get(7)?,
        source: row.get(8)?,
    })
}

/// Tags from lines: what is none of ours by now is left out.
pub(super) fn tags(lines: Option<&str>) -> Vec<Tag> {
    let lines = lines.unwrap_or_default().lines();
    lines.filter_map(|tag| Tag::new(tag).ok()).collect()
}

/// What of an item is corrected. What cannot be read must not stand between the reader and the text.
fn corrected(json: Option<&str>) -> Corrected {
    let corrected = json.map(serde_json::from_str);
    corrected.and_then(Result::ok).unwrap_or_default()
}

pub(super) fn item_head(row: &Row<'_>) -> rusqlite::Result<ItemHead> {
    Ok(ItemHead {
        id: ItemId(row.get(0)?),
        key: ItemKey {
            publication: row.get(13)?,
            issue: IssueNumber(row.get(10)?),
            headline: row.get(6)?,
            nth: row.get(7)?,
        },
        publication: row.get(9)?,
        shared_number: row.get(14)?,
        section_ordinal: SectionOrdinal(row.get(1)?),
        ordinal: ItemOrdinal(row.get(2)?),
        section: row.get(8)?,
        headline: row.get(3)?,
        page: row.get(4)?,
        source: row.get(5)?,
        diagnostics: row.get(15)?,
        facts: stated::read(row, 18)?,
        corrected: corrected(row.get_ref(18 + stated::COUNT)?.as_str_or_null()?),
        marks: Marks {
            bookmarked: row.get::<_, Option<bool>>(11)?.unwrap_or(false),
            read: row.get::<_, Option<bool>>(12)?.unwrap_or(false),
            tags: tags(row.get_ref(17)?.as_str_or_null()?),
            note: row.get_ref(16)?.as_str_or_null()?.and_then(Note::new),
        },
    })
}
