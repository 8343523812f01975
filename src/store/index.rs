//! The keyword index: which items have a text in their headline, their lead or a paragraph, without looking through one. It finds
//! neither more nor less than that does.
//! Must not know what else a query asks for.
//!
//! Chinese has no spaces to tell words by, and whoever looks for `GW` means `11GW`, too: so not words are indexed but every two
//! characters side by side, and a longer text is a phrase of pairs. SQLite's tokenizer for it is `ascii`, which takes any character
//! beyond ASCII as a part of a token; signs of ASCII, which would separate tokens, stand as characters of the private use area.

use super::carry::Hold;
use super::{Store, StoreError, order};
use crate::issue::{IssueId, ItemId};
use crate::text::normalise;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// What stands between two texts of an item: it begins no pair, so no phrase goes on over it.
const GAP: char = '\u{e0ff}';
/// What a sign of ASCII stands as: as far behind this one.
const SIGNS: u32 = 0xe000;
/// What the characters stand as that are in a text and are those: as far behind this one, where no font has any.
const MOVED: u32 = 0xf_e000;
/// Terms of a table that are looked up where it is examined: the first ones, and of so many one.
const PROBED: [u64; 2] = [64, 512];

/// The tables of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Table {
    /// Of texts of two characters and more.
    Pairs,
    /// Of single characters.
    Chars,
}

/// A text as the index is asked for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sought {
    pub table: Table,
    /// A phrase in the language of FTS5.
    pub phrase: String,
}

/// What is indexed of an item.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tokens {
    pairs: String,
    chars: String,
}

impl Table {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pairs => "item_pairs",
            Self::Chars => "item_chars",
        }
    }
}

impl Sought {
    /// Of a folded text, which is not empty.
    pub fn of(text: &str) -> Self {
        let mut phrase = String::from('"');
        let mut tokens = pairs(text).peekable();
        let table = if tokens.peek().is_some() {
            for [first, second] in tokens {
                phrase.extend([first, second, ' ']);
            }
            Table::Pairs
        } else {
            phrase.extend(text.chars().map(token));
            Table::Chars
        };
        phrase.push('"');
        Self { table, phrase }
    }
}

impl Tokens {
    /// Of folded texts.
    fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut tokens = Self::default();
        let mut chars = BTreeSet::new();
        for text in texts {
            for [first, second] in pairs(text) {
                tokens.pairs.extend([first, second, ' ']);
            }
            tokens.pairs.extend([GAP, ' ']);
            chars.extend(text.chars().map(token));
        }
        for c in chars {
            tokens.chars.extend([c, ' ']);
        }
        tokens
    }
}

impl Tokens {
    /// Of a row of an item: its headline as words are looked for in it, its lead and its paragraphs, from the second column on.
    fn of_row(row: &Row<'_>) -> Result<Self, StoreError> {
        let headline: String = row.get(1)?;
        let lead: Option<String> = row.get(2)?;
        let paragraphs: Vec<String> = serde_json::from_str(&row.get::<_, String>(3)?)?;
        let texts: Vec<String> = lead
            .iter()
            .chain(&paragraphs)
            .map(|text| normalise(text))
            .collect();
        let texts = texts.iter().map(String::as_str);
        Ok(Self::of(std::iter::once(headline.as_str()).chain(texts)))
    }

    fn insert(&self, connection: &Connection, item: i64) -> Result<(), StoreError> {
        for (table, text) in [(Table::Pairs, &self.pairs), (Table::Chars, &self.chars)] {
            let sql = format!("INSERT INTO {} (rowid, text) VALUES (?1, ?2)", table.name());
            connection
                .prepare_cached(&sql)?
                .execute(params![item, text])?;
        }
        Ok(())
    }
}

/// Every two characters of a text that stand side by side.
fn pairs(text: &str) -> impl Iterator<Item = [char; 2]> {
    let chars = text.chars().map(token);
    chars
        .clone()
        .zip(chars.skip(1))
        .map(|(first, second)| [first, second])
}

/// A character as a part of a token.
fn token(c: char) -> char {
    let moved = match u32::from(c) {
        sign if c.is_ascii() && !c.is_ascii_alphanumeric() => SIGNS + sign,
        private @ SIGNS..=0xe0ff => MOVED + (private - SIGNS),
        _ => return c,
    };
    char::from_u32(moved).unwrap_or(c)
}

