//! The words of what is corrected: what it is now, and what the program had read.
//! Must not decide where they stand.

use crate::app::fixing::Field;
use crate::config::Language;
use crate::issue::{Corrected, Fix, ItemHead, Stated, Target};
use serde_json::Value;
use std::fmt::Display;

/// What is corrected of an item, a line each: what it is now, and what the program had read.
#[must_use]
pub fn lines(language: Language, item: &ItemHead) -> Vec<String> {
    let corrected = &item.corrected;
    let mut lines = vec![];
    let said = |word, is_said: fn(Field, &ItemHead) -> bool| {
        let fields = Field::ALL.into_iter();
        let fields = fields.filter(move |field| is_said(*field, item));
        fields.map(move |field| {
            let (now, was) = (now(language, field, item), before(language, field, item));
            line((language, word), field, now.as_deref(), was.as_deref())
        })
    };
    lines.extend(said("fix.line", Field::is_corrected));
    lines.extend(structure(language, corrected));
    lines.extend(said("fix.line-along", Field::is_changed_along));
    lines
}

/// What of an item is corrected, in a line; none where nothing is.
#[must_use]
pub fn summary(language: Language, item: &ItemHead) -> Option<String> {
    let corrected = &item.corrected;
    let fields = Field::ALL.into_iter();
    let fields = fields.filter(|field| field.is_corrected(item));
    let mut parts: Vec<String> = fields.map(|field| field.word(language)).collect();
    for (field, word) in [
        (Target::JOIN, "fix.part-join"),
        (Target::SPLIT, "fix.part-split"),
    ] {
        if corrected.has(field) {
            parts.push(language.say(word).into_owned());
        }
    }
    if parts.is_empty() {
        return None;
    }
    let and = language.say("list.and");
    let mut summary = language.say_with("fix.summary", &[("fields", &parts.join(&and))]);
    let along = Field::ALL.into_iter();
    let along = along.filter(|field| field.is_changed_along(item));
    let along: Vec<String> = along.map(|field| field.word(language)).collect();
    if !along.is_empty() {
        let along = along.join(&and);
        summary.push_str(&language.say_with("fix.summary-along", &[("fields", &along)]));
    }
    Some(summary)
}

fn line(
    (language, word): (Language, &str),
    field: Field,
    now: Option<&str>,
    was: Option<&str>,
) -> String {
    let none = language.say("fix.none").into_owned();
    let name = field.word(language);
    let (now, was) = (now.unwrap_or(&none), was.unwrap_or(&none));
    let words: [(&str, &dyn Display); 3] = [("field", &name), ("now", &now), ("was", &was)];
    language.say_with(word, &words)
}

/// That others were joined to it, or it was split.
fn structure(language: Language, corrected: &Corrected) -> Vec<String> {
    let mut lines = vec![];
    if let Some(Value::Array(headlines)) = corrected.was.get(Target::JOIN) {
        let headlines = headlines.iter().filter_map(Value::as_str);
        lines.extend(
            headlines.map(|headline| language.say_with("fix.joined", &[("headline", &headline)])),
        );
    }
    match corrected.was.get(Target::SPLIT).and_then(Value::as_str) {
        Some(headline) => {
            lines.push(language.say_with("fix.split-off", &[("headline", &headline)]));
        }
        None if corrected.has(Target::SPLIT) => lines.push(language.say("fix.split").into_owned()),
        None => {}
    }
    lines
}

/// A fix of which only the marks tell: what it corrects, and to what.
#[must_use]
pub fn kept(language: Language, target: &Target, value: Option<&str>) -> String {
    let field = match target {
        Target::Join => return language.say("fix.kept-join").into_owned(),
        Target::Split(beginning) => {
            return language.say_with("fix.kept-split", &[("paragraph", &beginning.text)]);
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

/// What a field is now; none where nothing is stated.
#[must_use]
pub fn now(language: Language, field: Field, item: &ItemHead) -> Option<String> {
    match field {
        Field::Headline => Some(item.headline.clone()),
        Field::Fact(fact) => shown(&Stated::of(&item.facts, fact), language),
    }
}

/// What the program had read of a field, where it is another now; none where that was nothing.
#[must_use]
pub fn before(language: Language, field: Field, item: &ItemHead) -> Option<String> {
    was(&item.corrected, &field.target(), language)
}

fn was(corrected: &Corrected, target: &Target, language: Language) -> Option<String> {
    match target {
        Target::Fact(fact) => shown(&corrected.before(*fact)?, language),
        _ => corrected
            .was
            .get(target.field())?
            .as_str()
            .map(str::to_owned),
    }
}

/// A fact as a message has it.
fn shown(stated: &Stated, language: Language) -> Option<String> {
    let written = stated.written()?;
    Some(match stated {
        Stated::AreaMu(_) => language.say_with("facts.area", &[("n", &written)]),
        Stated::Stages(_) | Stated::Industries(_) => {
            written.replace('\n', &language.say("list.and"))
        }
        _ => written,
    })
}
