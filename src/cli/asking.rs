//! What the command line says of the files it names: `--encoding`, `--number`, `--date`, `--password`.
//! Must not be taken for what the files say themselves.

use crate::app::input::{Ask, Asked, Strictness, Ways};
use crate::app::{Exit, Failure};
use crate::issue::IssueNumber;
use crate::source::pdf::Means;
use crate::text::normalise;
use std::path::Path;

#[derive(Debug, Clone, clap::Args)]
pub(super) struct Asking {
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    #[arg(long, value_name = "N")]
    number: Option<String>,
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    #[arg(long, value_name = "WORD")]
    password: Option<String>,
}

/// `--strict`: a diagnostic makes the file a failure.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(super) struct Strict {
    #[arg(long)]
    strict: bool,
}

impl Strict {
    pub const fn strictness(self) -> Strictness {
        if self.strict {
            Strictness::Strict
        } else {
            Strictness::Lenient
        }
    }
}

/// How many documents the flags are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Documents {
    /// One file, or the standard input.
    One,
    /// Several, or a folder or pattern that may be.
    Several,
}

impl Documents {
    /// Where that is known.
    pub const fn single(single: bool) -> Self {
        if single { Self::One } else { Self::Several }
    }
}

impl Asking {
    /// What is asked for, if it makes sense for so many documents.
    pub fn of(&self, documents: Documents, strictness: Strictness) -> Result<Asked, Failure> {
        let single = self.number.as_ref().map(|_| "--number");
        let single = single.or_else(|| self.date.as_ref().map(|_| "--date"));
        if let (Some(flag), Documents::Several) = (single, documents) {
            let arguments = vec![("argument", flag.to_owned())];
            return Err(Failure::new("usage-for-one-file", arguments).ending(Exit::Usage));
        }
        Ok(Asked {
            encoding: self
                .encoding
                .as_ref()
                .map(|label| label.parse())
                .transpose()?,
            number: self.number.as_deref().map(number).transpose()?,
            date: self.date.as_ref().map(|date| date.parse()).transpose()?,
            strictness,
        })
    }

    /// The first flag that is given.
    pub fn first(&self) -> Option<&'static str> {
        let encoding = self.encoding.as_ref().map(|_| "--encoding");
        let number = self.number.as_ref().map(|_| "--number");
        let date = self.date.as_ref().map(|_| "--date");
        let password = self.password.as_ref().map(|_| "--password");
        encoding.or(number).or(date).or(password)
    }

    /// How the documents are read that this is said of.
    pub fn ways<'a>(&'a self, program: &'a Path, ask: &'a Ask<'a>) -> Ways<'a> {
        let means = Means {
            password: self.password.as_deref(),
            ..Means::of(program)
        };
        Ways { means, ask }
    }
}

/// The number of an issue as typed: digits of any width.
fn number(text: &str) -> Result<IssueNumber, Failure> {
    let number = normalise(text).parse().ok().filter(|number| *number > 0);
    number.map(IssueNumber).ok_or_else(|| {
        let arguments = vec![("number", text.to_owned())];
        Failure::new("number-malformed", arguments).ending(Exit::Usage)
    })
}
