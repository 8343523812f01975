//! From pages of lines to issues, by the marks and the layout alone.
//! Must not know any publication, section title or source by name, and never fails on a line: what it cannot take at its
//! word becomes a diagnostic.
//!
//! The rules, in the order in which they apply:
//! 1. *Rows.* Blank lines and bare page numbers are left out; no rule counts blank lines, because pictures leave as many
//!    behind as page breaks do.
//! 2. *Parts.* Cover, contents, body, closing note. The contents begin at a line 目录 and list the section headings
//!    (一、二、…) and headlines with pages; the body begins where the first heading comes again. Without contents it begins
//!    at the first heading, bullet or ■. The closing note is a `注：` or `声明：` with no item after it, behind the source
//!    of the last item.
//! 3. *Contents.* A heading or headline less its bullet, leader and last integer, which is the page.
//! 4. *Body.* A bullet at the start of a line begins an item, ■ a paragraph; unmarked lines before the first ■ are the
//!    lead, after it each is a paragraph. Where contents exist, a bullet inside an item without a source begins another one
//!    only if they list the headline or nearly so; else it is a sub-point, a paragraph too. The source is the bracket that
//!    closes the item, if it reads like the name of one; what stands apart behind that of the last item belongs to none.
//! 5. *Reconciliation.* Contents and body are laid side by side, section by section: those of the same title, else with most
//!    of the same headlines, else of the same numeral; pages and contents headlines go to the items, and
//!    where the two disagree the body is kept and a diagnostic says so.

mod align;
mod attribution;
mod body;
mod classify;
mod contents;
mod cover;
mod draft;
mod error;
mod hints;
mod item;
mod judge;
mod lines;
mod listing;
mod numeral;
mod parts;
mod reconcile;
mod sections;

pub use error::ParseError;
pub use hints::Hints;

use crate::issue::{Issue, Page};

/// Version of the rules; greater when they would read a stored issue otherwise.
pub const PARSER_VERSION: u32 = 1;

/// Reads the issues on `pages`, with what is known of them from elsewhere. Lines are expected clean, as the source hands
/// them on.
///
/// # Errors
/// Where no mark of a weekly is found, the issue has no number or name, or there is not one item.
pub fn parse(pages: &[Page], hints: &Hints) -> Result<Vec<Issue>, ParseError> {
    let _ = hints;
    let rows = lines::rows(pages);
    let parts = parts::split(&rows).ok_or(ParseError::NoIssue)?;
    let cover = cover::read(parts.cover, &rows)?;
    let contents = contents::read(parts.contents);
    let mut body = body::read(parts.body, &contents);
    if body.sections.iter().all(|section| section.items.is_empty()) {
        return Err(ParseError::NoItems);
    }
    let note = parts::note(parts.note, &mut body.unknown);
    let diagnostics = reconcile::reconcile(&contents, &mut body, cover.number);
    Ok(vec![Issue {
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
    }])
}
