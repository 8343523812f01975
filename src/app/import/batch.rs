//! The files of one run on their way to where their issues go.
//! Must not read a file.

use super::{Ending, Failure, Found, Outcome, Parsed, Verdict, is_no_issue, of_decoding};
use crate::app::input::{Asked, Input};
use crate::app::inputs::{Candidate, Origin};
use crate::app::issues::READING_VERSION;
use crate::issue::{Issue, IssueNumber};
use crate::store::{Kept, Packed, Said, StoreError};
use crate::text::normalise;
use std::collections::HashMap;

/// Where issues go, one at a time, and what became of each.
pub type Put<'a> = dyn FnMut(&Issue, &Packed<'_>) -> Result<Verdict, StoreError> + 'a;

/// The files of one run: an issue that comes twice is known.
pub struct Batch<'a> {
    put: &'a mut Put<'a>,
    asked: Asked,
    /// The file that had each issue last, by normalised publication and number.
    had: HashMap<(String, IssueNumber), String>,
}

impl<'a> Batch<'a> {
    /// A run that puts issues where `put` puts them.
    pub fn new(put: &'a mut Put<'a>, asked: Asked) -> Self {
        Self {
            put,
            asked,
            had: HashMap::new(),
        }
    }

    /// Puts what was read from `input` where it goes, as long as it `goes_on`: that is asked between two issues.
    pub fn take_in(
        &mut self,
        Candidate { input, origin }: &Candidate,
        parsed: Result<Parsed, Failure>,
        goes_on: &dyn Fn() -> bool,
    ) -> Outcome {
        let parsed = match parsed {
            Ok(parsed) if *origin == Origin::Folder && !parsed.is_like_weekly() => {
                let unlike = Failure::new("input-unlike-weekly", vec![]);
                let unlike = unlike.with("path", input.name());
                return Outcome::new(input.name(), Ending::Skipped(unlike));
            }
            Ok(parsed) => parsed,
            Err(failure) if *origin == Origin::Folder && is_no_issue(&failure) => {
                return Outcome::new(input.name(), Ending::Skipped(failure));
            }
            Err(failure) => return Outcome::failed(input.name(), failure),
        };
        if let Some(failure) = parsed.objection(self.asked.strictness) {
            let issues = parsed.issues.into_iter();
            return Outcome {
                issues: issues.map(|issue| Found::new(issue, None, None)).collect(),
                ..Outcome::failed(input.name(), failure)
            };
        }
        let mut outcome = Outcome::new(input.name(), Ending::Whole);
        outcome.ending = self.put_all(input, parsed, goes_on, &mut outcome.issues);
        outcome
    }

    fn put_all(
        &mut self,
        input: &Input,
        Parsed { document, issues }: Parsed,
        goes_on: &dyn Fn() -> bool,
        found: &mut Vec<Found>,
    ) -> Ending {
        let path = input.whole_path();
        let packed = Packed::from(Kept {
            path: &path,
            sha256: &document.sha256,
            parser: READING_VERSION,
            pages: &document.pages,
        })
        .saying(Said {
            number: self.asked.number,
            date: self.asked.date,
            decoding: of_decoding(&document),
        })
        .showing(&document.pictures);
        let all = issues.len();
        for (done, issue) in issues.into_iter().enumerate() {
            if done > 0 && !goes_on() {
                return Ending::Interrupted(all - done);
            }
            let verdict = match (self.put)(&issue, &packed) {
                Ok(verdict) => verdict,
                Err(error) => {
                    let refused = error.is_refusal();
                    let failure = Failure::from(error).with("path", input.name());
                    return if refused {
                        Ending::Failed(failure)
                    } else {
                        Ending::Broken(failure)
                    };
                }
            };
            let name = (normalise(&issue.publication), issue.number);
            let twin = self.had.insert(name, input.name());
            found.push(Found::new(issue, Some(verdict), twin));
        }
        Ending::Whole
    }
}
