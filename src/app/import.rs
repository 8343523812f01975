//! From a file to the library: read, parse, store; one outcome a file, and a file that fails stops no other.
//! Must not print.

mod ahead;
mod batch;
mod outcome;

pub use ahead::read_ahead;
pub use batch::{Batch, Put};
pub use outcome::{Ending, Found, Outcome, Verdict};

use super::Failure;
use super::input::{Asked, Input, Strictness, Ways};
use super::inputs::{Candidate, Origin};
use super::issues::issues_on;
use crate::issue::{Diagnostic, Issue, Page, Problem};
use crate::parse::{self, Hints, ParseError};
use crate::source::{Damage, Document};
use crate::store::{Packed, Store};
use crate::text::normalise;

/// What a text is taken for that names no publication: the weekly that this reader is made for.
pub(super) const PUBLICATION: &str = "园区周报";

/// What stands for the encoding of a PDF, which has none.
pub(super) const PDF: &str = "PDF";

/// What a file holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The file, as pages of lines.
    pub document: Document,
    /// The issues in it, at least one.
    pub issues: Vec<Issue>,
}

/// Of so many lines of a PDF that is no issue one that is hardly Chinese tells why.
const DOUBTED: usize = 10;

/// Reads and parses a file; the library is not asked.
///
/// # Errors
/// The file cannot be read, is read in a wrong encoding, or holds no issue; the failure names it.
pub fn parse_file(input: &Input, asked: Asked, ways: &Ways<'_>) -> Result<Parsed, Failure> {
    let document = input
        .read(asked.encoding, ways)
        .map_err(|failure| failure.with("path", input.name()))?;
    if is_garbled(&document) {
        let failure = match document.encoding {
            Some(encoding) => {
                Failure::new("input-garbled", vec![("encoding", encoding.to_string())])
            }
            None => Failure::new("pdf-no-unicode", vec![]),
        };
        return Err(failure.with("path", document.name));
    }
    match issues_on(&document.pages, &hints(input, asked)) {
        Ok(mut issues) => {
            let found = of_decoding(&document);
            for issue in &mut issues {
                issue.diagnostics.splice(..0, found.iter().cloned());
            }
            Ok(Parsed { document, issues })
        }
        Err(error) => Err(refused(error, document)),
    }
}

/// Whether most of a document is what a wrong encoding made of it. By its name it may pass for an issue, and would take the
/// place of a good copy.
fn is_garbled(document: &Document) -> bool {
    let lines = document.pages.iter().flat_map(|page| &page.lines);
    let lines = lines.filter(|line| !line.text.trim().is_empty()).count();
    let doubted = document.doubt.map_or(0, |doubt| doubt.lines);
    doubted as usize * 2 > lines
}

/// The failure for a document that is no issue. Where the document is not whole, or its fonts lie, that is the reason.
fn refused(error: ParseError, document: Document) -> Failure {
    let is_damage = |damage: &Damage| !matches!(damage, Damage::Pictures(..));
    let lines = document.pages.iter().flat_map(|page| &page.lines).count();
    let doubted = document.doubt.map_or(0, |doubt| doubt.lines as usize);
    let failure = if document.damages.iter().any(is_damage) {
        Failure::new("pdf-damaged", vec![])
    } else if document.encoding.is_none() && doubted * DOUBTED > lines {
        Failure::new("pdf-no-unicode", vec![])
    } else if error == ParseError::NoIssue || has_marks(&document) {
        error.into()
    } else {
        Failure::new("input-unlike-weekly", vec![])
    };
    failure.with("path", document.name)
}

/// Whether a text has at least something that other texts don't have: the number of an issue, `●`, `■`, the source of an
/// item. Any minutes have `一、`, `-` and `1.`.
fn has_marks(document: &Document) -> bool {
    let lines = document.pages.iter().flat_map(|page| &page.lines);
    lines.map(|line| line.text.trim_start()).any(|line| {
        let folded = normalise(line);
        let numbered = folded
            .split('期')
            .rev()
            .skip(1)
            .any(|before| before.ends_with(|c: char| c.is_ascii_digit()));
        numbered || line.starts_with(['●', '■', '◆', '○', '◇', '▲']) || parse::names_source(line)
    })
}

