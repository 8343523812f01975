//! What one value behind a field's colon means.
//! Must not know where it stands in the text of the query.

use super::span::Fault;
use super::{
    Added, Condition, Days, Field, Mark, Name, QueryProblem, days, fields, issues, named, quantity,
    stage_named,
};
use crate::issue::Stage;
use crate::text::{nearest, normalise};

/// The condition that a value makes of a field; `whole` where an equals sign stood before it. Folded the value is not empty.
pub(super) fn condition(
    field: Field,
    whole: bool,
    value: String,
) -> Result<Condition, QueryProblem> {
    Ok(match field {
        Field::Section => Condition::Section(vec![Name { text: value, whole }]),
        Field::Publication => Condition::Publication(vec![Name { text: value, whole }]),
        Field::Issued => Condition::Issued(vec![days(value)?]),
        Field::Sort => return Err(QueryProblem::OrderInside),
        Field::Issue => Condition::Issue(vec![issues::issues(&value)?]),
        Field::Tag => Condition::Tag(vec![value]),
        Field::Source => Condition::Source(vec![Name { text: value, whole }]),
        Field::Industry => Condition::Industry(vec![named::industry(value)?]),
        Field::Province => Condition::Province(vec![named::province(value)?]),
        Field::City => Condition::City(vec![named::city(value)?]),
        Field::Is => {
            let mark = Mark::from_name(&normalise(&value));
            Condition::Is(mark.ok_or(QueryProblem::UnknownMark { value })?)
        }
        Field::Has => {
            let added = Added::from_name(&normalise(&value));
            Condition::Has(vec![added.ok_or(QueryProblem::UnknownAdded { value })?])
        }
        Field::Stage => Condition::Stage(vec![stage(value)?]),
        Field::Amount => Condition::Amount(vec![of(quantity::amounts(&value), value, |value| {
            QueryProblem::NoAmount { value }
        })?]),
        Field::Projects => {
            Condition::Projects(vec![of(quantity::counts(&value), value, |value| {
                QueryProblem::NoCount { value }
            })?])
        }
        Field::Area => Condition::Area(vec![of(quantity::land(&value), value, |value| {
            QueryProblem::NoLand { value }
        })?]),
        Field::Date => Condition::Date(vec![days(value)?]),
    })
}

fn days(value: String) -> Result<Days, QueryProblem> {
    of(days::days(&value), value, |value| QueryProblem::NoDay {
        value,
    })
}

/// Whether a word behind white space belongs to the value before it: its unit, or the other end of a range.
pub(super) fn goes_on(field: Field, value: &str, word: &str) -> bool {
    let (before, behind) = (normalise(value), normalise(word));
    let joins = before.ends_with("..") || behind.starts_with("..");
    let is_led = match field {
        Field::Date | Field::Issued => before.ends_with(['年', '月']),
        _ => before.ends_with(|c: char| c.is_ascii_digit()) && quantity::is_unit(&behind),
    };
    let begins_new = behind.is_empty() || behind.starts_with(|c: char| c.is_ascii_digit());
    let is_day = matches!(field, Field::Date | Field::Issued);
    let is_unit = !is_day && !begins_new;
    let reads = || condition(field, false, format!("{value}{word}")).is_ok();
    is_led && !is_day || ((joins || is_led || is_unit) && reads())
}

/// What was read, or what is wrong with it; `nothing` where it is no value of its kind at all.
fn of<T>(
    read: Result<T, Fault>,
    value: String,
    nothing: impl Fn(String) -> QueryProblem,
) -> Result<T, QueryProblem> {
    read.map_err(|fault| match fault {
        Fault::NoValue => nothing(value),
        Fault::Backward => QueryProblem::Backward { value },
    })
}

fn stage(value: String) -> Result<Stage, QueryProblem> {
    let name = normalise(&value);
    stage_named(&name).ok_or_else(|| {
        let names = || {
            Stage::ALL
                .into_iter()
                .flat_map(fields::stage_names)
                .copied()
        };
        // 签约仪式 is not like 签约 to whom counts characters.
        let inside = names().find(|known| name.contains(known));
        let nearest = inside.or_else(|| nearest(&name, names()));
        QueryProblem::UnknownStage { value, nearest }
    })
}

impl Condition {
    /// Takes the alternatives of another condition of the same field.
    pub(super) fn join(&mut self, other: Self) {
        match (self, other) {
            (Self::Section(all), Self::Section(more))
            | (Self::Publication(all), Self::Publication(more))
            | (Self::Source(all), Self::Source(more)) => all.extend(more),
            (Self::Issue(all), Self::Issue(more)) => all.extend(more),
            (Self::Has(all), Self::Has(more)) => all.extend(more),
            (Self::Tag(all), Self::Tag(more)) | (Self::Industry(all), Self::Industry(more)) => {
                all.extend(more);
            }
            (Self::Province(all), Self::Province(more)) | (Self::City(all), Self::City(more)) => {
                all.extend(more);
            }
            (Self::Amount(all), Self::Amount(more)) => all.extend(more),
            (Self::Projects(all), Self::Projects(more)) => all.extend(more),
            (Self::Area(all), Self::Area(more)) => all.extend(more),
            (Self::Date(all), Self::Date(more)) | (Self::Issued(all), Self::Issued(more)) => {
                all.extend(more);
            }
            (Self::Stage(all), Self::Stage(more)) => all.extend(more),
            _ => {}
        }
    }
}
