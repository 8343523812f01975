//! The part of the grammar in which a field's name says what follows.
//! Must not know what a value means; that is `values`.
//!
//! ```text
//! stated   = field value (white comma value)*
//! sorted   = field of an order, gap text
//! field    = name white (colon | sign, which begins the value)
//! value    = gap ("=" gap)? text
//! text     = quoted bare | compared | bare
//! compared = (sign+ gap)? bare (white unit)*
//! gap      = white, but not before another term
//! bare     = what stands before a comma; of a quantity, before one that groups no digits
//! unit     = what goes on with the value: 亿, or the end of a range
//! ```

use super::input::{Input, Read, Wrong};
use super::words::{before_comma, end, name, quantity, quoted, some_white, white, word};
use crate::query::signs::{is_colon, is_comma, is_equals, is_negation, is_sign};
use crate::query::{Condition, Field, QueryProblem, order, values};
use crate::text::{nearest, normalise};
use winnow::combinator::{alt, cond, not, opt, peek, preceded, separated_foldl1, terminated};
use winnow::prelude::*;
use winnow::token::{one_of, take_while};

/// A field and its values.
pub(super) fn stated(input: &mut Input<'_>) -> Read<Condition> {
    let (field, name) = alt((field, unknown)).parse_next(input)?;
    let one = |input: &mut Input<'_>| value(field, name, input);
    if field == Field::Is {
        // One item is one of the marks or is not, so a list of them has no use.
        return one(input);
    }
    let comma = (white, one_of(is_comma));
    separated_foldl1(one, comma, |mut all: Condition, _, more| {
        all.join(more);
        all
    })
    .parse_next(input)
}

/// The order of what is found, outside of groups; anywhere else its field is one that takes no condition.
pub(super) fn sorted(input: &mut Input<'_>) -> Read<()> {
    let is_inside = input.state.depth > 0;
    let sort = field.verify(|(field, _)| *field == Field::Sort && !is_inside);
    let (field, name) = terminated(sort, gap).parse_next(input)?;
    let value = |input: &mut Input<'_>| text(field, input);
    let (value, at) = value.with_span().parse_next(input)?;
    if normalise(&value).is_empty() {
        let name = name.to_owned();
        return Wrong::cut(at, QueryProblem::NoValue { name, field });
    }
    if let Some(more) = opt(peek(word)).parse_next(input)? {
        // One order at a time.
        let (value, nearest) = (format!("{value}{more}"), None);
        let at = at.start..at.end + more.len();
        return Wrong::cut(at, QueryProblem::UnknownOrder { value, nearest });
    }
    input.state.order = order::order(&value).or_else(|problem| Wrong::cut(at, problem))?;
    Ok(())
}

/// The name of a field, as written, with its colon; what an item states may be compared without one (`amount>=5亿`, `province=江苏`), and
/// white space may stand before either.
fn field<'t>(input: &mut Input<'t>) -> Read<(Field, &'t str)> {
    let mark = alt((one_of(is_colon), peek(one_of(is_sign))));
    (name, white, mark)
        .verify_map(|(name, white, mark)| {
            let field = Field::from_name(&normalise(name))?;
            let fits = match mark {
                ':' | '：' => true,
                '=' | '＝' => field.fact().is_some() && (white.is_empty() || field.compares()),
                _ => field.compares(),
            };
            fits.then_some((field, name))
        })
        .parse_next(input)
}

/// A name before a colon that is no field's. A full-width colon stands in many headlines, so an unknown name before one is part of a
/// word, and so is anything before a colon that is no name (`10:30`, `http://`).
fn unknown<'t>(input: &mut Input<'t>) -> Read<(Field, &'t str)> {
    let is_name = |name: &str| name.chars().all(char::is_alphabetic);
    let (name, at) =
        terminated(name.verify(is_name).with_span(), (':', not("//"))).parse_next(input)?;
    let names = Field::ALL.into_iter().flat_map(Field::names).copied();
    let nearest = nearest(&normalise(name), names);
    let name = name.to_owned();
    Wrong::cut(at, QueryProblem::UnknownField { name, nearest })
}

/// One value, and what it means.
fn value(field: Field, name: &str, input: &mut Input<'_>) -> Read<Condition> {
    gap.parse_next(input)?;
    let equals = cond(field.takes_whole(), opt((one_of(is_equals), gap)));
    let text = |input: &mut Input<'_>| text(field, input);
    let ((equals, text), at) = (equals.map(Option::flatten), text)
        .with_span()
        .parse_next(input)?;
    if normalise(&text).is_empty() {
        let name = name.to_owned();
        return Wrong::cut(at, QueryProblem::NoValue { name, field });
    }
    let read = values::condition(field, equals.is_some(), text);
    read.or_else(|problem| Wrong::cut(at, problem))
}

/// White space before a value; none where another term follows, or nothing.
fn gap(input: &mut Input<'_>) -> Read<()> {
    let named = (name, one_of(is_colon))
        .verify(|(name, _): &(&str, char)| Field::from_name(&normalise(name)).is_some());
    let other_term = alt((end, one_of(is_negation).void(), named.void()));
    opt((some_white, not(other_term))).void().parse_next(input)
}

/// A value as it is written, perhaps nothing.
fn text<'t>(field: Field, input: &mut Input<'t>) -> Read<String> {
    let bare = |input: &mut Input<'t>| bare(field, input);
    // What follows the quotes at once belongs to the value, as in a shell.
    let in_quotes = (quoted, bare).map(|(inside, behind)| inside + behind);
    let plain = |input: &mut Input<'t>| match field {
        Field::Is => opt(word)
            .map(|word| word.unwrap_or_default().to_owned())
            .parse_next(input),
        _ if field.compares() => compared(field, input),
        _ => bare.map(str::to_owned).parse_next(input),
    };
    alt((in_quotes, plain)).parse_next(input)
}

/// What stands up to white space, the end of a group or a comma; one that groups the digits of a quantity belongs to it.
fn bare<'t>(field: Field, input: &mut Input<'t>) -> Read<&'t str> {
    if field.counts() {
        quantity(input)
    } else {
        before_comma(input)
    }
}

/// A number or a day, with the signs before it and the unit behind it, where white space may stand: `>= 5 亿`.
fn compared(field: Field, input: &mut Input<'_>) -> Read<String> {
    let signs = opt(terminated(take_while(1.., is_sign), gap)).parse_next(input)?;
    let mut text = signs.unwrap_or_default().to_owned();
    text += bare(field, input)?;
    // The same without the words that show nothing: a thousand of them are not folded a thousand times.
    let mut shown = text.clone();
    while let Some(more) = unit(field, &shown, input)? {
        text += more;
        if !normalise(more).is_empty() {
            shown += more;
        }
    }
    Ok(text)
}

/// A word behind white space that goes on with the value before it.
fn unit<'t>(field: Field, before: &str, input: &mut Input<'t>) -> Read<Option<&'t str>> {
    let word = before_comma.verify(|word: &str| values::goes_on(field, before, word));
    opt(preceded(some_white, word)).parse_next(input)
}
