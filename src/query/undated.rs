//! What a query for days leaves out because it states none, and how to ask for it: by the months of the issues.
//! Must not count.

use super::{Added, Condition, Days, Issues, Month, Query, Span, Term};
use crate::issue::Fact;
use jiff::civil::Date;

impl Query {
    /// The items that would be found if their day were that of their issue, but state none: in the place of the days it asks for
    /// the months of issues that these are in. None where it asks for no days.
    #[must_use]
    pub fn undated(&self) -> Option<Self> {
        let mut undated = self.by_months()?;
        undated.terms.push(Term {
            negated: true,
            condition: Condition::Has(vec![Added::Fact(Fact::Date)]),
        });
        Some(undated)
    }

    /// The months of issues in which the days lie that it asks for, as a query; none where it asks for no days.
    #[must_use]
    pub fn months_alone(&self) -> Option<Self> {
        let mut terms: Vec<Term> = vec![];
        for term in self.terms.iter().filter_map(in_months) {
            // Whoever is told them wants each once.
            if !terms.contains(&term) {
                terms.push(term);
            }
        }
        (!terms.is_empty()).then(|| Self::of(terms))
    }

    fn by_months(&self) -> Option<Self> {
        self.months_alone()?;
        let terms = self.terms.iter();
        let terms = terms.map(|term| in_months(term).unwrap_or_else(|| term.clone()));
        Some(Self::of(terms.collect()))
    }
}

/// A term that asks for days, asking for the months of issues instead.
fn in_months(term: &Term) -> Option<Term> {
    let Condition::Date(days) = &term.condition else {
        return None;
    };
    if term.negated {
        return None;
    }
    let months = days.iter().map(|days| match days {
        Days::Span(span) => Some(Issues::Months(months(*span))),
        Days::Back(_) => None,
    });
    let months: Option<Vec<Issues>> = months.collect();
    let months = months.map(|mut months| {
        months.dedup();
        months
    });
    // What is counted back from the newest issue is in no month for good.
    Some(Term::new(match months {
        Some(months) => Condition::Issue(months),
        None => Condition::Issued(days.clone()),
    }))
}

/// The months that have one of these days.
fn months(days: Span<Date>) -> Span<Month> {
    match days {
        Span::MoreThan(day) if day == day.last_of_month() => Span::MoreThan(month(day)),
        Span::LessThan(day) if day.day() == 1 => Span::LessThan(month(day)),
        Span::AtLeast(day) | Span::MoreThan(day) => Span::AtLeast(month(day)),
        Span::AtMost(day) | Span::LessThan(day) => Span::AtMost(month(day)),
        Span::Between(first, last) => Span::Between(month(first), month(last)),
    }
}

fn month(day: Date) -> Month {
    Month {
        year: day.year().unsigned_abs(),
        month: day.month().unsigned_abs(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_asked_for_by_the_months_of_issues() {
        for (query, undated) in [
            (
                "date:2023-01 province:广东",
                Some("issue:2023-01 province:广东 -has:date"),
            ),
            (
                "甲 date:2022-12-29..2023-01-05",
                Some("甲 issue:2022-12..2023-01 -has:date"),
            ),
            ("date:2023", Some("issue:2023-01..2023-12 -has:date")),
            (
                "date:>2023-01,<2022",
                Some("issue:>2023-01,<2022-01 -has:date"),
            ),
            (
                "date:>=2023-01-05 date:<2023-03-02",
                Some("issue:>=2023-01 issue:<=2023-03 -has:date"),
            ),
            ("-date:2023", None),
            ("has:date", None),
            ("date:7d", Some("issued:7d -has:date")),
            ("date:2023-01,7d", Some("issued:2023-01,7d -has:date")),
        ] {
            let query: Query = query.parse().unwrap();
            let found = query.undated().map(|query| query.to_string());
            assert_eq!(found.as_deref(), undated, "{query}");
        }
    }
}
