//! `show ADDRESS --picture N -o FILE`: writes a photo of an item, as it stood in the document.
//! Must not leave half of one behind, nor write one to a terminal.

use crate::app::{Exit, Failure};
use crate::cli::output::{Output, Stop};
use crate::config::Language;
use crate::issue::Part;
use crate::store::{Located, Store};
use crate::text::clean;
use std::fs;
use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// Stands for the standard output.
const STDOUT: &str = "-";

/// Writes the `n`-th picture of an item to a file, or to the standard output.
pub(super) fn write(
    store: &Store,
    (part, located): (Part, Located),
    n: u32,
    path: &Path,
    (language, output): (Language, &mut Output),
) -> Result<Exit, Stop> {
    let (Part::Item(..), Located::Item(id)) = (part, located) else {
        return Err(Failure::new("picture-of-item", vec![])
            .ending(Exit::Usage)
            .into());
    };
    let item = store
        .item(id)?
        .map(|view| (view.head.address(), view.item.pictures));
    let (address, pictures) = item.ok_or_else(|| Failure::new("picture-gone", vec![]))?;
    let Some(picture) = pictures.iter().find(|picture| picture.n == n) else {
        let arguments = vec![
            ("address", address.to_string()),
            ("n", n.to_string()),
            ("all", pictures.len().to_string()),
        ];
        let code = if pictures.is_empty() {
            "pictures-none"
        } else {
            "picture-none"
        };
        return Err(Failure::new(code, arguments).ending(Exit::Nothing).into());
    };
    let Some(bytes) = store.picture(&picture.sha256)? else {
        let arguments = vec![("address", address.to_string()), ("n", n.to_string())];
        return Err(Failure::new("picture-lost", arguments).into());
    };
    let path_argument = || vec![("path", clean(&path.to_string_lossy()).into_owned())];
    if path == Path::new(STDOUT) {
        if io::stdout().is_terminal() {
            return Err(Failure::new("picture-to-terminal", vec![])
                .ending(Exit::Usage)
                .into());
        }
        output.finish()?;
        output.bytes(&bytes)?;
        return Ok(Exit::Done);
    }
    if is_precious(path) {
        return Err(Failure::new("picture-over-document", path_argument()).into());
    }
    save(path, &bytes).map_err(|error| {
        Failure::new("picture-unwritten", path_argument()).with("reason", error)
    })?;
    let media_type = &picture.media_type;
    let size = format!("{}×{}", picture.width, picture.height);
    let written = clean(&path.to_string_lossy()).into_owned();
    output.message(&language.say_with(
        "picture.written",
        &[("path", &written), ("type", media_type), ("size", &size)],
    ))?;
    Ok(Exit::Done)
}

/// Whether what stands at a path is a document or a library: a name that was mistyped, or completed too far.
fn is_precious(path: &Path) -> bool {
    let begins = || -> io::Result<[u8; 15]> {
        let mut first = [0; 15];
        // Nothing else is opened: a pipe would wait.
        if fs::metadata(path)?.is_file() {
            fs::File::open(path)?.read_exact(&mut first)?;
        }
        Ok(first)
    };
    begins().is_ok_and(|first| first.starts_with(b"%PDF-") || first == *b"SQLite format 3")
}

/// Writes bytes to a file, through a link to what it leads to: the whole of them, or what was there stays as it was.
fn save(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = target(path);
    let before = fs::metadata(&target);
    if before.as_ref().is_ok_and(|before| !before.is_file()) {
        // A pipe or a device.
        let mut file = fs::OpenOptions::new().write(true).open(&target)?;
        if file.is_terminal() {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        return file.write_all(bytes);
    }
    let folder = target.parent().filter(|folder| *folder != Path::new(""));
    let mut new = tempfile::Builder::new();
    #[cfg(unix)]
    new.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    // Without the name of the file that nobody has heard of.
    let plain = |error: io::Error| io::Error::from(error.kind());
    let folder = folder.unwrap_or(Path::new("."));
    let mut new = new.tempfile_in(folder).map_err(plain)?;
    new.write_all(bytes).map_err(plain)?;
    if let Ok(before) = before {
        fs::set_permissions(new.path(), before.permissions())?;
    }
    new.persist(&target).map_err(|error| plain(error.error))?;
    Ok(())
}

/// What a path leads to, if it is there or not.
fn target(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| match fs::read_link(path) {
        Ok(link) => path.parent().unwrap_or(Path::new("")).join(link),
        Err(_) => path.to_owned(),
    })
}
