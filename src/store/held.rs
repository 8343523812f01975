//! The marks of one file, read into memory and brought up to date there: what they are, and whether all of it is sound.
//! Must not write a byte of the file or make one beside it.

use super::error::reason_of_migration;
use super::open;
use super::place::Files;
use super::raw::{self, State};
use super::schema::{LIBRARY, MARKS, Schema};
use super::{Finding, Place, Records, Searcher, StoreError, check, conditions, records, salvage};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, MAIN_DB};
use std::path::Path;

/// Marks in memory, of the schema of this version.
#[derive(Debug)]
pub(super) struct Held {
    connection: Connection,
}

impl Held {
    /// No marks.
    pub fn empty() -> Result<Self, StoreError> {
        let mut connection = memory()?;
        connection.pragma_update(None, "application_id", MARKS.application)?;
        migrate(&mut connection, &MARKS)?;
        Ok(Self { connection })
    }

    /// The marks of an open database, whatever state they are in.
    ///
    /// # Errors
    /// It cannot be read or brought up to date, or another program writes it.
    pub fn of(source: &Connection) -> Result<Self, StoreError> {
        let mut connection = memory()?;
        pour(source, &mut connection, MAIN_DB)?;
        migrate(&mut connection, &MARKS)?;
        Ok(Self { connection })
    }

    /// The marks of a file with its WAL, whatever state they are in.
    ///
    /// # Errors
    /// It is not there or cannot be read, is no file of marks, or comes from a newer version.
    pub fn read(path: &Path) -> Result<Self, StoreError> {
        let unreadable = |reason| StoreError::CopyUnreadable {
            path: path.to_owned(),
            reason,
        };
        if let Err(error) = std::fs::metadata(path) {
            return Err(unreadable(error.to_string()));
        }
        open::regular_database(path)?;
        match raw::state(path, &MARKS) {
            State::Current(connection) | State::Older(_, connection) => {
                if let Some(reason) = raw::cut_off(path, &connection) {
                    return Err(bad(path, reason));
                }
                Self::of(&connection).map_err(|error| match error {
                    error @ (StoreError::Locked
                    | StoreError::ReadOnly { .. }
                    | StoreError::NoRoom { .. }) => error,
                    error => bad(path, error.to_string()),
                })
            }
            State::Missing | State::Foreign | State::Other => Err(StoreError::NoMarks {
                path: path.to_owned(),
            }),
            State::Closed(reason) => Err(unreadable(reason)),
            State::NoFile(error) => Err(error),
            State::Newer(found) => Err(StoreError::Newer {
                path: path.to_owned(),
                found,
                known: MARKS.version,
            }),
            State::NoDatabase(reason) | State::Damaged(reason) => Err(bad(path, reason)),
        }
    }

    /// The marks of a file, where all of them pass what a check tests.
    ///
    /// # Errors
    /// Those of [`Held::read`], or they do not.
    pub fn whole(path: &Path) -> Result<Self, StoreError> {
        let held = Self::read(path)?;
        match held.fault(path) {
            None => Ok(held),
            Some(Fault::Pages(reason)) => Err(bad(path, reason)),
            Some(Fault::Rows(faults)) => Err(StoreError::FaultyCopy {
                path: path.to_owned(),
                faults,
            }),
        }
    }

    /// What a check finds wrong with them; `path` is what they are called.
    pub fn fault(&self, path: &Path) -> Option<Fault> {
        let findings = check::faults_of_marks(&self.connection, path);
        let pages = findings.iter().find(|one| one.kind == "file-damaged");
        if let Some(reason) = pages.and_then(|one| argument(one, "reason")) {
            return Some(Fault::Pages(reason.to_owned()));
        }
        let counted = |one: &Finding| argument(one, "n").and_then(|n| n.parse().ok()).unwrap_or(1);
        let faults: usize = findings.iter().map(counted).sum();
        (faults > 0).then_some(Fault::Rows(faults))
    }

    /// The connection to them, as the main database.
    pub const fn connection(&self) -> &Connection {
        &self.connection
    }

    /// All of them, in the order of their names.
    ///
    /// # Errors
    /// A row of them cannot be read.
    pub fn records(&self) -> Result<Records, StoreError> {
        let searcher = Searcher {
            connection: self.attached()?,
            files: Files::of(&Place::Memory)?,
        };
        let mut records = Records {
            marks: vec![],
            queries: searcher.query_records()?,
        };
        searcher.each_record(|record| {
            records.marks.push(record);
            Ok::<_, StoreError>(())
        })?;
        Ok(records)
    }

    /// Puts records in the place of all that they hold but where the reader was. What was a copy and nothing else may have been
    /// changed since: it stays under both names.
    ///
    /// # Errors
    /// There is no memory for it.
    pub fn replace(&mut self, records: &Records) -> Result<(), StoreError> {
        let attached = self.attached()?;
        records::replace_all(&attached, records)?;
        let backup = Backup::new_with_names(&attached, "marks", &mut self.connection, MAIN_DB)?;
        done(backup.step(-1)?)
    }

    /// Puts where the reader was in the place of what is known of it.
    ///
    /// # Errors
    /// There is no memory for it.
    pub fn set_session(&self, state: &str, left_at: &str) -> Result<(), StoreError> {
        let sql = "INSERT OR REPLACE INTO session (id, state, left_at) VALUES (1, ?1, ?2)";
        self.connection.execute(sql, [state, left_at])?;
        Ok(())
    }

    /// Leaves out where the reader was where nobody can make sense of it.
    ///
    /// # Errors
    /// There is no memory for it.
    pub fn forget_senseless_session(&self) -> Result<(), StoreError> {
        if salvage::session(&self.connection).is_none() {
            self.connection.execute("DELETE FROM session", [])?;
        }
        Ok(())
    }

    /// A connection that knows them under the name that marks have beside a library.
    fn attached(&self) -> Result<Connection, StoreError> {
        // As beside an empty library: what is done with marks may look for their items.
        let mut connection = memory()?;
        migrate(&mut connection, &LIBRARY)?;
        conditions::add_functions(&connection)?;
        connection.execute_batch("ATTACH ':memory:' AS marks")?;
        pour(&self.connection, &mut connection, c"marks")?;
        Ok(connection)
    }
}

/// What is wrong with marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// SQLite cannot make sense of the file, in its words.
    Pages(String),
    /// So many rows are not what is ever written.
    Rows(usize),
}

fn argument<'f>(finding: &'f Finding, name: &str) -> Option<&'f str> {
    let mut arguments = finding.arguments.iter();
    arguments
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value.as_str())
}

fn memory() -> Result<Connection, StoreError> {
    let connection = Connection::open_in_memory()?;
    connection.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;")?;
    Ok(connection)
}

/// A step that fails, fails on what no version wrote.
fn migrate(connection: &mut Connection, schema: &Schema) -> Result<(), StoreError> {
    let migrated = schema.migrations.to_latest(connection);
    migrated.map_err(|error| StoreError::Damaged {
        file: None,
        reason: reason_of_migration(&error),
    })
}

/// Copies the main database of one connection into one of another.
fn pour(
    source: &Connection,
    to: &mut Connection,
    name: impl rusqlite::Name,
) -> Result<(), StoreError> {
    let backup = Backup::new_with_names(source, MAIN_DB, to, name)?;
    done(backup.step(-1)?)
}

fn done(step: StepResult) -> Result<(), StoreError> {
    match step {
        StepResult::Done => Ok(()),
        _ => Err(StoreError::Locked),
    }
}

fn bad(path: &Path, reason: String) -> StoreError {
    StoreError::BadCopy {
        path: path.to_owned(),
        reason,
    }
}
