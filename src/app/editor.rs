//! The editor of the environment: a text is handed to it in a file of its own, and read back.
//! Must not touch the terminal: whoever calls it has given it back. The file is gone afterwards, whatever happened.

use super::Failure;
use crate::source::decode;
use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io::{self, IsTerminal, Read, Write};
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

/// What the user made of `text` in an editor, which has the terminal in the meantime.
///
/// # Errors
/// No editor is named, it cannot be run or ends with a failure, or the file cannot be written or read.
pub fn edit(text: &str) -> Result<String, Failure> {
    match Editor::of(|name| std::env::var_os(name))?.edit(text) {
        (_, Some(failure)) => Err(failure),
        (now, None) => Ok(now.unwrap_or_else(|| text.to_owned())),
    }
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

    /// Has a text edited, and waits until the editor ends: what is there now, if it can be read, and what went wrong.
    #[must_use]
    pub fn edit(&self, text: &str) -> (Option<String>, Option<Failure>) {
        let failed = |error: io::Error| {
            let arguments = vec![("reason", error.to_string())];
            (None, Some(Failure::new("editor-file", arguments)))
        };
        let (folder, path) = match hand_over(text) {
            Ok(made) => made,
            Err(error) => return failed(error),
        };
        let failure = match self.run(&path) {
            Ok(status) if status.success() => None,
            Ok(status) if status.code().is_some_and(|code| NOT_FOUND.contains(&code)) => {
                return (None, Some(self.failure("editor-missing", &status)));
            }
            Ok(status) => Some(self.failure("editor-failed", &status)),
            Err(error) => return (None, Some(self.failure("editor-missing", &error))),
        };
        let read = read_back(&path);
        drop(folder);
        match read {
            // Not even one that failed may lose what was saved in it.
            Ok(now) => (Some(now).filter(|now| now != text), failure),
            Err(error) => match failure {
                Some(failure) => (None, Some(failure)),
                None => failed(error),
            },
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

    fn failure(&self, code: &'static str, reason: &impl ToString) -> Failure {
        let arguments = vec![
            ("editor", self.0.trim().to_owned()),
            ("reason", reason.to_string()),
        ];
        Failure::new(code, arguments)
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
fn read_back(path: &Path) -> io::Result<String> {
    let mut bytes = vec![];
    File::open(path)?.take(MOST).read_to_end(&mut bytes)?;
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        // An editor may be set up for another encoding, and of what is too long the end may be half a character.
        Err(error) => match decode("note.txt", error.as_bytes()) {
            Ok(document) => {
                let lines = document.pages.into_iter().flat_map(|page| page.lines);
                lines.map(|line| line.text + "\n").collect()
            }
            Err(_) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
        },
    };
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

#[cfg(all(test, unix))]
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
        let (text, failure) = with_shell.edit("一");
        assert_eq!((text.as_deref(), failure), (Some("一\n二"), None));
        let log = std::fs::read_to_string(log).unwrap();
        let lines: Vec<&str> = log.lines().collect();
        assert_eq!(lines[..3], ["--wait", "600", "700"]);
        let path = Path::new(lines[3]);
        assert!(!path.exists() && !path.parent().unwrap().exists());
    }

    #[test]
    fn an_editor_that_is_missing_or_fails_says_so_and_what_was_saved_is_not_lost() {
        let code = |line: &str| {
            let (text, failure) = editor(line).edit("一\n二");
            (text, failure.unwrap().code)
        };
        assert_eq!(code("/nowhere/editor"), (None, "editor-missing"));
        assert_eq!(code("'/nowhere/editor'"), (None, "editor-missing"));
        assert_eq!(code("false"), (None, "editor-failed"));
        let saved = code("f() { printf 三 > \"$1\"; exit 3; }; f");
        assert_eq!(saved, (Some("三".to_owned()), "editor-failed"));
        assert_eq!(code("rm -r").1, "editor-file");
    }

    #[test]
    fn another_encoding_is_read_too() {
        // The same in GB18030.
        let bytes = "\\261\\270\\327\\242\\243\\272\\317\\302\\326\\334\\301\\252\\317\\265\\325\\320\\311\\314\\276\\326\\243\\254\\316\\312\\307\\345\\263\\376\\277\\252\\271\\244\\265\\304\\310\\325\\306\\332";
        let (text, _) = editor(&format!("f() {{ printf '{bytes}' > \"$1\"; }}; f")).edit("");
        assert_eq!(text.unwrap(), "备注：下周联系招商局，问清楚开工的日期");
    }
}
