//! What is to be known before marks are restored, in lines: the copies, the one that is taken, what there is now, what is lost.
//! Must not decide any of it.

use crate::app::doctor::bytes;
use crate::app::{Failure, wording};
use crate::cli::output::Stop;
use crate::cli::table::{Side, lines};
use crate::config::Language;
use crate::store::{Counts, Damage, Listed, Present, Restoration, StoreError};

/// Hands each line to `tell`.
pub(super) fn each(
    found: &Restoration,
    language: Language,
    tell: &mut dyn FnMut(String) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let mut told = copies(&found.copies, language);
    told.push(match &found.from {
        Some(path) => {
            let unknown = || language.say("marks.time-unknown").into_owned();
            let time = found.time.map_or_else(unknown, wording::moment_with_offset);
            language.say_with(
                "marks.copy",
                &[("path", &wording::path(path)), ("time", &time)],
            )
        }
        None if matches!(found.present, Present::Missing) => {
            language.say("marks.copy-none-missing").into_owned()
        }
        None => language.say("marks.copy-none").into_owned(),
    });
    told.extend(present(found, language));
    let after = counts(&found.counts, language);
    told.push(language.say_with("marks.after", &[("counts", &after)]));
    told.into_iter().try_for_each(tell)
}

/// The copies, newest first.
fn copies(copies: &[Listed], language: Language) -> Vec<String> {
    if copies.is_empty() {
        return vec![language.say("marks.copies-none").into_owned()];
    }
    let rows: Vec<Vec<String>> = copies.iter().map(|copy| row(copy, language)).collect();
    let sides = [Side::Left, Side::Left, Side::Right, Side::Left];
    let mut told = vec![language.say("marks.copies").into_owned()];
    told.extend(lines(&rows, &sides).iter().map(|line| format!("  {line}")));
    told
}

fn row(copy: &Listed, language: Language) -> Vec<String> {
    let name = copy.path.file_name().map(std::path::Path::new);
    let state = match &copy.holds {
        Ok(holds) => format!(
            "{}  {}",
            language.say("marks.copy-whole"),
            counts(holds, language)
        ),
        Err(StoreError::FaultyCopy { faults, .. }) => {
            language.say_with("marks.copy-faulty", &[("n", faults)])
        }
        Err(error) => Failure::from(error).message(language),
    };
    let mut time = wording::moment_with_offset(copy.time);
    if copy.is_ahead {
        time = language.say_with("marks.copy-ahead", &[("time", &time)]);
    }
    vec![
        name.map(wording::path).unwrap_or_default(),
        time,
        copy.size.map(bytes).unwrap_or_default(),
        state,
    ]
}

/// What there is now, and what of it would be lost.
fn present(found: &Restoration, language: Language) -> Vec<String> {
    match &found.present {
        Present::Missing => vec![language.say("marks.present-missing").into_owned()],
        Present::Whole(holds) => {
            let lost = if found.lost.is_empty() {
                language.say("marks.lost-nothing").into_owned()
            } else {
                let counts = counts(&found.lost, language);
                language.say_with("marks.lost", &[("counts", &counts)])
            };
            let now = language.say_with("marks.present-whole", &[("n", &holds.items)]);
            vec![now, lost]
        }
        Present::Damaged(damage) => damaged(damage, found.from.is_some(), language),
    }
}

/// What is wrong with them, and what of them stays; the rest comes from the copy, where there is one.
fn damaged(damage: &Damage, has_copy: bool, language: Language) -> Vec<String> {
    let reason = reason(damage, language);
    let mut told = vec![language.say_with("marks.present-damaged", &[("reason", &reason)])];
    if !damage.sound.is_empty() {
        let counts = counts(&damage.sound, language);
        told.push(language.say_with("marks.sound", &[("counts", &counts)]));
    }
    if damage.senseless > 0 {
        told.push(language.say_with("marks.senseless", &[("n", &damage.senseless)]));
    }
    if matches!(damage.error, StoreError::Foreign { .. }) {
        // There are no marks of ours in it.
        return told;
    }
    told.extend(damage.lost.iter().map(|table| {
        let word = match *table {
            "tag" => "marks.no-tags",
            "fix" => "marks.no-fixes",
            "saved_query" => "marks.no-queries",
            _ => "marks.no-rows",
        };
        language.say(word).into_owned()
    }));
    if damage.is_partial {
        let word = if has_copy {
            "marks.partial"
        } else {
            "marks.partial-alone"
        };
        told.push(language.say(word).into_owned());
    }
    told
}

/// What is wrong with damaged marks.
pub(super) fn reason(damage: &Damage, language: Language) -> String {
    match &damage.error {
        // Elsewhere a file of another program is left as it is.
        StoreError::Foreign { path } => {
            language.say_with("marks.foreign", &[("path", &wording::path(path))])
        }
        error => Failure::from(error).message(language),
    }
}

/// How many marks there are of each kind, those of which there are none left out.
pub(in crate::cli::marks) fn kinds(counts: &Counts, language: Language) -> String {
    let kinds = [
        ("marks.bookmarks", counts.bookmarks),
        ("marks.tags", counts.tags),
        ("marks.notes", counts.notes),
        ("marks.fixes", counts.fixes),
        ("marks.queries", counts.queries),
        ("marks.read", counts.read),
        ("marks.places", counts.places),
    ];
    let kinds: Vec<String> = kinds
        .into_iter()
        .filter(|(_, n)| *n > 0)
        .map(|(key, n)| language.say_with(key, &[("n", &n)]))
        .collect();
    kinds.join(&language.say("marks.and"))
}

/// How many items have marks, and how many there are of each kind.
fn counts(counts: &Counts, language: Language) -> String {
    let kinds = kinds(counts, language);
    let items = language.say_with("marks.counts", &[("n", &counts.items)]);
    if kinds.is_empty() {
        return items;
    }
    language.say_with("marks.kinds", &[("counts", &items), ("kinds", &kinds)])
}
