//! Making the files of a library, and bringing an older schema up to date.
//! Must not let a file be seen under its name before it is whole.

use super::super::error::reason_of_migration;
use super::super::place::{Access, Location, beside};
use super::super::schema::Schema;
use super::super::{StoreError, copies};
use super::inspect::{damaged, version};
use super::{database, folder, opening, pragmas};
use rusqlite::{Connection, TransactionBehavior};
use std::fs::File;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// What stands behind the name of a file that is being made.
const NEW: &str = ".new-";

/// Makes a database file at `path`, unless another program is faster.
pub fn make(path: &Path, schema: &Schema) -> Result<(), StoreError> {
    let _guard = path.parent().and_then(folder::lock);
    if path.try_exists().is_ok_and(|there| there) {
        return Ok(());
    }
    let new = new_name(path);
    let made = make_whole(&new, schema).and_then(|()| {
        folder::put_in_place(&new, path).map_err(|error| folder::cannot_create(path, &error))
    });
    if made.is_err() {
        for end in ["", "-journal", "-wal", "-shm"] {
            // What does not go is swept away by the next start.
            let _ = std::fs::remove_file(beside(&new, end));
        }
    }
    made.map(drop)
}

/// A name for a file that becomes the one at `path`, which no other program or thread has.
pub fn new_name(path: &Path) -> std::path::PathBuf {
    static MADE: AtomicU64 = AtomicU64::new(0);
    let n = MADE.fetch_add(1, Ordering::Relaxed);
    beside(path, &format!("{NEW}{}-{n}", std::process::id()))
}

fn make_whole(new: &Path, schema: &Schema) -> Result<(), StoreError> {
    folder::make_file(new).map_err(|error| folder::cannot_create(new, &error))?;
    let location = Location::File(new.to_owned());
    let failed = |error| opening(schema.which, &location, error);
    let mut connection = database(&location, Access::Full)?;
    connection
        .pragma_update(None, "application_id", schema.application)
        .map_err(failed)?;
    pragmas::write_ahead(
        &connection,
        "main",
        (schema.which, &location),
        pragmas::Wal::Set,
    )?;
    migrate(&mut connection, &location, schema)?;
    pragmas::tidy(&connection).map_err(failed)?;
    connection.close().map_err(|(_, error)| failed(error))?;
    File::open(new)
        .and_then(|file| file.sync_all())
        .map_err(|error| folder::cannot_create(new, &error))
}

/// Runs the migrations that are missing, through a connection of their own: they know of no second database. `marks` are
/// copied before; tells what stood in the way of that.
pub fn bring_up_to_date(
    location: &Location,
    schema: &Schema,
    marks: &Location,
) -> Result<Option<StoreError>, StoreError> {
    let mut connection = database(location, Access::Full)?;
    let _guard = location
        .file()
        .and_then(Path::parent)
        .and_then(folder::lock);
    let failed = |error| opening(schema.which, location, error);
    if version(&connection, "main").is_ok_and(|found| found == schema.version) {
        return Ok(None);
    }
    let mut warning = None;
    if location.file().is_some() {
        match copies::before_migration(marks) {
            Ok(()) => {}
            Err(error @ StoreError::Damaged { .. }) => return Err(error),
            Err(error) => warning = Some(error),
        }
        // An interrupted first start of an older version may have left it without. The name must stand in the file itself,
        // where the next glance looks, and not in the WAL.
        let name =
            connection.pragma_query_value(None, "application_id", |row| row.get::<_, i32>(0));
        if name.map_err(failed)? != schema.application {
            connection
                .pragma_update(None, "application_id", schema.application)
                .map_err(failed)?;
        }
        pragmas::write_ahead(
            &connection,
            "main",
            (schema.which, location),
            pragmas::Wal::Set,
        )?;
    }
    migrate(&mut connection, location, schema)?;
    Ok(warning)
}

fn migrate(
    connection: &mut Connection,
    location: &Location,
    schema: &Schema,
) -> Result<(), StoreError> {
    connection.set_transaction_behavior(TransactionBehavior::Immediate);
    match schema.migrations.to_latest(connection) {
        Ok(()) => Ok(()),
        // Another program that opened the library at the same time may have been first.
        Err(_) if version(connection, "main").is_ok_and(|found| found == schema.version) => Ok(()),
        Err(rusqlite_migration::Error::RusqliteError { err, .. }) => {
            match opening(schema.which, location, err) {
                // Tests run every migration: one that fails of itself does so on what an older version did not write.
                StoreError::CannotOpen { reason, .. } => {
                    Err(damaged(schema.which, &location.shown(), reason))
                }
                error => Err(error),
            }
        }
        Err(error) => Err(StoreError::CannotOpen {
            path: location.shown(),
            reason: reason_of_migration(&error),
        }),
    }
}
