//! The real issues, where they are at hand.

use std::io::Write;
use std::path::PathBuf;

/// The folder of the corpus; without one there is nothing to compare, which only a build server counts as a failure.
pub fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("PARKWEEKLY_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        assert!(
            std::env::var("CI").as_deref() != Ok("true"),
            "PARKWEEKLY_CORPUS must name the folder of the corpus"
        );
        // Not `eprintln!`, which the test harness keeps to itself.
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: set PARKWEEKLY_CORPUS to compare with the real issues"
        );
    }
    folder
}
