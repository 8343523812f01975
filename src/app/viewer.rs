//! The viewer that a document is opened with: the one that is named, else that of the system, at a page where it takes one.
//! Must not wait for it longer than to see that it has started, nor hand it anything but the path and a page.

use super::Failure;
use super::original::Original;
use crate::text::clean;
use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread::Builder;
use std::time::Duration;

/// Names the viewer instead of the system: a command in which `{file}` and `{page}` stand for the two, such as
/// `zathura -P {page} {file}`; without `{file}` the path is put behind it, and a known viewer without either gets its page, too.
pub const VIEWER: &str = "PARKWEEKLY_VIEWER";

/// Stand for the two in the command of a viewer.
const FILE: &str = "{file}";
const PAGE: &str = "{page}";

/// How long a viewer is watched: what cannot show a document says so at once.
const START: Duration = Duration::from_millis(400);

/// How long the desktop may think of which viewer it has.
const ANSWER: Duration = Duration::from_secs(2);

/// Opens a document, and does not wait until it is closed. `variable` reads the environment. Tells at which page, where the viewer was
/// told one.
///
/// # Errors
/// There is no viewer, it cannot be started, or it ends at once with an error.
pub fn open(
    original: &Original,
    variable: impl Fn(&str) -> Option<OsString>,
) -> Result<Option<u32>, Failure> {
    let Original { path, page, .. } = original;
    let named = variable(VIEWER).and_then(|named| named.into_string().ok());
    if let Some(named) = named.filter(|named| !named.trim().is_empty()) {
        return open_with(&named, path, *page);
    }
    let known = usual().and_then(|viewer| at_page(&viewer, path, (*page)?));
    if known.is_some_and(|words| start(&words).is_ok()) {
        return Ok(*page);
    }
    match open::that_detached(path) {
        Ok(()) => Ok(None),
        Err(_) => Err(Failure::new("viewer-missing", vec![]).with("path", shown(path))),
    }
}

/// Opens it with the viewer that a user has named.
fn open_with(named: &str, path: &Path, page: Option<u32>) -> Result<Option<u32>, Failure> {
    let failed = |code| {
        let failure = Failure::new(code, vec![("viewer", clean(named).into_owned())]);
        failure.with("path", shown(path))
    };
    let known = page.and_then(|page| at_page_by_name(named, path, page));
    let is_told = known.is_some() || named.contains(PAGE);
    let words = known.or_else(|| words(named, path, page));
    let words = words.ok_or_else(|| failed("viewer-malformed"))?;
    match start(&words) {
        Ok(()) => Ok(page.filter(|_| is_told)),
        Err(Refusal::NotStarted(error)) if error.kind() == io::ErrorKind::NotFound => {
            Err(failed("viewer-not-found"))
        }
        Err(Refusal::NotStarted(error)) => Err(failed("viewer-failed").with("reason", error)),
        Err(Refusal::Ended(status)) => Err(failed("viewer-ended").with("status", status)),
    }
}

fn shown(path: &Path) -> String {
    clean(&path.to_string_lossy()).into_owned()
}

/// The command of a known viewer that is named by its program alone.
fn at_page_by_name(named: &str, path: &Path, page: u32) -> Option<Vec<OsString>> {
    let named = shlex::split(named)?;
    let [program] = &named[..] else {
        return None;
    };
    let name = Path::new(program).file_name()?.to_str()?;
    let mut words = at_page(name, path, page)?;
    words[0] = program.into();
    Some(words)
}

/// The words of a command that a user has named, in quotes where they have blanks; none where a quote is not closed.
fn words(named: &str, path: &Path, page: Option<u32>) -> Option<Vec<OsString>> {
    let page = page.unwrap_or(1).to_string();
    let named = shlex::split(named).filter(|words| !words.is_empty())?;
    let has_file = named.iter().any(|word| word.contains(FILE));
    let word = |word: &String| match word.as_str() {
        FILE => path.as_os_str().to_owned(),
        word => word
            .replace(PAGE, &page)
            .replace(FILE, &path.to_string_lossy())
            .into(),
    };
    let mut words: Vec<OsString> = named.iter().map(word).collect();
    if !has_file {
        words.push(path.as_os_str().to_owned());
    }
    Some(words)
}

