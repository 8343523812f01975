//! What has been seen of the item that is read.
//! Must not decide what follows from it.

use crate::issue::ItemKey;
use std::time::Instant;

/// What has been seen of the item that the body shows while it has the focus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The item.
    pub item: ItemKey,
    /// Since when it is on the screen.
    pub since: Instant,
    /// Whether its end was there.
    pub to_its_end: bool,
    /// Whether it is decided if it is read, by this or by the reader.
    pub is_settled: bool,
}
