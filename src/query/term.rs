//! A query as a value, and as the text that reads back as the same value.

use super::signs::{grouping, is_close, is_comma, is_open};
use super::{Added, Amount, Days, Field, Issues, Land, Mark, Order, Span};
use crate::facts::names;
use crate::issue::Stage;
use crate::text::normalise;
use std::fmt;

/// Terms that all have to hold, and the order of what they find. Without one, everything is meant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// In the order of the text.
    pub terms: Vec<Term>,
    /// What is listed first.
    pub order: Order,
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
    /// That its issue is one of these.
    Issue(Vec<Issues>),
    /// That the day of its issue is one of these.
    Issued(Vec<Days>),
    /// That its publication has one of these names.
    Publication(Vec<Name>),
    /// That it is marked so.
    Is(Mark),
    /// That it has one of these tags, as typed; folded they are not empty.
    Tag(Vec<String>),
    /// That it has one of these.
    Has(Vec<Added>),
    /// That its source bracket is one of these, or holds it.
    Source(Vec<Name>),
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
    /// That one of these is among its industries.
    Industry(Vec<String>),
    /// That one of these finds it; none of them is empty. A single one has several terms, and is turned round.
    Any(Vec<Query>),
}

/// The name of a province or a city, as items state it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place(pub String);

/// A part of a title, a name or a source bracket, or the whole of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As typed; folded it is not empty.
    pub text: String,
    /// Whether it is the whole title.
    pub whole: bool,
}

impl Query {
    /// What these terms find, as printed.
    #[must_use]
    pub const fn of(terms: Vec<Term>) -> Self {
        Self {
            terms,
            order: Order::Printed,
        }
    }

    /// Whether everything is meant, in whichever order.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether it asks for what items state.
    #[must_use]
    pub fn is_of_facts(&self) -> bool {
        self.terms.iter().any(|term| term.condition.is_of_facts())
    }

