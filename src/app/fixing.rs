//! Fixes as a reader types and reads them: from a field and a text to a fix, and from a fix to words.
//! Must not keep one, nor know who asked.

mod value;

use super::{Exit, Failure};
use crate::config::Language;
use crate::issue::{Corrected, Fact, Facts, Fix, Item, ItemHead, Stated, Target};
use crate::query;
use crate::text::{nearest, normalise};
use serde_json::{Value, json};
use std::fmt::Display;

/// What of an item can be fixed by typing a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// A fact.
    Fact(Fact),
    /// The headline.
    Headline,
}

/// What a fix is called that is to be undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undone {
    /// That of a field.
    Field(Field),
    /// Joins.
    Join,
    /// Splits.
    Split,
}

impl Field {
    /// Every field, in the order in which they are shown.
    pub const ALL: [Self; 9] = [
        Self::Headline,
        Self::Fact(Fact::Date),
        Self::Fact(Fact::Province),
        Self::Fact(Fact::City),
        Self::Fact(Fact::TotalInvestment),
        Self::Fact(Fact::Projects),
        Self::Fact(Fact::AreaMu),
        Self::Fact(Fact::Stage),
        Self::Fact(Fact::Industries),
    ];

    /// What it may be called, its English name first: as in a query.
    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Headline => &["headline", "标题"],
            Self::Fact(fact) => query::Field::of_fact(fact).names(),
        }
    }

    /// Its name in messages.
    fn word(self, language: Language) -> String {
        language
            .say(&format!("fix.field.{}", self.names()[0]))
            .into_owned()
    }
}

impl Undone {
    const JOIN: [&str; 2] = ["join", "合并"];
    const SPLIT: [&str; 2] = ["split", "拆分"];

    /// What is called so.
    ///
    /// # Errors
    /// Nothing is.
    pub fn named(name: &str) -> Result<Self, Failure> {
        let folded = normalise(name);
        if Self::JOIN.contains(&folded.as_str()) {
            return Ok(Self::Join);
        }
        if Self::SPLIT.contains(&folded.as_str()) {
            return Ok(Self::Split);
        }
        field(name).map(Self::Field)
    }

    /// Whether a fix of this target is meant.
    #[must_use]
    pub fn is(self, target: &Target) -> bool {
        match (self, target) {
            (Self::Join, Target::Join)
            | (Self::Split, Target::Split(_))
            | (Self::Field(Field::Headline), Target::Headline) => true,
            (Self::Field(Field::Fact(own)), Target::Fact(fact)) => own == *fact,
            _ => false,
        }
    }
}

/// The fix that is typed as `FIELD=VALUE`; an empty value is that the item states none.
///
/// # Errors
/// What cannot be understood of it, with what would be right.
pub fn typed(text: &str) -> Result<Fix, Failure> {
    let Some((name, value)) = text.split_once(['=', '＝']) else {
        let written = vec![("written", text.to_owned())];
        return Err(Failure::new("fix-form", written).ending(Exit::Usage));
    };
    fix(field(name)?, value)
}

/// The fix of a field by a value as it is typed.
///
/// # Errors
/// As [`typed`].
pub fn fix(field: Field, value: &str) -> Result<Fix, Failure> {
    let fix = match field {
        Field::Headline => Fix::headline(value).ok_or_else(|| usage("fix-headline", value)),
        Field::Fact(fact) => value::stated(fact, value).map(Fix::Fact),
    };
    fix.map_err(|failure| failure.ending(Exit::Usage))
}

fn field(name: &str) -> Result<Field, Failure> {
    let folded = normalise(name);
    let found = Field::ALL
        .into_iter()
        .find(|field| field.names().contains(&folded.as_str()));
    found.ok_or_else(|| {
        let names = Field::ALL.into_iter().flat_map(Field::names);
        match nearest(&folded, names.copied()) {
            Some(near) => usage("fix-field-near", name).with("near", near),
            None => usage("fix-field", name),
        }
    })
}

fn usage(code: &'static str, written: &str) -> Failure {
    Failure::new(code, vec![("written", written.trim().to_owned())]).ending(Exit::Usage)
}

