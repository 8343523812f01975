//! The editor of the environment: a text is handed to it in a file of its own, and read back.
//! Must not touch the terminal: whoever calls it has given it back. The file is there until what was written is dropped, so that
//! it can be kept elsewhere where it cannot be kept as a note.

use super::{Exit, Failure, Shelf};
use crate::config::Language;
use crate::issue::LONGEST_NOTE;
use crate::source::MAX_BYTES;
use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, ErrorKind, IsTerminal, Read, Take, Write};
#[cfg(unix)]
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use tempfile::TempDir;

/// Bytes that are read back at most: ten times the longest note.
const MOST: u64 = 1 << 20;
/// What a shell returns where it finds no program of a name, or one that is none.
const NOT_FOUND: [i32; 2] = [126, 127];

/// An editor: a program with arguments, or a line for the shell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor(String);

/// What came of a text in an editor.
#[derive(Debug)]
pub struct Edited {
    /// What stands there now; none where it is as it was. Or why it is not to be taken: the editor failed, or it is no text.
    pub outcome: Result<Option<String>, Failure>,
    before: String,
    path: PathBuf,
    _folder: TempDir,
}

impl Edited {
    /// A failure to take or to keep what was written: where that is another text than before it is put on the shelf, and the
    /// failure says where. `address` is what the note would be stored by.
    #[must_use]
    pub fn rescued(
        &self,
        failure: Failure,
        to: &Shelf,
        address: &str,
        language: Language,
    ) -> Failure {
        let is_other = match read_back(&self.path) {
            Ok(text) => text != trimmed(&self.before),
            // What is no file at all holds nothing that could be kept.
            Err(_) => is_file(&self.path),
        };
        if is_other {
            to.rescue_file(&self.path, failure, address, language)
        } else {
            failure
        }
    }
}

/// What the user makes of `text` in an editor, which has the terminal in the meantime.
///
/// # Errors
/// No editor is named, or the file for it cannot be written.
pub fn edit(text: &str) -> Result<Edited, Failure> {
    Editor::of(|name| std::env::var_os(name))?.edit(text)
}

impl Editor {
    /// The editor that `VISUAL` or else `EDITOR` names.
    ///
    /// # Errors
    /// Neither does.
    pub fn of(variable: impl Fn(&str) -> Option<OsString>) -> Result<Self, Failure> {
        let named = ["VISUAL", "EDITOR"].into_iter().filter_map(variable);
        let mut named = named.filter_map(|name| name.into_string().ok());
        named
            .find(|name| !name.trim().is_empty())
            .map(Self)
            .ok_or_else(|| Failure::new("no-editor", vec![]))
    }

    /// Has a text edited, and waits until the editor ends.
    ///
    /// # Errors
    /// The file for it cannot be written.
    pub fn edit(&self, text: &str) -> Result<Edited, Failure> {
        let (folder, path) = hand_over(text).map_err(|error| unreadable(&error))?;
        let outcome = match self.run(&path) {
            Ok(status) if status.success() => {
                read_back(&path).map(|now| Some(now).filter(|now| now != trimmed(text)))
            }
            Ok(status) => Err(self.failure(status)),
            Err(_) => Err(Failure::new("editor-missing", vec![self.named()])),
        };
        Ok(Edited {
            outcome,
            before: text.to_owned(),
            path,
            _folder: folder,
        })
    }

    /// Has a file edited in its place, and waits until the editor ends.
    ///
    /// # Errors
    /// The editor is not there, or has failed.
    pub fn open(&self, path: &Path) -> Result<(), Failure> {
        match self.run(path) {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(self.failure(status)),
            Err(_) => Err(Failure::new("editor-missing", vec![self.named()])),
        }
    }

    fn run(&self, path: &Path) -> io::Result<ExitStatus> {
        let mut command = self.command(path);
        if !io::stdin().is_terminal()
            && let Ok(terminal) = File::open("/dev/tty")
        {
            // The reader itself takes its keys from there, too.
            command.stdin(terminal);
        }
        command.status()
    }

    fn command(&self, path: &Path) -> Command {
        let named = self.0.trim();
        let for_shell = named.contains(|c: char| "|&;<>()$`\"'\\*?[#~=".contains(c));
        let mut words = named.split_whitespace();
        let mut command = match words.next() {
            Some(program) if !for_shell || cfg!(not(unix)) => {
                let mut command = Command::new(program);
                command.args(words);
                command
            }
            _ => {
                let mut shell = Command::new("sh");
                shell.args(["-c", &format!("{named} \"$@\""), "sh"]);
                shell
            }
        };
        command.arg(path);
        command
    }

