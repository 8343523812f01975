//! What the rules of the grammar read, and how they say what is wrong with it.
//! Must not know any rule.

use crate::query::{Order, QueryError, QueryProblem};
use std::ops::Range;
use winnow::error::{ErrMode, ModalResult, ParserError};
use winnow::stream::Location as _;
use winnow::{LocatingSlice, Stateful};

/// A text from a place on, and what a rule has to know beside it.
pub(super) type Input<'t> = Stateful<LocatingSlice<&'t str>, Context<'t>>;

/// What a rule makes of the text. It goes back where it finds nothing of its own; what is wrong is cut, so that no other rule tries.
pub(super) type Read<T> = ModalResult<T, Wrong>;

/// What the meaning of a place depends on, beside what stands there.
#[derive(Debug)]
pub(super) struct Context<'t> {
    /// Groups that are open.
    pub depth: usize,
    /// Alternatives that the terms of the innermost group have named, before this place.
    pub size: usize,
    /// The order that was named before this place.
    pub order: Order,
    /// Commas that group digits, in bytes, in order.
    commas: &'t [usize],
}

impl<'t> Context<'t> {
    /// At the beginning of a text of which these commas group digits.
    pub const fn new(commas: &'t [usize]) -> Self {
        Self {
            depth: 0,
            size: 0,
            order: Order::Printed,
            commas,
        }
    }

    /// Whether the comma at this byte of the text groups digits.
    pub fn groups(&self, at: usize) -> bool {
        self.commas.binary_search(&at).is_ok()
    }
}

/// What is wrong with a text.
#[derive(Debug)]
pub(super) struct Wrong {
    /// The bytes that are at fault, perhaps none.
    at: Range<usize>,
    problem: QueryProblem,
}

impl Wrong {
    /// As a result that ends reading.
    pub fn cut<T>(at: Range<usize>, problem: QueryProblem) -> Read<T> {
        Err(ErrMode::Cut(Self { at, problem }))
    }

    /// The same with the characters of the text that are at fault: at least one, which may be the one behind its end.
    pub fn in_characters(self, text: &str) -> QueryError {
        let from = text[..self.at.start].chars().count();
        let length = text[self.at].chars().count();
        QueryError {
            at: from..from + length.max(1),
            problem: self.problem,
        }
    }
}

impl ParserError<Input<'_>> for Wrong {
    type Inner = Self;

    /// That nothing stands here of what a rule reads. Another rule reads it: what no other begins is a word.
    fn from_input(input: &Input<'_>) -> Self {
        let here = input.current_token_start();
        Self {
            at: here..here,
            problem: QueryProblem::EmptySide,
        }
    }

    fn into_inner(self) -> Result<Self, Self> {
        Ok(self)
    }
}