    /// The words that are to be found, folded: what is shown as matched.
    #[must_use]
    pub fn needles(&self) -> Vec<String> {
        let positive = self.terms.iter().filter(|term| !term.negated);
        positive
            .flat_map(|term| match &term.condition {
                Condition::Word(word) => vec![normalise(word)],
                Condition::Any(sides) => sides.iter().flat_map(Self::needles).collect(),
                _ => vec![],
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
    pub fn size(&self) -> usize {
        match &self.condition {
            Condition::Word(_) | Condition::Is(_) => 1,
            Condition::Has(added) => added.len(),
            Condition::Tag(texts) | Condition::Industry(texts) => texts.len(),
            Condition::Province(places) | Condition::City(places) => places.len(),
            Condition::Amount(amounts) => amounts.len(),
            Condition::Projects(counts) => counts.len(),
            Condition::Area(areas) => areas.len(),
            Condition::Date(days) | Condition::Issued(days) => days.len(),
            Condition::Stage(stages) => stages.len(),
            Condition::Section(names)
            | Condition::Publication(names)
            | Condition::Source(names) => names.len(),
            Condition::Issue(issues) => issues.len(),
            Condition::Any(sides) => {
                let terms = sides.iter().flat_map(|side| &side.terms);
                terms.map(Self::size).sum()
            }
        }
    }
}

impl Name {
    /// Whether a section of this title, a publication of this name or a source bracket is meant.
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

impl Condition {
    /// Whether it depends on what items state.
    #[must_use]
    pub fn is_of_facts(&self) -> bool {
        match self {
            Self::Province(_)
            | Self::City(_)
            | Self::Amount(_)
            | Self::Projects(_)
            | Self::Area(_)
            | Self::Date(_)
            | Self::Stage(_)
            | Self::Industry(_) => true,
            Self::Has(added) => added.iter().any(|added| matches!(added, Added::Fact(_))),
            Self::Any(sides) => sides.iter().any(Query::is_of_facts),
            Self::Word(_)
            | Self::Section(_)
            | Self::Issue(_)
            | Self::Issued(_)
            | Self::Publication(_)
            | Self::Is(_)
            | Self::Tag(_)
            | Self::Source(_) => false,
        }
    }

    /// Whether it depends on what the reader adds to items.
    #[must_use]
    pub fn is_of_marks(&self) -> bool {
        match self {
            Self::Is(_) | Self::Tag(_) => true,
            Self::Has(added) => added.iter().any(|added| added.is_of_reader()),
            Self::Any(sides) => {
                let mut terms = sides.iter().flat_map(|side| &side.terms);
                terms.any(|term| term.condition.is_of_marks())
            }
            _ => false,
        }
    }
}

impl fmt::Display for Query {
    /// The text that reads back as this query.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut before = String::new();
        for (n, term) in self.terms.iter().enumerate() {
            let text = match &term.condition {
                Condition::Word(word) if is_drawn(&before, term) => {
                    let sign = if term.negated { "-" } else { "" };
                    format!("{sign}{}", quoted(word))
                }
                _ => term.to_string(),
            };
            write!(f, "{}{text}", if n > 0 { " " } else { "" })?;
            before = text;
        }
        if self.order == Order::Printed {
            return Ok(());
        }
        let space = if self.terms.is_empty() { "" } else { " " };
        write!(f, "{space}{}:{}", Field::Sort.names()[0], self.order)
    }
}

/// Whether a word would read as a part of the term before it, as a unit does behind a number.
fn is_drawn(before: &str, word: &Term) -> bool {
    let both = format!("{before} {word}").parse::<Query>();
    !before.is_empty() && !both.is_ok_and(|both| both.terms.len() == 2 && both.terms[1] == *word)
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negated {
            f.write_str("-")?;
        }
        match &self.condition {
            Condition::Word(word) => f.write_str(&written_word(word)),
            Condition::Section(names) => write_field(f, Field::Section, names),
            Condition::Issue(issues) => write_field(f, Field::Issue, issues),
            Condition::Issued(days) => write_field(f, Field::Issued, days),
            Condition::Publication(names) => write_field(f, Field::Publication, names),
            Condition::Is(mark) => write_field(f, Field::Is, &[mark.names()[0]]),
            Condition::Has(added) => {
                let names: Vec<&str> = added.iter().map(|added| added.names()[0]).collect();
                write_field(f, Field::Has, &names)
            }
            Condition::Tag(texts) => write_texts(f, Field::Tag, texts),
            Condition::Source(names) => write_field(f, Field::Source, names),
            Condition::Province(places) => write_field(f, Field::Province, places),
            Condition::City(places) => write_field(f, Field::City, places),
            Condition::Amount(amounts) => write_field(f, Field::Amount, amounts),
            Condition::Projects(counts) => write_field(f, Field::Projects, counts),
            Condition::Area(areas) => write_field(f, Field::Area, areas),
            Condition::Date(days) => write_field(f, Field::Date, days),
            Condition::Stage(stages) => write_field(f, Field::Stage, stages),
            Condition::Industry(texts) => write_texts(f, Field::Industry, texts),
            Condition::Any(sides) => {
                let sides: Vec<String> = sides.iter().map(ToString::to_string).collect();
                write!(f, "({})", sides.join(" OR "))
            }
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

fn write_field<T: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    field: Field,
    values: &[T],
) -> fmt::Result {
    let mut written = format!("{}:", field.names()[0]);
    for (n, value) in values.iter().enumerate() {
        let value = value.to_string();
        let would_group = || grouping(&format!("{written},{value}")).contains(&written.len());
        // A comma that would group digits stands apart from the next.
        let between = match n {
            0 => "",
            _ if field.counts() && would_group() => ", ",
            _ => ",",
        };
        written.push_str(between);
        written.push_str(&value);
    }
    f.write_str(&written)
}

fn write_texts(f: &mut fmt::Formatter<'_>, field: Field, texts: &[String]) -> fmt::Result {
    let written: Vec<String> = texts.iter().map(|text| written_value(text)).collect();
    write_field(f, field, &written)
}

/// A value of a field, in quotes where it would read as anything else without.
fn written_value(text: &str) -> String {
    let plain = |c: char| !c.is_whitespace() && !is_comma(c) && !is_open(c) && !is_close(c);
    let bare = text.chars().all(plain) && !text.starts_with(['=', '"', '＂', '＝']);
    quoted_unless(text, bare)
}

/// A word, in quotes where it would read as anything else without.
fn written_word(word: &str) -> String {
    let itself = Query::of(vec![Term::new(Condition::Word(word.to_owned()))]);
    let is_read = word.parse::<Query>().is_ok_and(|read| read == itself);
    // In a group it would end that.
    let bare = is_read && !word.contains(is_close) && !word.contains(is_open);
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
