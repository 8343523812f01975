//! The document that an item was read from, opened with the viewer of the system: at the item's page where the viewer takes one.
//! Must not wait for the viewer, nor hand it anything but the path and a page.

use super::Failure;
use super::input::STDIN;
use crate::issue::{IssueId, ItemId, Page};
use crate::store::{Store, issue_of};
use crate::text::{clean, normalise};
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Names the viewer instead of the system: a command in which `{file}` and `{page}` stand for the two, such as
/// `zathura -P {page} {file}`; without `{file}` the path is put behind it.
pub const VIEWER: &str = "PARKWEEKLY_VIEWER";

/// Stand for the two in the command of a viewer.
const FILE: &str = "{file}";
const PAGE: &str = "{page}";

/// A document, and where in it something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// Where it was when it was imported.
    pub path: PathBuf,
    /// Its page, from 1; none where it has none, or where the item is not found on any.
    pub page: Option<u32>,
}

impl Original {
    /// That of an issue, or of one of its items.
    ///
    /// # Errors
    /// It was read from the standard input, is there no more, or the library cannot be read.
    pub fn of(store: &Store, issue: IssueId, item: Option<ItemId>) -> Result<Self, Failure> {
        let gone = || Failure::new("original-unknown", vec![]);
        let (source, path) = store.document(issue)?.ok_or_else(gone)?;
        if path == STDIN {
            return Err(Failure::new("original-stdin", vec![]));
        }
        let path = PathBuf::from(path);
        if !path.is_file() {
            let shown = clean(&path.to_string_lossy()).into_owned();
            return Err(Failure::new("original-gone", vec![("path", shown)]));
        }
        let headline = match item {
            Some(item) => store.item(item)?.map(|view| view.head.key.headline),
            None => None,
        };
        let page = match headline {
            Some(headline) => {
                let pages = store.kept_pages(source)?.unwrap_or_default();
                page_of(&pages, &headline)
            }
            None => None,
        };
        Ok(Self { path, page })
    }

    /// That of an item.
    ///
    /// # Errors
    /// As [`Original::of`].
    pub fn of_item(store: &Store, item: ItemId) -> Result<Self, Failure> {
        Self::of(store, issue_of(item), Some(item))
    }

    /// Opens it, and does not wait. `variable` reads the environment. Tells at which page, where the viewer was told one.
    ///
    /// # Errors
    /// There is no viewer, or it cannot be started.
    pub fn open(
        &self,
        variable: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Option<u32>, Failure> {
        let path = || clean(&self.path.to_string_lossy()).into_owned();
        let named = variable(VIEWER).and_then(|named| named.into_string().ok());
        if let Some(named) = named.filter(|named| !named.trim().is_empty()) {
            let words = words(&named, &self.path, self.page);
            let started = words.map_or_else(
                || Err(io::ErrorKind::InvalidInput.into()),
                |words| start(&words),
            );
            let is_told = named.contains(PAGE);
            return match started {
                Ok(()) => Ok(self.page.filter(|_| is_told)),
                Err(error) => {
                    let failure = Failure::new("viewer-failed", vec![("viewer", named)]);
                    Err(failure.with("path", path()).with("reason", error))
                }
            };
        }
        let viewer = usual().and_then(|viewer| at_page(&viewer, &self.path, self.page?));
        if viewer.is_some_and(|words| start(&words).is_ok()) {
            return Ok(self.page);
        }
        match open::that_detached(&self.path) {
            Ok(()) => Ok(None),
            Err(_) => Err(Failure::new("viewer-missing", vec![("path", path())])),
        }
    }
}

/// The page, from 1, on which a headline, normalised, stands: the last one that has it, for contents come before the items. None in a
/// document without pages, such as a text.
fn page_of(pages: &[Page], headline: &str) -> Option<u32> {
    // Its lines as one: a headline may be wrapped.
    let texts = pages.iter().map(|page| {
        page.lines
            .iter()
            .map(|line| normalise(&line.text))
            .collect()
    });
    let texts: Vec<String> = texts.collect();
    let of = |wanted: &str| {
        let has = |text: &String| text.contains(wanted);
        pages.get(texts.iter().rposition(has)?)?.number
    };
    of(headline)
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
    let output = query
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let name = String::from_utf8(output.stdout).ok()?;
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
        "evince" | "papers" => with(viewer, format!("--page-index={page}")),
        "atril" | "xreader" => with(viewer, format!("--page-label={page}")),
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

/// Starts a program that goes on by itself: nothing of it is written on this terminal, and nothing that is typed here reaches it.
fn start(words: &[OsString]) -> io::Result<()> {
    let Some((program, arguments)) = words.split_first() else {
        return Err(io::ErrorKind::NotFound.into());
    };
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn()?;
    // Whoever ends is to be waited for, or stays in the table of processes.
    std::thread::spawn(move || child.wait());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::Line;

    fn page(number: u32, lines: &[&str]) -> Page {
        let lines = lines.iter().map(|text| Line {
            number: 1,
            text: (*text).to_owned(),
        });
        Page {
            number: Some(number),
            lines: lines.collect(),
            ..Page::default()
        }
    }

    #[test]
    fn an_item_is_on_the_last_page_that_has_its_headline() {
        let pages = [
            page(1, &["●项目 开工......1"]),
            page(2, &["●项目开工", "■正文"]),
            page(3, &["注"]),
        ];
        assert_eq!(page_of(&pages, &normalise("项目开工")), Some(2));
        assert_eq!(page_of(&pages, &normalise("另一项目")), None);
        let text = Page {
            number: None,
            ..pages[1].clone()
        };
        assert_eq!(page_of(&[text], &normalise("项目开工")), None);
    }

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
    }
}