/// What is corrected of an item, a line each: what it is now, and what the program had read.
#[must_use]
pub fn lines(language: Language, headline: &str, item: &ItemHead) -> Vec<String> {
    let corrected = &item.corrected;
    let mut lines = vec![];
    for field in Field::ALL {
        let (target, now) = match field {
            Field::Headline => (Target::Headline, Some(headline.to_owned())),
            Field::Fact(fact) => (
                Target::Fact(fact),
                shown(&Stated::of(&item.facts, fact), language),
            ),
        };
        if corrected.has(target.field()) {
            let was = was(corrected, &target, language);
            lines.push(line(language, field, now.as_deref(), was.as_deref()));
        }
    }
    lines.extend(structure(language, corrected));
    lines
}

fn line(language: Language, field: Field, now: Option<&str>, was: Option<&str>) -> String {
    let none = language.say("fix.none").into_owned();
    let name = field.word(language);
    let (now, was) = (now.unwrap_or(&none), was.unwrap_or(&none));
    let words: [(&str, &dyn Display); 3] = [("field", &name), ("now", &now), ("was", &was)];
    language.say_with("fix.line", &words)
}

/// That others were joined to it, or it was split.
fn structure(language: Language, corrected: &Corrected) -> Vec<String> {
    let mut lines = vec![];
    if let Some(Value::Array(headlines)) = corrected.was.get(Target::Join.field()) {
        let headlines = headlines.iter().filter_map(Value::as_str);
        lines.extend(
            headlines.map(|headline| language.say_with("fix.joined", &[("headline", &headline)])),
        );
    }
    let split = Target::Split(String::new());
    match corrected.was.get(split.field()).and_then(Value::as_str) {
        Some(headline) => {
            lines.push(language.say_with("fix.split-off", &[("headline", &headline)]));
        }
        None if corrected.has(split.field()) => lines.push(language.say("fix.split").into_owned()),
        None => {}
    }
    lines
}

/// What the program had read of a field; none where that was nothing.
fn was(corrected: &Corrected, target: &Target, language: Language) -> Option<String> {
    let value = corrected.was.get(target.field())?;
    match target {
        Target::Fact(fact) => {
            let name = target.field().rsplit('.').next()?;
            let facts: Facts = serde_json::from_value(json!({ name: value })).ok()?;
            shown(&Stated::of(&facts, *fact), language)
        }
        _ => value.as_str().map(str::to_owned),
    }
}

/// A fact as a message has it.
fn shown(stated: &Stated, language: Language) -> Option<String> {
    let written = stated.written()?;
    Some(match stated {
        Stated::AreaMu(_) => language.say_with("facts.area", &[("n", &written)]),
        Stated::Industries(names) => names.join(&language.say("list.and")),
        _ => written,
    })
}

/// A fix of which only the marks tell: what it corrects, and to what.
#[must_use]
pub fn kept(language: Language, target: &Target, value: Option<&str>) -> String {
    let field = match target {
        Target::Join => return language.say("fix.kept-join").into_owned(),
        Target::Split(paragraph) => {
            return language.say_with("fix.kept-split", &[("paragraph", paragraph)]);
        }
        Target::Headline => Field::Headline,
        Target::Fact(fact) => Field::Fact(*fact),
    };
    let value = match Fix::read(target, value) {
        Some(Fix::Fact(stated)) => shown(&stated, language),
        _ => value.map(str::to_owned),
    };
    let value = value.unwrap_or_else(|| language.say("fix.none").into_owned());
    let name = field.word(language);
    let words: [(&str, &dyn Display); 2] = [("field", &name), ("now", &value)];
    language.say_with("fix.kept", &words)
}

/// The fix that makes an item of its own begin with the paragraph `n` of `item`, from 1.
///
/// # Errors
/// There is none, or nothing in it could be a headline.
pub fn split(item: &Item, n: usize) -> Result<Fix, Failure> {
    let fix = n
        .checked_sub(1)
        .and_then(|at| Fix::split(&item.paragraphs, at));
    fix.ok_or_else(|| usage("fix-split", &n.to_string()).with("n", item.paragraphs.len()))
}
