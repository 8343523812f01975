//! `issues`: the issues of the library, newest first; and `issues remove`.
//! Must not take an empty library for an error.

mod remove;

use super::json::IssueLine;
use super::output::{Output, Stop};
use super::table::{self, Side};
use super::{Limit, Settings};
use crate::app::{Exit, wording};
use crate::config::Language;
use crate::issue::IssueHead;
use std::path::Path;

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Arguments {
    #[command(flatten)]
    limit: Limit,
    #[arg(long)]
    json: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Remove(remove::Arguments),
}

pub(super) fn run(
    arguments: &Arguments,
    settings: &Settings,
    output: &mut Output,
) -> Result<Exit, Stop> {
    if let Some(Command::Remove(arguments)) = &arguments.command {
        return remove::run(arguments, settings, output);
    }
    let mut issues = settings.reading()?.searcher()?.issues()?;
    let language = settings.language;
    if issues.is_empty() {
        output.message(&language.say("issues.none"))?;
    }
    let all = arguments.limit.cut(&mut issues, output);
    if arguments.json {
        for issue in &issues {
            output.json(&IssueLine::new(issue))?;
        }
    } else if !issues.is_empty() {
        for line in table(&issues, language) {
            output.line(&line)?;
        }
    }
    if issues.len() < all {
        let limit = arguments.limit;
        limit.tell(issues.len(), || Ok(all), language, output)?;
    }
    Ok(Exit::Done)
}

/// Number, date, counts, day of import and name of the file, under their headings.
fn table(issues: &[IssueHead], language: Language) -> Vec<String> {
    const COLUMNS: [(&str, Side); 8] = [
        ("column.publication", Side::Left),
        ("column.number", Side::Right),
        ("column.date", Side::Left),
        ("column.items", Side::Right),
        ("column.unread", Side::Right),
        ("column.bookmarked", Side::Right),
        ("column.imported", Side::Left),
        ("column.source", Side::Left),
    ];
    let headings = COLUMNS.map(|(key, _)| language.say(key).into_owned());
    let mut rows = vec![headings.to_vec()];
    rows.extend(issues.iter().map(|issue| {
        let label = &issue.label;
        let day = issue.imported.split('T').next().unwrap_or_default();
        let source = Path::new(&issue.source).file_name();
        vec![
            label.publication.clone(),
            label.number.to_string(),
            wording::issue_date(language, (label.year, label.month, label.week)),
            issue.items.to_string(),
            issue.unread.to_string(),
            issue.bookmarked.to_string(),
            day.to_owned(),
            source.map_or_else(
                || issue.source.clone(),
                |name| wording::input_name(language, &name.to_string_lossy()),
            ),
        ]
    }));
    table::lines(&rows, &COLUMNS.map(|(_, side)| side))
}
