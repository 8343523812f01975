//! Tests of the whole store, in memory and on disk.
//! Every sentence is made up here; none comes from an issue.

mod begun;
mod carried;
mod carry;
mod check;
mod choices;
mod content;
mod copies;
mod detached;
mod files;
mod fixes;
mod index;
mod listing;
mod lists;
mod marks;
mod meeting;
mod merging;
mod noted;
mod opening;
mod pictures;
mod rebuild;
mod records;
mod renamed;
mod reread;
mod saved;
mod session;
mod sought;
mod stated;
mod tags;

use super::{Imported, Kept, Place, SourceId, Store, StoreError};
use crate::issue::{
    Address, Diagnostic, Facts, Issue, IssueId, IssueNumber, Item, ItemHead, ItemOrdinal, Line,
    Page, Problem, Section, SectionOrdinal,
};

const PUBLICATION: &str = "试验周报";

/// An item with a headline, a lead and two paragraphs.
fn item(ordinal: u32, headline: &str) -> Item {
    Item {
        ordinal: ItemOrdinal(ordinal),
        headline: headline.to_owned(),
        contents_headline: Some(format!("{headline}（目录）")),
        page: Some(ordinal + 2),
        lead: (ordinal % 2 == 1).then(|| format!("{headline}的导语。")),
        paragraphs: vec![
            "第一段，有“引号”。".to_owned(),
            "second\u{3000}段".to_owned(),
        ],
        source: (ordinal != 2).then(|| "某省报".to_owned()),
        pictures: vec![],
        facts: Facts::default(),
    }
}

/// An issue of January 2023 with these sections of headlines.
fn issue(number: u32, sections: &[(&str, &[&str])]) -> Issue {
    let sections = sections
        .iter()
        .zip(1..)
        .map(|((title, headlines), ordinal)| Section {
            ordinal: SectionOrdinal(ordinal),
            title: (*title).to_owned(),
            page: Some(ordinal),
            items: headlines
                .iter()
                .zip(1..)
                .map(|(headline, n)| item(n, headline))
                .collect(),
        })
        .collect();
    Issue {
        publication: PUBLICATION.to_owned(),
        number: IssueNumber(number),
        year: Some(2023),
        month: Some(1),
        week: Some(1),
        publisher: Some("试验社".to_owned()),
        site: None,
        note: Some("仅供试验。".to_owned()),
        sections,
        diagnostics: vec![Diagnostic {
            problem: Problem::EmptyItem {},
            line: Some(9),
            page: None,
            item: Some(Address::item(
                IssueNumber(number),
                SectionOrdinal(1),
                ItemOrdinal(1),
            )),
        }],
    }
}

/// The issue that most tests use: two sections, of two items and of one.
fn plain(number: u32) -> Issue {
    issue(
        number,
        &[
            ("招商", &["甲市签约一个项目", "乙市开工两个项目"]),
            ("政策", &["丙省印发办法"]),
        ],
    )
}

fn pages() -> Vec<Page> {
    vec![Page {
        lines: vec![Line {
            number: 1,
            text: "封面".to_owned(),
        }],
        ..Page::default()
    }]
}

/// Imports `issue` as read from a document of its own by parser 1.
fn import(store: &mut Store, issue: &Issue) -> Imported {
    import_from(store, issue, &format!("hash of {}", issue.number), 1).unwrap()
}

fn import_from(
    store: &mut Store,
    issue: &Issue,
    sha256: &str,
    parser: u32,
) -> Result<Imported, StoreError> {
    let kept = Kept {
        path: "weekly.txt",
        sha256,
        parser,
        pages: &pages(),
    };
    store.import(issue, &kept)
}

fn memory() -> Store {
    Store::open(&Place::Memory).unwrap()
}

/// The document that an issue was read from.
fn source_of(store: &Store, issue: IssueId) -> SourceId {
    let sql = "SELECT source FROM issue WHERE id = ?1";
    let row = |row: &rusqlite::Row<'_>| row.get(0).map(SourceId);
    store.connection.query_row(sql, [issue.0], row).unwrap()
}

fn heads(store: &Store, issue: IssueId) -> Vec<ItemHead> {
    store.searcher().unwrap().heads(issue).unwrap()
}
