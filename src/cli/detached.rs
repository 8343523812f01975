//! Marks without item as lists show them, below the items: what each is called, what it is marked with, and what can be done.
//! Must not send anyone to import an issue that is there.

use super::json::DetachedLine;
use super::output::{Output, Stop};
use super::{Limit, Settings, search};
use crate::config::Language;
use crate::issue::{ItemHead, Marks, Note};
use crate::query::Query;
use crate::store::{Detached, Listing, Scope};
use std::fmt::Display;

/// What of marks without item is written besides what they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Showing {
    /// A line each.
    Lines,
    /// The note below each line.
    Notes,
}

/// What a list of marks has.
pub(super) struct Wanted<'a> {
    /// What finds the items.
    pub query: Query,
    /// Whether marks without item are in it.
    pub holds: &'a dyn Fn(&Marks) -> bool,
    pub showing: Showing,
    pub limit: Limit,
    pub json: bool,
}

/// Writes the items with such marks, newest issue first, and below them those that are not in the library: up to the limit, and
/// how many are left out. Whether there are any.
pub(super) fn list(
    wanted: Wanted<'_>,
    settings: &Settings,
    output: &mut Output,
    write_items: fn(&[ItemHead], bool, &mut Output) -> Result<(), Stop>,
) -> Result<bool, Stop> {
    let Wanted { limit, json, .. } = wanted;
    let searcher = settings.reading()?.searcher()?;
    let most = limit.most(output);
    let listing = Listing {
        scope: Scope::Library,
        query: wanted.query,
    };
    let written = search::each(&searcher, listing, most, |heads| {
        write_items(heads, json, output)
    })?;
    let mut waiting = searcher.detached()?;
    waiting.retain(|one| (wanted.holds)(&one.marks));
    let all_waiting = waiting.len();
    waiting.truncate(most - written.shown);
    let language = settings.language;
    write(&waiting, json, wanted.showing, language, output)?;
    if !written.is_all || waiting.len() < all_waiting {
        let all = || Ok(written.all(&searcher)? + all_waiting);
        limit.tell(written.shown + waiting.len(), all, language, output)?;
    }
    Ok(written.shown > 0 || !written.is_all || all_waiting > 0)
}

/// Writes them below those that have an item: first those whose issue is not in the library, then those that it lacks.
pub(super) fn write(
    detached: &[Detached],
    json: bool,
    showing: Showing,
    language: Language,
    output: &mut Output,
) -> Result<(), Stop> {
    if json {
        return write_json(detached, output);
    }
    for (has_issue, heading) in [(false, "detached.no-issue"), (true, "detached.no-item")] {
        let group = detached.iter().filter(|one| one.has_issue == has_issue);
        let group: Vec<&Detached> = group.collect();
        if group.is_empty() {
            continue;
        }
        output.message(&language.say_with(heading, &[("n", &group.len())]))?;
        for one in group {
            output.line(&line(one, language))?;
            let notes = one.marks.note.iter().filter(|_| showing == Showing::Notes);
            for line in notes.flat_map(Note::lines) {
                output.line(format!("    {line}").trim_end())?;
            }
        }
    }
    Ok(())
}

pub(super) fn write_json(detached: &[Detached], output: &mut Output) -> Result<(), Stop> {
    detached
        .iter()
        .try_for_each(|one| output.json(&DetachedLine::new(one)))
}

/// What it is called, which issue it was in, its headline, and what it is marked with.
pub(super) fn line(one: &Detached, language: Language) -> String {
    let number = language.say_with("issue.number", &[("n", &one.key.issue)]);
    let kinds = kinds(&one.marks, language);
    let arguments: [(&str, &dyn Display); 5] = [
        ("name", &one.name),
        ("publication", &one.publication),
        ("number", &number),
        ("headline", &one.printed),
        ("kinds", &kinds),
    ];
    language.say_with("detached.line", &arguments)
}

/// What something is marked with: bookmark, tags, that there is a note.
pub(super) fn kinds(marks: &Marks, language: Language) -> String {
    let bookmark = marks
        .bookmarked
        .then(|| language.say("detached.bookmark").into_owned());
    let tags = marks.tags.iter().map(|tag| format!("#{tag}"));
    let note = marks
        .note
        .as_ref()
        .map(|_| language.say("detached.note").into_owned());
    let kinds: Vec<String> = bookmark.into_iter().chain(tags).chain(note).collect();
    kinds.join(&language.say("list.and"))
}
