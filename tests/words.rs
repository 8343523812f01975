//! Every error of the lower layers has words in both languages, and the words ask for nothing the error does not give.

use parkweekly::config::Language;
use parkweekly::parse::ParseError;
use parkweekly::source::pdf::Fault;
use parkweekly::source::{Encoding, Format, SourceError};

type Arguments = Vec<(&'static str, String)>;

fn source_errors() -> Vec<SourceError> {
    let path = || "期.txt".to_owned();
    vec![
        SourceError::NotFound { path: path() },
        SourceError::Denied { path: path() },
        SourceError::Folder { path: path() },
        SourceError::Device { path: path() },
        SourceError::Empty { path: path() },
        SourceError::Format {
            path: path(),
            format: Format::Pdf,
        },
        SourceError::Binary { path: path() },
        SourceError::WrongEncoding {
            path: path(),
            encoding: Encoding::UTF_8,
        },
        SourceError::TooLarge {
            path: path(),
            limit: 64,
        },
        SourceError::TooManyLines { path: path() },
        SourceError::Io {
            path: path(),
            source: std::io::Error::other("disk"),
        },
    ]
}

/// All of them: each but the last leads to the next, so that a new one that is not listed does not compile.
fn faults() -> Vec<Fault> {
    let next = |fault: &Fault| match fault {
        Fault::PasswordNeeded => Some(Fault::PasswordWrong),
        Fault::PasswordWrong => Some(Fault::Encryption),
        Fault::Encryption => Some(Fault::Damaged),
        Fault::Damaged => Some(Fault::NoPages),
        Fault::NoPages => Some(Fault::Portfolio),
        Fault::Portfolio => Some(Fault::NoText),
        Fault::NoText => Some(Fault::Scanned),
        Fault::Scanned => Some(Fault::NoUnicode),
        Fault::NoUnicode => Some(Fault::TooManyPages),
        Fault::TooManyPages => Some(Fault::TooMuchText),
        Fault::TooMuchText => Some(Fault::TooMuchMemory),
        Fault::TooMuchMemory => Some(Fault::TooLong),
        Fault::TooLong => Some(Fault::Killed),
        Fault::Killed => Some(Fault::Interrupted),
        Fault::Interrupted => Some(Fault::NotStarted("无".to_owned())),
        Fault::NotStarted(_) => None,
    };
    std::iter::successors(Some(Fault::PasswordNeeded), next).collect()
}

/// The names between `%{` and `}`.
fn asked(words: &str) -> Vec<&str> {
    let parts = words.split("%{").skip(1);
    parts
        .filter_map(|part| Some(part.split_once('}')?.0))
        .collect()
}

fn has_words(code: &str, arguments: &Arguments) {
    for language in Language::ALL {
        for kind in ["error", "hint"] {
            let key = format!("{kind}.{code}");
            assert!(language.knows(&key), "{key} in {language:?}");
            for name in asked(&language.say(&key)) {
                let given = arguments.iter().any(|(given, _)| *given == name);
                assert!(given, "{key} asks for {name}");
            }
        }
        let key = format!("error.{code}");
        assert!(
            language.say(&key).contains("%{path}"),
            "{key} names no file"
        );
    }
}

#[test]
fn source_errors_have_words() {
    for error in source_errors() {
        assert!(error.to_string().starts_with("期.txt"), "{error}");
        has_words(error.code(), &error.arguments());
    }
}

#[test]
fn faults_of_a_pdf_have_words() {
    for fault in faults() {
        let path = "期.pdf".to_owned();
        let error = SourceError::Pdf { path, fault };
        assert!(error.to_string().starts_with("期.pdf"), "{error}");
        has_words(error.code(), &error.arguments());
    }
}

#[test]
fn parse_errors_have_words() {
    for error in [
        ParseError::NoIssue,
        ParseError::NoNumber,
        ParseError::NoPublication,
        ParseError::NoItems,
    ] {
        let mut arguments = error.arguments();
        arguments.push(("path", "期.txt".to_owned()));
        has_words(error.code(), &arguments);
    }
}
