//! The words of values: diagnostics, dates and names of issues.
//! Must not decide where or in which colour they stand.

pub mod fixes;
mod forms;
mod queries;
mod stated;

pub use forms::forms;
pub use queries::{ASKING, Asking};
pub use stated::{facts, industries, of_text, stage, stages, stated};

use super::import::PDF;
use super::input::STDIN;
use crate::config::Language;
use crate::issue::{Diagnostic, IssueLabel, Picture, Problem};
use crate::text::clean;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use std::fmt::Display;
use std::path::Path;

/// A diagnostic as the JSON has it: `kind`, `args`, `line`, `item`, and the `message` in a language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Worded<'a> {
    #[serde(flatten)]
    diagnostic: &'a Diagnostic,
    message: String,
}

/// The diagnostics with their messages, for JSON.
#[must_use]
pub fn worded(language: Language, diagnostics: &[Diagnostic]) -> Vec<Worded<'_>> {
    diagnostics
        .iter()
        .map(|diagnostic| Worded {
            diagnostic,
            message: problem(language, &diagnostic.problem),
        })
        .collect()
}

/// A path, fit for a terminal.
#[must_use]
pub fn path(path: &Path) -> String {
    clean(&path.display().to_string()).into_owned()
}

/// A time to the minute, where the user is.
#[must_use]
pub fn moment(time: Timestamp) -> String {
    let time = time.to_zoned(TimeZone::system());
    time.strftime("%Y-%m-%d %H:%M").to_string()
}

/// The same with the offset from UTC.
#[must_use]
pub fn moment_with_offset(time: Timestamp) -> String {
    let time = time.to_zoned(TimeZone::system());
    time.strftime("%Y-%m-%d %H:%M %:z").to_string()
}

/// What a problem says.
#[must_use]
pub fn problem(language: Language, problem: &Problem) -> String {
    let mut key = format!("diagnostic.{}", problem.kind());
    if let Problem::CharactersLost { encoding, .. } | Problem::CharactersDoubtful { encoding, .. } =
        problem
        && encoding == PDF
    {
        key.push_str("-pdf");
    }
    let arguments: &[(&str, &dyn Display)] = match problem {
        Problem::HeadlineMismatch { contents, body } => &[("contents", contents), ("body", body)],
        Problem::MissingInBody { contents } => &[("contents", contents)],
        Problem::MissingInContents { body } | Problem::OrderDiffers { body } => &[("body", body)],
        Problem::SectionMissingInBody { title } | Problem::SectionMissingInContents { title } => {
            &[("title", title)]
        }
        Problem::UnknownLine { text } | Problem::RepeatedClause { text } => &[("text", text)],
        Problem::NoCover {
            publication,
            number,
        } => &[("publication", publication), ("number", number)],
        Problem::HeadlineUnsupported { amount, place } => &[("amount", amount), ("place", place)],
        Problem::CharactersLost { encoding, count }
        | Problem::CharactersDoubtful { encoding, count } => {
            &[("encoding", encoding), ("count", count)]
        }
        Problem::EncodingsMixed {
            encoding,
            other,
            count,
        } => &[("encoding", encoding), ("other", other), ("count", count)],
        // Not written by the parser of this version, so not yet fit for a terminal.
        Problem::Other { kind, .. } => &[("kind", &clean(kind))],
        Problem::PagesUnread { count } | Problem::PicturesUnread { count } => &[("n", count)],
        Problem::NoContents {}
        | Problem::EmptyItem {}
        | Problem::DocumentCutOff {}
        | Problem::DocumentDamaged {} => &[],
    };
    language.say_with(&key, arguments)
}

/// A diagnostic in one line: where, and what.
#[must_use]
pub fn diagnostic(language: Language, diagnostic: &Diagnostic) -> String {
    let line = match (diagnostic.page, diagnostic.line) {
        (Some(page), _) => Some(language.say_with("diagnostic.page", &[("n", &page)])),
        (None, Some(line)) => Some(language.say_with("diagnostic.line", &[("n", &line)])),
        (None, None) => None,
    };
    let item = diagnostic.item.as_ref().map(ToString::to_string);
    let place: Vec<String> = line.into_iter().chain(item).collect();
    let what = problem(language, &diagnostic.problem);
    if place.is_empty() {
        what
    } else {
        let place = place.join(" ");
        language.say_with("diagnostic.placed", &[("place", &place), ("what", &what)])
    }
}

/// Which pictures an item has, in one line.
#[must_use]
pub fn pictures(language: Language, pictures: &[Picture]) -> String {
    let one = |picture: &Picture| {
        let size = format!("{}×{}", picture.width, picture.height);
        let words: [(&str, &dyn Display); 2] = [("n", &picture.n), ("size", &size)];
        let named = language.say_with("pictures.one", &words);
        match &picture.caption {
            // A library may come from elsewhere.
            Some(caption) => format!("{named} {}", clean(caption)),
            None => named,
        }
    };
    let all: Vec<String> = pictures.iter().map(one).collect();
    let all = all.join(&language.say("list.and"));
    language.say_with("pictures.all", &[("pictures", &all)])
}

