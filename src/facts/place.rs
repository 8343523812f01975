//! Where the project stands (§4).

use super::Read;
use super::story::Story;

/// A province and a city by their short names.
#[derive(Debug, Default)]
pub(super) struct Place {
    pub province: Option<Read<String>>,
    pub city: Option<Read<String>>,
}

/// The place.
pub(super) fn read(_story: &Story) -> Place {
    Place::default()
}