    /// What an editor comes to that has not ended well.
    fn failure(&self, status: ExitStatus) -> Failure {
        match status.code() {
            Some(code) if NOT_FOUND.contains(&code) => {
                Failure::new("editor-missing", vec![self.named()])
            }
            Some(code) => {
                let arguments = vec![self.named(), ("status", code.to_string())];
                Failure::new("editor-failed", arguments)
            }
            None => {
                let signal = signal_of(status).map_or_else(|| "?".to_owned(), |n| n.to_string());
                Failure::new("editor-ended", vec![self.named(), ("signal", signal)])
            }
        }
    }

    fn named(&self) -> (&'static str, String) {
        ("editor", self.0.trim().to_owned())
    }
}

/// Puts a text into a file that nobody else can read, in a folder that nobody else can look into: an editor may put its own
/// files beside it. Both go with the folder.
fn hand_over(text: &str) -> io::Result<(TempDir, PathBuf)> {
    let mut folder = tempfile::Builder::new();
    folder.prefix("parkweekly-");
    let mut file = OpenOptions::new();
    file.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::fs::Permissions;
        use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
        folder.permissions(Permissions::from_mode(0o700));
        file.mode(0o600);
    }
    let folder = folder.tempdir()?;
    let path = folder.path().join("note.txt");
    let mut file = file.open(&path)?;
    file.write_all(text.as_bytes())?;
    if !text.is_empty() && !text.ends_with('\n') {
        // As files of text end, and as is expected by what appends to them.
        file.write_all(b"\n")?;
    }
    Ok((folder, path))
}

/// What stands in the file now, without the line end that editors put at its end.
fn read_back(path: &Path) -> Result<String, Failure> {
    // A pipe would be waited for, and a device never ends.
    if path.exists() && !is_file(path) {
        return Err(Failure::new("editor-no-file", vec![]));
    }
    let file = File::open(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => Failure::new("editor-removed", vec![]),
        _ => unreadable(&error),
    })?;
    let text = read_text(file).map_err(|error| unreadable(&error))??;
    let text = text.ok_or_else(|| Failure::new("editor-encoding", vec![]))?;
    Ok(trimmed(&text).to_owned())
}

/// The text that is to be a note; none where it is not UTF-8. Or that there is far too much of it.
///
/// # Errors
/// It cannot be read.
pub fn read_text(reader: impl Read) -> io::Result<Result<Option<String>, Failure>> {
    let mut reader = BufReader::new(reader);
    let mut bytes = vec![];
    if reader.by_ref().take(MOST).read_to_end(&mut bytes)? as u64 == MOST {
        let left = characters_left(reader.take(MAX_BYTES))?;
        return Ok(Err(
            left.map_or_else(endless, |left| too_long(characters(&bytes) + left))
        ));
    }
    Ok(Ok(String::from_utf8(bytes).ok()))
}

/// That a note has so many characters.
#[must_use]
pub fn too_long(length: usize) -> Failure {
    let arguments = vec![
        ("length", length.to_string()),
        ("most", LONGEST_NOTE.to_string()),
    ];
    Failure::new("note-too-long", arguments).ending(Exit::Usage)
}

/// That a note is longer than anything that is read, as a device is that has no end.
fn endless() -> Failure {
    let arguments = vec![
        ("limit", (MAX_BYTES >> 20).to_string()),
        ("most", LONGEST_NOTE.to_string()),
    ];
    Failure::new("note-endless", arguments).ending(Exit::Usage)
}

/// Characters of a text that may be cut anywhere: all bytes but those that go on with one.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

/// Characters to the end of a text, of which nothing is kept; none where that does not come before the limit.
fn characters_left(mut reader: Take<impl BufRead>) -> io::Result<Option<usize>> {
    let mut sum = 0;
    loop {
        if reader.limit() == 0 {
            return Ok(None);
        }
        let bytes = reader.fill_buf()?;
        if bytes.is_empty() {
            return Ok(Some(sum));
        }
        sum += characters(bytes);
        let length = bytes.len();
        reader.consume(length);
    }
}

#[cfg(unix)]
fn signal_of(status: ExitStatus) -> Option<i32> {
    status.signal()
}

#[cfg(not(unix))]
fn signal_of(_: ExitStatus) -> Option<i32> {
    None
}

/// A text without the line ends at its end.
fn trimmed(text: &str) -> &str {
    text.trim_end_matches(['\r', '\n'])
}

fn is_file(path: &Path) -> bool {
    path.metadata().is_ok_and(|found| found.is_file())
}

