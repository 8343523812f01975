//! A table of a settings file, from which settings are taken by their names.
//! Must not know any setting. What is not taken is not known, and is told so.

use super::Named;
use super::problem::{Fault, Problems};
use crate::text::nearest;
use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A table, with what has not been taken out of it yet.
pub(in crate::config) struct Table<'t> {
    /// Its own name, with those of the tables around it and a dot behind; empty for the whole file.
    path: String,
    left: BTreeMap<String, (Range<usize>, &'t Spanned<DeValue<'t>>)>,
    /// What has been asked for.
    known: Vec<String>,
}

/// Texts of a list, each with its place.
type Texts = Vec<(String, Range<usize>)>;

/// The tables of a text, as far as it is TOML.
pub(in crate::config) fn parsed<'t>(
    text: &'t str,
    problems: &mut Problems,
) -> Spanned<DeTable<'t>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let at = error.span().unwrap_or(0..0);
        let reason = error.message().lines().collect::<Vec<_>>().join(", ");
        problems.add(&at, "", Fault::Syntax(reason));
    }
    table
}

impl<'t> Table<'t> {
    pub fn of(table: &'t DeTable<'t>) -> Self {
        Self::within(String::new(), table)
    }

    pub fn within(path: String, table: &'t DeTable<'t>) -> Self {
        let left = table
            .iter()
            .map(|(key, value)| (key.get_ref().to_string(), (key.span(), value)));
        Self {
            path,
            left: left.collect(),
            known: vec![],
        }
    }

    /// What stands under `name`, with its full name and its place.
    pub fn take(&mut self, name: &str) -> Option<(String, Range<usize>, &'t DeValue<'t>)> {
        self.known.push(name.to_owned());
        let (_, value) = self.left.remove(name)?;
        Some((
            format!("{}{name}", self.path),
            value.span(),
            value.get_ref(),
        ))
    }

    /// The table under `name`, an empty one where there is none.
    pub fn table(&mut self, name: &str, problems: &mut Problems) -> Table<'t> {
        let path = format!("{}{name}.", self.path);
        let empty = Table {
            path: path.clone(),
            left: BTreeMap::new(),
            known: vec![],
        };
        match self.take(name) {
            None => empty,
            Some((_, _, DeValue::Table(table))) => Table::within(path, table),
            Some((key, at, _)) => {
                problems.add(&at, &key, Fault::Kind("table"));
                empty
            }
        }
    }

    /// A switch.
    pub fn switch(&mut self, name: &str, problems: &mut Problems) -> Option<bool> {
        let (key, at, value) = self.take(name)?;
        let switch = value.as_bool();
        if switch.is_none() {
            problems.add(&at, &key, Fault::Kind("switch"));
        }
        switch
    }

    /// A number of a range.
    pub fn number(
        &mut self,
        name: &str,
        range: RangeInclusive<u16>,
        problems: &mut Problems,
    ) -> Option<u16> {
        let (key, at, value) = self.take(name)?;
        let Some(number) = integer(value) else {
            problems.add(&at, &key, Fault::Kind("number"));
            return None;
        };
        let found = u16::try_from(number).ok().filter(|n| range.contains(n));
        if found.is_none() {
            let (least, most) = (i64::from(*range.start()), i64::from(*range.end()));
            problems.add(&at, &key, Fault::Number(number, least, most));
        }
        found
    }

    /// A number of a range, or 0.
    pub fn number_or_0(
        &mut self,
        name: &str,
        range: RangeInclusive<u16>,
        problems: &mut Problems,
    ) -> Option<u16> {
        let value = self.left.get(name).map(|(_, value)| value.get_ref());
        match value.and_then(integer) {
            Some(0) => self.number(name, 0..=0, problems),
            _ => self.number(name, range, problems),
        }
    }

    /// One of some words; a number counts as the word that is written so.
    pub fn word<T: Copy>(
        &mut self,
        name: &str,
        words: &[(&'static str, T)],
        problems: &mut Problems,
    ) -> Option<T> {
        let (key, at, value) = self.take(name)?;
        let written = value.as_str().map(str::to_owned);
        let Some(written) = written.or_else(|| Some(integer(value)?.to_string())) else {
            problems.add(&at, &key, Fault::Kind("text"));
            return None;
        };
        let found = words.iter().find(|(word, _)| *word == written);
        if found.is_none() {
            let words = words.iter().map(|(word, _)| *word).collect();
            problems.add(&at, &key, Fault::Word(written, words));
        }
        found.map(|(_, value)| *value)
    }

    /// A text, with its place.
    pub fn text(&mut self, name: &str, problems: &mut Problems) -> Option<(String, Range<usize>)> {
        let (key, at, value) = self.take(name)?;
        let text = value.as_str().map(|text| (text.to_owned(), at.clone()));
        if text.is_none() {
            problems.add(&at, &key, Fault::Kind("text"));
        }
        text
    }

    /// The name of a theme.
    pub fn named(&mut self, name: &str, problems: &mut Problems) -> Option<Named> {
        let (name, at) = self.text(name, problems)?;
        let (line, column) = problems.place(&at);
        Some(Named { name, line, column })
    }

    /// The place of a list of texts, and they, each with its own.
    pub fn list(&mut self, name: &str, problems: &mut Problems) -> Option<(Range<usize>, Texts)> {
        let (key, at, value) = self.take(name)?;
        let all = value.as_array().and_then(|array| {
            let texts = array.iter();
            let texts = texts.map(|one| Some((one.get_ref().as_str()?.to_owned(), one.span())));
            texts.collect::<Option<Vec<_>>>()
        });
        if all.is_none() {
            problems.add(&at, &key, Fault::Kind("keys"));
        }
        all.map(|all| (at, all))
    }

    /// Names that stand in it and were not taken yet.
    pub fn names(&self) -> Vec<String> {
        self.left.keys().cloned().collect()
    }

    /// Its own name, with those of the tables around it and a dot behind.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Tells what stands in it that nothing has asked for; `others` exist too, though nothing asked for them.
    pub fn end(self, others: &[&str], problems: &mut Problems) {
        self.end_with(others, problems, || Fault::Unknown(None));
    }

    /// The same, with a fault of its own for what is like nothing that exists.
    pub fn end_with(self, others: &[&str], problems: &mut Problems, fault: impl Fn() -> Fault) {
        let asked = self.known.iter();
        problems
            .asked
            .extend(asked.map(|name| format!("{}{name}", self.path)));
        let known: Vec<&str> = self.known.iter().map(String::as_str).collect();
        for (name, (at, _)) in &self.left {
            let near = nearest(name, known.iter().chain(others).copied());
            let key = format!("{}{name}", self.path);
            let fault = near.map_or_else(&fault, |near| Fault::Unknown(Some(near.to_owned())));
            problems.add(at, &key, fault);
        }
    }
}

/// A whole number, if it is one that fits.
pub(in crate::config) fn integer(value: &DeValue<'_>) -> Option<i64> {
    let integer = value.as_integer()?;
    i64::from_str_radix(integer.as_str(), integer.radix()).ok()
}
