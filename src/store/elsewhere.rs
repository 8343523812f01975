//! Whether another connection, of this program or of another, has changed the library since it was looked at last.
//! Must not read what has changed, nor take longer for a large library than for a small one.

use super::{Store, StoreError};

/// Numbers that change when another connection has written to the content or to the marks. They differ from connection to
/// connection, and mean nothing else: <https://www.sqlite.org/pragma.html#pragma_data_version>.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version {
    content: i64,
    marks: i64,
}

/// What another connection has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Elsewhere {
    /// Issues and items.
    pub content: bool,
    /// What readers added to them, and where they were.
    pub marks: bool,
}

impl Store {
    /// The version of now: microseconds, whatever the library holds.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn version(&self) -> Result<Version, StoreError> {
        let of = |database| {
            self.connection
                .pragma_query_value(Some(database), "data_version", |row| row.get(0))
        };
        Ok(Version {
            content: of("main")?,
            marks: of("marks")?,
        })
    }
}

impl Version {
    /// What was changed between `before`, a version that the same connection gave, and this one; none where nothing was.
    #[must_use]
    pub fn since(self, before: Self) -> Option<Elsewhere> {
        let changed = Elsewhere {
            content: self.content != before.content,
            marks: self.marks != before.marks,
        };
        (changed.content || changed.marks).then_some(changed)
    }
}
