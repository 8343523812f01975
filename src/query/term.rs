//! A query as a value, and as the text that reads back as the same value.

use super::{Added, Amount, Days, Field, Land, Mark, Span};
use crate::facts::names;
use crate::issue::{Fact, IssueNumber, Stage};
use crate::text::normalise;
use std::fmt;

/// Terms that all have to hold. Without one, everything is meant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// In the order of the text.
    pub terms: Vec<Term>,
}

/// A condition, perhaps turned round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Whether the condition must not hold.
    pub negated: bool,
    /// What must hold, or must not.
    pub condition: Condition,
}

/// What a term asks of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// That headline, lead or a paragraph holds this, as typed; folded it is not empty.
    Word(String),
    /// That its section has one of these titles.
    Section(Vec<Name>),
    /// That its issue's number is one of these.
    Issue(Vec<Numbers>),
    /// That it is marked so.
    Is(Mark),
    /// That it has one of these tags, as typed; folded they are not empty.
    Tag(Vec<String>),
    /// That the reader added this to it.
    Has(Added),
    /// That it states this.
    States(Fact),
    /// That its source bracket holds one of these, as typed; folded they are not empty.
    Source(Vec<String>),
    /// That its province is one of these.
    Province(Vec<Place>),
    /// That its city is one of these.
    City(Vec<Place>),
    /// That its total investment is one of these.
    Amount(Vec<Span<Amount>>),
    /// That its number of projects is one of these.
    Projects(Vec<Span<u32>>),
    /// That its land is one of these.
    Area(Vec<Span<Land>>),
    /// That its day is one of these.
    Date(Vec<Days>),
    /// That its stage is one of these.
    Stage(Vec<Stage>),
    /// That one of these is among its industries, as typed; folded they are not empty.
    Industry(Vec<String>),
}

/// The name of a province or a city.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place(pub String);

/// A part of a title, or the whole of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As typed; folded it is not empty.
    pub text: String,
    /// Whether it is the whole title.
    pub whole: bool,
}

/// Issue numbers from one to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbers {
    /// The first; none for every number up to the last.
    pub first: Option<IssueNumber>,
    /// The last; none for every number from the first on. One of the two is there.
    pub last: Option<IssueNumber>,
}

impl Query {
    /// Whether everything is meant.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The words that are to be found, folded: what is shown as matched.
    #[must_use]
    pub fn needles(&self) -> Vec<String> {
        let positive = self.terms.iter().filter(|term| !term.negated);
        positive
            .filter_map(|term| match &term.condition {
                Condition::Word(word) => Some(normalise(word)),
                _ => None,
            })
            .collect()
    }
}

impl Term {
    /// A term that must hold.
    #[must_use]
    pub const fn new(condition: Condition) -> Self {
        Self {
            negated: false,
            condition,
        }
    }

    /// Alternatives that it names.
    #[must_use]
    pub const fn size(&self) -> usize {
        match &self.condition {
            Condition::Word(_) | Condition::Is(_) | Condition::Has(_) | Condition::States(_) => 1,
            Condition::Tag(texts) | Condition::Source(texts) | Condition::Industry(texts) => {
                texts.len()
            }
            Condition::Province(places) | Condition::City(places) => places.len(),
            Condition::Amount(amounts) => amounts.len(),
            Condition::Projects(counts) => counts.len(),
            Condition::Area(areas) => areas.len(),
            Condition::Date(days) => days.len(),
            Condition::Stage(stages) => stages.len(),
            Condition::Section(names) => names.len(),
            Condition::Issue(numbers) => numbers.len(),
        }
    }
}

impl Name {
    /// Whether a section of this title is meant.
    #[must_use]
    pub fn names(&self, title: &str) -> bool {
        let (title, text) = (normalise(title), normalise(&self.text));
        if self.whole {
            title == text
        } else {
            title.contains(&text)
        }
    }
}

impl Place {
    /// Its short name, folded: what items state.
    #[must_use]
    pub fn short(&self) -> String {
        names::short(&self.0)
    }
}

