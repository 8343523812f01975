//! What is put into the new database: documents with their issues, under the rows and names that they had.
//! Must not touch the old one.

use super::remains::{Document, IssueRow, Remains};
use super::{Claim, KeptDocument, Put};
use crate::issue::{Issue, IssueDate, IssueId, IssueLabel, IssueNumber, Page};
use crate::store::former::{self, Before, Former};
use crate::store::import::{now, pack, place_of};
use crate::store::named::Named;
use crate::store::rows::{self, Row};
use crate::store::{StoreError, Successor, content, pictures, renamed, successors};
use crate::text::normalise;
use rusqlite::{Connection, OptionalExtension as _, params};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

/// The new database, and what it is made from.
pub struct Fresh<'a> {
    /// The new one.
    pub(super) connection: &'a Connection,
    pub(super) remains: &'a Remains,
    /// The old one, where it can be asked.
    pub(super) old: Option<&'a Connection>,
    /// Publications, normalised, and numbers of the issues that the old one had.
    pub(super) names: HashSet<(String, IssueNumber)>,
    /// Rows of issues of which it had a newer reading under another row.
    older: HashSet<i64>,
    /// How many issues it had more than once.
    pub(super) merged: usize,
    /// Items that have another name now.
    pub(super) renamed: Vec<Successor>,
}

impl<'a> Fresh<'a> {
    pub(super) fn new(
        connection: &'a Connection,
        remains: &'a Remains,
        old: Option<&'a Connection>,
    ) -> Result<Self, StoreError> {
        let mut fresh = Self {
            connection,
            remains,
            old,
            names: HashSet::new(),
            older: HashSet::new(),
            merged: 0,
            renamed: vec![],
        };
        fresh.name_issues();
        if let Some(old) = old {
            renamed::copy(old, connection)?;
        }
        // Their rows are parts of the issues' ids. Of one that was written twice, because it could not be found, the first is kept.
        let mut insert = connection.prepare(
            "INSERT INTO publication (id, key, name) VALUES (?1, ?2, ?3) ON CONFLICT (key) DO NOTHING",
        )?;
        for (id, name) in &remains.publications {
            insert.execute(params![id, normalise(name), name])?;
        }
        Ok(fresh)
    }

    /// Takes down the names of the issues. Of those that have one name the newest reading is to be made again, of a document
    /// that can still be read where there is one.
    fn name_issues(&mut self) {
        let mut named: BTreeMap<(String, IssueNumber), Vec<(i64, &IssueRow)>> = BTreeMap::new();
        for (id, issue) in &self.remains.issues {
            let label = self.label(issue);
            let name = name(&label.publication, label.number);
            named.entry(name).or_default().push((*id, issue));
        }
        for (name, mut issues) in named {
            // Without its publication an issue has no name.
            if issues.len() > 1 && !name.0.is_empty() {
                let when = |issue: &IssueRow| {
                    let time = issue.imported.as_deref();
                    time.and_then(|time| time.parse::<jiff::Timestamp>().ok())
                };
                issues.sort_by_cached_key(|(id, issue)| {
                    (self.has_pages(issue.source), when(issue), issue.source, *id)
                });
                issues.pop();
                self.merged += 1;
                self.older.extend(issues.into_iter().map(|(id, _)| id));
            }
            self.names.insert(name);
        }
    }

    fn has_pages(&self, document: i64) -> bool {
        self.pages(document).is_some()
    }

    /// Whether the old library may have had more issues than could be read of it.
    #[must_use]
    pub const fn is_doubtful(&self) -> bool {
        self.remains.is_doubtful()
    }

    /// The issue as the old library has it, where it can be read whole.
    #[must_use]
    pub fn former(&self, claim: &Claim) -> Option<Issue> {
        let row = self.remains.issues.get(&claim.id.0)?;
        let shown = content::issue(self.old?, claim.id).ok()??;
        let is_whole = rows::count(shown.items().count()) == row.items;
        // What its reader has corrected is corrected again, once it is in its place.
        let parsed = || content::parsed(self.old?, claim.id).ok()?;
        is_whole.then(parsed)?
    }

