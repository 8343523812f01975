//! Reading back what was imported: one item with its body, a whole issue, the kept pages.
//! Must not write.

use super::{SourceId, Store, StoreError, heads, order, stated};
use crate::issue::{
    Address, Diagnostic, Facts, Issue, IssueId, IssueLabel, IssueNumber, Item, ItemHead, ItemId,
    ItemKey, ItemOrdinal, Page, Section, SectionOrdinal,
};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::de::DeserializeOwned;
use std::sync::LazyLock;

/// An item whole, with what surrounds it.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemView {
    /// As lists show it, marks included.
    pub head: ItemHead,
    /// Its issue.
    pub issue: IssueLabel,
    /// As printed.
    pub item: Item,
    /// What the parser could not take at its word about this item.
    pub diagnostics: Vec<Diagnostic>,
    /// How far it was read when it was left last: characters of its text above the screen.
    pub place: u32,
}

/// The document that an issue was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// Its row.
    pub source: SourceId,
    /// Where it was.
    pub path: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

impl Store {
    /// The item of this row; none where there is none (any more).
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn item(&self, id: ItemId) -> Result<Option<ItemView>, StoreError> {
        let snapshot = self.connection.unchecked_transaction()?;
        let Some(head) = heads::head(&snapshot, id)? else {
            return Ok(None);
        };
        let Some(issue) = label(&snapshot, order::issue_of(id))? else {
            return Ok(None);
        };
        let item = snapshot
            .prepare_cached(&format!("SELECT {} WHERE item.id = ?1", *ITEM))?
            .query_row([id.0], item)??;
        // Those of the whole issue are read only where some of them are this item's.
        let diagnostics = match head.diagnostics {
            0 => vec![],
            _ => about(diagnostics(&snapshot, order::issue_of(id))?, &head),
        };
        let place = place(&snapshot, &head.key)?;
        Ok(Some(ItemView {
            head,
            issue,
            item,
            diagnostics,
            place,
        }))
    }

    /// The issue of this row as it was imported, with the publication's name as first printed; none where there is none.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn issue(&self, id: IssueId) -> Result<Option<Issue>, StoreError> {
        let snapshot = self.connection.unchecked_transaction()?;
        issue(&snapshot, id)
    }

    /// The document that an issue was read from, and where it was then; none where there is no such issue.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn provenance(&self, issue: IssueId) -> Result<Option<Provenance>, StoreError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT source.id, source.path, source.sha256 FROM issue JOIN source ON source.id = issue.source
                 WHERE issue.id = ?1",
            )?
            .query_row([issue.0], |row| {
                Ok(Provenance {
                    source: SourceId(row.get(0)?),
                    path: row.get(1)?,
                    sha256: row.get(2)?,
                })
            })
            .optional()?)
    }

    /// The pages of a document; none where no issue was read from it (any more).
    ///
    /// # Errors
    /// The library cannot be read, or the pages are damaged.
    pub fn kept_pages(&self, source: SourceId) -> Result<Option<Vec<Page>>, StoreError> {
        let packed: Option<Vec<u8>> = self
            .connection
            .prepare_cached("SELECT pages FROM source WHERE id = ?1")?
            .query_row([source.0], |row| row.get(0))
            .optional()?;
        packed.map(|packed| unpack(&packed)).transpose()
    }
}

/// The columns that [`item`] reads.
static ITEM: LazyLock<String> = LazyLock::new(|| {
    format!(
        "item.ordinal, item.headline, item.contents_headline, item.page, item.source, \
         body.lead, body.paragraphs, item.section, body.read, body.pictures, {} FROM item JOIN body ON body.id = item.id",
        stated::COLUMNS
    )
});

fn item(row: &Row<'_>) -> rusqlite::Result<Result<Item, StoreError>> {
    let paragraphs = serde_json::from_str(row.get_ref(6)?.as_str()?);
    // Where the words cannot be read, the facts are none the less what they are.
    let read = serde_json::from_str(row.get_ref(8)?.as_str()?).unwrap_or_default();
    // As little do those of a picture that cannot be shown stand between the reader and the text.
    let pictures = serde_json::from_str(row.get_ref(9)?.as_str()?).unwrap_or_default();
    let item = Item {
        ordinal: ItemOrdinal(row.get(0)?),
        headline: row.get(1)?,
        contents_headline: row.get(2)?,
        page: row.get(3)?,
        source: row.get(4)?,
        lead: row.get(5)?,
        paragraphs: vec![],
        pictures,
        facts: Facts {
            read,
            ..stated::read(row, 10)?
        },
    };
    Ok(paragraphs
        .map(|paragraphs| Item { paragraphs, ..item })
        .map_err(StoreError::from))
}

/// How far the item of this name was read.
fn place(connection: &Connection, key: &ItemKey) -> Result<u32, StoreError> {
    let place: Option<Option<u32>> = connection
        .prepare_cached(
            "SELECT place FROM marks.mark WHERE publication = ?1 AND number = ?2 AND headline = ?3 AND nth = ?4",
        )?
        .query_row(params![key.publication, key.issue.0, key.headline, key.nth], |row| row.get(0))
        .optional()?;
    Ok(place.flatten().unwrap_or(0))
}

