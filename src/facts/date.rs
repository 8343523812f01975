//! The day of the event (§3).

use super::Read;
use super::story::Story;
use jiff::civil::Date;

/// The day, where the text states one.
pub(super) fn read(_story: &Story) -> Option<Read<Date>> {
    None
}
