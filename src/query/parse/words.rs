//! What the grammar is made of: white space, words, quotes, signs with a meaning by themselves.
//! Must not know what a field's value means.
//!
//! ```text
//! or       = ("OR" | "|" | "||" | "或") end   and = ("AND" | "&&" | "且") end
//! negation = ("-" | "!") not end              end = white space, ")", or nothing
//! quoted   = '"' ('\"' | '\\' | character)* '"'
//! ```
//!
//! Every sign has its full-width form, too.

use super::input::{Context, Input, Read, Wrong};
use crate::query::QueryProblem;
use crate::query::signs::{is_close, is_colon, is_comma, is_negation, is_open, is_quote, is_sign};
use winnow::combinator::{alt, eof, not, opt, peek, preceded, repeat, terminated};
use winnow::prelude::*;
use winnow::stream::Location as _;
use winnow::token::{none_of, one_of, take_while};

/// White space, perhaps none.
pub(super) fn white<'t>(input: &mut Input<'t>) -> Read<&'t str> {
    take_while(0.., char::is_whitespace).parse_next(input)
}

/// White space where there is some.
pub(super) fn some_white<'t>(input: &mut Input<'t>) -> Read<&'t str> {
    take_while(1.., char::is_whitespace).parse_next(input)
}

/// A word between terms after which what follows may hold in their place.
pub(super) fn or(input: &mut Input<'_>) -> Read<()> {
    let names = alt(("OR", "ＯＲ", "||", "|", "｜", "或"));
    terminated(names, peek(end)).void().parse_next(input)
}

/// A word between terms that changes nothing: all have to hold.
pub(super) fn and(input: &mut Input<'_>) -> Read<()> {
    let names = alt(("AND", "ＡＮＤ", "&&", "且"));
    terminated(names, peek(end)).void().parse_next(input)
}

/// The sign that turns a term round. With nothing behind it, it is a word.
pub(super) fn negation(input: &mut Input<'_>) -> Read<char> {
    terminated(one_of(is_negation), not(end)).parse_next(input)
}

/// What a word ends at.
pub(super) fn end(input: &mut Input<'_>) -> Read<()> {
    let ends = one_of(|c: char| c.is_whitespace() || is_close(c));
    alt((ends.void(), eof.void())).parse_next(input)
}

/// Everything up to the end of a word.
pub(super) fn word<'t>(input: &mut Input<'t>) -> Read<&'t str> {
    characters(|_, _, _| true)
        .verify(|word: &str| !word.is_empty())
        .parse_next(input)
}

/// What can be the name of a field: a word, or what stands in one before a colon or a sign that compares.
pub(super) fn name<'t>(input: &mut Input<'t>) -> Read<&'t str> {
    characters(|_, _, c| !is_colon(c) && !is_sign(c))
        .verify(|name: &str| !name.is_empty())
        .parse_next(input)
}

/// What stands before the next comma in a word, perhaps nothing.
pub(super) fn before_comma<'t>(input: &mut Input<'t>) -> Read<&'t str> {
    characters(|_, _, c| !is_comma(c)).parse_next(input)
}

/// The same of quantities: a comma that groups digits is one of them.
pub(super) fn quantity<'t>(input: &mut Input<'t>) -> Read<&'t str> {
    characters(|context, at, c| !is_comma(c) || context.groups(at)).parse_next(input)
}

/// The characters of a word from here on, as far as each belongs; a closing bracket whose opening one is among them is one of them.
fn characters<'t>(
    belongs: impl Fn(&Context<'_>, usize, char) -> bool,
) -> impl ModalParser<Input<'t>, &'t str, Wrong> {
    move |input: &mut Input<'t>| {
        let from = input.current_token_start();
        // Brackets of the word's own.
        let mut open = 0_usize;
        let is_behind = |(at, c): &(usize, char)| {
            let closes_group = open == 0 && is_close(*c);
            open += usize::from(is_open(*c));
            open = open.saturating_sub(usize::from(is_close(*c)));
            c.is_whitespace() || closes_group || !belongs(&input.state, from + at, *c)
        };
        let end = input.iter_offsets().find(is_behind);
        let length = end.map_or(input.eof_offset(), |(at, _)| at);
        Ok(input.next_slice(length))
    }
}

/// What stands between quotes, with `\"` for a quote and `\\` for a backslash.
pub(super) fn quoted(input: &mut Input<'_>) -> Read<String> {
    let from = input.current_token_start();
    let escaped = preceded('\\', one_of(|c| is_quote(c) || c == '\\'));
    let character = alt((escaped, none_of(is_quote)));
    let characters = repeat(0.., character);
    let text: String = preceded(one_of(is_quote), characters).parse_next(input)?;
    if opt(one_of(is_quote)).parse_next(input)?.is_none() {
        // What is not closed goes on to the end of the text.
        let at = from..input.current_token_start();
        return Wrong::cut(at, QueryProblem::OpenQuote);
    }
    Ok(text)
}