/// The issue's name.
pub(super) fn label(
    connection: &Connection,
    id: IssueId,
) -> Result<Option<IssueLabel>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT publication.name, issue.number, issue.year, issue.month, issue.week \
             FROM issue JOIN publication ON publication.id = issue.publication WHERE issue.id = ?1",
        )?
        .query_row([id.0], |row| heads::issue_label(row, 0))
        .optional()?)
}

/// All diagnostics of an issue.
pub(super) fn diagnostics(
    connection: &Connection,
    id: IssueId,
) -> Result<Vec<Diagnostic>, StoreError> {
    let json: String = connection
        .prepare_cached("SELECT diagnostics FROM issue WHERE id = ?1")?
        .query_row([id.0], |row| row.get(0))?;
    read_diagnostics(&json)
}

/// Those about an item, with its address as it is in this library.
fn about(diagnostics: Vec<Diagnostic>, head: &ItemHead) -> Vec<Diagnostic> {
    let address = head.address();
    let is_own = |at: &Address| at.part == address.part;
    diagnostics
        .into_iter()
        .filter(|found| found.item.as_ref().is_some_and(is_own))
        .map(|found| Diagnostic {
            item: Some(address.clone()),
            ..found
        })
        .collect()
}

/// The diagnostics of an issue. One that has not even a kind, as no version wrote it, is passed over: it must not stand
/// between the reader and the text.
fn read_diagnostics(json: &str) -> Result<Vec<Diagnostic>, StoreError> {
    let found: Vec<serde_json::Value> = serde_json::from_str(json)?;
    Ok(found
        .into_iter()
        .filter_map(|found| serde_json::from_value(found).ok())
        .collect())
}

/// A whole issue, as it was imported.
pub(super) fn issue(connection: &Connection, id: IssueId) -> Result<Option<Issue>, StoreError> {
    let found = connection
        .prepare_cached(
            "SELECT publication.name, issue.number, issue.year, issue.month, issue.week, issue.publisher, issue.site, \
             issue.note, issue.diagnostics \
             FROM issue JOIN publication ON publication.id = issue.publication WHERE issue.id = ?1",
        )?
        .query_row([id.0], |row| {
            let issue = Issue {
                publication: row.get(0)?,
                number: IssueNumber(row.get(1)?),
                year: row.get(2)?,
                month: row.get(3)?,
                week: row.get(4)?,
                publisher: row.get(5)?,
                site: row.get(6)?,
                note: row.get(7)?,
                sections: vec![],
                diagnostics: vec![],
            };
            Ok((issue, row.get::<_, String>(8)?))
        })
        .optional()?;
    let Some((issue, diagnostics)) = found else {
        return Ok(None);
    };
    Ok(Some(Issue {
        sections: sections(connection, id)?,
        diagnostics: read_diagnostics(&diagnostics)?,
        ..issue
    }))
}

fn sections(connection: &Connection, id: IssueId) -> Result<Vec<Section>, StoreError> {
    let mut sections: Vec<Section> = connection
        .prepare_cached(
            "SELECT ordinal, title, page FROM section WHERE issue = ?1 ORDER BY ordinal",
        )?
        .query_map([id.0], |row| {
            Ok(Section {
                ordinal: SectionOrdinal(row.get(0)?),
                title: row.get(1)?,
                page: row.get(2)?,
                items: vec![],
            })
        })?
        .collect::<Result<_, _>>()?;
    let (first, last) = order::items_of(id);
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {} WHERE item.id BETWEEN ?1 AND ?2 ORDER BY item.id DESC",
        *ITEM
    ))?;
    let rows = statement.query_and_then([first, last], |row| {
        Ok::<_, StoreError>((SectionOrdinal(row.get(7)?), item(row)??))
    })?;
    for row in rows {
        let (ordinal, item) = row?;
        // The sections are in the order of their ordinals.
        let at = sections
            .binary_search_by_key(&ordinal, |section| section.ordinal)
            .map_err(|_| StoreError::Damaged {
                file: None,
                reason: format!("an item of section {ordinal}, which is missing"),
            })?;
        sections[at].items.push(item);
    }
    Ok(sections)
}

/// An issue as it was read, whatever its reader has corrected since; its publication's name as first printed.
pub(super) fn parsed(connection: &Connection, id: IssueId) -> Result<Option<Issue>, StoreError> {
    let packed: Option<Option<Vec<u8>>> = connection
        .prepare_cached("SELECT parsed FROM issue WHERE id = ?1")?
        .query_row([id.0], |row| row.get(0))
        .optional()?;
    match packed.flatten() {
        Some(packed) => unpack(&packed).map(Some),
        None => issue(connection, id),
    }
}

/// What `import` packed: pages, or an issue.
pub(super) fn unpack<T: DeserializeOwned>(packed: &[u8]) -> Result<T, StoreError> {
    let json = zstd::decode_all(packed).map_err(|error| StoreError::Damaged {
        file: None,
        reason: error.to_string(),
    })?;
    Ok(serde_json::from_slice(&json)?)
}
