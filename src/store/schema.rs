//! The schemas of both databases as numbered migrations, from `assets/schema`.
//! Must never change a migration that a release has run; a change is a new file.

use super::error::Which;
use rusqlite_migration::{M, Migrations};

const LIBRARY_STEPS: &[M<'_>] = &[
    M::up(include_str!("../../assets/schema/library-001.sql")),
    M::up(include_str!("../../assets/schema/library-002.sql")),
    M::up(include_str!("../../assets/schema/library-003.sql")),
];
const MARKS_STEPS: &[M<'_>] = &[
    M::up(include_str!("../../assets/schema/marks-001.sql")),
    M::up(include_str!("../../assets/schema/marks-002.sql")),
    M::up(include_str!("../../assets/schema/marks-003.sql")),
];

/// One of the two databases: what its file says about itself, and how it is brought up to date.
#[derive(Debug)]
pub(super) struct Schema {
    /// Which of the two.
    pub which: Which,
    /// What stands in every file of it, and in no other of ours, by which it is known where its header is not.
    pub sign: &'static str,
    /// `PRAGMA application_id`, by which a file of this program is known.
    pub application: i32,
    /// `PRAGMA user_version` of a file that is up to date.
    pub version: usize,
    /// The way there.
    pub migrations: Migrations<'static>,
}

/// The content.
pub(super) const LIBRARY: Schema = Schema {
    which: Which::Content,
    sign: "CREATE TABLE item (",
    application: i32::from_be_bytes(*b"PkwL"),
    version: LIBRARY_STEPS.len(),
    migrations: Migrations::from_slice(LIBRARY_STEPS),
};

/// The marks.
pub(super) const MARKS: Schema = Schema {
    which: Which::Marks,
    sign: "CREATE TABLE mark (",
    application: i32::from_be_bytes(*b"PkwM"),
    version: MARKS_STEPS.len(),
    migrations: Migrations::from_slice(MARKS_STEPS),
};

#[cfg(test)]
mod tests {
    #[test]
    fn the_migrations_run() {
        super::LIBRARY.migrations.validate().unwrap();
        super::MARKS.migrations.validate().unwrap();
    }
}