    /// Stores what was read of a document: in the place of `claim`, or as an issue that the old library may have had. What
    /// that said of date, publisher and site stays where the reading says nothing.
    ///
    /// # Errors
    /// What [`crate::store::Store::import`] refuses, or the new library cannot be written.
    pub fn put(
        &mut self,
        document: &KeptDocument,
        claim: Option<&Claim>,
        issue: &Issue,
        parser: u32,
    ) -> Result<Put, StoreError> {
        let Some(id) = self.store(document, claim, issue, parser)? else {
            return Ok(Put::Held);
        };
        if let (Some(claim), Some(old)) = (claim, self.old) {
            let named = self.named(Some(claim), issue)?;
            match successors::find(old, claim.id, (id, &named), successors::Reading::Again) {
                Ok(found) => {
                    for one in found.into_iter().filter(Successor::is_renamed) {
                        renamed::note(self.connection, &one.former, &one.key)?;
                        self.renamed.push(one);
                    }
                }
                // Then it cannot be told what has become of which.
                Err(StoreError::Damaged { .. } | StoreError::Other { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Put::Made)
    }

    /// Stores an issue as the old library has it, for its document says nothing of it (any more). No mark goes along: where a
    /// headline is damaged, the mark has the right one.
    ///
    /// # Errors
    /// As [`Self::put`].
    pub fn keep(
        &mut self,
        document: &KeptDocument,
        claim: &Claim,
        former: &Issue,
    ) -> Result<Put, StoreError> {
        let stored = self.store(document, Some(claim), former, claim.parser)?;
        Ok(stored.map_or(Put::Held, |_| Put::Made))
    }

    /// Stores an issue, unless another has its name or will have it; its row.
    fn store(
        &self,
        document: &KeptDocument,
        claim: Option<&Claim>,
        issue: &Issue,
        parser: u32,
    ) -> Result<Option<IssueId>, StoreError> {
        let own = claim.map(|claim| name(&claim.label.publication, claim.label.number));
        let name = name(&issue.publication, issue.number);
        if own.as_ref() != Some(&name) && self.names.contains(&name) {
            return Ok(None);
        }
        let completed = self.completed(claim, issue);
        let issue = &*completed;
        if let Some(known) = former::known_publication(self.connection, &issue.publication)?
            && former::named(self.connection, known, issue.number)?.is_some()
        {
            return Ok(None);
        }
        let publication = former::publication(self.connection, &issue.publication)?;
        let id = place_of(issue, publication)?;
        let row = claim.and_then(|claim| self.remains.issues.get(&claim.id.0));
        let imported = row.and_then(|row| row.imported.clone()).unwrap_or_else(now);
        let insert = || {
            let row = Row {
                id,
                publication,
                source: self.source(document)?,
                parser,
                imported: &imported,
            };
            rows::insert(self.connection, &row, &self.named(claim, issue)?)
        };
        self.whole(insert)?;
        Ok(Some(id))
    }

    /// An issue with the names that its items have in the old library, as far as that can still be told.
    fn named<'i>(&self, claim: Option<&Claim>, issue: &'i Issue) -> Result<Named<'i>, StoreError> {
        let (Some(claim), Some(old)) = (claim, self.old) else {
            return Ok(Named::anew(issue));
        };
        match Named::after(old, Some(claim.id), issue) {
            Err(StoreError::Damaged { .. } | StoreError::Other { .. }) => Ok(Named::anew(issue)),
            named => named,
        }
    }

    /// Writes all of something, or nothing.
    fn whole(&self, write: impl FnOnce() -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.connection.execute_batch("SAVEPOINT one")?;
        let written = write();
        if written.is_err() {
            self.connection.execute_batch("ROLLBACK TO one")?;
        }
        self.connection.execute_batch("RELEASE one")?;
        written
    }

    /// Whether a reading is one of the issue that the old library had, as far as that can still be told.
    #[must_use]
    pub fn is_reading_of(&self, claim: &Claim, issue: &Issue) -> bool {
        self.old
            .and_then(|old| successors::is_reading_of(old, claim.id, issue).ok())
            .unwrap_or(true)
    }

    /// A reading of an issue of the old library as it would be stored.
    #[must_use]
    pub fn completed<'i>(&self, claim: Option<&Claim>, issue: &'i Issue) -> Cow<'i, Issue> {
        let row = claim.and_then(|claim| self.remains.issues.get(&claim.id.0));
        row.map_or(Cow::Borrowed(issue), |row| former(row).complete(issue))
    }

    /// The row of a document, made when the first issue of it is stored.
    fn source(&self, document: &KeptDocument) -> Result<i64, StoreError> {
        let kept = self.remains.documents.get(&document.row);
        // Under another name the same file is imported once more, and not taken for what is there already.
        let lost = || format!("lost:{}", document.row);
        let (sha256, packed) = match (&document.pages, kept) {
            (
                Some(_),
                Some(Document {
                    sha256: Some(sha256),
                    pages: Some(packed),
                    ..
                }),
            ) => (sha256.clone(), packed.clone()),
            (Some(pages), _) => (lost(), pack(pages)?),
            (None, _) => (lost(), pack::<[Page]>(&[])?),
        };
        let known = self
            .connection
            .prepare_cached("SELECT id FROM source WHERE sha256 = ?1")?
            .query_row([&sha256], |row| row.get(0))
            .optional()?;
        if let Some(known) = known {
            return Ok(known);
        }
        let date: IssueDate = document.said.date.unwrap_or_default();
        let row = (document.row > 0).then_some(document.row);
        let source = self
            .connection
            .prepare_cached(
                "INSERT INTO source (id, path, sha256, pages, number, year, month, week, decoding) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) RETURNING id",
            )?
            .query_row(
                params![
                    row,
                    document.path.as_deref().unwrap_or_default(),
                    sha256,
                    packed,
                    document.said.number.map(|number| number.0),
                    date.year,
                    date.month,
                    date.week,
                    serde_json::to_string(&document.said.decoding)?,
                ],
                |row| row.get(0),
            )?;
        if let Some(old) = self.old {
            pictures::copy(old, document.row, self.connection, source)?;
        }
        Ok(source)
    }

    /// All kept documents with the issues that were read from them, the newest rows first.
    pub(super) fn documents(&self) -> Vec<KeptDocument> {
        let mut rows: Vec<i64> = self.remains.documents.keys().copied().collect();
        let missing = self.remains.issues.values().map(|issue| issue.source);
        rows.extend(missing);
        rows.sort_unstable();
        rows.dedup();
        let documents = rows.into_iter().rev().map(|row| self.document(row));
        documents.collect()
    }

    fn document(&self, row: i64) -> KeptDocument {
        let kept = self.remains.documents.get(&row);
        let issues = self.remains.issues.iter().rev();
        let issues = issues.filter(|(_, issue)| issue.source == row);
        let (older, issues): (Vec<_>, Vec<_>) = issues.partition(|(id, _)| self.older.contains(id));
        KeptDocument {
            row,
            path: kept.and_then(|kept| kept.path.clone()),
            said: kept.map(|kept| kept.said.clone()).unwrap_or_default(),
            pages: None,
            is_merged: !older.is_empty(),
            issues: issues
                .into_iter()
                .map(|(id, issue)| Claim {
                    id: IssueId(*id),
                    label: self.label(issue),
                    parser: issue.parser,
                })
                .collect(),
        }
    }

    /// The pages of a document, where they can be read and there are any.
    pub(super) fn unpack(&self, document: &mut KeptDocument) {
        document.pages = self.pages(document.row);
    }

    fn pages(&self, document: i64) -> Option<Vec<Page>> {
        let kept = self.remains.documents.get(&document)?;
        let pages: Vec<Page> = content::unpack(kept.pages.as_deref()?).ok()?;
        (!pages.is_empty()).then_some(pages)
    }

    fn label(&self, issue: &IssueRow) -> IssueLabel {
        let publication = self.remains.publications.get(&issue.standing.publication);
        let (year, month, week) = issue.standing.date;
        IssueLabel {
            publication: publication.cloned().unwrap_or_default(),
            number: issue.standing.number,
            year,
            month,
            week,
        }
    }
}

fn name(publication: &str, number: IssueNumber) -> (String, IssueNumber) {
    (normalise(publication), number)
}

/// What a row says that a reading may not.
fn former(row: &IssueRow) -> Former {
    let (year, month, week) = row.standing.date;
    Former {
        id: IssueId(0),
        parser: row.parser,
        sha256: String::new(),
        before: Before {
            path: String::new(),
            items: row.items,
            pictures: 0,
        },
        date: IssueDate { year, month, week },
        publisher: row.publisher.clone(),
        site: row.site.clone(),
        is_fixed: false,
    }
}
