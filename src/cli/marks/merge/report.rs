//! What `marks import` says to a reader: a line a file, and what gave way in it.
//! Must not leave a mark unnamed that is gone.

use crate::app::wording;
use crate::cli::output::{Output, Stop};
use crate::config::Language;
use crate::issue::Note;
use crate::store::{GivenWay, Lost, LostQuery, Merged, Records};
use crate::text::{WidthPolicy, clean, cut};
use std::fmt::Display;

/// Columns of an old note that are shown of its first line.
const GLIMPSE: usize = 60;

/// A report as far as it is written.
#[derive(Debug)]
pub(super) struct Report {
    dry_run: bool,
    verbose: bool,
    language: Language,
    /// Whether an old note was shown in part.
    is_cut: bool,
}

impl Report {
    pub const fn new(dry_run: bool, verbose: bool, language: Language) -> Self {
        Self {
            dry_run,
            verbose,
            language,
            is_cut: false,
        }
    }

    /// What became of a file of these records.
    pub fn file(
        &mut self,
        name: &str,
        records: &Records,
        merged: &Merged,
        output: &mut Output,
    ) -> Result<(), Stop> {
        let language = self.language;
        let name = clean(&wording::input_name(language, name)).into_owned();
        let items = language.say_with("count.items", &[("n", &records.marks.len())]);
        let queries = records.queries.len();
        let items = if queries == 0 {
            items
        } else {
            let queries = language.say_with("marks.queries", &[("n", &queries)]);
            format!("{items}{}{queries}", language.say("marks.and"))
        };
        let counts: [(&str, &dyn Display); 4] = [
            ("path", &name),
            ("items", &items),
            ("changed", &merged.changed),
            ("unchanged", &merged.unchanged),
        ];
        output.message(&language.say_with(self.word("marks.merged", "marks.to-merge"), &counts))?;
        if merged.waiting > 0 {
            let word = self.word("marks.merged-waiting", "marks.to-merge-waiting");
            output.message(&language.say_with(word, &[("n", &merged.waiting)]))?;
        }
        let n = merged.given_way.len() + merged.queries.len();
        if n == 0 {
            return Ok(());
        }
        let word = self.word("marks.gave-way", "marks.to-give-way");
        output.message(&language.say_with(word, &[("n", &n)]))?;
        for one in &merged.given_way {
            for line in self.lines(one) {
                output.message(&line)?;
            }
        }
        for lost in &merged.queries {
            output.message(&lost_query(lost, language))?;
        }
        if let Some(copy) = &merged.copy {
            let path = wording::path(copy);
            output.message(&language.say_with("marks.copied-before", &[("path", &path)]))?;
        }
        Ok(())
    }

    /// What is to be known in the end.
    pub fn end(&self, output: &mut Output) -> Result<(), Stop> {
        if self.is_cut {
            let word = self.word("marks.notes-cut", "marks.notes-cut-tried");
            output.message(&self.language.say(word))?;
        }
        if self.dry_run {
            output.message(&self.language.say("import.dry-run"))?;
        }
        Ok(())
    }

    const fn word(&self, done: &'static str, tried: &'static str) -> &'static str {
        if self.dry_run { tried } else { done }
    }

    /// What gave way, where, and what an old note said.
    fn lines(&mut self, one: &GivenWay) -> Vec<String> {
        let language = self.language;
        let place = match (&one.address, &one.name) {
            (Some(address), _) => address.to_string(),
            (None, Some(name)) => name.to_string(),
            (None, None) => language.say_with("issue.number", &[("n", &one.key.issue)]),
        };
        let say = |key: &str, (name, value): (&str, &dyn Display)| {
            let words: [(&str, &dyn Display); 3] = [
                ("place", &place),
                ("headline", &one.headline),
                (name, value),
            ];
            format!("  {}", language.say_with(key, &words).trim_end())
        };
        match &one.lost {
            Lost::Bookmark => vec![say("marks.lost-bookmark", ("", &""))],
            Lost::Tag(tag) => vec![say("marks.lost-tag", ("tag", tag))],
            Lost::Fix {
                target,
                before,
                after,
            } => {
                let fix = wording::fixes::kept(language, target, before.as_deref());
                let key = match after {
                    Some(_) => "marks.lost-fix",
                    None => "marks.lost-fix-gone",
                };
                vec![say(key, ("fix", &fix))]
            }
            Lost::Note { before, after } => {
                let key = match after {
                    Some(_) => "marks.lost-note",
                    None => "marks.lost-note-gone",
                };
                if self.verbose {
                    let mut lines = vec![say(key, ("note", &""))];
                    let whole = before.lines().map(|line| format!("      {line}"));
                    lines.extend(whole.map(|line| line.trim_end().to_owned()));
                    return lines;
                }
                let (glimpse, is_cut) = glimpse(before);
                self.is_cut |= is_cut;
                vec![say(key, ("note", &glimpse))]
            }
        }
    }
}

/// A saved query that gave way.
fn lost_query(lost: &LostQuery, language: Language) -> String {
    let key = match lost.after {
        Some(_) => "marks.lost-query",
        None => "marks.lost-query-gone",
    };
    let after = lost.after.as_deref().unwrap_or_default();
    let words: [(&str, &dyn Display); 3] = [
        ("name", &lost.name),
        ("before", &lost.before),
        ("after", &after),
    ];
    format!("  {}", language.say_with(key, &words))
}

/// The first line of a note, as far as it goes on one, and whether that is not all.
fn glimpse(note: &Note) -> (String, bool) {
    let first = note.lines().next().unwrap_or_default();
    let shown = cut(first, GLIMPSE, WidthPolicy::default());
    let is_cut = shown != note.as_str();
    let more = if is_cut && !shown.ends_with('…') {
        "…"
    } else {
        ""
    };
    (format!("{shown}{more}"), is_cut)
}