/// Puts an item in: its headline as words are looked for in it, folded, and its texts as printed.
pub(super) fn insert<'t>(
    connection: &Connection,
    item: i64,
    headline: &str,
    texts: impl Iterator<Item = &'t str>,
) -> Result<(), StoreError> {
    let texts: Vec<String> = texts.map(normalise).collect();
    let texts = texts.iter().map(String::as_str);
    let tokens = Tokens::of(std::iter::once(headline).chain(texts));
    tokens.insert(connection, item)
}

/// Takes the items of an issue out, while they are there.
pub(super) fn remove(connection: &Connection, issue: IssueId) -> Result<(), StoreError> {
    let indexed: Option<bool> = connection
        .prepare_cached("SELECT indexed FROM issue WHERE id = ?1")?
        .query_row([issue.0], |row| row.get(0))
        .optional()?;
    if indexed != Some(true) {
        return Ok(());
    }
    let (first, last) = order::items_of(issue);
    for table in [Table::Pairs, Table::Chars] {
        let sql = format!(
            "DELETE FROM {} WHERE rowid IN (SELECT id FROM item WHERE id BETWEEN ?1 AND ?2)",
            table.name()
        );
        connection.prepare_cached(&sql)?.execute([first, last])?;
    }
    Ok(())
}

/// Whether all items are in it.
pub(super) fn is_whole(connection: &Connection) -> Result<bool, StoreError> {
    let sql = "SELECT NOT EXISTS (SELECT 1 FROM issue WHERE indexed = 0)";
    Ok(connection
        .prepare_cached(sql)?
        .query_row([], |row| row.get(0))?)
}

/// The items whose texts the index has otherwise, or has though they are not there, or has not. Reads all of both.
pub(super) fn unlike(connection: &Connection) -> Result<Vec<ItemId>, StoreError> {
    // Sums of what stands in either, the one taken from the other: nothing is left where they are alike.
    let mut rest: HashMap<i64, [u64; 2]> = HashMap::new();
    let mut unread = HashSet::new();
    let mut items = connection.prepare(
        "SELECT item.id, coalesce(item.shown_headline, item.key_headline), body.lead, body.paragraphs \
         FROM issue CROSS JOIN item ON item.id BETWEEN issue.id << 16 AND (issue.id << 16) + 65535 \
         CROSS JOIN body ON body.id = item.id WHERE issue.indexed = 1",
    )?;
    let mut rows = items.query([])?;
    while let Some(row) = rows.next()? {
        let item = row.get(0)?;
        // What cannot be read is told as that.
        let Ok(tokens) = Tokens::of_row(row) else {
            unread.insert(item);
            continue;
        };
        let sums = rest.entry(item).or_default();
        for (offset, pair) in (0..).zip(tokens.pairs.split_terminator(' ')) {
            sums[0] = sums[0].wrapping_add(digest(pair, offset));
        }
        for c in tokens.chars.split_terminator(' ') {
            sums[1] = sums[1].wrapping_add(digest(c, 0));
        }
    }
    let mut lost: HashSet<i64> = HashSet::new();
    for (n, table) in [Table::Pairs, Table::Chars].into_iter().enumerate() {
        let name = table.name();
        // The connection that only reads takes no table, not even one of its own.
        let is_reading: i64 =
            connection.pragma_query_value(None, "query_only", |row| row.get(0))?;
        connection.execute_batch(&format!(
            "PRAGMA query_only = 0; \
             CREATE VIRTUAL TABLE IF NOT EXISTS temp.{name}_terms USING fts5vocab(main, {name}, instance); \
             PRAGMA query_only = {is_reading}"
        ))?;
        let sql = format!("SELECT term, doc, coalesce(offset, 0) FROM temp.{name}_terms");
        let mut terms = connection.prepare(&sql)?;
        let mut rows = terms.query([])?;
        let mut probes: Vec<(String, i64)> = vec![];
        while let Some(row) = rows.next()? {
            let term = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            let item = row.get(1)?;
            let sums = rest.entry(item).or_default();
            let own = digest(term, row.get(2)?);
            sums[n] = sums[n].wrapping_sub(own);
            if (probes.len() as u64) < PROBED[0] || own.is_multiple_of(PROBED[1]) {
                probes.push((term.to_owned(), item));
            }
        }
        lost.extend(unfound(connection, name, &probes)?);
        lost.extend(unsized_items(connection, name, rest.keys().copied())?);
    }
    let unlike = rest.into_iter();
    let unlike = unlike
        .filter(|(item, sums)| (*sums != [0; 2] || lost.contains(item)) && !unread.contains(item));
    let mut unlike: Vec<ItemId> = unlike.map(|(id, _)| ItemId(id)).collect();
    unlike.sort_unstable();
    Ok(unlike)
}

