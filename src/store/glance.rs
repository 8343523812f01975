//! A look at a library without touching it: what importing an issue would come to.
//! Must not write, and makes neither a folder nor a file.

use super::changes::{Changes, changes};
use super::former::{Before, former, is_same, known_publication};
use super::named::Named;
use super::open::{self, Looked, Standing};
use super::order;
use super::place::Files;
use super::raw::{self, State};
use super::schema::MARKS;
use super::{Kept, Place, Status, StoreError, content, pictures, records, successors};
use crate::issue::{Issue, IssueId, IssueNumber, MarkRecord};
use rusqlite::Connection;
use std::borrow::Cow;

/// A library that is only looked at; there need be none.
#[derive(Debug)]
pub struct Glance {
    found: Option<Looked>,
    /// The marks, where they are there and of the schema of this version.
    marks: Option<Connection>,
}

/// An issue as the library read it, with what it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// The issue, without what its reader has corrected.
    pub issue: Issue,
    /// SHA-256 of its document, in hexadecimal.
    pub sha256: String,
    /// Version of the parser that read it.
    pub parser: u32,
}

/// What importing an issue would come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen<'a> {
    /// What the library has of it.
    pub status: Status,
    /// The copy that it has, if one.
    pub before: Option<Before>,
    /// What it would have otherwise than that copy; nothing where there is none.
    pub changes: Changes,
    /// What would be stored.
    pub issue: Cow<'a, Issue>,
}

impl Glance {
    /// Looks at the library at `place`.
    ///
    /// # Errors
    /// A file of that name is not ours, is damaged, comes from a newer version or cannot be read.
    pub fn open(place: &Place) -> Result<Self, StoreError> {
        let files = Files::of(place)?;
        let found = open::look(&files)?;
        let marks = files.marks.file().map(|path| raw::state(path, &MARKS));
        let marks = match marks {
            Some(State::Current(connection)) => Some(connection),
            _ => None,
        };
        Ok(Self { found, marks })
    }

    /// The marks of an issue, by its publication's name and number.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn marks(
        &self,
        publication: &str,
        number: IssueNumber,
    ) -> Result<Vec<MarkRecord>, StoreError> {
        match &self.marks {
            Some(marks) => records::of_issue(marks, publication, number),
            None => Ok(vec![]),
        }
    }

    /// The issue that importing `issue` would replace; none where there is none, or it cannot be read.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn held(&self, issue: &Issue, kept: &Kept<'_>) -> Result<Option<Held>, StoreError> {
        let Some(looked) = &self.found else {
            return Ok(None);
        };
        let Some(former) = former(&looked.connection, issue, kept)? else {
            return Ok(None);
        };
        let held = match content::parsed(&looked.connection, former.id) {
            Ok(held) => held,
            Err(StoreError::Damaged { .. }) => None,
            Err(error) => return Err(error),
        };
        Ok(held.map(|issue| Held {
            issue,
            sha256: former.sha256,
            parser: former.parser,
        }))
    }

    /// What [`Store::import`](super::Store::import) would find of `issue`, and what it would store.
    ///
    /// # Errors
    /// The errors of importing it, but for those of writing.
    pub fn look<'a>(&self, issue: &'a Issue, kept: &Kept<'_>) -> Result<Seen<'a>, StoreError> {
        let new = |publication: Option<u8>| {
            place(issue, publication.unwrap_or(1))?;
            Ok(Seen {
                status: Status::New,
                before: None,
                changes: Changes::default(),
                issue: Cow::Borrowed(issue),
            })
        };
        let Some(looked) = &self.found else {
            return new(None);
        };
        let connection = &looked.connection;
        let publication = known_publication(connection, &issue.publication)?;
        let Some(former) = former(connection, issue, kept)? else {
            return new(publication);
        };
        let issue = former.complete(issue);
        let id = place(&issue, publication.unwrap_or(1))?;
        // What an older version stored, this one would store otherwise.
        let is_same = looked.standing == Standing::Current
            && former.sha256 == kept.sha256
            && former.parser == kept.parser
            && is_same(connection, former.id, &issue)?;
        let changes = if is_same {
            Changes::default()
        } else {
            let reading = former.reading(kept);
            let named = Named::after(connection, Some(former.id), &issue)?;
            let named = match &self.marks {
                Some(marks) => named.corrected(marks)?,
                None => named,
            };
            let became = successors::find(connection, former.id, (id, &named), reading)?;
            changes(connection, former.id, (id, &named.issue), &became)?
        };
        Ok(Seen {
            status: if is_same {
                Status::Unchanged
            } else {
                Status::Replaced
            },
            before: Some(Before {
                pictures: pictures::shown(connection, former.id),
                ..former.before
            }),
            changes,
            issue,
        })
    }
}

/// Refuses what has no place in a library.
fn place(issue: &Issue, publication: u8) -> Result<IssueId, StoreError> {
    if issue.items().count() > order::MAX_ITEMS {
        return Err(StoreError::TooManyItems {
            most: order::MAX_ITEMS,
        });
    }
    order::issue_id(order::Standing {
        date: (issue.year, issue.month, issue.week),
        publication,
        number: issue.number,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::{IssueNumber, Item, Section, SectionOrdinal};
    use crate::store::Store;
    use std::fs;

    fn issue(number: u32) -> Issue {
        Issue {
            publication: "园区周报".to_owned(),
            number: IssueNumber(number),
            year: Some(2024),
            month: Some(1),
            week: Some(1),
            publisher: None,
            site: None,
            note: None,
            sections: vec![Section {
                ordinal: SectionOrdinal(1),
                title: "招商引资".to_owned(),
                page: None,
                items: Vec::<Item>::new(),
            }],
            diagnostics: vec![],
        }
    }

    fn kept(sha256: &str) -> Kept<'_> {
        Kept {
            path: "x.txt",
            sha256,
            parser: 1,
            pages: &[],
        }
    }

    #[test]
    fn it_says_what_an_import_would_find_and_makes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::Folder(folder.path().join("library"));
        let status = |number, sha256| {
            let glance = Glance::open(&place).unwrap();
            glance.look(&issue(number), &kept(sha256)).unwrap().status
        };
        assert_eq!(status(1, "a"), Status::New);
        assert!(!folder.path().join("library").exists());
        let mut store = Store::open(&place).unwrap();
        store.import(&issue(1), &kept("a")).unwrap();
        // While the store is open, what it wrote stands in the WAL; afterwards in the file.
        for _ in 0..2 {
            assert_eq!(status(1, "a"), Status::Unchanged);
            assert_eq!(status(1, "b"), Status::Replaced);
            assert_eq!(status(2, "a"), Status::New);
            store = Store::open(&Place::Memory).unwrap();
        }
        drop(store);
        let names: Vec<_> = fs::read_dir(folder.path().join("library"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(names.len(), 2, "{names:?}");
    }

    #[test]
    fn what_has_no_place_is_refused_as_by_an_import() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::Folder(folder.path().join("library"));
        let refused = Glance::open(&place)
            .unwrap()
            .look(&issue(u32::MAX), &kept("a"))
            .map(|seen| seen.status);
        assert!(matches!(refused, Err(StoreError::NumberTooLarge { .. })));
        fs::create_dir(folder.path().join("library")).unwrap();
        let file = folder.path().join("library/library.sqlite3");
        fs::write(&file, "something else".repeat(100)).unwrap();
        let foreign = Glance::open(&place);
        assert!(matches!(foreign, Err(StoreError::Foreign { .. })));
    }
}
