//! What an import says of one issue: what is to be known of it at the end of its line, and with `-v` the items and marks it is about.
//! Must not count what it cannot name.

use crate::app::import::Found;
use crate::app::wording;
use crate::cli::detached::{self, kinds};
use crate::config::Language;
use crate::store::{Changes, Fate, Status};
use std::collections::HashMap;
use std::fmt::Display;

/// What is to be known of an issue of the file at `path`: which file of this run had it before, what changed, what became of marks.
pub(super) fn notes(language: Language, issue: &Found, path: &str) -> Vec<String> {
    let twin = issue.twin.as_ref().map(|twin| {
        let key = match issue.status {
            _ if twin == path => "import.twice-here",
            Some(Status::Unchanged) => "import.same-as",
            _ => "import.in-place-of",
        };
        let twin = wording::input_name(language, twin);
        language.say_with(key, &[("path", &twin)])
    });
    let fewer = issue.more_before();
    let fewer = fewer.map(|items| language.say_with("import.fewer", &[("n", &items)]));
    let pictures = issue.more_pictures_before();
    let pictures = pictures.map(|before| {
        let words: [(&str, &dyn Display); 2] = [("n", &issue.pictures), ("before", &before)];
        language.say_with("import.fewer-pictures", &words)
    });
    // What is kept as it was need not be told again.
    let is_told =
        pictures.is_none() && issue.pictures > 0 && issue.status != Some(Status::Unchanged);
    let shown = is_told.then(|| language.say_with("count.pictures", &[("n", &issue.pictures)]));
    let Fate {
        carried,
        back,
        waiting,
        fixes,
        fixes_waiting,
        ..
    } = &issue.fate;
    let marks = counts(
        language,
        [
            ("import.carried", carried.len()),
            ("import.back", back.len()),
            ("import.detached", *waiting),
            ("import.fixes", *fixes),
            ("import.fixes-waiting", *fixes_waiting),
        ],
    );
    let notes = twin.into_iter().chain(changes(language, issue));
    let notes = shown.into_iter().chain(notes).chain(fewer);
    notes.chain(pictures).chain(marks).collect()
}

/// Counts in words, those of nothing left out.
fn counts<const N: usize>(
    language: Language,
    counts: [(&str, usize); N],
) -> impl Iterator<Item = String> {
    let counts = counts.into_iter().filter(|(_, n)| *n > 0);
    let counts: Vec<String> = counts
        .map(|(key, n)| language.say_with(key, &[("n", &n)]))
        .collect();
    counts.into_iter()
}

/// How many items are new, changed and gone in an issue that the library had.
fn changes(language: Language, issue: &Found) -> Option<String> {
    if issue.status != Some(Status::Replaced) {
        return None;
    }
    let Changes {
        new, changed, gone, ..
    } = &issue.changes;
    let counts: Vec<String> = counts(
        language,
        [
            ("import.items-new", new.len()),
            ("import.items-changed", changed.len()),
            ("import.items-gone", gone.len()),
        ],
    )
    .collect();
    if counts.is_empty() {
        return Some(language.say("import.items-same").into_owned());
    }
    Some(counts.join(&language.say("list.and")))
}

/// Which items and marks those are, a line each. A headline that was corrected stands with the one before.
pub(super) fn details(language: Language, issue: &Found) -> Vec<String> {
    let Changes {
        new,
        changed,
        renamed,
        gone,
    } = &issue.changes;
    let line = |key: &str, headline: &String| language.say_with(key, &[("headline", headline)]);
    let mut renamed: HashMap<&String, &String> = renamed
        .iter()
        .map(|one| (&one.after, &one.before))
        .collect();
    let mut lines: Vec<String> = new.iter().map(|one| line("import.item-new", one)).collect();
    lines.extend(changed.iter().map(|after| match renamed.remove(after) {
        None => line("import.item-changed", after),
        Some(before) => {
            let words: [(&str, &dyn Display); 2] = [("before", before), ("after", after)];
            language.say_with("import.item-renamed", &words)
        }
    }));
    lines.extend(gone.iter().map(|one| line("import.item-gone", one)));
    lines.extend(of_marks(language, &issue.fate));
    lines
}

fn of_marks(language: Language, fate: &Fate) -> Vec<String> {
    let mut lines: Vec<String> = vec![];
    for one in &fate.carried {
        let kinds = kinds(&one.marks, language);
        let words: [(&str, &dyn Display); 3] = [
            ("before", &one.before),
            ("after", &one.after),
            ("kinds", &kinds),
        ];
        lines.push(language.say_with("import.mark-carried", &words));
    }
    for one in &fate.back {
        let kinds = kinds(&one.marks.marks, language);
        let words: [(&str, &dyn Display); 2] =
            [("headline", &one.marks.printed), ("kinds", &kinds)];
        lines.push(language.say_with("import.mark-back", &words));
    }
    for one in &fate.left {
        let line = detached::line(one, language);
        lines.push(language.say_with("import.mark-left", &[("line", &line)]));
    }
    lines
}