impl Numbers {
    /// One number alone.
    #[must_use]
    pub const fn one(number: IssueNumber) -> Self {
        Self {
            first: Some(number),
            last: Some(number),
        }
    }

    /// Whether this number is one of them.
    #[must_use]
    pub fn contains(self, number: IssueNumber) -> bool {
        self.first.is_none_or(|first| first <= number)
            && self.last.is_none_or(|last| number <= last)
    }
}

impl fmt::Display for Query {
    /// The text that reads back as this query.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, term) in self.terms.iter().enumerate() {
            if n > 0 {
                f.write_str(" ")?;
            }
            term.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negated {
            f.write_str("-")?;
        }
        match &self.condition {
            Condition::Word(word) => f.write_str(&written_word(word)),
            Condition::Section(names) => write_field(f, Field::Section, names),
            Condition::Issue(numbers) => write_field(f, Field::Issue, numbers),
            Condition::Is(mark) => write_field(f, Field::Is, &[mark.names()[0]]),
            Condition::Has(added) => write_field(f, Field::Has, &[added.names()[0]]),
            Condition::States(fact) => {
                write_field(f, Field::Has, &[Field::of_fact(*fact).names()[0]])
            }
            Condition::Tag(texts) => write_texts(f, Field::Tag, texts),
            Condition::Source(texts) => write_texts(f, Field::Source, texts),
            Condition::Province(places) => write_field(f, Field::Province, places),
            Condition::City(places) => write_field(f, Field::City, places),
            Condition::Amount(amounts) => write_field(f, Field::Amount, amounts),
            Condition::Projects(counts) => write_field(f, Field::Projects, counts),
            Condition::Area(areas) => write_field(f, Field::Area, areas),
            Condition::Date(days) => write_field(f, Field::Date, days),
            Condition::Stage(stages) => write_field(f, Field::Stage, stages),
            Condition::Industry(texts) => write_texts(f, Field::Industry, texts),
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.whole { "=" } else { "" };
        write!(f, "{sign}{}", written_value(&self.text))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&written_value(&self.0))
    }
}

impl fmt::Display for Numbers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.first, self.last) {
            (Some(first), Some(last)) if first == last => write!(f, "{first}"),
            (first, last) => {
                let shown =
                    |end: Option<IssueNumber>| end.map(|n| n.to_string()).unwrap_or_default();
                write!(f, "{}..{}", shown(first), shown(last))
            }
        }
    }
}

fn write_field<T: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    field: Field,
    values: &[T],
) -> fmt::Result {
    write!(f, "{}:", field.names()[0])?;
    for (n, value) in values.iter().enumerate() {
        write!(f, "{}{value}", if n > 0 { "," } else { "" })?;
    }
    Ok(())
}

fn write_texts(f: &mut fmt::Formatter<'_>, field: Field, texts: &[String]) -> fmt::Result {
    let written: Vec<String> = texts.iter().map(|text| written_value(text)).collect();
    write_field(f, field, &written)
}

/// A value of a field, in quotes where it would read as anything else without.
fn written_value(text: &str) -> String {
    let plain = |c: char| !c.is_whitespace() && !super::parse::is_comma(c);
    let bare = text.chars().all(plain) && !text.starts_with(['=', '"', '＂', '＝']);
    quoted_unless(text, bare)
}

/// A word, in quotes where it would read as anything else without.
fn written_word(word: &str) -> String {
    let itself = Query {
        terms: vec![Term::new(Condition::Word(word.to_owned()))],
    };
    let bare = word.parse::<Query>().is_ok_and(|read| read == itself);
    quoted_unless(word, bare)
}

/// A text, in quotes unless it may stand without.
fn quoted_unless(text: &str, bare: bool) -> String {
    if bare { text.to_owned() } else { quoted(text) }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        if matches!(c, '\\' | '"' | '＂') {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted.push('"');
    quoted
}
