//! From pages of lines to issues, by the marks and the layout alone.
//! Must not know any publication or section title by name, and never fails on a line: what it cannot take at its word becomes
//! a diagnostic.
//!
//! The rules, in the order in which they apply:
//! 1. *Lines.* The marks of Markdown and HTML go; the level of a heading is kept in mind. Lines with text are *rows*. No rule
//!    counts blank lines, because pictures leave as many behind as page breaks do.
//! 2. *Issues.* A number line (2023年1月1期（总101期）) behind a body begins another issue, if its number is another or contents
//!    or a first section follow it; so do contents behind a body.
//! 3. *Noise.* Page numbers go, and what is made of the words of the cover or recurs without being part of anything: headers
//!    and footers. The row behind is marked: what stands before it may go on in it.
//! 4. *Dialect.* What stands where bullets, ■ and headings do in this document is put in their form (the rules stand in `dialect`).
//! 5. *Parts.* Cover, contents, body. The contents begin at a line 目录 and list the section headings (一、二、…) and
//!    headlines with pages; the body begins where the first heading comes again. Without contents it begins at the first
//!    heading, bullet or ■.
//! 6. *Contents.* A heading or headline less its bullet, leader and last integer, which is the page. An entry runs to the next
//!    mark or, without marks, to its page.
//! 7. *Passages.* Rows of the body are put together to what they were before they were wrapped: by marks, ends of sentences,
//!    widths, indents, blank lines and what the contents list (the rules stand in `passages`).
//! 8. *Body.* A bullet at the start of a line begins an item, ■ a paragraph; unmarked passages before the first ■ are the
//!    lead, after it each is a paragraph. Where contents exist, a bullet inside an item without a source begins another one
//!    only if they list the headline or nearly so; else it is a sub-point, a paragraph too. The source is the bracket that
//!    closes the item, if it reads like the name of one, or most items have one there; what stands apart behind that of the
//!    last item belongs to none. The closing note is a `注：` or `声明：` with no item after it, behind the source of the last
//!    item.
//! 9. *Reconciliation.* Contents and body are laid side by side, section by section: those of the same title, else with most
//!    of the same headlines, else of the same numeral; pages and contents headlines go to the items, and
//!    where the two disagree the body is kept and a diagnostic says so.

mod align;
mod attribution;
mod beginnings;
mod body;
mod check;
mod classify;
mod contents;
mod cover;
mod dialect;
mod draft;
mod error;
mod hints;
mod item;
mod judge;
mod layout;
mod lines;
mod listing;
mod markup;
mod note;
mod number_line;
mod numeral;
mod page_number;
mod parts;
mod passages;
mod pictures;
mod reconcile;
mod recurring;
mod running;
mod sections;
mod split;

pub use draft::Fate;
pub use error::ParseError;
pub use hints::Hints;

use crate::issue::{Diagnostic, Issue, Page, Placed, Problem};
use lines::Row;
use running::Noise;
use std::collections::HashMap;
use std::ops::Range;

/// Version of the rules; greater when they would read a stored issue otherwise.
pub const PARSER_VERSION: u32 = 3;

/// What was read of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The issues, at least one, in the order of the document.
    pub issues: Vec<Issue>,
    /// What each line that is not blank was taken for, by its number in the input; in the order of the document.
    pub lines: Vec<(u32, Fate)>,
}

/// Reads the issues on `pages`, with what is known of them from elsewhere. Lines are expected clean, as the source hands
/// them on.
///
/// # Errors
/// Where no mark of a weekly is found, the issue has no number or name, there is not one item, or several issues are found
/// where the user says which one it is.
pub fn parse(pages: &[Page], hints: &Hints) -> Result<Vec<Issue>, ParseError> {
    read(pages, hints).map(|reading| reading.issues)
}

/// Whether `text` closes with the name of a source, as the items of a weekly do.
#[must_use]
pub fn names_source(text: &str) -> bool {
    attribution::attributed(text).is_some()
}

/// As [`parse`], with an account of every line.
///
/// # Errors
/// As [`parse`].
pub fn read(pages: &[Page], hints: &Hints) -> Result<Reading, ParseError> {
    let plain = markup::plain(pages);
    let rows = lines::rows(&plain);
    let mut reading = several(pages, &rows, &split::issues(&rows), hints)?;
    let found = reading
        .issues
        .iter_mut()
        .flat_map(|issue| &mut issue.diagnostics);
    for one in found {
        one.page = one.line.and_then(|line| page_of(pages, line));
    }
    let marks = plain.iter().filter(|line| line.bare);
    reading
        .lines
        .extend(marks.map(|line| (line.number, Fate::Mark)));
    reading.lines.sort_by_key(|(line, _)| *line);
    Ok(reading)
}

