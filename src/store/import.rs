//! Putting an issue into the library, and taking one out: one transaction each.
//! Must not touch a mark but to carry it along to what an item has become.

use super::carry::{self, Hold};
use super::changes::{Changes, changes};
use super::fate::{self, Fate};
use super::former::{Before, former, is_same, publication};
use super::named::Named;
use super::order::{self, Standing};
use super::rows::{self, Row};
use super::successors::{self, Reading, Successor};
use super::{Store, StoreError, Which, in_force, open, pictures};
use crate::issue::{Diagnostic, Issue, IssueDate, IssueId, IssueNumber, Page};
use crate::text::normalise;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use serde::Serialize;
use std::cell::OnceCell;
use std::io::Write as _;
use std::path::Path;

/// What the library keeps of the document that an issue was read from, so that a better parser can read it again.
#[derive(Debug, Clone, Copy)]
pub struct Kept<'a> {
    /// Where the document was: a path as the user named it.
    pub path: &'a str,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: &'a str,
    /// Version of the parser that read the issue.
    pub parser: u32,
    /// All pages of the document.
    pub pages: &'a [Page],
}

/// What is known of a document that its pages do not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// The number of its issue, as the user said it.
    pub number: Option<IssueNumber>,
    /// The date of its issue, as the user said it.
    pub date: Option<IssueDate>,
    /// How its bytes became characters: what every issue of it begins its diagnostics with.
    pub decoding: Vec<Diagnostic>,
}

/// The same, with its pages as they are stored: packed once for all issues of the document, when the first is imported.
#[derive(Debug)]
pub struct Packed<'a> {
    /// What is kept.
    pub kept: Kept<'a>,
    said: Said,
    pictures: &'a [(String, Vec<u8>)],
    pages: OnceCell<Vec<u8>>,
}

impl<'a> From<Kept<'a>> for Packed<'a> {
    fn from(kept: Kept<'a>) -> Self {
        Self {
            kept,
            said: Said::default(),
            pictures: &[],
            pages: OnceCell::new(),
        }
    }
}

impl<'a> Packed<'a> {
    /// With the pictures on its pages, by their SHA-256.
    #[must_use]
    pub fn showing(self, pictures: &'a [(String, Vec<u8>)]) -> Self {
        Self { pictures, ..self }
    }

    /// With what is known of the document beside its pages.
    #[must_use]
    pub fn saying(self, said: Said) -> Self {
        Self { said, ..self }
    }

    fn pages(&self) -> Result<&[u8], StoreError> {
        if let Some(pages) = self.pages.get() {
            return Ok(pages);
        }
        let pages = pack(self.kept.pages)?;
        Ok(self.pages.get_or_init(|| pages))
    }
}

/// What an import came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The issue's row.
    pub id: IssueId,
    /// What the library had of it before.
    pub status: Status,
    /// The copy that it had, if one.
    pub before: Option<Before>,
    /// Items of the issue as it was read.
    pub items: u32,
    /// What it has otherwise than that copy; nothing where there was none.
    pub changes: Changes,
    /// What became of the issue's marks.
    pub fate: Fate,
}

/// What the library had of an issue before it was imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// The very same: nothing was written but where the document is now, if it is not where it was.
    Unchanged,
    /// Another reading of it, now gone.
    Replaced,
    /// Nothing.
    New,
}

impl Store {
    /// Stores `issue`, in the place of what the library had of it. All or nothing. What the copy before said of date,
    /// publisher and site stays where this one says nothing.
    ///
    /// # Errors
    /// A number, a date or a count beyond what the library holds, two sections with one position, or the library cannot
    /// be written.
    pub fn import(&mut self, issue: &Issue, kept: &Kept<'_>) -> Result<Imported, StoreError> {
        self.import_packed(issue, &Packed::from(*kept))
    }

    /// As [`Store::import`], for one of several issues of a document.
    ///
    /// # Errors
    /// As [`Store::import`].
    pub fn import_packed(
        &mut self,
        issue: &Issue,
        packed: &Packed<'_>,
    ) -> Result<Imported, StoreError> {
        let imported = self.import_in_steps(issue, packed);
        // What it left under two names, where it succeeded and where it did not. What cannot be settled waits for the next who
        // opens the library.
        let _ = self.settle();
        let (mut imported, became) = imported?;
        // The marks were not locked all the time: one may have been set under an old name. The import itself is done, and a mark
        // that cannot be carried waits under its name as others do.
        let _ = self.carry(&became);
        // Fixes that came to other names on the way.
        let _ = self.follow_fixes_of(imported.id);
        let name = normalise(&issue.publication);
        let (fitting, waiting) = in_force::count(&self.connection, &name, issue.number)?;
        imported.fate.fixes_waiting = waiting;
        if imported.status != Status::Unchanged {
            imported.fate.fixes = fitting;
        }
        Ok(imported)
    }

