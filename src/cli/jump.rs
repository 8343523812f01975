//! `jump TEXT`: the headlines that match what is typed, ranked as the reader's jump ranks them.
//! Must not rank; that is [`crate::jump`].

use super::json::HitLine;
use super::output::{Output, Stop};
use super::{Limit, Settings, search};
use crate::app::{Exit, Failure};
use crate::issue::ItemId;
use crate::jump::{Hit, Index, Query};
use std::collections::HashMap;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(value_name = "TEXT", required = true)]
    text: Vec<String>,
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
    let query = Query::new(&arguments.text.join(" "));
    if query.is_empty() {
        return Err(Failure::new("usage-empty-text", vec![])
            .ending(Exit::Usage)
            .into());
    }
    let searcher = settings.reading()?.searcher()?;
    let mut index = Index::default();
    searcher.headlines(None, usize::MAX, |item, headline| {
        index.push(item, headline);
    })?;
    let most = arguments.limit.most(output);
    let hits = index.find(&query, most);
    let ids: Vec<_> = hits.best.iter().map(|hit| hit.item).collect();
    // Another program may take an item out meanwhile.
    let heads = searcher.heads_by_id(&ids)?;
    if arguments.json {
        let hits: HashMap<ItemId, &Hit> = hits.best.iter().map(|hit| (hit.item, hit)).collect();
        for head in &heads {
            if let Some(hit) = hits.get(&head.id) {
                output.json(&HitLine::new(head, hit))?;
            }
        }
    } else {
        search::write(&heads, false, output)?;
    }
    if hits.best.len() < hits.total {
        let all = || Ok(hits.total);
        arguments
            .limit
            .tell(hits.best.len(), all, settings.language, output)?;
    }
    if hits.total == 0 {
        let word = if index.is_empty() {
            "issues.none"
        } else {
            "empty.jump"
        };
        output.message(&settings.language.say(word))?;
        return Ok(Exit::Nothing);
    }
    Ok(Exit::Done)
}
