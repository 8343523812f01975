//! `search QUERY`: the items that a query finds, in the words of the reader's filter.
//! Must not collect what it finds: a library may hold a million items. Where they are to be sorted their ids alone are collected.

use super::json::ItemLine;
use super::output::{Output, Stop};
use super::table::{self, Side};
use super::{Limit, Settings, outdated, query};
use crate::app::{Exit, Failure, wording};
use crate::config::Language;
use crate::issue::ItemHead;
use crate::query::{Key, Order, Query};
use crate::store::{Anchor, Listing, Scope, Searcher};
use clap::ValueEnum;
use std::fmt::Display;

/// Items that are read at once.
const RUN: usize = 500;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    #[arg(long, value_name = "NAME")]
    saved: Option<String>,
    #[arg(long, value_name = "SORT")]
    sort: Option<Sort>,
    #[arg(long)]
    reverse: bool,
    #[command(flatten)]
    limit: Limit,
    #[arg(long)]
    json: bool,
}

/// What the items are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Sort {
    #[value(alias = "日期")]
    Date,
    #[value(alias = "金额", alias = "投资", alias = "总投资", alias = "investment")]
    Amount,
    #[value(
        alias = "面积",
        alias = "占地",
        alias = "用地",
        alias = "土地",
        alias = "land"
    )]
    Area,
    #[value(alias = "项目", alias = "项目数")]
    Projects,
    #[value(alias = "地点", alias = "省", alias = "province")]
    Place,
}

impl Sort {
    const fn key(self) -> Key {
        match self {
            Self::Date => Key::Date,
            Self::Amount => Key::Amount,
            Self::Area => Key::Area,
            Self::Projects => Key::Projects,
            Self::Place => Key::Place,
        }
    }
}

impl Arguments {
    /// The saved query, if one is named, narrowed by the words, in the order that the flags ask for, else in its own.
    fn query(&self, saved: Option<Query>, words: Query) -> Result<Query, Failure> {
        let mut query = saved.unwrap_or_default();
        query.terms.extend(words.terms);
        if words.order != Order::Printed {
            query.order = words.order;
        }
        if let Some(sort) = self.sort {
            query.order = sort.key().usually();
        }
        query.order = match query.order {
            Order::By(key, direction) if self.reverse => Order::By(key, direction.reversed()),
            Order::Printed if self.reverse => {
                return Err(Failure::new("usage-reverse-alone", vec![]).ending(Exit::Usage));
            }
            order => order,
        };
        Ok(query)
    }
}

pub(super) fn run(
    arguments: &Arguments,
    settings: &Settings,
    output: &mut Output,
) -> Result<Exit, Stop> {
    let (json, limit, language) = (arguments.json, arguments.limit, settings.language);
    let words: Query = arguments.query.join(" ").parse()?;
    let store = settings.reading()?;
    let searcher = store.searcher()?;
    let saved = match &arguments.saved {
        Some(name) => Some(query::saved(name, &searcher, language)?),
        None => None,
    };
    let query = arguments.query(saved, words)?;
    let most = limit.most(output);
    let listing = Listing {
        scope: Scope::Library,
        query,
    };
    let is_sorted = listing.query.order != Order::Printed;
    let is_of_facts = is_sorted || listing.query.is_of_facts();
    let outdated = if is_of_facts {
        outdated::tell(&store, language, output)?
    } else {
        0
    };
    let written = match listing.query.order {
        Order::Printed => each(&searcher, listing, most, |heads| write(heads, json, output))?,
        Order::By(key, _) => each_sorted(&searcher, listing, most, |heads| {
            if json {
                return write(heads, json, output);
            }
            let rows = heads.iter().map(|head| {
                let value = wording::stated(language, &head.facts, key);
                let [address, headline] = row(head);
                vec![address, value.unwrap_or_default(), headline]
            });
            let rows: Vec<Vec<String>> = rows.collect();
            lines(&rows, &[Side::Left, side(key), Side::Left], output)
        })?,
    };
    if !written.is_all {
        let all = || written.all(&searcher);
        limit.tell(written.shown, all, language, output)?;
    }
    tell_undated(&searcher, &written.listing.query, language, output)?;
    if written.shown == 0 && most > 0 {
        // What is not known is no answer.
        if outdated > 0 && written.listing.query.is_of_facts() {
            output.message(&language.say("search.none-yet"))?;
            return Ok(Exit::Failed);
        }
        let word = if searcher.newest()?.is_none() {
            "issues.none"
        } else {
            "search.none"
        };
        output.message(&language.say(word))?;
        return Ok(Exit::Nothing);
    }
    Ok(Exit::Done)
}

