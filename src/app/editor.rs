//! The user's own editor on a text: `$VISUAL`, else `$EDITOR`, on a file that nobody else can read.
//! Must not lose what was written: where the editor fails, the text from before is the user's still.

use super::Failure;
use std::env;
use std::fs;
use std::io::Write as _;
use std::process::Command;

/// What the user made of `text` in an editor, which has the terminal in the meantime.
///
/// # Errors
/// No editor is named, it cannot be run or ends with a failure, or the file cannot be written or read.
pub fn edit(text: &str) -> Result<String, Failure> {
    let named = ["VISUAL", "EDITOR"].into_iter().find_map(|name| {
        let value = env::var(name).ok()?;
        (!value.trim().is_empty()).then_some(value)
    });
    let Some(editor) = named else {
        return Err(Failure::new("editor-missing", vec![]));
    };
    let failed = |reason: String| {
        Failure::new(
            "editor-failed",
            vec![("editor", editor.clone()), ("reason", reason)],
        )
    };
    // Made for this user alone, under a name that nobody can guess, and removed when this ends.
    let mut file = tempfile::Builder::new()
        .prefix("parkweekly-note-")
        .suffix(".txt")
        .tempfile()
        .map_err(|error| failed(error.to_string()))?;
    file.write_all(text.as_bytes())
        .and_then(|()| {
            if text.is_empty() || text.ends_with('\n') {
                Ok(())
            } else {
                file.write_all(b"\n")
            }
        })
        .and_then(|()| file.flush())
        .map_err(|error| failed(error.to_string()))?;
    let path = file.path();
    // As git does: the value is a command line of the shell, so that `code --wait` works.
    let mut command = if cfg!(windows) {
        let mut command = Command::new("cmd");
        command.args(["/C", &editor]).arg(path);
        command
    } else {
        let mut command = Command::new("sh");
        command
            .args(["-c", &format!("{editor} \"$@\""), &editor])
            .arg(path);
        command
    };
    let status = command
        .status()
        .map_err(|error| failed(error.to_string()))?;
    if !status.success() {
        return Err(failed(status.to_string()));
    }
    // By its name: many editors write a new file in the place of the old one.
    let edited = fs::read(path).map_err(|error| failed(error.to_string()))?;
    String::from_utf8(edited).map_err(|error| failed(error.to_string()))
}
