//! Reading a file under a limit.
//! Must not open what may never end: devices and sockets are refused, a pipe is read as far as the limit.

use super::{Document, Format, MAX_BYTES, MAX_PDF_BYTES, SourceError, begins_a_text, decode_as};
use crate::text::clean;
use std::fs::{self, File, FileType};
use std::io::Read;
use std::path::Path;

/// Reads the text at `path` and [`decode`](super::decode)s it. A named pipe (such as a shell's `<(…)`) is waited for until its writer ends.
///
/// # Errors
/// Where there is no such file, it may not be read, is no file, is too large, or its decoding refuses its bytes.
pub fn read(path: &Path) -> Result<Document, SourceError> {
    let (name, file) = open(path)?;
    decode_as(&name, &bytes_from(&name, file)?, None)
}

/// The bytes of the file at `path`, and its name cleaned.
///
/// # Errors
/// Where there is no such file, it may not be read, is no file, or is too large.
pub fn bytes_of(path: &Path) -> Result<(String, Vec<u8>), SourceError> {
    let (name, file) = open(path)?;
    let bytes = bytes_from(&name, file)?;
    Ok((name, bytes))
}

/// The file, and its name cleaned.
fn open(path: &Path) -> Result<(String, File), SourceError> {
    let name = clean(&path.to_string_lossy()).into_owned();
    let wrong = |error| SourceError::of(name.clone(), error);
    let metadata = fs::metadata(path).map_err(wrong)?;
    if metadata.is_dir() {
        return Err(SourceError::Folder { path: name });
    }
    if !metadata.is_file() && !is_pipe(metadata.file_type()) {
        return Err(SourceError::Device { path: name });
    }
    if metadata.len() > MAX_PDF_BYTES {
        return Err(SourceError::too_large(name, MAX_PDF_BYTES));
    }
    let file = File::open(path).map_err(wrong)?;
    Ok((name, file))
}

/// All that can be read, but no more of it than is accepted and one byte, so that a file that grows, or one that states no size, is
/// found out. `name` stands for it in errors.
///
/// # Errors
/// Where it cannot be read.
pub fn bytes_from(name: &str, mut input: impl Read) -> Result<Vec<u8>, SourceError> {
    let wrong = |error| SourceError::of(clean(name).into_owned(), error);
    let mut bytes = Vec::new();
    let mut read = |bytes: &mut Vec<u8>, most: u64| {
        let more = most.saturating_sub(bytes.len() as u64);
        input.by_ref().take(more).read_to_end(bytes).map_err(wrong)
    };
    read(&mut bytes, GLANCE)?;
    let most = match Format::of(&bytes) {
        Some(Format::Pdf) => MAX_PDF_BYTES,
        _ => MAX_BYTES,
    };
    read(&mut bytes, most + 1)?;
    Ok(bytes)
}

/// Bytes by which a format is known, and a text told from what is none.
const GLANCE: u64 = 8 * 1024;

/// Whether the file at `path` looks like a document that is read, by its first bytes. What cannot be read does not.
#[must_use]
pub fn looks_like_document(path: &Path) -> bool {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(GLANCE).read_to_end(&mut bytes))
        .is_ok_and(|_| Format::of(&bytes) == Some(Format::Pdf) || begins_a_text(&bytes))
}

#[cfg(unix)]
fn is_pipe(kind: FileType) -> bool {
    use std::os::unix::fs::FileTypeExt;
    kind.is_fifo()
}

#[cfg(not(unix))]
fn is_pipe(_: FileType) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(path: &Path) -> &'static str {
        read(path).unwrap_err().code()
    }

    #[test]
    fn a_file_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("期.txt");
        fs::write(&path, "园区周报\n").unwrap();
        let document = read(&path).unwrap();
        assert_eq!(document.name, path.to_str().unwrap());
        assert_eq!(document.pages[0].lines.len(), 1);
    }

    #[test]
    fn what_is_no_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        assert_eq!(code(&folder.path().join("none")), "source-not-found");
        assert_eq!(code(&file.join("none")), "source-not-found");
        assert_eq!(code(Path::new("")), "source-not-found");
        assert_eq!(code(folder.path()), "source-folder");
        assert_eq!(code(&file), "source-empty");
    }

    #[test]
    fn a_large_file_is_refused_before_it_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large");
        File::create(&path)
            .unwrap()
            .set_len(MAX_PDF_BYTES + 1)
            .unwrap();
        assert_eq!(code(&path), "source-too-large");
    }

    #[cfg(unix)]
    mod unix {
        use super::*;
        use std::os::unix::fs::{MetadataExt, PermissionsExt};
        use std::os::unix::process::CommandExt;
        use std::process::Command;

        const ROOT: u32 = 0;
        const NOBODY: u32 = 65534;

        #[test]
        fn devices_are_refused() {
            assert_eq!(code(Path::new("/dev/zero")), "source-device");
        }

        #[test]
        fn a_pipe_is_read_to_its_end() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("pipe");
            if !Command::new("mkfifo")
                .arg(&path)
                .status()
                .unwrap()
                .success()
            {
                panic!("mkfifo failed");
            }
            let writer = {
                let path = path.clone();
                std::thread::spawn(move || fs::write(path, "园区周报"))
            };
            assert_eq!(read(&path).unwrap().pages[0].lines[0].text, "园区周报");
            writer.join().unwrap().unwrap();
        }

        /// Root may read everything, so root runs this test again as nobody.
        #[test]
        fn a_forbidden_file_is_denied() {
            const ASIDE: &str = "PARKWEEKLY_TEST_FORBIDDEN";
            if let Some(path) = std::env::var_os(ASIDE) {
                assert_eq!(code(Path::new(&path)), "source-denied");
                return;
            }
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("file");
            fs::write(&path, "园区周报").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
            fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
            if fs::metadata(&path).unwrap().uid() != ROOT {
                assert_eq!(code(&path), "source-denied");
                return;
            }
            let this = concat!(module_path!(), "::a_forbidden_file_is_denied");
            let name = this.split_once("::").unwrap().1;
            // The build folder may be closed to nobody; a copy beside the file is not.
            let program = folder.path().join("tests");
            // Another process copies it: a child of another test would hold a file that this one writes, and none may be
            // run that is open for writing.
            let copied = Command::new("cp")
                .arg(std::env::current_exe().unwrap())
                .arg(&program)
                .status();
            assert!(copied.unwrap().success());
            let output = Command::new(&program)
                .args(["--exact", name])
                .env(ASIDE, &path)
                .current_dir(folder.path())
                .uid(NOBODY)
                .gid(NOBODY)
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&output.stdout);
            assert!(
                output.status.success() && said.contains("1 passed"),
                "{said}"
            );
        }
    }
}
