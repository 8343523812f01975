//! What of an item is corrected, and what the program had read.

use super::{FIELDS, Stated, field};
use crate::issue::{Fact, Facts};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// By what name `was` has the further stages of an item, where it had some.
const ALSO: &str = "facts.also";

/// What of an item is corrected, and what was there before.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Corrected {
    /// Names of what is corrected ([`Target::field`](super::Target::field)), each once.
    pub fixed: Vec<String>,
    /// By these names, what the program had read, also of facts that are others since the headline or the extent is; of an item
    /// that others were joined to, their headlines; of one that was split off, the headline that it stood under. Of a stage the
    /// further ones (`facts.also`), too, where there were some.
    pub was: BTreeMap<String, Value>,
}

impl Corrected {
    /// Whether nothing is.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.fixed.is_empty()
    }

    /// Whether this is, by its name.
    #[must_use]
    pub fn has(&self, field: &str) -> bool {
        self.fixed.iter().any(|known| known == field)
    }

    /// Notes that this is, in the order in which it is shown.
    pub(super) fn note(&mut self, field: &str) {
        if !self.has(field) {
            self.fixed.push(field.to_owned());
            self.fixed
                .sort_by_key(|name| FIELDS.iter().position(|known| known == name));
        }
    }

    /// Notes what an item stated before whose headline or extent is another now, and states something else with that.
    pub(super) fn note_changed(&mut self, now: &Facts, before: &Facts) {
        for fact in Fact::ALL {
            if Stated::of(now, fact) != Stated::of(before, fact) {
                self.note_before(before, fact);
            }
        }
    }

    /// Notes what an item stated before a fact is another, unless that is noted.
    pub(super) fn note_before(&mut self, before: &Facts, fact: Fact) {
        if let Entry::Vacant(entry) = self.was.entry(field(fact).to_owned()) {
            entry.insert(fact_json(before, fact));
            if fact == Fact::Stage && !before.also.is_empty() {
                let also = json!(before.also);
                self.was.insert(ALSO.to_owned(), also);
            }
        }
    }

    /// What the program had read of a fact that is another now; none where that was nothing, or is no other.
    #[must_use]
    pub fn before(&self, fact: Fact) -> Option<Stated> {
        let read = |path: &str| {
            Some((
                path.rsplit('.').next()?.to_owned(),
                self.was.get(path)?.clone(),
            ))
        };
        let facts: Value = [read(field(fact))?].into_iter().chain(read(ALSO)).collect();
        let facts: Facts = serde_json::from_value(facts).ok()?;
        Some(Stated::of(&facts, fact))
    }
}

/// The fact as the JSON of an item has it.
fn fact_json(facts: &Facts, fact: Fact) -> Value {
    let name = field(fact);
    let name = name.rsplit('.').next().unwrap_or_default();
    let mut facts = serde_json::to_value(facts).unwrap_or_default();
    facts.get_mut(name).map(Value::take).unwrap_or_default()
}
