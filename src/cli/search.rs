//! `search QUERY`: the items that a query finds, in the words of the reader's filter.
//! Must not collect what it finds: a library may hold a million items.

use super::json::ItemLine;
use super::output::{Output, Stop};
use super::table::{self, Side};
use super::{Limit, Settings};
use crate::app::Exit;
use crate::issue::ItemHead;
use crate::query::Query;
use crate::store::{Anchor, Listing, Scope, Searcher};

/// Items that are read at once.
const RUN: usize = 500;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    #[command(flatten)]
    limit: Limit,
    #[arg(long)]
    json: bool,
}

pub(super) fn run(
    arguments: &Arguments,
    settings: &Settings,
    output: &mut Output,
) -> Result<Exit, Stop> {
    let query: Query = arguments.query.join(" ").parse()?;
    let searcher = settings.reading()?.searcher()?;
    let (json, limit, language) = (arguments.json, arguments.limit, settings.language);
    let most = limit.most(output);
    let written = each(&searcher, query, most, |heads| write(heads, json, output))?;
    if !written.is_all {
        let all = || written.all(&searcher);
        limit.tell(written.shown, all, language, output)?;
    }
    if written.shown == 0 && most > 0 {
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

/// Hands the items of the library that a query finds to `write`, some at a time, and at most so many.
pub(super) fn each(
    searcher: &Searcher,
    query: Query,
    most: usize,
    mut write: impl FnMut(&[ItemHead]) -> Result<(), Stop>,
) -> Result<Written, Stop> {
    let listing = Listing {
        scope: Scope::Library,
        query,
    };
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

/// Items as a list: lines of text, or of JSON.
pub(super) fn write(heads: &[ItemHead], json: bool, output: &mut Output) -> Result<(), Stop> {
    if json {
        for head in heads {
            output.json(&ItemLine::new(head))?;
        }
        return Ok(());
    }
    let rows: Vec<Vec<String>> = heads
        .iter()
        .map(|head| vec![head.address().to_string(), head.headline.clone()])
        .collect();
    for line in table::lines(&rows, &[Side::Left, Side::Left]) {
        output.line(&line)?;
    }
    Ok(())
}
