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
    let json = arguments.json;
    let shown = each(
        &searcher,
        query,
        arguments.limit,
        settings,
        output,
        |heads, output| write(heads, json, output),
    )?;
    if shown == 0 && arguments.limit.most(output) > 0 {
        let word = if searcher.newest()?.is_none() {
            "issues.none"
        } else {
            "search.none"
        };
        output.message(&settings.language.say(word))?;
        return Ok(Exit::Nothing);
    }
    Ok(Exit::Done)
}

/// Hands the items of the library that a query finds to `write`, some at a time, up to the limit, and says how many are left
/// out. How many were written.
pub(super) fn each(
    searcher: &Searcher,
    query: Query,
    limit: Limit,
    settings: &Settings,
    output: &mut Output,
    mut write: impl FnMut(&[ItemHead], &mut Output) -> Result<(), Stop>,
) -> Result<usize, Stop> {
    let listing = Listing {
        scope: Scope::Library,
        query,
    };
    let most = limit.most(output);
    let (mut anchor, mut shown) = (Anchor::Top, 0);
    while shown < most {
        let run = searcher.run(&listing, anchor, RUN.min(most - shown))?;
        shown += run.items.len();
        write(&run.items, output)?;
        match run.items.last() {
            Some(last) if !run.ends => anchor = Anchor::After(last.id),
            _ => return Ok(shown),
        }
    }
    if most > 0 {
        let all = || Ok(searcher.tally(&listing)?.total(&listing.query));
        limit.tell(shown, all, settings.language, output)?;
    }
    Ok(shown)
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
