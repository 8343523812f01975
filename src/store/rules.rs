//! What names, times and tags of marks are like, in one place: for records that come in and for a look over those that are kept.
//! Must not mend anything.

use super::order::MAX_NUMBER;
use crate::issue::{Fix, FixRecord, Target};
use crate::text::normalise;

/// Characters of a time that others are compared with as text: 2026-01-31T08:00:00.000Z.
const TIME: usize = 24;

/// Whether marks can hang on this name: publication and headline normalised, a number that an issue can have, an nth.
pub(super) fn is_name((publication, headline): (&str, &str), number: i64, nth: i64) -> bool {
    normalise(publication) == publication
        && normalise(headline) == headline
        && is_number(number)
        && u32::try_from(nth).is_ok()
}

/// Whether an issue of the library can have this number.
pub(super) fn is_number(number: i64) -> bool {
    (0..=i64::from(MAX_NUMBER)).contains(&number)
}

/// Whether it is a time in the form in which those of marks are compared.
pub(super) fn is_time(text: &str) -> bool {
    text.len() == TIME && text.ends_with('Z') && text.parse::<jiff::Timestamp>().is_ok()
}

/// Whether a tag is known by this name.
pub(super) fn is_tag((name, tag): (&str, &str)) -> bool {
    !name.is_empty() && normalise(tag) == name
}

/// Whether a query is saved under this name, and with this title.
pub(super) fn is_saved((name, title): (&str, &str), text: &str) -> bool {
    !name.is_empty() && normalise(title) == name && !text.is_empty()
}

/// Whether a fix says what is to be fixed, and how. What is not known may be what a newer version fixes.
pub(super) fn is_fix(fix: &FixRecord) -> bool {
    let known = fix.what.parse::<Target>();
    !fix.what.is_empty()
        && known.map_or(true, |target| {
            Fix::read(&target, fix.value.as_deref()).is_some()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_one_that_an_issue_can_have() {
        for (number, expected) in [
            (-1, false),
            (0, true),
            (1_048_575, true),
            (1_048_576, false),
        ] {
            assert_eq!(is_number(number), expected, "{number}");
            assert_eq!(is_name(("刊", "题"), number, 0), expected, "{number}");
        }
        assert!(!is_name(("刊 物", "题"), 1, 0) && !is_name(("刊", "题"), 1, -1));
    }

    #[test]
    fn a_time_has_the_one_form_in_which_times_are_compared() {
        assert!(is_time("2026-01-31T08:00:00.000Z"));
        for text in ["2026-01-31T08:00:00Z", "-0044-03-15T08:00:00.000Z", ""] {
            assert!(!is_time(text), "{text}");
        }
    }
}
