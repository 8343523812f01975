//! `search QUERY`: the items that a query finds, in the words of the reader's filter.
//! Must not collect what it finds: a library may hold a million items.

use super::json::ItemLine;
use super::output::{Output, Stop};
use super::table::{self, Side};
use super::{Limit, Settings};
use crate::app::Exit;
use crate::issue::ItemHead;
use crate::query::Query;
use crate::store::{Anchor, Listing, Scope};

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
    let listing = Listing {
        scope: Scope::Library,
        query,
    };
    let searcher = settings.reading()?.searcher()?;
    let most = arguments.limit.most(output);
    let (mut anchor, mut shown, mut whole) = (Anchor::Top, 0, most == 0);
    while shown < most {
        let run = searcher.run(&listing, anchor, RUN.min(most - shown))?;
        shown += run.items.len();
        write(&run.items, arguments.json, output)?;
        match run.items.last() {
            Some(last) if !run.ends => anchor = Anchor::After(last.id),
            _ => {
                whole = true;
                break;
            }
        }
    }
    let language = settings.language;
    if !whole {
        let all = || Ok(searcher.tally(&listing)?.total(&listing.query));
        arguments.limit.tell(shown, all, language, output)?;
    }
    if shown == 0 && most > 0 {
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
