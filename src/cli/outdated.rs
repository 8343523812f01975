//! What a command says of issues that this version has still to read again: what their items state may be missing.
//! Must not read them; that is the reader's work, and takes its time.

use super::output::{Output, Stop};
use crate::app::issues::READING_VERSION;
use crate::config::Language;
use crate::store::Store;

/// How many issues are to be read again, which is said where there are any.
pub(super) fn tell(store: &Store, language: Language, output: &mut Output) -> Result<usize, Stop> {
    let n = store.count_outdated(READING_VERSION)?;
    if n > 0 {
        output.message(&language.say_with("outdated.facts", &[("n", &n)]))?;
    }
    Ok(n)
}