/// Says how many items a query for days leaves out because they state none, and how to ask for them.
fn tell_undated(
    searcher: &Searcher,
    query: &Query,
    language: Language,
    output: &mut Output,
) -> Result<(), Stop> {
    let (Some(undated), Some(months)) = (query.undated(), query.months_alone()) else {
        return Ok(());
    };
    let listing = Listing {
        scope: Scope::Library,
        query: undated,
    };
    let n = searcher.tally(&listing)?.total(&listing.query);
    if n > 0 {
        let words: [(&str, &dyn Display); 2] = [("n", &n), ("months", &months)];
        output.message(&language.say_with("search.undated", &words))?;
    }
    Ok(())
}

/// Items that were written.
pub(super) struct Written {
    listing: Listing,
    /// How many.
    pub shown: usize,
    /// Whether there are no others.
    pub is_all: bool,
}

impl Written {
    /// How many there are.
    pub fn all(&self, searcher: &Searcher) -> Result<usize, Stop> {
        if self.is_all {
            return Ok(self.shown);
        }
        Ok(searcher.tally(&self.listing)?.total(&self.listing.query))
    }
}

/// Hands the items of a listing as printed to `write`, some at a time, and at most so many.
pub(super) fn each(
    searcher: &Searcher,
    listing: Listing,
    most: usize,
    mut write: impl FnMut(&[ItemHead]) -> Result<(), Stop>,
) -> Result<Written, Stop> {
    let (mut anchor, mut shown, mut is_all) = (Anchor::Top, 0, false);
    while shown < most && !is_all {
        let run = searcher.run(&listing, anchor, RUN.min(most - shown))?;
        shown += run.items.len();
        write(&run.items)?;
        match run.items.last() {
            Some(last) if !run.ends => anchor = Anchor::After(last.id),
            _ => is_all = true,
        }
    }
    Ok(Written {
        listing,
        shown,
        is_all,
    })
}

/// The same of a sorted listing.
fn each_sorted(
    searcher: &Searcher,
    listing: Listing,
    most: usize,
    mut write: impl FnMut(&[ItemHead]) -> Result<(), Stop>,
) -> Result<Written, Stop> {
    let mut ids = searcher.ids(&listing, most.saturating_add(1))?;
    let is_all = ids.len() <= most;
    ids.truncate(most);
    for ids in ids.chunks(RUN) {
        write(&searcher.heads_by_id(ids)?)?;
    }
    Ok(Written {
        listing,
        shown: ids.len(),
        is_all,
    })
}

/// To which side a column of what items are sorted by goes.
const fn side(key: Key) -> Side {
    match key {
        Key::Amount | Key::Area | Key::Projects => Side::Right,
        Key::Date | Key::Place => Side::Left,
    }
}

/// Items as a list: lines of text, or of JSON.
pub(super) fn write(heads: &[ItemHead], json: bool, output: &mut Output) -> Result<(), Stop> {
    if json {
        for head in heads {
            output.json(&ItemLine::new(head))?;
        }
        return Ok(());
    }
    let rows: Vec<Vec<String>> = heads.iter().map(|head| row(head).into()).collect();
    lines(&rows, &[Side::Left, Side::Left], output)
}

fn row(head: &ItemHead) -> [String; 2] {
    [head.address().to_string(), head.headline.clone()]
}

fn lines(rows: &[Vec<String>], sides: &[Side], output: &mut Output) -> Result<(), Stop> {
    for line in table::lines(rows, sides) {
        output.line(&line)?;
    }
    Ok(())
}