    pub(super) fn import_in_steps(
        &mut self,
        issue: &Issue,
        packed: &Packed<'_>,
    ) -> Result<(Imported, Vec<Successor>), StoreError> {
        let kept = &packed.kept;
        // Before the transaction: other programs wait while it lasts.
        let pages = packed.pages()?;
        let mut hold = if self.files.are_aside() {
            Hold::Nothing
        } else {
            Hold::Looking
        };
        let mut before = None;
        loop {
            let transaction = self.begin_for(hold)?;
            let former = former(&transaction, issue, kept)?;
            let publication = publication(&transaction, &issue.publication)?;
            let completed = former.as_ref().map(|former| former.complete(issue));
            let issue = completed.as_deref().unwrap_or(issue);
            let id = place_of(issue, publication)?;
            let mut imported = Imported {
                id,
                status: Status::New,
                before: former.as_ref().map(|former| Before {
                    pictures: pictures::shown(&transaction, former.id),
                    ..former.before.clone()
                }),
                items: rows::count(issue.items().count()),
                changes: Changes::default(),
                fate: Fate::default(),
            };
            if let Some(former) = &former
                && former.reading(kept) == Reading::Again
                && former.parser == kept.parser
                && is_same(&transaction, former.id, issue)?
                && pictures::has(&transaction, kept.sha256, packed.pictures)?
            {
                imported.status = Status::Unchanged;
                follow_file(&transaction, &former.before.path, kept)?;
                transaction.commit()?;
                return Ok((imported, vec![]));
            }
            let former_id = former.as_ref().map(|former| former.id);
            let named = Named::after(&transaction, former_id, issue)?.corrected(&transaction)?;
            let mut replaced = None;
            let mut became = vec![];
            if let Some(former) = &former {
                let reading = former.reading(kept);
                imported.status = Status::Replaced;
                became = successors::find(&transaction, former.id, (id, &named), reading)?;
                imported.changes = changes(&transaction, former.id, (id, &named.issue), &became)?;
                replaced = Some((former.id, reading));
            }
            let name = (normalise(&issue.publication), issue.number);
            if before.is_none() {
                before = Some(fate::Before::of(&transaction, name, &became)?);
            }
            let room = carry::make_room(&transaction, replaced, (id, &named), hold)?;
            let Some(became) = room else {
                transaction.commit()?;
                hold = Hold::Both;
                continue;
            };
            let source = insert_source(&transaction, packed, pages)?;
            pictures::put(&transaction, source, packed.pictures)?;
            let row = Row {
                id,
                publication,
                source,
                parser: kept.parser,
                imported: &now(),
            };
            rows::insert(&transaction, &row, &named)?;
            forget_sources(&transaction)?;
            if let Some(before) = before.take() {
                imported.fate = before.fate(&transaction)?;
            }
            transaction.commit()?;
            return Ok((imported, became));
        }
    }

    /// Takes an issue out of the library; its marks stay. Tells whether it was there.
    ///
    /// # Errors
    /// The library cannot be written.
    pub fn remove(&mut self, issue: IssueId) -> Result<bool, StoreError> {
        let transaction = self.begin_for(Hold::Looking)?;
        let removed = rows::remove(&transaction, issue)?;
        forget_sources(&transaction)?;
        transaction.commit()?;
        Ok(removed)
    }

    /// A transaction that replaces an issue. The marks are locked only where they have to be carried along: else a mark would
    /// wait for every issue of a long import, and where several are imported at once for seconds.
    pub(super) fn begin_for(&mut self, hold: Hold) -> Result<Transaction<'_>, StoreError> {
        if hold == Hold::Both || self.files.library.file().is_none() {
            return self.begin();
        }
        self.refuse_read_only()?;
        let is_fit = std::mem::replace(&mut self.is_fit, true);
        let path = self.files.library.shown();
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Deferred)?;
        // Takes the lock of the content before anything is read, and of nothing else; BEGIN IMMEDIATE takes both.
        transaction
            .prepare_cached("DELETE FROM main.source WHERE FALSE")?
            .execute([])?;
        if !is_fit && let Err(reason) = fitness(&transaction) {
            self.is_fit = false;
            return Err(open::damaged(Which::Content, &path, reason));
        }
        Ok(transaction)
    }

    /// A transaction that writes. It begins by waiting for those of other programs, so that it cannot fail later on.
    pub(super) fn begin(&mut self) -> Result<Transaction<'_>, StoreError> {
        // Of a file that is read aside the marks alone may be kept from writing.
        if self.files.is_query_only() {
            self.refuse_read_only()?;
        }
        // In memory a database has no WAL: a reader that has one of the two and waits for the other would wait for a writer
        // that locked both from the start and waits for the reader.
        let behavior = if self.files.library.file().is_some() {
            TransactionBehavior::Immediate
        } else {
            TransactionBehavior::Deferred
        };
        Ok(self.connection.transaction_with_behavior(behavior)?)
    }
}