/// The page of the document on which a line stands, where it has pages.
fn page_of(pages: &[Page], line: u32) -> Option<u32> {
    // The numbers of lines go on from page to page.
    let begins_before = |page: &&Page| page.lines.first().is_some_and(|first| first.number <= line);
    let mut numbered = pages.iter().rev().filter(|page| page.number.is_some());
    numbered.find(begins_before)?.number
}

/// Reads the issues in `ranges` of the rows. One that cannot be read, as the last of a file that is cut off, is reported line by
/// line with the one before it.
fn several(
    pages: &[Page],
    rows: &[Row<'_>],
    ranges: &[Range<usize>],
    hints: &Hints,
) -> Result<Reading, ParseError> {
    // What is said of a file cannot be said of each of its issues. A library that reads it again knows one of them.
    if ranges.len() > 1 && hints.known.is_none() && (hints.number.is_some() || hints.date.is_some())
    {
        return Err(ParseError::SeveralIssues);
    }
    let mut hints = hints.clone();
    if ranges.len() > 1 {
        hints.number = None;
        hints.date = None;
    }
    let mut reading = Reading {
        issues: Vec::new(),
        lines: Vec::new(),
    };
    let mut failed = None;
    let mut unread: Vec<&Row<'_>> = Vec::new();
    for range in ranges {
        let line = |at: usize| rows.get(at).map_or(u32::MAX, |row| row.number);
        // What stands before the first issue of a document belongs to it.
        let first = if range.start == 0 {
            0
        } else {
            line(range.start)
        };
        let aside = Aside::of(pages, first..line(range.end));
        match issue(&rows[range.clone()], &aside, &hints) {
            Ok((issue, mut lines)) => {
                hints.publication = Some(issue.publication.clone());
                reading.issues.push(issue);
                reading.lines.append(&mut lines);
            }
            Err(error) => {
                failed.get_or_insert(error);
                unread.extend(&rows[range.clone()]);
            }
        }
    }
    let Some(last) = reading.issues.last_mut() else {
        return Err(failed.unwrap_or(ParseError::NoIssue));
    };
    for row in unread {
        reading.lines.push((row.number, Fate::Unknown));
        last.diagnostics.push(Diagnostic {
            problem: Problem::UnknownLine {
                text: lines::tidy(row.text),
            },
            line: Some(row.number),
            page: None,
            item: None,
        });
    }
    Ok(reading)
}

/// What a document has of an issue beside its lines.
struct Aside {
    /// Headers and footers that its source has left out, each once.
    running: Vec<String>,
    pictures: Vec<Placed>,
}

impl Aside {
    /// That of the pages on which these lines are.
    fn of(pages: &[Page], lines: Range<u32>) -> Self {
        let has = |page: &&Page| page.lines.iter().any(|line| lines.contains(&line.number));
        let mut running: Vec<String> = vec![];
        for text in pages.iter().filter(has).flat_map(|page| &page.running) {
            if running.len() < recurring::CANDIDATES && !running.contains(text) {
                running.push(text.clone());
            }
        }
        Self {
            running,
            pictures: pictures::below(pages, lines),
        }
    }

    /// The headers and footers as rows that stand nowhere.
    fn running(&self) -> Vec<Row<'_>> {
        let rows = self.running.iter().filter(|text| !text.trim().is_empty());
        rows.map(|text| Row::nowhere(text.trim())).collect()
    }
}

