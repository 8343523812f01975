//! The grammar of queries: how terms, sides and groups belong together.
//! Must not know what stands behind a field's name.
//!
//! ```text
//! query = side (or side)*
//! side  = white ((and | term) white)*
//! term  = sorted | negation? (group | quoted | stated | word)
//! group = "(" query ")"
//! ```

use super::input::{Input, Read, Wrong};
use super::stated::{sorted, stated};
use super::words::{and, negation, or, quoted, white, word};
use super::{DEEPEST, MOST};
use crate::query::signs::{is_close, is_open};
use crate::query::{Condition, Query, QueryProblem, Term};
use crate::text::normalise;
use std::ops::Range;
use std::{iter, mem};
use winnow::combinator::{alt, not, opt, peek, preceded, repeat, terminated};
use winnow::prelude::*;
use winnow::token::one_of;

/// Terms up to the end of the text, and the order that one of them may have named, the last of several.
pub(super) fn whole(input: &mut Input<'_>) -> Read<Query> {
    let read = query(input)?;
    if let Some(at) = opt(peek(one_of(is_close).span())).parse_next(input)? {
        return Wrong::cut(at, QueryProblem::CloseAlone);
    }
    Ok(Query {
        order: input.state.order,
        ..read
    })
}

/// Terms up to the end of the text, or of the group that is open: those of each side of an OR, where there is one.
pub(super) fn query(input: &mut Input<'_>) -> Read<Query> {
    let first = side(None).parse_next(input)?;
    let behind_or = or.span().flat_map(|or| side(Some(or)));
    let others: Vec<Query> = repeat(0.., behind_or).parse_next(input)?;
    if others.is_empty() {
        return Ok(first);
    }
    let sides = iter::once(first).chain(others).collect();
    Ok(Query::of(vec![Term::new(Condition::Any(sides))]))
}

/// Terms up to an OR or the end. Where there are none, an OR before them or behind them is wrong; `or_before` says where one stands.
fn side<'t>(or_before: Option<Range<usize>>) -> impl ModalParser<Input<'t>, Query, Wrong> {
    move |input: &mut Input<'t>| {
        let part = alt((and.map(|()| vec![]), preceded(not(or), term)));
        let parts: Vec<Vec<Term>> =
            preceded(white, repeat(0.., terminated(part, white))).parse_next(input)?;
        let terms: Vec<Term> = parts.into_iter().flatten().collect();
        let or_behind = opt(peek(or.span())).parse_next(input)?;
        match or_behind.or_else(|| or_before.clone()) {
            Some(or) if terms.is_empty() => Wrong::cut(or, QueryProblem::EmptySide),
            _ => Ok(Query::of(terms)),
        }
    }
}

/// A term; of a group that is not turned round, its terms. None where there is nothing to look for.
fn term(input: &mut Input<'_>) -> Read<Vec<Term>> {
    alt((sorted.map(|()| vec![]), asked)).parse_next(input)
}

/// A term that asks for something.
fn asked(input: &mut Input<'_>) -> Read<Vec<Term>> {
    let plain = alt((
        group.map(|inner| inner.terms),
        quoted.map(looked_for),
        stated.map(|condition| vec![Term::new(condition)]),
        word.map(|word| looked_for(word.to_owned())),
    ));
    let (terms, at) = (opt(negation), plain)
        .map(|(sign, terms)| match sign {
            Some(_) => turned_round(terms),
            None => terms,
        })
        .with_span()
        .parse_next(input)?;
    input.state.size += terms.iter().map(Term::size).sum::<usize>();
    if input.state.size > MOST {
        return Wrong::cut(at, QueryProblem::TooMany);
    }
    Ok(terms)
}

/// A word; none where folding leaves nothing of it to look for.
fn looked_for(word: String) -> Vec<Term> {
    if normalise(&word).is_empty() {
        return vec![];
    }
    vec![Term::new(Condition::Word(word))]
}

/// What finds everything but what these terms find together.
fn turned_round(mut terms: Vec<Term>) -> Vec<Term> {
    match &mut terms[..] {
        [] => terms,
        [only] => {
            only.negated = !only.negated;
            terms
        }
        _ => vec![Term {
            negated: true,
            condition: Condition::Any(vec![Query::of(terms)]),
        }],
    }
}

/// What stands between brackets.
fn group(input: &mut Input<'_>) -> Read<Query> {
    let at = one_of(is_open).span().parse_next(input)?;
    if input.state.depth == DEEPEST {
        return Wrong::cut(at, QueryProblem::TooDeep);
    }
    input.state.depth += 1;
    let size = mem::take(&mut input.state.size);
    let inner = query(input)?;
    input.state.size = size;
    input.state.depth -= 1;
    if opt(one_of(is_close)).parse_next(input)?.is_none() {
        return Wrong::cut(at, QueryProblem::OpenGroup);
    }
    Ok(inner)
}
