//! What an item states, as columns of its row: how it is written and read back, and what follows from it to compare and sort by.
//! Must not say what a query asks of them; that is `conditions`.

use super::{StoreError, order};
use crate::facts::{names, rates};
use crate::issue::{Facts, IssueId, Money};
use rusqlite::types::Value;
use rusqlite::{Connection, Row};

/// The columns that [`read`] reads.
pub(super) const COLUMNS: &str = "item.date, item.province, item.city, item.amount, item.unit, item.projects, item.area_mu, \
    item.stage, item.industries, item.also";

/// How many these are.
pub(super) const COUNT: usize = 10;

/// The columns of what follows from them.
pub(super) const DERIVED: &str = "item.amount_yi, item.place";

/// The columns of [`values`], in their order.
pub(super) const WRITTEN: &str = "date, province, city, amount, unit, projects, area_mu, stage, industries, also, amount_yi, place";

/// How many these are.
pub(super) const VALUES: usize = COUNT + 2;

/// What is written into the columns of [`WRITTEN`].
pub(super) fn values(facts: &Facts) -> [Value; VALUES] {
    let text = |text: &Option<String>| text.clone().into();
    // What is no number is nothing that an item can state.
    let money = facts
        .total_investment
        .filter(|money| money.value.is_finite());
    let industries = (!facts.industries.is_empty()).then(|| facts.industries.join("\n"));
    let also = facts.also.iter().map(|stage| stage.name());
    let also = (!facts.also.is_empty()).then(|| also.collect::<Vec<_>>().join("\n"));
    let (amount_yi, place) = derived(facts);
    [
        facts.date.map(|date| date.to_string()).into(),
        text(&facts.province),
        text(&facts.city),
        money.map(|money| money.value).into(),
        money.map(|money| money.unit.to_string()).into(),
        facts.projects.into(),
        facts.area_mu.filter(|area| area.is_finite()).into(),
        facts.stage.map(|stage| stage.name().to_owned()).into(),
        industries.into(),
        also.into(),
        amount_yi.into(),
        place.into(),
    ]
}

/// The amount in 亿元, and province and city as a text that sorts as places are listed: a province before its cities.
fn derived(facts: &Facts) -> (Option<f64>, Option<String>) {
    let amount = facts.total_investment.and_then(rates::in_yi);
    let place = facts.province.as_ref().map(|province| {
        let at = |name: &str| match names::rank(name) {
            Some(rank) => format!("{rank:05}"),
            // Behind all others, by its characters.
            None => format!("99999{name}"),
        };
        let city = facts.city.as_deref().map(at).unwrap_or_default();
        format!("{} {city}", at(province))
    });
    (amount, place)
}

/// The facts in the columns of [`COLUMNS`], from this one on; without the words they were read from. What makes no sense, as no
/// version wrote it, is not stated: it must not stand between the reader and the text.
pub(super) fn read(row: &Row<'_>, first: usize) -> rusqlite::Result<Facts> {
    let text = |n: usize| row.get_ref(first + n).map(|value| value.as_str_or_null());
    let owned = |n| Ok::<_, rusqlite::Error>(text(n)??.map(str::to_owned));
    let value: Option<f64> = row.get(first + 3)?;
    let unit = text(4)??.and_then(|unit| unit.parse().ok());
    let projects: Option<i64> = row.get(first + 5)?;
    Ok(Facts {
        date: text(0)??.and_then(|date| date.parse().ok()),
        province: owned(1)?,
        city: owned(2)?,
        total_investment: value.zip(unit).map(|(value, unit)| Money { value, unit }),
        projects: projects.and_then(|projects| projects.try_into().ok()),
        area_mu: row.get(first + 6)?,
        stage: text(7)??.and_then(|stage| stage.parse().ok()),
        industries: text(8)??
            .into_iter()
            .flat_map(str::lines)
            .map(str::to_owned)
            .collect(),
        also: text(9)??
            .into_iter()
            .flat_map(str::lines)
            .filter_map(|stage| stage.parse().ok())
            .collect(),
        read: [].into(),
    })
}

/// Whether what follows from the facts of an issue's items is what would follow today: rates and places are tables of the program.
pub(super) fn is_up_to_date(connection: &Connection, issue: IssueId) -> Result<bool, StoreError> {
    let (first, last) = order::items_of(issue);
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS}, {DERIVED} FROM item WHERE item.id BETWEEN ?1 AND ?2"
    ))?;
    let mut rows = statement.query([first, last])?;
    while let Some(row) = rows.next()? {
        if !is_derived(&read(row, 0)?, row, COUNT)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether the columns of [`DERIVED`], from this one on, have what follows from the facts.
fn is_derived(facts: &Facts, row: &Row<'_>, first: usize) -> rusqlite::Result<bool> {
    Ok(derived(facts) == (row.get(first)?, row.get(first + 1)?))
}

/// Whether the columns of [`COLUMNS`], from this one on, hold nothing that [`read`] passes over, and those of [`DERIVED`] behind them
/// what follows from it.
pub(super) fn is_sound(row: &Row<'_>, first: usize) -> rusqlite::Result<bool> {
    let facts = read(row, first)?;
    let read_back = values(&facts);
    for (n, value) in read_back.iter().take(COUNT).enumerate() {
        if row.get::<_, Value>(first + n)? != *value {
            return Ok(false);
        }
    }
    is_derived(&facts, row, first + COUNT)
}