/// Whether it says of a file that it is plainly no issue.
fn is_no_issue(failure: &Failure) -> bool {
    ["parse-no-issue", "input-unlike-weekly"].contains(&failure.code)
}

/// What the parser can't know: how the bytes of the document became characters.
fn of_decoding(document: &Document) -> Vec<Diagnostic> {
    let encoding = || {
        document
            .encoding
            .map_or_else(|| PDF.to_owned(), |encoding| encoding.to_string())
    };
    let lost = document.lost.map(|lost| {
        let count = lost.count;
        let encoding = encoding();
        (Problem::CharactersLost { encoding, count }, lost.line)
    });
    let doubtful = document.doubt.map(|doubt| {
        let count = doubt.lines;
        let encoding = encoding();
        (Problem::CharactersDoubtful { encoding, count }, doubt.line)
    });
    let damaged = document.damages.iter().map(|damage| match *damage {
        Damage::CutOff => (Problem::DocumentCutOff {}, None, None),
        Damage::Index => (Problem::DocumentDamaged {}, None, None),
        Damage::Pages(count, page) => (Problem::PagesUnread { count }, None, Some(page)),
        Damage::Pictures(count, page) => (Problem::PicturesUnread { count }, None, Some(page)),
    });
    let mixed = document.others.map(|others| {
        let problem = Problem::EncodingsMixed {
            encoding: encoding(),
            other: others.encoding.to_string(),
            count: others.lines,
        };
        (problem, others.line)
    });
    let in_lines = [lost, doubtful, mixed].into_iter().flatten();
    let page = |line: u32| {
        let has = |page: &&Page| page.lines.iter().any(|one| one.number == line);
        document.pages.iter().find(has)?.number
    };
    let in_lines = in_lines.map(|(problem, line)| (problem, Some(line), page(line)));
    let found = damaged.chain(in_lines);
    found
        .map(|(problem, line, page)| Diagnostic {
            problem,
            line,
            page,
            item: None,
        })
        .collect()
}

/// What is known of a file before it is read: what the user says, and its name may say which issue it holds.
fn hints(input: &Input, asked: Asked) -> Hints {
    Hints {
        number: asked.number,
        date: asked.date,
        name: input.stem(),
        publication: Some(PUBLICATION.to_owned()),
        ..Hints::default()
    }
}

impl Parsed {
    /// Whether it has what only a weekly has: a text of a folder may be anything, and pass for an issue by a number in its name.
    #[must_use]
    pub fn is_like_weekly(&self) -> bool {
        has_marks(&self.document)
    }

    /// The failure that its diagnostics are where the user is strict.
    #[must_use]
    pub fn objection(&self, strictness: Strictness) -> Option<Failure> {
        let noted: usize = self
            .issues
            .iter()
            .map(|issue| issue.diagnostics.len())
            .sum();
        (strictness == Strictness::Strict && noted > 0).then(|| {
            let arguments = vec![
                ("path", self.document.name.clone()),
                ("n", noted.to_string()),
            ];
            Failure::new("strict-diagnostics", arguments)
        })
    }
}

/// Reads, parses and stores a file: each of its issues whole or not at all.
pub fn import_file(store: &mut Store, input: &Input, asked: Asked, ways: &Ways<'_>) -> Outcome {
    let mut put =
        |issue: &Issue, packed: &Packed<'_>| Ok(store.import_packed(issue, packed)?.into());
    let candidate = Candidate {
        input: input.clone(),
        origin: Origin::Named,
    };
    Batch::new(&mut put, asked).take_in(&candidate, parse_file(input, asked, ways), &|| true)
}

#[cfg(test)]
mod tests;