/// Reads one issue.
fn issue(
    rows: &[Row<'_>],
    aside: &Aside,
    hints: &Hints,
) -> Result<(Issue, Vec<(u32, Fate)>), ParseError> {
    let known = hints.known.as_ref().map(|known| &known.publication);
    let names: Vec<&str> = known
        .into_iter()
        .chain(&hints.publication)
        .map(String::as_str)
        .collect();
    let noise = running::noise(rows, parts::cover(rows), &names);
    let (kept, mut headers) = running::without(rows, &noise);
    headers.extend(aside.running());
    let texts = dialect::translated(&kept);
    let translated = lines::with_texts(&kept, &texts);
    let parts = parts::split(&translated).ok_or(ParseError::NoIssue)?;
    let mut contents = contents::read(parts.contents);
    let reprinted = running::reprinted(parts.body);
    let (read, _) = running::without(parts.body, &reprinted);
    let bullet = judge::main_bullet(&read, &contents);
    let mut passages = passages::passages(&read, &contents, bullet);
    let closing = passages.split_off(parts::note_start(&passages));
    let mut body = body::read(&passages, read.len(), &contents);
    let end = closing
        .first()
        .map_or(u32::MAX, |passage| passage.row.number);
    pictures::place(&mut body.sections, aside.pictures.clone(), end);
    let note = note::read(&closing, &mut body);
    let beside = cover::Beside {
        rows,
        headers: &headers,
        note: note.as_deref(),
        hints,
    };
    let cover = cover::read(parts.cover, &beside)?;
    if body.sections.iter().all(|section| section.items.is_empty()) {
        return Err(ParseError::NoItems);
    }
    let stray = cover::stray(parts.cover, &cover);
    let mut lines = account(rows, &noise, &parts, &stray, &contents, &read, &body);
    let again = parts.body.iter().zip(&reprinted);
    let again = again.filter(|(_, noise)| noise.is_some());
    lines.extend(again.map(|(row, _)| (row.number, Fate::Running)));
    let stray = parts.cover.iter().zip(stray).filter(|(_, stray)| *stray);
    body.unknown
        .extend(stray.map(|(row, _)| draft::Unknown::of(row)));
    let printed = printed(&kept, &translated);
    for unknown in contents.unknown.iter_mut().chain(&mut body.unknown) {
        if let Some((translated, printed)) = printed.get(&unknown.line) {
            unknown.text = unknown.text.replacen(translated, printed, 1);
        }
    }
    let mut diagnostics = reconcile::reconcile(&contents, &mut body, cover.number);
    if cover.assumed {
        diagnostics.insert(
            0,
            Diagnostic {
                problem: Problem::NoCover {
                    publication: cover.publication.clone(),
                    number: cover.number.0,
                },
                line: None,
                page: None,
                item: None,
            },
        );
    }
    let issue = Issue {
        publication: cover.publication,
        number: cover.number,
        year: cover.date.year,
        month: cover.date.month,
        week: cover.date.week,
        publisher: cover.publisher,
        site: cover.site,
        note,
        sections: draft::sections(body.sections),
        diagnostics,
    };
    Ok((issue, lines))
}

/// What was printed where `kept` was translated, with the translation, by the line.
fn printed(kept: &[Row<'_>], translated: &[Row<'_>]) -> HashMap<u32, (String, String)> {
    let pairs = kept.iter().zip(translated);
    let changed = pairs.filter(|(kept, translated)| kept.text != translated.text);
    let texts = changed.map(|(kept, translated)| {
        let texts = (lines::tidy(translated.text), lines::tidy(kept.text));
        (kept.number, texts)
    });
    texts.collect()
}

/// What each row was taken for.
fn account(
    rows: &[Row<'_>],
    noise: &[Option<Noise>],
    parts: &parts::Parts<'_, '_>,
    stray: &[bool],
    contents: &contents::Contents,
    read: &[Row<'_>],
    body: &draft::Body,
) -> Vec<(u32, Fate)> {
    let mut unknown = contents
        .unknown
        .iter()
        .map(|unknown| unknown.line)
        .peekable();
    let listed = parts.contents.iter().map(|row| {
        if unknown.next_if_eq(&row.number).is_some() {
            (row.number, Fate::Unknown)
        } else {
            (row.number, Fate::Contents)
        }
    });
    let cover = parts.cover.iter().zip(stray).map(|(row, stray)| {
        let fate = if *stray { Fate::Unknown } else { Fate::Cover };
        (row.number, fate)
    });
    let read = read.iter().zip(&body.fates);
    let title = rows
        .iter()
        .filter(|row| classify::is_contents_title(row.text));
    let title = title.take(1).map(|row| (row.number, Fate::Contents));
    let noise = rows.iter().zip(noise).filter_map(|(row, noise)| {
        let fate = match (*noise)? {
            Noise::PageNumber => Fate::PageNumber,
            Noise::Running => Fate::Running,
        };
        Some((row.number, fate))
    });
    cover
        .chain(title)
        .chain(listed)
        .chain(read.map(|(row, fate)| (row.number, *fate)))
        .chain(noise)
        .collect()
}