/// Whether the tables by which an issue is found are sound, with their indices: in SQLite's words, if not. What is not found in
/// them would be written a second time. Milliseconds for 500 issues; items and bodies, of which there are many more, are not looked
/// at: they are made again from the kept pages.
fn fitness(connection: &Connection) -> Result<(), String> {
    for table in ["publication", "source", "issue", "section"] {
        let sql = format!("PRAGMA main.integrity_check({table})");
        let found = connection.query_row(&sql, [], |row| row.get::<_, String>(0));
        match found {
            Ok(found) if found == "ok" => {}
            Ok(found) => return Err(found.lines().last().unwrap_or_default().to_owned()),
            Err(error) => return Err(error.to_string()),
        }
    }
    Ok(())
}

/// The row of an issue, where it fits: what its place in the library depends on, and how many items it has.
pub(super) fn place_of(issue: &Issue, publication: u8) -> Result<IssueId, StoreError> {
    if issue.items().count() > order::MAX_ITEMS {
        return Err(StoreError::TooManyItems {
            most: order::MAX_ITEMS,
        });
    }
    order::issue_id(Standing {
        date: (issue.year, issue.month, issue.week),
        publication,
        number: issue.number,
    })
}

/// Deletes the documents that no issue was read from any more.
pub(super) fn forget_sources(connection: &Connection) -> Result<(), StoreError> {
    let idle: Vec<i64> = connection
        .prepare_cached(
            "SELECT id FROM source WHERE NOT EXISTS (SELECT 1 FROM issue WHERE issue.source = source.id)",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for source in idle {
        let shown = pictures::of(connection, source)?;
        connection
            .prepare_cached("DELETE FROM source WHERE id = ?1")?
            .execute([source])?;
        pictures::forget(connection, &shown)?;
    }
    Ok(())
}

/// Where a document is that was imported once more, and is not where it was: what opens it is to find it.
fn follow_file(connection: &Connection, before: &str, kept: &Kept<'_>) -> Result<(), StoreError> {
    if before == kept.path || Path::new(before).exists() {
        return Ok(());
    }
    connection
        .prepare_cached("UPDATE source SET path = ?1 WHERE sha256 = ?2")?
        .execute([kept.path, kept.sha256])?;
    Ok(())
}

/// The document's row with its packed pages: one for all issues that were read from it.
fn insert_source(
    connection: &Connection,
    Packed { kept, said, .. }: &Packed<'_>,
    pages: &[u8],
) -> Result<i64, StoreError> {
    let date = said.date.unwrap_or_default();
    // The pages of a document of many issues are written once.
    let written = connection
        .prepare_cached(
            "INSERT INTO source (path, sha256, pages, number, year, month, week, decoding) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (sha256) DO UPDATE SET \
             path = excluded.path, pages = excluded.pages, number = excluded.number, year = excluded.year, \
             month = excluded.month, week = excluded.week, decoding = excluded.decoding \
             WHERE path <> excluded.path OR pages <> excluded.pages OR decoding <> excluded.decoding \
             OR (number, year, month, week) IS NOT (excluded.number, excluded.year, excluded.month, excluded.week) \
             RETURNING id",
        )?
        .query_row(
            params![
                kept.path,
                kept.sha256,
                pages,
                said.number.map(|number| number.0),
                date.year,
                date.month,
                date.week,
                serde_json::to_string(&said.decoding)?,
            ],
            |row| row.get(0),
        )
        .optional()?;
    match written {
        Some(id) => Ok(id),
        None => Ok(connection
            .prepare_cached("SELECT id FROM source WHERE sha256 = ?1")?
            .query_row([kept.sha256], |row| row.get(0))?),
    }
}

/// Pages or an issue as they are kept: JSON, compressed at zstd's own level, with a checksum: a flipped bit must not read as another
/// text.
pub(super) fn pack<T: Serialize + ?Sized>(kept: &T) -> Result<Vec<u8>, StoreError> {
    let json = serde_json::to_vec(kept)?;
    let packed = || -> std::io::Result<Vec<u8>> {
        let mut encoder = zstd::Encoder::new(vec![], zstd::DEFAULT_COMPRESSION_LEVEL)?;
        encoder.include_checksum(true)?;
        encoder.write_all(&json)?;
        encoder.finish()
    };
    packed().map_err(|error| StoreError::Other {
        reason: error.to_string(),
    })
}

/// Now, to the second: RFC 3339 in UTC.
pub(super) fn now() -> String {
    let now = jiff::Timestamp::now();
    now.round(jiff::Unit::Second).unwrap_or(now).to_string()
}
