//! The tags of the library, each with how often it is used.
//! Must not know how tags are typed, ordered on a screen or completed.

use super::heads::ITEMS_OF_ISSUE;
use super::{Searcher, Store, StoreError};
use crate::issue::Tag;
use rusqlite::{Connection, OptionalExtension};

/// A tag, and how many items have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagCount {
    /// The tag, as it was typed first.
    pub tag: Tag,
    /// How many items of the library have it.
    pub items: u32,
    /// How many items have it that the library does not hold.
    pub absent: u32,
}

impl TagCount {
    /// How many items have it in all.
    #[must_use]
    pub const fn all(&self) -> u32 {
        self.items + self.absent
    }
}

impl Searcher {
    /// The tags that any item has, most used first, of those used as often in the order of their normalised forms.
    ///
    /// # Errors
    /// The marks cannot be read.
    pub fn tags(&self) -> Result<Vec<TagCount>, StoreError> {
        // Beside min() SQLite takes the other columns from the row that has it: <https://www.sqlite.org/lang_select.html#bareagg>.
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT name, tag, min(changed_at), count(*) AS all_of_it, sum(EXISTS ( \
                SELECT 1 FROM publication \
                CROSS JOIN issue ON issue.publication = publication.id AND issue.number = tag.number \
                CROSS JOIN item ON {of_issue} AND item.key_headline = tag.headline AND item.key_nth = tag.nth \
                WHERE publication.key = tag.publication)) \
             FROM marks.tag WHERE present = 1 GROUP BY name ORDER BY all_of_it DESC, name",
            of_issue = *ITEMS_OF_ISSUE
        ))?;
        let rows = statement.query_map([], |row| {
            let (tag, all, items): (String, u32, u32) = (row.get(1)?, row.get(3)?, row.get(4)?);
            // What is no tag by today's rules is left out.
            Ok(Tag::new(&tag).ok().map(|tag| TagCount {
                tag,
                items,
                absent: all.saturating_sub(items),
            }))
        })?;
        rows.filter_map(|row| row.map_err(StoreError::from).transpose())
            .collect()
    }
}

impl Store {
    /// The tag as it is in use, in the spelling in which it was typed first; none where no item has it.
    ///
    /// # Errors
    /// The marks cannot be read.
    pub fn tag_in_use(&self, tag: &Tag) -> Result<Option<Tag>, StoreError> {
        in_use(&self.connection, tag)
    }
}

/// The tag as it is in use: whoever types it in another width or case means this one.
pub(super) fn in_use(connection: &Connection, tag: &Tag) -> Result<Option<Tag>, StoreError> {
    let sql =
        "SELECT tag FROM marks.tag WHERE name = ?1 AND present = 1 ORDER BY changed_at LIMIT 1";
    let found: Option<String> = connection
        .prepare_cached(sql)?
        .query_row([tag.name()], |row| row.get(0))
        .optional()?;
    Ok(found.and_then(|tag| Tag::new(&tag).ok()))
}
