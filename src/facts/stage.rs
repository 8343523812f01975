//! How far the event has come (§8).

use super::Read;
use super::story::Story;
use crate::issue::Stage;

/// The stage; there always is one.
pub(super) fn read(_story: &Story) -> Read<Stage> {
    Read {
        value: Stage::Other,
        from: vec![],
    }
}