fn unreadable(error: &io::Error) -> Failure {
    Failure::new("editor-file", vec![("reason", error.to_string())])
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn editor(line: &str) -> Editor {
        Editor(line.to_owned())
    }

    #[test]
    fn visual_goes_before_editor_and_empty_is_none() {
        let of = |set: &[(&str, &str)]| {
            Editor::of(|name| {
                let found = set.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).into())
            })
        };
        assert_eq!(
            of(&[("VISUAL", "vim"), ("EDITOR", "ed")]),
            Ok(editor("vim"))
        );
        assert_eq!(of(&[("VISUAL", " "), ("EDITOR", "ed")]), Ok(editor("ed")));
        assert_eq!(of(&[]).unwrap_err().code, "no-editor");
    }

    #[test]
    fn a_text_goes_there_and_back_in_a_file_of_its_own() {
        let seen = tempfile::tempdir().unwrap();
        let script = seen.path().join("my editor");
        let log = seen.path().join("log");
        let line = format!(
            "#!/bin/sh\nfor last; do :; done\necho \"$1\" > '{log}'\n\
             stat -c %a \"$last\" \"$(dirname \"$last\")\" >> '{log}'\necho \"$last\" >> '{log}'\necho 二 >> \"$last\"\n",
            log = log.display()
        );
        std::fs::write(&script, line).unwrap();
        std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o700)).unwrap();
        let with_shell = editor(&format!("'{}' --wait", script.display()));
        let edited = with_shell.edit("一").unwrap();
        assert_eq!(edited.outcome, Ok(Some("一\n二".to_owned())));
        let log = std::fs::read_to_string(log).unwrap();
        let lines: Vec<&str> = log.lines().collect();
        assert_eq!(lines[..3], ["--wait", "600", "700"]);
        let path = Path::new(lines[3]);
        assert!(path.exists(), "until nobody asks for it any more");
        drop(edited);
        assert!(!path.exists() && !path.parent().unwrap().exists());
    }

    /// The failure of an editor on a note, and what was put on the shelf.
    fn failing(line: &str) -> (&'static str, Option<Vec<u8>>) {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::of(Some(folder.path().to_owned()));
        let edited = editor(line).edit("一\n二\n").unwrap();
        let failure = edited.outcome.clone().unwrap_err();
        let code = failure.code;
        let told = edited.rescued(failure, &shelf, "1/1/1", Language::Chinese);
        let files = std::fs::read_dir(folder.path()).unwrap();
        let mut kept = files.map(|file| std::fs::read(file.unwrap().path()).unwrap());
        let kept = kept.next();
        assert_eq!(Shelf::is_rescue(&told), kept.is_some());
        (code, kept)
    }

    #[test]
    fn an_editor_that_is_missing_or_fails_says_so_and_what_was_saved_is_put_on_the_shelf() {
        assert_eq!(failing("/nowhere/editor"), ("editor-missing", None));
        assert_eq!(failing("'/nowhere/editor'"), ("editor-missing", None));
        assert_eq!(failing("false"), ("editor-failed", None));
        let saved = "f() { printf 三 > \"$1\"; exit 3; }; f";
        let kept = Some("三".as_bytes().to_owned());
        assert_eq!(failing(saved), ("editor-failed", kept.clone()));
        let killed = "f() { printf 三 > \"$1\"; kill -9 $$; }; f";
        assert_eq!(failing(killed), ("editor-ended", kept));
    }

    #[test]
    fn what_is_no_text_is_put_on_the_shelf_as_it_is() {
        let bytes = "f() { printf 'a\\261\\270' > \"$1\"; }; f";
        let kept = Some(b"a\xb1\xb8".to_vec());
        assert_eq!(failing(bytes), ("editor-encoding", kept));
        let long = "f() { yes 长长长 | head -n 200000 > \"$1\"; }; f";
        let (code, kept) = failing(long);
        assert_eq!((code, kept.unwrap().len()), ("note-too-long", 2_000_000));
    }

    #[test]
    fn what_has_no_end_is_not_read_to_it() {
        let read = |text: &mut dyn Read| read_text(text).unwrap().unwrap_err();
        let endless = read(&mut io::repeat(b'x'));
        assert_eq!((endless.code, endless.exit), ("note-endless", Exit::Usage));
        // As long as it has one, it is counted.
        let long = read(&mut io::repeat(b'x').take(MOST + 7));
        assert_eq!(long.code, "note-too-long");
        let length = ("length", (MOST + 7).to_string());
        assert_eq!(long.arguments[0], length);
        for language in Language::ALL {
            assert!(endless.hint(language).is_some());
            assert!(!endless.message(language).contains("note-endless"));
        }
    }

    #[test]
    fn what_is_no_file_is_not_waited_for() {
        for other in ["rm \"$1\"; mkfifo \"$1\"", "rm \"$1\"; mkdir \"$1\""] {
            let line = format!("f() {{ {other}; }}; f");
            assert_eq!(failing(&line), ("editor-no-file", None), "{other}");
        }
        let device = "f() { ln -sf /dev/zero \"$1\"; }; f";
        assert_eq!(failing(device), ("editor-no-file", None));
        assert_eq!(failing("rm"), ("editor-removed", None));
    }
}
