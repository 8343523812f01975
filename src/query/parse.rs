//! From text to a query. Every error says which characters are at fault.

use super::reader::{Connective, Reader, is_close, is_colon, is_comma, is_open, is_sign};
use super::{Condition, Field, Query, QueryError, QueryProblem, Term, values};
use crate::text::{nearest, normalise};
use std::ops::Range;
use std::str::FromStr;

/// Terms and alternatives that a query may have: more than anybody types, fewer than SQLite's limit for a condition.
const MOST: usize = 200;

impl FromStr for Query {
    type Err = QueryError;

    fn from_str(text: &str) -> Result<Self, QueryError> {
        Reader::new(text).query()
    }
}

impl Query {
    /// The query, if it is not larger than one may be.
    pub(super) fn checked(self) -> Result<Self, QueryProblem> {
        if too_many(&self.terms) {
            return Err(QueryProblem::TooMany);
        }
        Ok(self)
    }
}

fn too_many(terms: &[Term]) -> bool {
    terms.iter().map(Term::size).sum::<usize>() > MOST
}

/// The terms that a group comes to, turned round or not.
fn grouped(negated: bool, inner: Query) -> Vec<Term> {
    let mut terms = inner.terms;
    match (negated, &mut terms[..]) {
        (true, [only]) => only.negated = !only.negated,
        (true, [_, ..]) => {
            return vec![Term {
                negated,
                condition: Condition::Any(vec![Query::of(terms)]),
            }];
        }
        (false, _) | (true, []) => {}
    }
    terms
}

/// A term of a word; none where folding leaves nothing of it to look for.
fn word_term(negated: bool, word: String) -> Option<Term> {
    let condition = Condition::Word(word);
    let Condition::Word(word) = &condition else {
        return None;
    };
    (!normalise(word).is_empty()).then_some(Term { negated, condition })
}

/// Groups that may stand in each other: more than anybody types.
const DEEPEST: usize = 16;

impl Reader {
    /// Terms up to the end of the text, or of the group that is open: those of each side of an OR, where there is one.
    fn query(&mut self) -> Result<Query, QueryError> {
        let (mut sides, mut terms): (Vec<Query>, Vec<Term>) = (vec![], vec![]);
        // The OR before which, or behind which, nothing stands.
        let mut lonely: Option<Range<usize>> = None;
        while self.skip_white() && !(self.depth > 0 && self.peek().is_some_and(is_close)) {
            let from = self.at;
            match self.connective() {
                Some(Connective::And) => {}
                Some(Connective::Or) => {
                    if terms.is_empty() {
                        return Err(QueryError {
                            at: from..self.at,
                            problem: QueryProblem::EmptySide,
                        });
                    }
                    sides.push(Query::of(std::mem::take(&mut terms)));
                    lonely = Some(from..self.at);
                }
                None => {
                    terms.extend(self.term()?);
                    let size = terms
                        .iter()
                        .chain(sides.iter().flat_map(|side| &side.terms));
                    if size.map(Term::size).sum::<usize>() > MOST {
                        return Err(QueryError {
                            at: from..self.at,
                            problem: QueryProblem::TooMany,
                        });
                    }
                }
            }
        }
        match lonely {
            None => Ok(Query::of(terms)),
            Some(at) if terms.is_empty() => Err(QueryError {
                at,
                problem: QueryProblem::EmptySide,
            }),
            Some(_) => {
                sides.push(Query::of(terms));
                Ok(Query::of(vec![Term::new(Condition::Any(sides))]))
            }
        }
    }

    /// A term; of a group that is not turned round, its terms. None where there is nothing to look for.
    fn term(&mut self) -> Result<Vec<Term>, QueryError> {
        let negated = self.negation();
        let from = self.at;
        if self.take_if(is_open) {
            return Ok(grouped(negated, self.group(from)?));
        }
        if let Some(word) = self.quoted()? {
            return Ok(word_term(negated, word).into_iter().collect());
        }
        Ok(match self.field()? {
            Some((field, name)) => vec![Term {
                negated,
                condition: self.values(field, &name)?,
            }],
            None => word_term(negated, self.rest_of_word())
                .into_iter()
                .collect(),
        })
    }

