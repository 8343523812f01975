//! Marks that go along when an item is read under another headline than before, or its issue under another publication.
//! Must not lose one: what no item has become keeps its marks under its old name.
//!
//! Content and marks are two files, and a transaction over both is whole in each of them, not in both
//! (<https://www.sqlite.org/lang_attach.html>). So the marks are copied to the new names in a transaction of their own first;
//! only then the content changes, and the marks of the old names go. Whatever cuts that short, the item that the library
//! holds has its marks.

use super::successors::{self, Successor};
use super::{Store, StoreError, rows};
use crate::issue::{Issue, IssueId};
use rusqlite::{Connection, params};

/// How far the marks are of an issue that is about to be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Copies {
    /// They may have to be copied.
    Due,
    /// They are, in a transaction before this one.
    Made,
}

/// All that a mark says, merged into what the new name has already: of each statement the later one.
pub(super) const COPY: &str = "INSERT INTO marks.mark (publication, number, headline, nth, printed, \
    bookmarked, bookmarked_at, read, read_at, place, placed_at) \
    SELECT ?5, ?6, ?7, ?8, ?9, bookmarked, bookmarked_at, read, read_at, place, placed_at FROM marks.mark \
    WHERE publication = ?1 AND number = ?2 AND headline = ?3 AND nth = ?4 \
    ON CONFLICT DO UPDATE SET printed = excluded.printed, \
    bookmarked = iif(coalesce(excluded.bookmarked_at, '') >= coalesce(bookmarked_at, ''), excluded.bookmarked, bookmarked), \
    bookmarked_at = nullif(max(coalesce(excluded.bookmarked_at, ''), coalesce(bookmarked_at, '')), ''), \
    read = iif(coalesce(excluded.read_at, '') >= coalesce(read_at, ''), excluded.read, read), \
    read_at = nullif(max(coalesce(excluded.read_at, ''), coalesce(read_at, '')), ''), \
    place = iif(coalesce(excluded.placed_at, '') >= coalesce(placed_at, ''), excluded.place, place), \
    placed_at = nullif(max(coalesce(excluded.placed_at, ''), coalesce(placed_at, '')), '')";

impl Store {
    /// Carries marks along that were set under an old name after its item had got a new one: by who had not heard of it yet.
    ///
    /// # Errors
    /// The marks cannot be written.
    pub fn carry(&mut self, became: &[Successor]) -> Result<(), StoreError> {
        let transaction = self.begin()?;
        if copy(&transaction, became)? {
            forget(&transaction, became)?;
        }
        Ok(transaction.commit()?)
    }
}

/// Takes the former rows of an issue out and carries the marks along; what became of its items. None where the marks have
/// only been copied: the transaction is to be committed, and the whole to be begun again.
pub(super) fn make_room(
    transaction: &Connection,
    former: IssueId,
    id: IssueId,
    issue: &Issue,
    copies: Copies,
) -> Result<Option<Vec<Successor>>, StoreError> {
    let became = successors::find(transaction, former, id, issue)?;
    // Once more where they are copied already: another mark may have been set in between.
    if copy(transaction, &became)? && copies == Copies::Due {
        return Ok(None);
    }
    forget(transaction, &became)?;
    rows::remove(transaction, former)?;
    Ok(Some(became))
}

/// Copies the marks of items that have another name now; whether there was any.
pub(super) fn copy(transaction: &Connection, became: &[Successor]) -> Result<bool, StoreError> {
    let mut copy = transaction.prepare_cached(COPY)?;
    let mut any = false;
    for successor in became.iter().filter(|successor| successor.is_renamed()) {
        let (former, key) = (&successor.former, &successor.key);
        let copied = copy.execute(params![
            former.publication,
            former.issue.0,
            former.headline,
            former.nth,
            key.publication,
            key.issue.0,
            key.headline,
            key.nth,
            successor.printed,
        ])?;
        any |= copied > 0;
    }
    Ok(any)
}

/// Takes the marks of the old names away.
fn forget(transaction: &Connection, became: &[Successor]) -> Result<(), StoreError> {
    let mut forget = transaction.prepare_cached(
        "DELETE FROM marks.mark WHERE publication = ?1 AND number = ?2 AND headline = ?3 AND nth = ?4",
    )?;
    for successor in became.iter().filter(|successor| successor.is_renamed()) {
        let former = &successor.former;
        forget.execute(params![
            former.publication,
            former.issue.0,
            former.headline,
            former.nth
        ])?;
    }
    Ok(())
}
