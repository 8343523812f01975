//! What the system says of a file that it does not open, read or write, in the language of the reader.
//! Must not hide what it has no words for: that stays as the system says it.

use crate::config::Language;
use std::io::{self, ErrorKind};

/// The usual kinds of errors; their words are `system.<name>`.
const KINDS: [(ErrorKind, &str); 17] = [
    (ErrorKind::NotFound, "not-found"),
    (ErrorKind::PermissionDenied, "denied"),
    (ErrorKind::AlreadyExists, "exists"),
    (ErrorKind::NotADirectory, "no-folder"),
    (ErrorKind::IsADirectory, "folder"),
    (ErrorKind::ReadOnlyFilesystem, "read-only"),
    (ErrorKind::StorageFull, "full"),
    (ErrorKind::QuotaExceeded, "quota"),
    (ErrorKind::FileTooLarge, "too-large"),
    (ErrorKind::InvalidFilename, "name"),
    (ErrorKind::ResourceBusy, "busy"),
    (ErrorKind::ExecutableFileBusy, "busy"),
    (ErrorKind::TimedOut, "timed-out"),
    (ErrorKind::Interrupted, "interrupted"),
    (ErrorKind::UnexpectedEof, "cut-off"),
    (ErrorKind::OutOfMemory, "memory"),
    (ErrorKind::Unsupported, "unsupported"),
];

/// A reason with the words of the system in it put into the language. It comes as text, because every layer hands on what it was
/// told, some with the name of a file before.
pub(super) fn worded(language: Language, reason: &str) -> String {
    if let Some(error) = numbered(reason) {
        return match word(language, error.kind()) {
            Some(word) => reason.replace(&error.to_string(), &word),
            None => reason.to_owned(),
        };
    }
    // An error that this program has found itself has no number, and is all there is or the end.
    let found = KINDS.into_iter().find_map(|(kind, _)| {
        let before = reason.strip_suffix(&io::Error::from(kind).to_string())?;
        (before.is_empty() || before.ends_with(": ")).then_some((before, kind))
    });
    let found = found.and_then(|(before, kind)| Some((before, word(language, kind)?)));
    found.map_or_else(
        || reason.to_owned(),
        |(before, word)| format!("{before}{word}"),
    )
}

/// The error of the system that a reason quotes: `Is a directory (os error 21)`.
fn numbered(reason: &str) -> Option<io::Error> {
    let (_, number) = reason.split_once("(os error ")?;
    let (number, _) = number.split_once(')')?;
    number.parse().ok().map(io::Error::from_raw_os_error)
}

fn word(language: Language, kind: ErrorKind) -> Option<String> {
    let mut kinds = KINDS.into_iter();
    let (_, name) = kinds.find(|(known, _)| *known == kind)?;
    Some(language.say(&format!("system.{name}")).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Failure;
    use std::path::Path;

    #[test]
    fn every_kind_has_words() {
        for (kind, name) in KINDS {
            for language in Language::ALL {
                assert!(language.knows(&format!("system.{name}")), "{name}");
            }
            let said = worded(Language::Chinese, &io::Error::from(kind).to_string());
            assert!(!said.is_ascii(), "{kind:?} {said}");
        }
    }

    #[test]
    fn the_words_of_the_system_are_put_into_the_language_wherever_they_stand() {
        let gone = std::fs::read(Path::new("/没有/这个")).unwrap_err();
        let said = |text: &str| worded(Language::Chinese, text);
        assert_eq!(said(&gone.to_string()), "找不到这个文件或文件夹");
        assert_eq!(
            said(&format!("/甲/a.txt: {gone}")),
            "/甲/a.txt: 找不到这个文件或文件夹"
        );
        assert_eq!(said("/甲/a.txt: permission denied"), "/甲/a.txt: 没有权限");
        // What is no error of the system, and what has no words.
        for other in ["malformed", "not permission denied", "Odd (os error x)"] {
            assert_eq!(said(other), other);
        }
        let odd = io::Error::from_raw_os_error(99_999).to_string();
        assert_eq!(said(&odd), odd);
    }

    #[test]
    fn a_failure_has_them_in_its_reason_alone() {
        let gone = io::Error::from(ErrorKind::PermissionDenied).to_string();
        let arguments = vec![("path", gone.clone()), ("reason", gone.clone())];
        let failure = Failure::new("marks-unreadable", arguments);
        let said = failure.message(Language::Chinese);
        assert!(said.contains("没有权限") && said.contains(&gone), "{said}");
    }
}
