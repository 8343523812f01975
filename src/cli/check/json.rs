//! The shapes of the JSON that `check` and `doctor` write of findings, and `check --rebuild` of issues: a contract with scripts.
//! Must not lose, rename or change the meaning of a field; adding one is fine.

use crate::app::check;
use crate::app::rebuild::{Basis, Lost, Made};
use crate::config::Language;
use crate::issue::IssueNumber;
use crate::store::{Finding, Level};
use crate::text::clean;
use serde::Serialize;
use serde_json::{Map, Value};

/// Something that was found about the library.
#[derive(Serialize)]
pub(in crate::cli) struct FindingLine<'a> {
    kind: &'a str,
    level: &'static str,
    arguments: Map<String, Value>,
    message: String,
    mend: String,
}

impl<'a> FindingLine<'a> {
    pub fn new(finding: &'a Finding, language: Language) -> Self {
        let arguments = finding.arguments.iter();
        let arguments = arguments.map(|(name, value)| {
            let value = clean(value).into_owned();
            ((*name).to_owned(), value.into())
        });
        Self {
            kind: finding.kind,
            level: match finding.level {
                Level::Wrong => "wrong",
                Level::Told => "told",
            },
            arguments: arguments.collect(),
            message: check::found(language, finding),
            mend: check::mend(language, finding),
        }
    }
}

/// What became of an issue, or a document of which not even that is known, when the content was made again.
#[derive(Serialize)]
pub(in crate::cli) struct RemadeLine<'a> {
    status: &'static str,
    publication: Option<&'a str>,
    number: Option<IssueNumber>,
    items: Option<usize>,
    path: Option<String>,
}

impl<'a> RemadeLine<'a> {
    pub fn made(made: &'a Made) -> Self {
        Self {
            status: match made.basis {
                Basis::Pages => "made",
                Basis::Rows => "kept",
                Basis::RowsAlone => "kept-without-pages",
            },
            publication: Some(&made.publication),
            number: Some(made.number),
            items: Some(made.items),
            path: made.path.as_deref().map(|path| clean(path).into_owned()),
        }
    }

    pub fn lost(lost: &'a Lost) -> Self {
        let issue = lost.issue.as_ref();
        let publication = issue.map(|label| label.publication.as_str());
        Self {
            status: "import-again",
            publication: publication.filter(|name| !name.is_empty()),
            number: issue.map(|label| label.number),
            items: None,
            path: lost.path.as_deref().map(|path| clean(path).into_owned()),
        }
    }
}