/// The name of an input in running text: what stands for the standard input, or for no name, is no name to a reader.
#[must_use]
pub fn input_name(language: Language, path: &str) -> String {
    match path {
        STDIN => language.say("input.stdin").into_owned(),
        "" => "\"\"".to_owned(),
        path => path.to_owned(),
    }
}

/// The date of an issue as far as its cover says: 2023年1月1期. Empty where it says nothing.
#[must_use]
pub fn issue_date(
    language: Language,
    (year, month, week): (Option<u16>, Option<u8>, Option<u8>),
) -> String {
    match (year, month, week) {
        (Some(year), Some(month), Some(week)) => language.say_with(
            "issue.date",
            &[("year", &year), ("month", &month), ("week", &week)],
        ),
        (Some(year), Some(month), None) => {
            language.say_with("issue.date-month", &[("year", &year), ("month", &month)])
        }
        (Some(year), None, _) => language.say_with("issue.date-year", &[("year", &year)]),
        (None, _, _) => String::new(),
    }
}

/// The name of an issue: publication, number and date.
#[must_use]
pub fn issue_title(language: Language, issue: &IssueLabel) -> String {
    let number = language.say_with("issue.number", &[("n", &issue.number)]);
    let date = issue_date(language, (issue.year, issue.month, issue.week));
    let mut title = format!("{} {number}", issue.publication);
    if !date.is_empty() {
        title.push_str(" · ");
        title.push_str(&date);
    }
    title
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::{Address, IssueNumber, ItemOrdinal, SectionOrdinal};

    fn problems() -> Vec<Problem> {
        let text = || "原文".to_owned();
        vec![
            Problem::HeadlineMismatch {
                contents: text(),
                body: text(),
            },
            Problem::MissingInBody { contents: text() },
            Problem::MissingInContents { body: text() },
            Problem::OrderDiffers { body: text() },
            Problem::SectionMissingInBody { title: text() },
            Problem::SectionMissingInContents { title: text() },
            Problem::NoContents {},
            Problem::EmptyItem {},
            Problem::UnknownLine { text: text() },
            Problem::NoCover {
                publication: text(),
                number: 9,
            },
            Problem::HeadlineUnsupported {
                amount: "5亿元".to_owned(),
                place: text(),
            },
            Problem::RepeatedClause { text: text() },
            Problem::CharactersLost {
                encoding: text(),
                count: 3,
            },
            Problem::CharactersDoubtful {
                encoding: text(),
                count: 3,
            },
            Problem::EncodingsMixed {
                encoding: text(),
                other: text(),
                count: 3,
            },
        ]
    }

    #[test]
    fn every_problem_has_words_with_its_arguments() {
        for problem in problems() {
            for language in Language::ALL {
                assert!(language.knows(&format!("diagnostic.{}", problem.kind())));
                let message = super::problem(language, &problem);
                let has_arguments =
                    !matches!(problem, Problem::NoContents {} | Problem::EmptyItem {});
                assert_eq!(message.contains("原文"), has_arguments, "{message}");
                assert!(!message.contains("%{"), "{message}");
            }
        }
    }

    #[test]
    fn a_problem_of_another_version_has_words_without_its_arguments() {
        // The second has the kind of a known problem, whose sentence could not be filled in.
        for kind in ["page-torn\u{1b}[2J", "headline-mismatch"] {
            let other = Problem::Other {
                kind: kind.to_owned(),
                args: serde_json::json!({"page": 3}),
            };
            for language in Language::ALL {
                let message = super::problem(language, &other);
                let name = kind.split('\u{1b}').next().unwrap();
                assert!(message.contains(name), "{message}");
                assert!(!message.contains(['\u{1b}', '%']), "{message}");
            }
        }
    }

    #[test]
    fn a_line_says_where_and_what_and_the_json_has_the_message() {
        let placed = Diagnostic {
            problem: Problem::EmptyItem {},
            line: Some(27),
            page: None,
            item: Some(Address::item(
                IssueNumber(101),
                SectionOrdinal(1),
                ItemOrdinal(8),
            )),
        };
        let line = diagnostic(Language::Chinese, &placed);
        assert!(line.starts_with("第27行 101/1/8"), "{line}");
        let json = serde_json::to_value(worded(Language::English, &[placed])).unwrap();
        assert_eq!(json[0]["kind"], "empty-item");
        assert_eq!(json[0]["args"], serde_json::json!({}));
        assert_eq!(json[0]["line"], 27);
        assert_eq!(json[0]["item"], "101/1/8");
        assert!(json[0]["message"].as_str().is_some_and(str::is_ascii));
    }

    #[test]
    fn a_date_says_what_the_cover_says() {
        let date = |year, month, week| issue_date(Language::Chinese, (year, month, week));
        assert_eq!(date(Some(2023), Some(1), Some(2)), "2023年1月2期");
        assert_eq!(date(Some(2023), Some(1), None), "2023年1月");
        assert_eq!(date(Some(2023), None, None), "2023年");
        assert_eq!(date(None, Some(1), None), "");
    }
}
