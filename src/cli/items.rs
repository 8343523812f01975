//! Items as the command line names them: by addresses, or by the names of marks without item. Each has to lead to one.
//! Must not change anything.

use super::json::{DetachedLine, ItemLine};
use super::output::{Output, Stop};
use super::{Limit, address};
use crate::app::{Exit, Failure};
use crate::issue::{Address, Change, DetachedName, ItemHead, Marks, Part};
use crate::store::{ByName, Detached, Located, MarkChange, Store};
use std::collections::HashSet;
use std::fmt::Display;

/// Items whose marks a command changes.
#[derive(Debug, clap::Args)]
pub(super) struct Addresses {
    #[arg(required = true, value_name = "ADDRESS")]
    pub addresses: Vec<String>,
    #[arg(long)]
    pub json: bool,
}

/// How a list of marks is written.
#[derive(Debug, clap::Args)]
pub(super) struct List {
    #[command(flatten)]
    pub limit: Limit,
    #[arg(long)]
    pub json: bool,
}

/// What has marks: an item of the library, or what is left of one that it does not hold.
#[derive(Debug, Clone)]
pub(super) enum Marked {
    Item(Box<ItemHead>),
    Detached(Box<Detached>),
}

impl Marked {
    /// What it is called where it is to be typed.
    pub fn name(&self) -> String {
        match self {
            Self::Item(head) => head.address().to_string(),
            Self::Detached(one) => one.name.to_string(),
        }
    }

    /// As printed.
    pub fn headline(&self) -> &str {
        match self {
            Self::Item(head) => &head.headline,
            Self::Detached(one) => &one.printed,
        }
    }

    pub fn marks(&self) -> &Marks {
        match self {
            Self::Item(head) => &head.marks,
            Self::Detached(one) => &one.marks,
        }
    }

    /// A change of its marks, to be kept.
    pub fn change(&self, change: Change) -> MarkChange {
        match self {
            Self::Item(head) => MarkChange::of(head, change),
            Self::Detached(one) => one.change(change),
        }
    }

    /// Has its marks as they are after a change.
    pub fn apply(&mut self, change: &Change) {
        match self {
            Self::Item(head) => change.apply(&mut head.marks),
            Self::Detached(one) => change.apply(&mut one.marks),
        }
    }

    /// Writes it as a line of JSON.
    pub fn write(&self, output: &mut Output) -> Result<(), Stop> {
        match self {
            Self::Item(head) => output.json(&ItemLine::new(head)),
            Self::Detached(one) => output.json(&DetachedLine::new(one)),
        }
    }

    /// What messages about it are filled in with.
    pub fn words(&self) -> [(&'static str, String); 2] {
        [
            ("address", self.name()),
            ("headline", self.headline().to_owned()),
        ]
    }
}

/// Words as a message takes them.
pub(super) fn filled<'a>(
    words: &'a [(&'static str, String)],
) -> Vec<(&'static str, &'a dyn Display)> {
    let words = words.iter();
    words
        .map(|(name, value)| (*name, value as &dyn Display))
        .collect()
}

/// The item at an address. A section or an issue has no marks.
pub(super) fn item(store: &Store, text: &str) -> Result<ItemHead, Failure> {
    let address = address(text)?;
    let no_item = || Failure::new("address-no-item", vec![("address", address.to_string())]);
    match store.locate(&address)? {
        Located::Item(id) => store
            .item(id)?
            .map(|view| view.head)
            .ok_or_else(|| no_item().ending(Exit::Nothing)),
        Located::Section(..) | Located::Issue(_) => Err(no_item().ending(Exit::Usage)),
    }
}

/// The marks without item of this name.
pub(super) fn detached(store: &Store, name: &DetachedName) -> Result<Detached, Failure> {
    let found = store.searcher()?.detached_named(name)?;
    found.ok_or_else(|| nothing_waits(name))
}

/// That nothing waits under this name.
pub(super) fn nothing_waits(name: &DetachedName) -> Failure {
    Failure::new("detached-not-found", vec![("name", name.to_string())]).ending(Exit::Nothing)
}

/// What has marks, by an address or the name of marks without item.
pub(super) fn marked(store: &Store, text: &str) -> Result<Marked, Failure> {
    match text.parse() {
        Ok(name) => Ok(Marked::Detached(Box::new(detached(store, &name)?))),
        Err(_) => Ok(Marked::Item(Box::new(item(store, text)?))),
    }
}

/// What has marks, by all of these; what is named twice is one.
pub(super) fn all_marked(store: &Store, texts: &[String]) -> Result<Vec<Marked>, Failure> {
    let [text] = texts else {
        return each_marked(store, texts).map_err(|failure| failure.of_all(texts.len()));
    };
    Ok(vec![marked(store, text)?])
}

/// The same for many, of which those that wait are read once.
fn each_marked(store: &Store, texts: &[String]) -> Result<Vec<Marked>, Failure> {
    let has_names = texts
        .iter()
        .any(|text| text.parse::<DetachedName>().is_ok());
    let waiting = if has_names {
        store.searcher()?.detached()?
    } else {
        vec![]
    };
    let waiting = ByName::of(&waiting);
    let (mut all, mut known) = (vec![], HashSet::new());
    for text in texts {
        let one = match text.parse() {
            Ok(name) => {
                let found = waiting.find(&name).cloned();
                Marked::Detached(Box::new(found.ok_or_else(|| nothing_waits(&name))?))
            }
            Err(_) => Marked::Item(Box::new(item(store, text)?)),
        };
        if known.insert(one.name()) {
            all.push(one);
        }
    }
    Ok(all)
}

/// Whether a word names what has marks, and is not another word.
pub(super) fn is_name(word: &str) -> bool {
    let address: Result<Address, _> = word.parse();
    let is_item = address.is_ok_and(|address| matches!(address.part, Part::Item(..)));
    is_item || word.parse::<DetachedName>().is_ok()
}
