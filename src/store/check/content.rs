//! The content: that everything which is said twice is said alike, and that nothing hangs in the air.
//! Must not look at a mark.

use super::parts::{ISSUE, ITEMS, faults, issue, item, noted};
use super::rows::{Read, is_time, read, read_with};
use super::{Checked, Told};
use crate::issue::{Diagnostic, IssueDate, IssueId, Page};
use crate::source::hash;
use crate::store::StoreError;
use crate::store::content::unpack;
use crate::store::finding::Finding;
use crate::store::rows::count;
use crate::store::{index, order};
use crate::text::normalise;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// One look over the content.
struct Look<'a> {
    connection: &'a Connection,
    path: &'a Path,
    checked: &'a mut Checked,
    tell: &'a mut dyn FnMut(Told),
}

/// Looks over the content of a library.
pub(super) fn check(
    connection: &Connection,
    path: &Path,
    checked: &mut Checked,
    tell: &mut dyn FnMut(Told),
) {
    let mut look = Look {
        connection,
        path,
        checked,
        tell,
    };
    look.publications();
    let issues = look.ids("issue");
    let documents = look.ids("source");
    let all = issues.len() + documents.len();
    for (n, id) in issues.iter().enumerate() {
        look.step(n, all);
        look.issue(IssueId(*id));
    }
    for (n, id) in documents.iter().enumerate() {
        look.step(issues.len() + n, all);
        look.document(*id);
    }
    look.astray();
    look.index();
    look.checked.issues = count(issues.len());
    look.checked.documents = count(documents.len());
}

