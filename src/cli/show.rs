//! `show ADDRESS`: an item, a section or a whole issue, as text or JSON.
//! Must not mark anything as read: that is what the reader's eyes do, not a script.

mod picture;
mod whole;

use super::json::ItemObject;
use super::output::{Output, Stop};
use super::{Settings, address, outdated};
use crate::app::{Exit, Failure, wording};
use crate::config::Language;
use crate::issue::{IssueId, Item, Part};
use crate::store::{ItemView, Located, Store};
use crate::text::{WidthPolicy, wrap};
use std::borrow::Cow;
use std::path::PathBuf;

/// Columns by which a paragraph is indented: two hanzi.
const INDENT: usize = 4;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(value_name = "ADDRESS")]
    address: String,
    #[arg(long)]
    json: bool,
    #[arg(long, value_name = "N", requires = "output")]
    picture: Option<u32>,
    #[arg(long, short, value_name = "FILE", requires = "picture")]
    output: Option<PathBuf>,
}

pub(super) fn run(
    arguments: &Arguments,
    settings: &Settings,
    output: &mut Output,
) -> Result<Exit, Stop> {
    let address = address(&arguments.address)?;
    let store = settings.reading()?;
    let located = store.locate(&address)?;
    if let (Some(n), Some(path)) = (arguments.picture, &arguments.output) {
        if arguments.json {
            return Err(Failure::new("picture-with-json", vec![])
                .ending(Exit::Usage)
                .into());
        }
        let asked = (address.part, located);
        return picture::write(&store, asked, n, path, (settings.language, output));
    }
    let views = views(&store, located)?;
    let one = matches!(address.part, Part::Item(..));
    if !arguments.json && views.iter().any(|view| !view.head.knows_facts()) {
        outdated::tell(&store, settings.language, output)?;
    }
    if !one && !arguments.json {
        output.page(&settings.pager)?;
    }
    let mut last_section = None;
    for view in views {
        if arguments.json {
            output.json(&ItemObject::new(&view, settings.language))?;
            continue;
        }
        let section = view.head.section_ordinal;
        if !one && last_section != Some(section) {
            heading(&view, last_section.is_none(), settings.language, output)?;
            last_section = Some(section);
        }
        let place = if one {
            whole_place(&view, settings.language)
        } else {
            place(&view, settings.language)
        };
        text(&view, &place, settings.language, output)?;
        if !one {
            output.line("")?;
        }
    }
    if let (Located::Issue(issue), false) = (located, arguments.json) {
        note(&store, issue, settings.language, output)?;
    }
    Ok(Exit::Done)
}

/// The items that were asked for, in order. One that another program has just taken away is no longer among them.
fn views(store: &Store, located: Located) -> Result<Vec<ItemView>, Stop> {
    match located {
        Located::Item(id) => Ok(store.item(id)?.into_iter().collect()),
        Located::Section(issue, section) => whole::views(store, issue, Some(section)),
        Located::Issue(issue) => whole::views(store, issue, None),
    }
}

/// The names of issue and section, before the first item of a section.
fn heading(
    view: &ItemView,
    first: bool,
    language: Language,
    output: &mut Output,
) -> Result<(), Stop> {
    if first {
        output.line(&wording::issue_title(language, &view.issue))?;
        output.line("")?;
    }
    let address = view.head.section_address();
    output.line(&format!("【{}】 {address}", view.head.section))?;
    output.line("")
}

/// An item as text. `place` tells where it stands.
fn text(view: &ItemView, place: &str, language: Language, output: &mut Output) -> Result<(), Stop> {
    let item = &view.item;
    paragraph(&item.headline, 0, output)?;
    paragraph(place, 0, output)?;
    let mut facts = wording::facts(language, &item.facts);
    if !facts.is_empty() {
        facts.splice(..0, wording::of_text(language, view));
        paragraph(&facts.join(" · "), 0, output)?;
    }
    for line in wording::fixes::lines(language, &view.head) {
        paragraph(&line, 0, output)?;
    }
    output.line("")?;
    if let Some(lead) = &item.lead {
        paragraph(lead, INDENT, output)?;
    }
    for text in &item.paragraphs {
        paragraph(&Item::closed(text), INDENT, output)?;
    }
    if let Some(source) = &item.source {
        output.line("")?;
        let source = language.say_with("show.source", &[("source", source)]);
        paragraph(&source, 0, output)?;
    }
    if !item.pictures.is_empty() {
        output.line("")?;
        paragraph(&wording::pictures(language, &item.pictures), 0, output)?;
    }
    if let Some(note) = &view.head.marks.note {
        output.line("")?;
        output.line(&language.say("show.own-note"))?;
        for line in note.lines() {
            paragraph(line, INDENT, output)?;
        }
    }
    Ok(())
}

/// Where the item stands, from the publication down.
fn whole_place(view: &ItemView, language: Language) -> String {
    let title = wording::issue_title(language, &view.issue);
    format!(
        "{title} · {} · {}",
        view.head.section,
        place(view, language)
    )
}

/// Where the item stands in its section, and what the reader marked.
fn place(view: &ItemView, language: Language) -> String {
    let page = view.item.page;
    let page = page.map(|page| language.say_with("issue.page", &[("n", &page)]));
    let marked = view.head.marks.bookmarked;
    let mark = marked.then(|| language.say("show.bookmarked").into_owned());
    let parts: Vec<String> = page
        .into_iter()
        .chain([view.head.address().to_string()])
        .chain(mark)
        .chain(view.head.marks.tags.iter().map(|tag| format!("#{tag}")))
        .collect();
    parts.join(" · ")
}

/// The closing note of the issue.
fn note(
    store: &Store,
    issue: IssueId,
    language: Language,
    output: &mut Output,
) -> Result<(), Stop> {
    let note = store.issue(issue)?.and_then(|issue| issue.note);
    let Some(note) = note else {
        return Ok(());
    };
    paragraph(
        &language.say_with("show.note", &[("note", &note)]),
        0,
        output,
    )
}

/// A paragraph, wrapped where it goes to a terminal and whole where it does not.
fn paragraph(text: &str, indent: usize, output: &mut Output) -> Result<(), Stop> {
    let Some(columns) = output.columns() else {
        return output.line(text);
    };
    let lines = wrap(text, columns, indent, WidthPolicy::default());
    for (n, line) in lines.into_iter().enumerate() {
        let text = &text[line];
        let line = match n {
            0 => Cow::Owned(format!("{}{text}", " ".repeat(indent))),
            _ => Cow::Borrowed(text),
        };
        output.line(&line)?;
    }
    Ok(())
}
