//! What a query asks of the facts of an item, as conditions on its row.
//! Must not read or write them; that is `stated`.

use super::conditions::{Asked, any};
use crate::facts::called::is_municipality;
use crate::issue::{Fact, Stage};
use crate::query::{Days, Name, Place, Span};
use crate::text::normalise;
use rusqlite::types::Value;

/// That an item states this.
pub(super) fn states(fact: Fact) -> String {
    let column = match fact {
        Fact::Date => "date",
        Fact::Province => "province",
        Fact::City => "city",
        Fact::TotalInvestment => "amount_yi",
        Fact::Projects => "projects",
        Fact::AreaMu => "area_mu",
        Fact::Stage => "stage",
        Fact::Industries => "industries",
    };
    format!("item.{column} IS NOT NULL")
}

/// That its source bracket is one of these, or holds it.
pub(super) fn sources(names: &[Name]) -> Asked {
    any(names.iter().map(|name| {
        let condition = if name.whole {
            "folded(coalesce(item.source, '')) = ?"
        } else {
            "instr(folded(coalesce(item.source, '')), ?) > 0"
        };
        (condition.to_owned(), vec![normalise(&name.text).into()])
    }))
}

/// That its province or city, which the column has, is one of these. Their names are folded where they are read.
pub(super) fn places(column: &str, places: &[Place]) -> Asked {
    one_of(column, places.iter().map(|place| place.short().into()))
}

/// That its city is one of these, or its province where that is a city, too.
pub(super) fn cities(places_asked: &[Place]) -> Asked {
    let both = places_asked
        .iter()
        .filter(|place| is_municipality(&place.short()));
    let both: Vec<Place> = both.cloned().collect();
    let cities = places("item.city", places_asked);
    if both.is_empty() {
        return cities;
    }
    any([cities, places("item.province", &both)].into_iter())
}

/// That a column has one of these values.
pub(super) fn one_of(column: &str, values: impl Iterator<Item = Value>) -> Asked {
    let values: Vec<Value> = values.collect();
    let signs = vec!["?"; values.len()].join(", ");
    let condition = format!("{column} IS NOT NULL AND {column} IN ({signs})");
    (condition, values)
}

/// That its stage is one of these, or one that its headline states of the same event, of which names are lines.
pub(super) fn stages(stages: &[Stage]) -> Asked {
    let names = || stages.iter().map(|stage| stage.name());
    let own = one_of("item.stage", names().map(|name| name.to_owned().into()));
    let also = names().map(|name| {
        let condition = "instr(char(10) || coalesce(item.also, '') || char(10), ?) > 0";
        (condition.to_owned(), vec![format!("\n{name}\n").into()])
    });
    any(std::iter::once(own).chain(also))
}

/// That one of these is among its industries, of which names are lines. They are folded but for capital letters.
pub(super) fn industries(names: &[String]) -> Asked {
    any(names.iter().map(|name| {
        let condition =
            "instr(char(10) || lower(coalesce(item.industries, '')) || char(10), ?) > 0";
        let line = format!("\n{}\n", normalise(name));
        (condition.to_owned(), vec![line.into()])
    }))
}

/// That a column is in one of these spans.
pub(super) fn spans<V: Into<Value> + PartialOrd>(
    column: &str,
    spans: impl Iterator<Item = Span<V>>,
) -> Asked {
    let (condition, values) = any(spans.map(|span| match span {
        Span::AtLeast(first) => (format!("{column} >= ?"), vec![first.into()]),
        Span::MoreThan(end) => (format!("{column} > ?"), vec![end.into()]),
        Span::AtMost(last) => (format!("{column} <= ?"), vec![last.into()]),
        Span::LessThan(end) => (format!("{column} < ?"), vec![end.into()]),
        Span::Between(first, last) => (
            format!("{column} BETWEEN ? AND ?"),
            vec![first.into(), last.into()],
        ),
    }));
    (format!("{column} IS NOT NULL AND ({condition})"), values)
}

/// Its day is one of these.
pub(super) fn dates(days: &[Days]) -> Asked {
    days_of("item.date", days)
}

/// The day of its issue is one of these.
pub(super) fn issued(days: &[Days]) -> Asked {
    days_of(&issued_on("issue"), days)
}

/// That a column has one of these days; they are texts that sort as days do.
fn days_of(column: &str, days: &[Days]) -> Asked {
    let (condition, values) = any(days.iter().map(|days| match days {
        Days::Span(span) => {
            let span = span.map(|day| day.to_string());
            spans(column, std::iter::once(span))
        }
        Days::Back(days) => {
            let newest = format!(
                "SELECT {} AS day FROM issue AS newest WHERE day IS NOT NULL ORDER BY newest.id DESC LIMIT 1",
                issued_on("newest")
            );
            let condition = format!("coalesce({column} > date(({newest}), ?), FALSE)");
            (condition, vec![format!("-{days} days").into()])
        }
    }));
    (format!("{column} IS NOT NULL AND ({condition})"), values)
}

/// [`crate::query::issued_on`] in SQL, of the row `issue`.
fn issued_on(issue: &str) -> String {
    format!(
        "CASE WHEN {issue}.year IS NOT NULL AND {issue}.month IS NOT NULL THEN \
         printf('%04d-%02d-%02d', {issue}.year, {issue}.month, 7 * min(4, coalesce(nullif({issue}.week, 0), 4))) END"
    )
}

/// That its publication has one of these names, which it keeps folded.
pub(super) fn publications(names: &[Name]) -> Asked {
    any(names.iter().map(|name| {
        let condition = if name.whole {
            "publication.key = ?"
        } else {
            "instr(publication.key, ?) > 0"
        };
        (condition.to_owned(), vec![normalise(&name.text).into()])
    }))
}
