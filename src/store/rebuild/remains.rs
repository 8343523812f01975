//! What is left of a library: its publications, its kept documents and which issues were read from them.
//! Must not take what contradicts itself for what was written.

use super::image::Image;
use super::records::{self, Value};
use crate::issue::{Diagnostic, IssueDate, IssueId, IssueNumber, Page};
use crate::store::check::rows::{Read, is_time, read, read_with};
use crate::store::content::unpack;
use crate::store::import::Said;
use crate::store::order::{self, Standing};
use crate::text::normalise;
use rusqlite::{Connection, Row};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;

/// What was found.
#[derive(Default)]
pub(super) struct Remains {
    /// Names as first printed, by their rows.
    pub publications: BTreeMap<u8, String>,
    /// By their rows.
    pub documents: BTreeMap<i64, Document>,
    /// By their rows.
    pub issues: BTreeMap<i64, IssueRow>,
    /// Whether all issues that the library had are known: the table of them can be read, and its indexes name the same ones.
    /// What is not in it then was removed, and stays so wherever it still stands in the file.
    is_whole: bool,
}

/// The row of a kept document.
pub(super) struct Document {
    pub path: Option<String>,
    pub sha256: Option<String>,
    /// As packed.
    pub pages: Option<Vec<u8>>,
    pub said: Said,
}

/// The row of an issue.
pub(super) struct IssueRow {
    pub standing: Standing,
    pub publisher: Option<String>,
    pub site: Option<String>,
    pub imported: Option<String>,
    pub source: i64,
    pub parser: u32,
    pub items: u32,
}

/// What SQLite finds, as far as it comes.
pub(super) fn by_sql(connection: &Connection) -> Remains {
    let mut remains = Remains::default();
    let sql = "SELECT id, key, name FROM publication";
    let publications = read(connection, sql, |row| {
        Ok((
            row.get::<_, i64>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, String>(2)?,
        ))
    });
    for (id, key, name) in publications.found {
        remains.add_publication(id, &key, name);
    }
    for id in ids(connection, "source").found {
        let rows = read_with(connection, DOCUMENT, [id], document);
        if let Some(document) = rows.found.into_iter().next() {
            remains.documents.insert(id, document);
        }
    }
    let issues = ids(connection, "issue");
    for id in &issues.found {
        let rows = read_with(connection, ISSUE, [id], issue);
        if let Some(issue) = rows.found.into_iter().next() {
            remains.add_issue(*id, issue);
        }
    }
    // Each is there, and says of itself what its row says.
    let is_read = issues.error.is_none() && remains.issues.len() == issues.found.len();
    remains.is_whole = is_read && are_indexed(connection, &remains.issues);
    remains
}

/// Whether the indexes of the issues name these and no others: a table of which a page is lost can look like a shorter one. One
/// that cannot be read says nothing; one has to.
fn are_indexed(connection: &Connection, issues: &BTreeMap<i64, IssueRow>) -> bool {
    let indexes = ["issue_number", "issue_source", "sqlite_autoindex_issue_1"];
    let read = indexes.map(|index| {
        let sql = format!("SELECT id FROM issue INDEXED BY {index}");
        read(connection, &sql, |row| row.get::<_, i64>(0))
    });
    let mut whole = read.iter().filter(|ids| ids.error.is_none()).peekable();
    whole.peek().is_some()
        && whole.all(|ids| {
            let named: BTreeSet<i64> = ids.found.iter().copied().collect();
            named.iter().eq(issues.keys())
        })
}

/// The ids of a table: from the beginning as far as they can be read, and from the end.
fn ids(connection: &Connection, table: &str) -> Read<i64> {
    let along = |order| {
        let sql = format!("SELECT id FROM {table} ORDER BY id {order}");
        read(connection, &sql, |row| row.get::<_, i64>(0))
    };
    let mut up = along("ASC");
    if up.error.is_some() {
        let known: HashSet<i64> = up.found.iter().copied().collect();
        let down = along("DESC").found.into_iter();
        up.found.extend(down.filter(|id| !known.contains(id)));
    }
    up
}

const DOCUMENT: &str =
    "SELECT path, sha256, pages, number, year, month, week, decoding FROM source WHERE id = ?1";

fn document(row: &Row<'_>) -> rusqlite::Result<Document> {
    let number: Option<u32> = row.get(3)?;
    let date = IssueDate {
        year: row.get(4)?,
        month: row.get(5)?,
        week: row.get(6)?,
    };
    Ok(Document {
        path: Some(row.get(0)?),
        sha256: Some(row.get(1)?),
        pages: Some(row.get(2)?),
        said: said(number, date, &row.get::<_, String>(7)?),
    })
}

fn said(number: Option<u32>, date: IssueDate, decoding: &str) -> Said {
    Said {
        number: number.map(IssueNumber),
        date: (date != IssueDate::default()).then_some(date),
        decoding: serde_json::from_str::<Vec<Diagnostic>>(decoding).unwrap_or_default(),
    }
}

const ISSUE: &str = "SELECT year, month, week, publication, number, publisher, site, imported, source, parser, items \
                     FROM issue WHERE id = ?1";

fn issue(row: &Row<'_>) -> rusqlite::Result<IssueRow> {
    Ok(IssueRow {
        standing: Standing {
            date: (row.get(0)?, row.get(1)?, row.get(2)?),
            publication: row.get(3)?,
            number: IssueNumber(row.get(4)?),
        },
        publisher: row.get(5)?,
        site: row.get(6)?,
        imported: Some(row.get::<_, String>(7)?).filter(|time| is_time(time)),
        source: row.get(8)?,
        parser: row.get(9)?,
        items: row.get(10)?,
    })
}

