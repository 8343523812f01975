//! What a province, a city or an industry is asked for by: its own name however it is called, and what would be right where there is none.
//! Must not take a place for the one it lies in: of that more items are found than are meant.

use super::{Field, Place, QueryProblem};
use crate::facts::called::{self, Called};
use crate::text::{nearest, normalise};

/// Terms that are proposed at most.
const MOST: usize = 4;

/// The province that a value names.
pub(super) fn province(value: String) -> Result<Place, QueryProblem> {
    let places = called::places(&value);
    let found = places.iter().find_map(|place| match place {
        Called::Province(name) => Some(*name),
        _ => None,
    });
    found.map(|name| Place(name.to_owned())).ok_or_else(|| {
        let near = || nearest(&normalise(&value), called::provinces());
        wrong(Field::Province, &places, near(), value)
    })
}

/// The city that a value names; a province that is a city, too, is one.
pub(super) fn city(value: String) -> Result<Place, QueryProblem> {
    let places = called::places(&value);
    let cities: Vec<&str> = places
        .iter()
        .filter_map(|place| match place {
            Called::City { city, .. } => Some(*city),
            Called::Province(name) => Some(*name).filter(|name| called::is_municipality(name)),
            Called::Within { .. } => None,
        })
        .collect();
    if let [city] = cities[..] {
        return Ok(Place(city.to_owned()));
    }
    let near = nearest(&normalise(&value), called::cities());
    Err(wrong(Field::City, &places, near, value))
}

/// What is wrong with a value that names no place of its field.
fn wrong(
    field: Field,
    places: &[Called],
    nearest: Option<&'static str>,
    value: String,
) -> QueryProblem {
    if places.is_empty() {
        return QueryProblem::UnknownPlace {
            field,
            value,
            nearest,
        };
    }
    let is_within = places
        .iter()
        .all(|place| matches!(place, Called::Within { .. }));
    let mut terms = places.iter().take(MOST).map(|place| match place {
        Called::Province(province)
        | Called::Within {
            province,
            city: None,
        } => format!("province:{province}"),
        Called::City { city, .. }
        | Called::Within {
            city: Some(city), ..
        } => {
            format!("city:{city}")
        }
    });
    let mut meant: Vec<String> = vec![];
    for term in &mut terms {
        if !meant.contains(&term) {
            meant.push(term);
        }
    }
    if is_within {
        meant = meant.iter().map(|term| format!("{term} {value}")).collect();
        return QueryProblem::PlaceWithin { value, meant };
    }
    QueryProblem::OtherPlace { value, meant }
}

/// The industry that a value names.
pub(super) fn industry(value: String) -> Result<String, QueryProblem> {
    match called::industry(&value) {
        Some(name) => Ok(name.to_owned()),
        None => Err(QueryProblem::UnknownIndustry {
            nearest: called::industry_of(&value),
            value,
        }),
    }
}
