//! How much a query may hold, and that what holds more is an error: texts that nobody types, but may paste.

use super::{DEEPEST, MOST};
use crate::query::{Query, QueryError, QueryProblem};
use std::thread;

/// Characters of a text.
const LENGTH: usize = 10_000;
/// Bytes of a stack that holds the deepest groups, but not a call for each comma of a text.
const STACK: usize = 256 * 1024;

/// What reading makes of as many of `part` behind `head` as a text holds.
fn read(head: &str, part: &str) -> Result<Query, QueryError> {
    let room = LENGTH - head.chars().count();
    let text = head.to_owned() + &part.repeat(room / part.chars().count());
    let reading = thread::Builder::new().stack_size(STACK);
    let reading = reading.spawn(move || text.parse());
    reading.unwrap().join().unwrap()
}

#[test]
fn a_long_text_is_a_query_or_an_error_and_nothing_overflows() {
    let deepest = "(".repeat(DEEPEST) + "甲 amount:1";
    for (head, part, outcome) in [
        ("", "(", "query-too-deep"),
        (&deepest, ",000", "query-no-amount"),
        (&deepest, "\u{3000}", "query-open-group"),
        ("", "()", "0 terms"),
        ("", ")", "query-close-alone"),
        ("", ",", "1 terms"),
        ("", "1,", "1 terms"),
        ("amount:1", ",1", "query-too-many"),
        ("amount:1", ",000", "query-no-amount"),
        ("amount:\"1", ",000", "query-open-quote"),
        ("amount:5.. ", "\u{200b} ", "1 terms"),
        ("tag:甲", ",甲", "query-too-many"),
        ("", "a:", "query-unknown-field"),
        ("", "a：", "1 terms"),
        ("", "amount:", "query-no-amount"),
        ("", "\"\"", "0 terms"),
        ("", "\"", "0 terms"),
        ("\"", "\\\"", "query-open-quote"),
        ("", "-(", "query-too-deep"),
        ("", "-", "1 terms"),
        ("", " ", "0 terms"),
        ("", "OR ", "query-empty-side"),
        ("", "AND ", "0 terms"),
        ("", "甲 OR ", "query-too-many"),
    ] {
        let found = match read(head, part) {
            Ok(query) => format!("{} terms", query.terms.len()),
            Err(error) => error.problem.code().to_owned(),
        };
        assert_eq!(found, outcome, "{head} {part}");
    }
}

#[test]
fn terms_of_a_group_count_once() {
    let words = |count| "甲 ".repeat(count);
    let (some, others) = (MOST - 50, 50);
    for (text, at) in [
        (format!("({}) {}", words(some), words(others)), None),
        (format!("{}({})", words(some), words(others)), None),
        (
            format!("({}) {}乙", words(some), words(others)),
            Some(2 * MOST + 3..2 * MOST + 4),
        ),
        (
            format!("{}({}乙)", words(some), words(others)),
            Some(2 * some..2 * MOST + 3),
        ),
        (format!("({}({}))", words(some), words(others)), None),
    ] {
        let read = text.parse::<Query>();
        let error = at.map(|at| QueryError {
            at,
            problem: QueryProblem::TooMany,
        });
        assert_eq!(read.err(), error, "{text}");
    }
}