impl Remains {
    fn add_publication(&mut self, id: i64, key: &str, name: String) {
        match u8::try_from(id) {
            Ok(id) if id > 0 && normalise(&name) == key => {
                self.publications.entry(id).or_insert(name);
            }
            _ => {}
        }
    }

    /// Takes an issue whose row says the same as the rest of it.
    fn add_issue(&mut self, id: i64, issue: IssueRow) {
        if order::issue_id(issue.standing).ok() == Some(IssueId(id)) {
            self.issues.entry(id).or_insert(issue);
        }
    }

    /// Whether there may have been more issues.
    pub const fn is_doubtful(&self) -> bool {
        !self.is_whole
    }

    /// Whether something of it can only be a library's: pages as they are kept.
    pub fn is_of_a_library(&self) -> bool {
        let mut documents = self.documents.values();
        documents.any(|document| {
            let packed = document.pages.as_deref();
            packed.is_some_and(|packed| unpack::<Vec<Page>>(packed).is_ok())
        })
    }

    /// Adds what stands in the pages of the file and SQLite does not find.
    pub fn add_from_pages(&mut self, path: &Path) -> std::io::Result<()> {
        let image = Image::of(path)?;
        let mut known: HashSet<String> = self
            .documents
            .values()
            .filter_map(|document| document.sha256.clone())
            .collect();
        // What no issue that is known comes from was removed.
        let (is_whole, wanted) = (self.is_whole, self.sources());
        records::each(&image, |id, values| {
            let mut values = Columns(values);
            if let Some(document) = values.document() {
                let is_wanted = !is_whole || wanted.contains(&id);
                let is_new = |sha256: &String| known.insert(sha256.clone());
                if is_wanted && document.sha256.as_ref().is_none_or(is_new) {
                    self.add_document(id, document);
                }
            } else if let Some((key, name)) = values.publication() {
                self.add_publication(id, &key, name);
            } else if !is_whole && let Some(issue) = values.issue() {
                self.add_issue(id, issue);
            }
        });
        Ok(())
    }

    /// The documents from which issues come, by their rows.
    fn sources(&self) -> HashSet<i64> {
        self.issues.values().map(|issue| issue.source).collect()
    }

    /// Adds a document. Where another has its row, what stood in a page that is no longer used is the one with less of it.
    fn add_document(&mut self, id: i64, document: Document) {
        match self.documents.get(&id) {
            Some(known) if known.pages.is_some() => {
                // It is kept all the same, under a row that no issue has.
                let free = self.documents.keys().next().copied().unwrap_or(0).min(0) - 1;
                if document.pages.is_some() && !self.is_whole {
                    self.documents.insert(free, document);
                }
            }
            _ => {
                self.documents.insert(id, document);
            }
        }
    }
}

/// The columns of a row of a table that is not known.
struct Columns(Vec<Value>);

impl Columns {
    fn text(&self, n: usize) -> Option<String> {
        match self.0.get(n) {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        }
    }

    fn integer<T: TryFrom<i64>>(&self, n: usize) -> Option<T> {
        match self.0.get(n) {
            Some(Value::Integer(integer)) => T::try_from(*integer).ok(),
            _ => None,
        }
    }

    fn is(&self, n: usize, fits: impl Fn(&Value) -> bool) -> bool {
        self.0.get(n).is_some_and(fits)
    }

    /// A row of `source`: of all tables the only one with two texts and a blob.
    fn document(&mut self) -> Option<Document> {
        let text = |value: &Value| matches!(value, Value::Text(_) | Value::Lost);
        let blob = |value: &Value| matches!(value, Value::Blob(_) | Value::Lost);
        let known = [4, 9].contains(&self.0.len())
            && self.is(0, |value| *value == Value::Null)
            && self.is(1, text)
            && self.is(2, text)
            && self.is(3, blob)
            && (self.is(3, |value| *value != Value::Lost)
                || self.text(2).is_some_and(|sha256| sha256.len() == 64));
        if !known {
            return None;
        }
        let date = IssueDate {
            year: self.integer(5),
            month: self.integer(6),
            week: self.integer(7),
        };
        let decoding = self.text(8).unwrap_or_default();
        let pages = match std::mem::replace(&mut self.0[3], Value::Lost) {
            Value::Blob(pages) => Some(pages),
            _ => None,
        };
        Some(Document {
            path: self.text(1),
            sha256: self.text(2),
            pages,
            said: said(self.integer(4), date, &decoding),
        })
    }

    /// A row of `publication`.
    fn publication(&self) -> Option<(String, String)> {
        let known = self.0.len() == 3 && self.is(0, |value| *value == Value::Null);
        let (key, name) = (self.text(1)?, self.text(2)?);
        (known && normalise(&name) == key).then_some((key, name))
    }

    /// A row of `issue`.
    fn issue(&self) -> Option<IssueRow> {
        if ![15, 16, 17, 18].contains(&self.0.len()) || !self.is(0, |value| *value == Value::Null) {
            return None;
        }
        Some(IssueRow {
            standing: Standing {
                publication: self.integer(1)?,
                number: IssueNumber(self.integer(2)?),
                date: (self.integer(3), self.integer(4), self.integer(5)),
            },
            publisher: self.text(6),
            site: self.text(7),
            imported: self.text(9).filter(|time| is_time(time)),
            source: self.integer(11)?,
            parser: self.integer(12)?,
            items: self.integer(10)?,
        })
    }
}