    /// What stands in the group that has begun at `from`.
    fn group(&mut self, from: usize) -> Result<Query, QueryError> {
        let wrong = |at, problem| Err(QueryError { at, problem });
        self.depth += 1;
        if self.depth > DEEPEST {
            return wrong(from..self.at, QueryProblem::TooDeep);
        }
        let inner = self.query()?;
        self.depth -= 1;
        if !self.take_if(is_close) {
            return wrong(from..from + 1, QueryProblem::OpenGroup);
        }
        Ok(inner)
    }

    /// The field whose name, as written, and colon stand here, which are then behind; what an item states may be compared without
    /// a colon (`amount>=5亿`, `province=江苏`), and white space may stand before either. A full-width colon stands in many headlines, so an
    /// unknown name before one is part of a word, and so is anything before a colon that is no name (`10:30`, `http://`).
    fn field(&mut self) -> Result<Option<(Field, String)>, QueryError> {
        let word = self.word_at(self.at);
        let end = word.iter().position(|c| is_colon(*c) || is_sign(*c));
        let at = self.at..self.at + end.unwrap_or(word.len());
        let mark = self.after_white(at.end);
        let name = self.slice(at.clone());
        let known = normalise(&name);
        let found = Field::from_name(&known);
        let found = found.filter(|field| match self.text.get(mark) {
            Some(c) if is_colon(*c) => true,
            Some('=' | '＝') => field.fact().is_some() && (mark == at.end || field.compares()),
            Some(c) if is_sign(*c) => field.compares(),
            _ => false,
        });
        if let Some(field) = found {
            self.at = mark + usize::from(is_colon(self.text[mark]));
            return Ok(Some((field, name)));
        }
        let is_name = !name.is_empty() && name.chars().all(char::is_alphabetic);
        let behind = &self.text[at.end..];
        let is_address = behind.starts_with(&[':', '/', '/']);
        if behind.first() != Some(&':') || !is_name || is_address {
            return Ok(None);
        }
        let names = Field::ALL.into_iter().flat_map(Field::names).copied();
        let nearest = nearest(&known, names);
        Err(QueryError {
            at,
            problem: QueryProblem::UnknownField { name, nearest },
        })
    }

    /// The values behind a field's colon.
    fn values(&mut self, field: Field, name: &str) -> Result<Condition, QueryError> {
        let mut condition: Option<Condition> = None;
        loop {
            self.skip_white_before_value();
            let from = self.at;
            let whole = field.takes_whole() && self.take_if(|c| matches!(c, '=' | '＝'));
            if whole {
                self.skip_white_before_value();
            }
            let value = self.value(field)?;
            let at = from..self.at.max(from + 1).min(self.text.len().max(from + 1));
            if normalise(&value).is_empty() {
                return Err(QueryError {
                    at,
                    problem: QueryProblem::NoValue {
                        name: name.to_owned(),
                        field,
                    },
                });
            }
            let read = values::condition(field, whole, value)
                .map_err(|problem| QueryError { at, problem })?;
            match &mut condition {
                Some(condition) => condition.join(read),
                None => condition = Some(read),
            }
            // One item is one of the marks or is not, so a list of them has no use.
            match condition {
                Some(condition) if field == Field::Is || !self.take_comma() => {
                    return Ok(condition);
                }
                _ => {}
            }
        }
    }

    /// One value of a field.
    fn value(&mut self, field: Field) -> Result<String, QueryError> {
        Ok(match self.quoted()? {
            // What follows the quotes at once belongs to the value, as in a shell.
            Some(value) => value + &self.bare_value(field),
            None if field == Field::Is => self.rest_of_word(),
            None if field.compares() => self.compared(field),
            None => self.bare_value(field),
        })
    }

    /// A number or a day, with the signs before it and the unit behind it, where white space may stand: `>= 5 亿`.
    fn compared(&mut self, field: Field) -> String {
        let from = self.at;
        while self.take_if(is_sign) {}
        let mut value = self.slice(from..self.at);
        if !value.is_empty() {
            self.skip_white_before_value();
        }
        value += &self.bare_value(field);
        loop {
            let next = self.after_white(self.at);
            let word = self.word_at(next);
            let end = word.iter().position(|c| is_comma(*c));
            let word: String = word[..end.unwrap_or(word.len())].iter().collect();
            if next == self.at || !values::goes_on(field, &value, &word) {
                return value;
            }
            self.at = next + word.chars().count();
            value += &word;
        }
    }
}

#[cfg(test)]
mod tests;
