//! The rows of an issue: putting them in and taking them out, inside of a transaction that is the caller's.
//! Must not touch a mark.

use super::fixes::Made;
use super::named::Named;
use super::{StoreError, index, order, stated};
use crate::issue::{Address, Issue, IssueId, Item, Part, Target};
use crate::text::normalise;
use rusqlite::{Connection, ToSql, params, params_from_iter};
use std::collections::{HashMap, HashSet};

/// What the row of an issue holds beside the issue itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    pub id: IssueId,
    /// The publication's row.
    pub publication: u8,
    /// The row of the document that it was read from.
    pub source: i64,
    /// Version of the parser that read it.
    pub parser: u32,
    /// When it was imported, RFC 3339, UTC.
    pub imported: &'a str,
}

/// Deletes all rows of an issue.
pub(super) fn remove(connection: &Connection, issue: IssueId) -> Result<bool, StoreError> {
    index::remove(connection, issue)?;
    let (first, last) = order::items_of(issue);
    connection
        .prepare_cached("DELETE FROM item WHERE id BETWEEN ?1 AND ?2")?
        .execute([first, last])?;
    let rows = connection
        .prepare_cached("DELETE FROM issue WHERE id = ?1")?
        .execute([issue.0])?;
    Ok(rows > 0)
}

/// Puts an issue in; its row and those of its items are free.
pub(super) fn insert(
    connection: &Connection,
    row: &Row<'_>,
    named: &Named<'_>,
) -> Result<(), StoreError> {
    let (id, issue) = (row.id, &*named.issue);
    let made = named.made.as_ref().map(Made::columns).transpose()?;
    let (fixes, parsed) = made.unzip();
    connection
        .prepare_cached(
            "INSERT INTO issue (id, publication, number, year, month, week, publisher, site, note, \
             imported, items, source, parser, diagnostics, diagnostic_count, fixes, parsed, indexed) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, 1)",
        )?
        .execute(params![
            id.0,
            row.publication,
            issue.number.0,
            issue.year,
            issue.month,
            issue.week,
            issue.publisher,
            issue.site,
            issue.note,
            row.imported,
            count(issue.items().count()),
            row.source,
            row.parser,
            serde_json::to_string(&issue.diagnostics)?,
            count(issue.diagnostics.len()),
            fixes,
            parsed,
        ])?;
    insert_sections(connection, id, issue)?;
    insert_items(connection, id, named)
}

fn insert_sections(connection: &Connection, id: IssueId, issue: &Issue) -> Result<(), StoreError> {
    let mut ordinals = HashSet::new();
    let mut insert = connection.prepare_cached(
        "INSERT INTO section (issue, ordinal, title, page) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for section in &issue.sections {
        if !ordinals.insert(section.ordinal) {
            return Err(StoreError::RepeatedSection {
                ordinal: section.ordinal.0,
            });
        }
        insert.execute(params![
            id.0,
            section.ordinal.0,
            section.title,
            section.page
        ])?;
    }
    Ok(())
}

fn insert_items(connection: &Connection, id: IssueId, named: &Named<'_>) -> Result<(), StoreError> {
    let mut head = connection.prepare_cached(&format!(
        "INSERT INTO item (id, section, ordinal, headline, contents_headline, page, source, key_headline, key_nth, \
         diagnostic_count, corrected, shown_headline, {}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?{})",
        stated::WRITTEN,
        ", ?".repeat(stated::VALUES)
    ))?;
    let mut body = connection.prepare_cached(
        "INSERT INTO body (id, lead, paragraphs, read, pictures) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    let noted = noted(&named.issue);
    let items = named.issue.items().zip(&named.keys).enumerate();
    for (position, ((section, item), key)) in items {
        let row = order::item_id(id, position)?.0;
        let at = Part::Item(section.ordinal, item.ordinal);
        let noted = noted.get(&at).copied().unwrap_or(0);
        let (corrected, shown) = corrected(named, position, item)?;
        let printed: [&dyn ToSql; 12] = [
            &row,
            &section.ordinal.0,
            &item.ordinal.0,
            &item.headline,
            &item.contents_headline,
            &item.page,
            &item.source,
            &key.headline,
            &key.nth,
            &noted,
            &corrected,
            &shown,
        ];
        let stated = stated::values(&item.facts);
        let stated = stated.iter().map(|value| value as &dyn ToSql);
        head.execute(params_from_iter(printed.into_iter().chain(stated)))?;
        body.execute(params![
            row,
            item.lead,
            serde_json::to_string(&item.paragraphs)?,
            serde_json::to_string(&item.facts.read)?,
            serde_json::to_string(&item.pictures)?,
        ])?;
        let headline = shown.as_deref().unwrap_or(&key.headline);
        let texts = item.lead.iter().chain(&item.paragraphs);
        index::insert(connection, row, headline, texts.map(String::as_str))?;
    }
    Ok(())
}

/// What of an item is corrected, and its headline as words are looked for in it, where that is.
fn corrected(
    named: &Named<'_>,
    position: usize,
    item: &Item,
) -> Result<(Option<String>, Option<String>), StoreError> {
    let made = named.made.as_ref();
    let corrected = made.and_then(|made| made.corrected.get(position));
    let Some(corrected) = corrected.filter(|corrected| !corrected.is_empty()) else {
        return Ok((None, None));
    };
    let is_headline = corrected.has(Target::Headline.field());
    let shown = is_headline.then(|| normalise(&item.headline));
    Ok((Some(serde_json::to_string(corrected)?), shown))
}

/// How many diagnostics are about each item.
fn noted(issue: &Issue) -> HashMap<Part, u32> {
    let mut noted = HashMap::new();
    let about = issue.diagnostics.iter().filter_map(|one| one.item.as_ref());
    for Address { part, .. } in about {
        *noted.entry(*part).or_default() += 1;
    }
    noted
}

/// A count as columns hold it.
pub(super) fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
