//! From text to a query. Every error says which characters are at fault.
//! Must not hold a rule of the grammar; those are in `grammar`, `stated` and `words`.

mod grammar;
mod input;
mod stated;
mod words;

use super::signs::grouping;
use super::{Query, QueryError, QueryProblem, Term};
use input::{Context, Input};
use std::str::FromStr;
use winnow::{LocatingSlice, Parser as _};

/// Terms and alternatives that a query may have: more than anybody types, fewer than SQLite's limit for a condition.
const MOST: usize = 200;
/// Groups that may stand in each other: more than anybody types.
const DEEPEST: usize = 16;

impl FromStr for Query {
    type Err = QueryError;

    fn from_str(text: &str) -> Result<Self, QueryError> {
        let commas = grouping(text);
        let input = Input {
            input: LocatingSlice::new(text),
            state: Context::new(&commas),
        };
        let read = grammar::whole.parse(input);
        read.map_err(|error| error.into_inner().in_characters(text))
    }
}

impl Query {
    /// The query, if it is not larger than one may be.
    pub(super) fn checked(self) -> Result<Self, QueryProblem> {
        if self.terms.iter().map(Term::size).sum::<usize>() > MOST {
            return Err(QueryProblem::TooMany);
        }
        Ok(self)
    }
}

#[cfg(test)]
mod limits;
#[cfg(test)]
mod tests;
