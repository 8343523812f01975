//! An issue in outline: its name, its sections, its headlines with their addresses and pages.
//! Must not know whether the issue was parsed just now or is kept.

use super::output::{Output, Stop};
use crate::app::wording;
use crate::config::Language;
use crate::issue::{Address, Issue, IssueLabel, ItemHead, Part};

/// An item as a row of an outline.
pub(super) struct Row<'a> {
    section: &'a str,
    section_address: Address,
    address: Address,
    headline: &'a str,
    page: Option<u32>,
}

/// The items of an issue that was parsed.
pub(super) fn of_issue(issue: &Issue) -> Vec<Row<'_>> {
    let items = issue.items().map(|(section, item)| Row {
        section: &section.title,
        section_address: Address {
            publication: None,
            issue: issue.number,
            part: Part::Section(section.ordinal),
        },
        address: Address::item(issue.number, section.ordinal, item.ordinal),
        headline: &item.headline,
        page: item.page,
    });
    items.collect()
}

/// The items of an issue that is kept.
pub(super) fn of_heads(heads: &[ItemHead]) -> Vec<Row<'_>> {
    let items = heads.iter().map(|head| Row {
        section: &head.section,
        section_address: head.section_address(),
        address: head.address(),
        headline: &head.headline,
        page: head.page,
    });
    items.collect()
}

/// Writes the outline.
pub(super) fn write(
    label: &IssueLabel,
    rows: &[Row<'_>],
    language: Language,
    output: &mut Output,
) -> Result<(), Stop> {
    let count = |n: usize| language.say_with("count.items", &[("n", &n)]);
    let title = wording::issue_title(language, label);
    output.line(&format!("{title} · {}", count(rows.len())))?;
    let sections = rows.chunk_by(|a, b| a.section_address == b.section_address);
    for items in sections {
        let Some(first) = items.first() else { continue };
        let (address, title) = (&first.section_address, first.section);
        output.line("")?;
        output.line(&format!("{address}  {title}  {}", count(items.len())))?;
        for item in items {
            let page = item.page.map_or(String::new(), |page| {
                format!("  {}", language.say_with("issue.page", &[("n", &page)]))
            });
            output.line(&format!("  {}  {}{page}", item.address, item.headline))?;
        }
    }
    Ok(())
}