/// Items that have a term by the lists of a table, and are not found by it: the way from terms to their lists is lost.
fn unfound(
    connection: &Connection,
    name: &str,
    probes: &[(String, i64)],
) -> Result<Vec<i64>, StoreError> {
    let sql = format!("SELECT 1 FROM {name} WHERE {name} MATCH ?1 AND rowid = ?2");
    let mut found = connection.prepare(&sql)?;
    let mut lost = vec![];
    for (term, item) in probes {
        if !found.exists(params![format!("\"{term}\""), item])? {
            lost.push(*item);
        }
    }
    Ok(lost)
}

/// Items of which a table does not know how long they are: what is taken out of the library would stay in it.
fn unsized_items(
    connection: &Connection,
    name: &str,
    items: impl Iterator<Item = i64>,
) -> Result<Vec<i64>, StoreError> {
    let mut known = connection.prepare(&format!("SELECT id FROM {name}_docsize"))?;
    let known = known.query_map([], |row| row.get(0))?;
    let known: HashSet<i64> = known.collect::<Result<_, _>>()?;
    Ok(items.filter(|item| !known.contains(item)).collect())
}

/// A number that stands for a term at a place of an item.
fn digest(term: &str, offset: i64) -> u64 {
    let mut hasher = DefaultHasher::new();
    (term, offset).hash(&mut hasher);
    hasher.finish()
}

impl Store {
    /// Puts the newest issue into the keyword index that is not in it yet: one that was read before there was an index. Whether there
    /// was one.
    ///
    /// # Errors
    /// The library cannot be written, or what is stored of an item cannot be read.
    pub fn index_next(&mut self) -> Result<bool, StoreError> {
        if is_whole(&self.connection)? {
            return Ok(false);
        }
        let transaction = self.begin_for(Hold::Looking)?;
        let newest: Option<i64> = transaction
            .prepare_cached("SELECT max(id) FROM issue WHERE indexed = 0")?
            .query_row([], |row| row.get(0))?;
        let Some(issue) = newest.map(IssueId) else {
            return Ok(false);
        };
        {
            let mut items = transaction.prepare_cached(
                "SELECT item.id, coalesce(item.shown_headline, item.key_headline), body.lead, body.paragraphs \
                 FROM item CROSS JOIN body ON body.id = item.id WHERE item.id BETWEEN ?1 AND ?2",
            )?;
            let (first, last) = order::items_of(issue);
            let mut rows = items.query([first, last])?;
            while let Some(row) = rows.next()? {
                Tokens::of_row(row)?.insert(&transaction, row.get(0)?)?;
            }
        }
        transaction
            .prepare_cached("UPDATE issue SET indexed = 1 WHERE id = ?1")?
            .execute([issue.0])?;
        transaction.commit()?;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_asked_for_by_its_pairs_and_a_character_alone() {
        let sought = |text| {
            let Sought { table, phrase } = Sought::of(text);
            (table, phrase)
        };
        assert_eq!(
            sought("新能源"),
            (Table::Pairs, "\"新能 能源 \"".to_owned())
        );
        assert_eq!(sought("11gw"), (Table::Pairs, "\"11 1g gw \"".to_owned()));
        assert_eq!(sought("园"), (Table::Chars, "\"园\"".to_owned()));
        assert_eq!(sought("\""), (Table::Chars, "\"\u{e022}\"".to_owned()));
        assert_eq!(
            sought("\u{e022}"),
            (Table::Chars, "\"\u{fe022}\"".to_owned()),
            "one that stands in a text"
        );
        assert_eq!(sought("a\""), (Table::Pairs, "\"a\u{e022} \"".to_owned()));
    }

    #[test]
    fn no_phrase_goes_on_from_one_text_into_the_next() {
        let tokens = Tokens::of(["甲乙", "丙", "丁戊"].into_iter());
        assert_eq!(tokens.pairs, "甲乙 \u{e0ff} \u{e0ff} 丁戊 \u{e0ff} ");
        assert_eq!(tokens.chars, "丁 丙 乙 戊 甲 ");
    }
}
