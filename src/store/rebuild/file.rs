//! The file of the new database: made empty, looked over, written out, and deleted where it takes no other's place.
//! Must not know what is put into it.

use crate::store::check::complaints;
use crate::store::place::{Location, beside};
use crate::store::{StoreError, open, schema};
use rusqlite::Connection;
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// File name of the new content while it is made.
const NAME: &str = "library.sqlite3.new";

/// The file of a new database, deleted unless it takes the place of another.
pub(super) struct NewFile(pub PathBuf);

impl Drop for NewFile {
    fn drop(&mut self) {
        let _ = remove(&self.0);
    }
}

/// Deletes a database with what stands beside it.
fn remove(path: &Path) -> std::io::Result<()> {
    for end in ["-wal", "-shm", "-journal", ""] {
        match std::fs::remove_file(beside(path, end)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// An empty database in `folder`, in the place of what an interrupted one left.
pub(super) fn create(folder: &Path) -> Result<(NewFile, Connection), StoreError> {
    let path = folder.join(NAME);
    let made = remove(&path).and_then(|()| open::make_file(&path));
    made.map_err(|error| match error.kind() {
        // The library is there, and it is the same as with any other change of it.
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => StoreError::ReadOnly {
            path: Some(folder.to_owned()),
            reason: error.to_string(),
        },
        _ => open::cannot_create(&path, &error),
    })?;
    let file = NewFile(path.clone());
    let mut connection = open::open_alone(&Location::File(path.clone()))?;
    connection.pragma_update(None, "application_id", schema::LIBRARY.application)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // Until it is whole nobody needs it, and then it is written out at once.
    connection.pragma_update(None, "synchronous", "OFF")?;
    schema::LIBRARY
        .migrations
        .to_latest(&mut connection)
        .map_err(|error| match error {
            rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
            error => StoreError::CannotCreate {
                path: path.clone(),
                reason: error.to_string(),
            },
        })?;
    connection.execute_batch("PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;")?;
    Ok((file, connection))
}

/// Looks a new database over before anything else knows of it.
pub(super) fn verify(connection: &Connection) -> Result<(), StoreError> {
    let dangling: u32 =
        connection.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| {
            row.get(0)
        })?;
    let complaints = complaints(connection, 1);
    if dangling == 0 && complaints.is_empty() {
        return Ok(());
    }
    Err(StoreError::Other {
        reason: complaints
            .into_iter()
            .next()
            .unwrap_or_else(|| "foreign keys".to_owned()),
    })
}

/// Writes all of a new database out into its one file.
pub(super) fn write_out(connection: Connection, path: &Path) -> Result<(), StoreError> {
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    connection.close().map_err(|(_, error)| error)?;
    let written = File::open(path).and_then(|file| file.sync_all());
    written.map_err(|error| StoreError::NotWritable {
        reason: error.to_string(),
    })
}