/// The name of the program that the desktop opens PDF with, where it tells.
fn usual() -> Option<String> {
    if !cfg!(all(unix, not(target_os = "macos"))) {
        return None;
    }
    let mut query = Command::new("xdg-mime");
    query.args(["query", "default", "application/pdf"]);
    query.stdin(Stdio::null()).stderr(Stdio::null());
    let (send, answer) = mpsc::channel();
    Builder::new()
        .spawn(move || query.output().map(|output| send.send(output.stdout)))
        .ok()?;
    // One that does not answer is not needed.
    let name = String::from_utf8(answer.recv_timeout(ANSWER).ok()?).ok()?;
    let name = name.trim().trim_end_matches(".desktop");
    let name = name.rsplit_once('.').map_or(name, |(_, name)| name);
    (!name.is_empty()).then(|| name.to_ascii_lowercase())
}

/// The command by which a viewer opens a document at a page, for those that take one.
fn at_page(viewer: &str, path: &Path, page: u32) -> Option<Vec<OsString>> {
    let page = page.to_string();
    let file = path.as_os_str().to_owned();
    let with = |program: &str, flag: String| vec![program.into(), flag.into(), file.clone()];
    Some(match viewer {
        // Their labels are what is printed on a page, which need not be its number.
        "evince" | "papers" | "atril" | "xreader" => with(viewer, format!("--page-index={page}")),
        "okular" | "okularapplication_pdf" => vec!["okular".into(), "-p".into(), page.into(), file],
        "zathura" | "pdf-zathura" | "zathura-pdf-poppler" | "zathura-pdf-mupdf" => {
            vec!["zathura".into(), "-P".into(), page.into(), file]
        }
        "sioyek" => vec!["sioyek".into(), "--page".into(), page.into(), file],
        "mupdf" | "mupdf-x11" => vec!["mupdf".into(), file, page.into()],
        "xpdf" => vec!["xpdf".into(), file, page.into()],
        "qpdfview" => {
            let mut place = file;
            place.push(format!("#{page}"));
            vec!["qpdfview".into(), "--unique".into(), place]
        }
        _ => return None,
    })
}

/// Why a viewer does not show a document.
enum Refusal {
    NotStarted(io::Error),
    Ended(ExitStatus),
}

/// Starts a program that goes on by itself: nothing of it is written on this terminal, and nothing that is typed here reaches it.
fn start(words: &[OsString]) -> Result<(), Refusal> {
    let Some((program, arguments)) = words.split_first() else {
        return Err(Refusal::NotStarted(io::ErrorKind::NotFound.into()));
    };
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn().map_err(Refusal::NotStarted)?;
    let (ended, end) = mpsc::channel();
    // Whoever ends is to be waited for, or stays in the table of processes.
    let wait = move || child.wait().map(|status| ended.send(status));
    // Without it the viewer is not watched.
    let _ = Builder::new().spawn(wait);
    match end.recv_timeout(START) {
        Ok(status) if !status.success() => Err(Refusal::Ended(status)),
        // It goes on, or has handed the document to one that does.
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_named_viewer_gets_path_and_page() {
        let path = Path::new("/周报 1.pdf");
        let of = |named: &str, page| {
            let words = words(named, path, page).unwrap();
            words
                .iter()
                .map(|word| word.to_string_lossy().into_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            of("zathura -P {page} {file}", Some(7)),
            ["zathura", "-P", "7", "/周报 1.pdf"]
        );
        assert_eq!(
            of("view --page={page}", None),
            ["view", "--page=1", "/周报 1.pdf"]
        );
        assert_eq!(
            of("firefox file://{file}#page={page}", Some(2)),
            ["firefox", "file:///周报 1.pdf#page=2"]
        );
    }

    #[test]
    fn quotes_keep_words_together() {
        let path = Path::new("a b.pdf");
        let words = words("'/opt/my viewer' --title \"a b\" '{file}'", path, None).unwrap();
        assert_eq!(words, ["/opt/my viewer", "--title", "a b", "a b.pdf"]);
        assert_eq!(super::words("view 'open", path, None), None);
        assert_eq!(super::words("  ", path, None), None);
    }

    #[test]
    fn known_viewers_open_at_a_page() {
        let path = Path::new("a.pdf");
        let first = |viewer: &str| at_page(viewer, path, 3).map(|words| words[0].clone());
        assert_eq!(first("evince"), Some("evince".into()));
        assert_eq!(first("okularapplication_pdf"), Some("okular".into()));
        assert_eq!(first("firefox"), None);
        let named = |named: &str| at_page_by_name(named, path, 3);
        let words: Vec<OsString> = ["/opt/okular", "-p", "3", "a.pdf"].map(Into::into).into();
        assert_eq!(named("/opt/okular"), Some(words));
        assert_eq!(named("okular --unique"), None);
    }
}