impl Look<'_> {
    fn step(&mut self, done: usize, all: usize) {
        (self.tell)(Told::Step(done, all));
    }

    fn wrong(
        &mut self,
        kind: &'static str,
        mend: &'static str,
        arguments: Vec<(&'static str, String)>,
    ) {
        (self.tell)(Told::Found(Finding::wrong(kind, mend, arguments)));
    }

    /// Takes what was read, and tells where it was cut short.
    fn taken<T>(&mut self, read: Read<T>, table: &str) -> Vec<T> {
        if let Some(reason) = read.error {
            let arguments = vec![
                ("path", self.path.display().to_string()),
                ("table", table.to_owned()),
                ("reason", reason),
            ];
            self.wrong("table-unreadable", "rebuild", arguments);
        }
        read.found
    }

    fn ids(&mut self, table: &str) -> Vec<i64> {
        let sql = format!("SELECT id FROM {table} ORDER BY id DESC");
        let ids = read(self.connection, &sql, |row| row.get(0));
        self.taken(ids, table)
    }

    fn publications(&mut self) {
        let sql = "SELECT key, name FROM publication ORDER BY id";
        let publications = read(self.connection, sql, |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        });
        for (key, name) in self.taken(publications, "publication") {
            if normalise(&name) != key {
                self.wrong("publication-key", "rebuild", vec![("publication", name)]);
            }
        }
    }

    /// Looks over an issue with all that belongs to it.
    fn issue(&mut self, id: IssueId) {
        let rows = read_with(self.connection, ISSUE, [id.0], issue);
        let Some(issue) = rows.found.into_iter().next() else {
            let reason = rows.error.unwrap_or_default();
            let arguments = vec![
                ("issue", order::number_of(id).to_string()),
                ("reason", reason),
            ];
            self.wrong("issue-unreadable", "rebuild", arguments);
            return;
        };
        let number = issue.standing.number;
        let name = match &issue.publication {
            Some(publication) => format!("{publication} {number}"),
            None => number.to_string(),
        };
        let named = || vec![("issue", name.clone())];
        if issue.publication.is_none() {
            self.wrong("issue-publication", "rebuild", named());
        }
        if order::issue_id(issue.standing).ok() != Some(id) {
            self.wrong("issue-place", "rebuild", named());
        }
        if !is_time(&issue.imported) {
            self.wrong("issue-time", "rebuild", named());
        }
        let noted = noted(&issue.diagnostics);
        if noted.is_none() {
            self.wrong("issue-diagnostics", "rebuild", named());
        }
        if noted.as_ref().is_some_and(|(all, _)| *all != issue.counted) {
            self.wrong("issue-diagnostic-count", "rebuild", named());
        }
        let (first, last) = order::items_of(id);
        let items = read_with(self.connection, &ITEMS, [first, last, id.0], item);
        if let Some(reason) = items.error {
            let mut arguments = named();
            arguments.push(("reason", reason));
            self.wrong("issue-unreadable", "rebuild", arguments);
        } else if count(items.found.len()) != issue.items {
            let mut arguments = named();
            arguments.push(("n", items.found.len().to_string()));
            arguments.push(("said", issue.items.to_string()));
            self.wrong("issue-count", "rebuild", arguments);
        }
        self.checked.items += count(items.found.len());
        let noted = noted.map(|(_, noted)| noted);
        for (kind, n) in faults(id, &items.found, noted.as_ref()).0 {
            let mut arguments = named();
            arguments.push(("n", n.to_string()));
            self.wrong(kind, "rebuild", arguments);
        }
    }

    /// Looks over a kept document.
    fn document(&mut self, id: i64) {
        let rows = read_with(self.connection, DOCUMENT, [id], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, Vec<u8>>(1)?,
                row.get::<_, String>(2)?,
                row.get::<_, bool>(3)?,
                IssueDate {
                    year: row.get(4)?,
                    month: row.get(5)?,
                    week: row.get(6)?,
                },
            ))
        });
        let Some((path, pages, decoding, is_used, _)) = rows.found.into_iter().next() else {
            let reason = rows.error.unwrap_or_default();
            let arguments = vec![("document", id.to_string()), ("reason", reason)];
            self.wrong("document-unreadable", "rebuild", arguments);
            return;
        };
        match unpack::<Vec<Page>>(&pages) {
            Ok(pages) if pages.is_empty() => {
                let arguments = vec![("document", path.clone())];
                self.wrong("document-empty", "import-file", arguments);
            }
            Ok(pages) => self.pictures(id, &path, &pages),
            Err(error) => {
                let reason = match error {
                    StoreError::Damaged { reason, .. } => reason,
                    error => error.to_string(),
                };
                let arguments = vec![("document", path.clone()), ("reason", reason)];
                self.wrong("document-pages", "import-again", arguments);
            }
        }
        if serde_json::from_str::<Vec<Diagnostic>>(&decoding).is_err() {
            self.wrong(
                "document-decoding",
                "import-again",
                vec![("document", path.clone())],
            );
        }
        if !is_used {
            self.wrong("document-idle", "rebuild", vec![("document", path)]);
        }
    }

    /// The pictures on the pages of a document: each is there, and is what it was.
    fn pictures(&mut self, id: i64, path: &str, pages: &[Page]) {
        let shown = pages.iter().flat_map(|page| &page.pictures);
        let mut shown: BTreeSet<&str> =
            shown.map(|placed| placed.picture.sha256.as_str()).collect();
        // Nothing is asked of the many that have none.
        if shown.is_empty() {
            return;
        }
        let rows = read_with(self.connection, PICTURES, [id], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?))
        });
        for (sha256, bytes) in &rows.found {
            if hash(bytes) == *sha256 {
                shown.remove(sha256.as_str());
            }
        }
        if !shown.is_empty() {
            let arguments = vec![
                ("document", path.to_owned()),
                ("n", shown.len().to_string()),
            ];
            self.wrong("document-pictures", "import-file", arguments);
        }
    }

    /// The keyword index against the texts.
    fn index(&mut self) {
        let unlike = match index::unlike(self.connection) {
            Ok(unlike) => unlike,
            Err(error) => {
                let arguments = vec![
                    ("path", self.path.display().to_string()),
                    ("table", "item_pairs".to_owned()),
                    ("reason", error.to_string()),
                ];
                return self.wrong("table-unreadable", "rebuild", arguments);
            }
        };
        let mut of_issues: BTreeMap<IssueId, usize> = BTreeMap::new();
        for item in unlike {
            *of_issues.entry(order::issue_of(item)).or_default() += 1;
        }
        for (issue, n) in of_issues {
            let arguments = vec![
                ("issue", order::number_of(issue).to_string()),
                ("n", n.to_string()),
            ];
            self.wrong("items-index", "rebuild", arguments);
        }
    }

    /// Items of no issue.
    fn astray(&mut self) {
        let sql = format!(
            "SELECT count(*) FROM item WHERE NOT EXISTS (SELECT 1 FROM issue WHERE issue.id = {})",
            order::issue_of_sql("item.id")
        );
        let astray = read(self.connection, &sql, |row| row.get::<_, i64>(0));
        for n in self.taken(astray, "item") {
            if n > 0 {
                self.wrong("items-astray", "rebuild", vec![("n", n.to_string())]);
            }
        }
    }
}

const PICTURES: &str = "SELECT picture.sha256, picture.bytes FROM source_picture \
    JOIN picture ON picture.id = source_picture.picture WHERE source_picture.source = ?1";

const DOCUMENT: &str = "SELECT path, pages, decoding, EXISTS (SELECT 1 FROM issue WHERE issue.source = source.id), \
    year, month, week FROM source WHERE id = ?1";
