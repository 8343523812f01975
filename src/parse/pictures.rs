//! Photos go to the items that they stand in: to the one whose headline is the last above, or the next one where a weekly has them above
//! its headlines.
//! Must not give an item a photo that stands before the first headline, below a section heading or behind the last item.

use super::draft::SectionDraft;
use crate::issue::{Page, Placed};
use std::ops::Range;

/// The photos on `pages` that stand below one of these `lines`.
pub(super) fn below(pages: &[Page], lines: Range<u32>) -> Vec<Placed> {
    let placed = pages.iter().flat_map(|page| &page.pictures);
    let below = placed.filter(|placed| lines.contains(&placed.after));
    below.cloned().collect()
}

/// Fewest photos that tell whether they stand above their headlines.
const TELLING: usize = 3;

/// Puts photos into their items, in order and each once; `end` is the line behind the last item.
pub(super) fn place(sections: &mut [SectionDraft], mut placed: Vec<Placed>, end: u32) {
    placed.retain(|placed| placed.after < end);
    let are_above = stand_above(sections, &placed);
    for Placed { after, mut picture } in placed {
        // Unless it is of a heading, the last line before is that of a headline.
        let section = sections.iter_mut().rev().find(|section| {
            section.line <= after && (section.line > 0 || !section.items.is_empty())
        });
        let item = section.and_then(|section| {
            let items = &mut section.items;
            let next = items.iter().position(|item| item.line > after);
            match next {
                Some(next) if are_above => items.get_mut(next),
                _ => items.iter_mut().rev().find(|item| item.line <= after),
            }
        });
        let Some(draft) = item else {
            continue;
        };
        let pictures = &mut draft.item.pictures;
        if pictures.iter().all(|known| known.sha256 != picture.sha256) {
            picture.n = u32::try_from(pictures.len())
                .unwrap_or(u32::MAX)
                .saturating_add(1);
            pictures.push(picture);
        }
    }
}

/// Whether photos stand above the headlines of their items: nearly all of them right before one, also before the first of a section,
/// and none before the heading of a section, where the photos below the text of an item would stand as well.
fn stand_above(sections: &[SectionDraft], placed: &[Placed]) -> bool {
    let is_headline = |line: u32| {
        let items = sections.iter().flat_map(|section| &section.items);
        items.into_iter().any(|item| item.line == line)
    };
    let is_heading = |line: u32| sections.iter().any(|section| section.line == line);
    let first = sections.iter().find(|section| !section.items.is_empty());
    let first = first.map_or(0, |section| section.line);
    let inside = || placed.iter().filter(|placed| placed.after >= first);
    let all = inside().count();
    let before = inside().filter(|placed| is_headline(placed.after + 1));
    let opens = inside().any(|placed| is_heading(placed.after) && is_headline(placed.after + 1));
    let closes = inside().any(|placed| is_heading(placed.after + 1));
    all >= TELLING && opens && !closes && before.count() * 5 >= all * 4
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::{Facts, Item, ItemOrdinal, Picture};
    use crate::parse::draft::ItemDraft;

    fn item(ordinal: u32, line: u32) -> ItemDraft {
        ItemDraft {
            item: Item {
                ordinal: ItemOrdinal(ordinal),
                headline: String::new(),
                contents_headline: None,
                page: None,
                lead: None,
                paragraphs: vec![],
                source: None,
                pictures: vec![],
                facts: Facts::default(),
            },
            key: String::new(),
            line,
        }
    }

    fn photo(after: u32, name: &str) -> Placed {
        let picture = Picture {
            n: 9,
            width: 1,
            height: 1,
            media_type: "image/png".to_owned(),
            sha256: name.to_owned(),
            caption: None,
        };
        Placed { after, picture }
    }

    #[test]
    fn photos_above_their_headlines_belong_to_the_ones_below() {
        let section = |line, items| SectionDraft {
            line,
            items,
            ..SectionDraft::default()
        };
        let sections = || {
            [
                section(10, vec![item(1, 11), item(2, 20), item(3, 25)]),
                section(30, vec![item(1, 31)]),
            ]
        };
        let found = |placed: Vec<Placed>| -> Vec<Vec<String>> {
            let mut sections = sections();
            place(&mut sections, placed, 50);
            let items = sections.iter().flat_map(|section| &section.items);
            let pictures = items.map(|draft| &draft.item.pictures);
            let names = pictures.map(|pictures| pictures.iter().map(|one| one.sha256.clone()));
            names.map(Iterator::collect).collect()
        };
        let above = vec![
            photo(10, "a"),
            photo(19, "b"),
            photo(24, "c"),
            photo(30, "d"),
        ];
        assert_eq!(found(above), [["a"], ["b"], ["c"], ["d"]]);
        // As they stand behind the text: one is before a heading.
        let below = vec![
            photo(10, "banner"),
            photo(19, "a"),
            photo(24, "b"),
            photo(29, "c"),
        ];
        assert_eq!(found(below), [vec!["a"], vec!["b"], vec!["c"], vec![]]);
    }

    #[test]
    fn a_photo_belongs_to_the_last_headline_above() {
        let section = |line, items| SectionDraft {
            line,
            items,
            ..SectionDraft::default()
        };
        let mut sections = [
            section(10, vec![item(1, 11), item(2, 20)]),
            section(30, vec![item(1, 31)]),
        ];
        let placed = vec![
            photo(3, "cover"),
            photo(10, "banner"),
            photo(12, "a"),
            photo(12, "b"),
            photo(12, "a"),
            photo(29, "c"),
            photo(30, "banner"),
            photo(40, "a"),
            photo(50, "behind"),
        ];
        place(&mut sections, placed, 50);
        let found: Vec<Vec<(u32, &str)>> = sections
            .iter()
            .flat_map(|section| &section.items)
            .map(|draft| {
                let pictures = draft.item.pictures.iter();
                pictures
                    .map(|picture| (picture.n, picture.sha256.as_str()))
                    .collect()
            })
            .collect();
        assert_eq!(
            found,
            [vec![(1, "a"), (2, "b")], vec![(1, "c")], vec![(1, "a")]]
        );
    }

    #[test]
    fn those_of_other_issues_are_left_aside() {
        let page = Page {
            pictures: vec![photo(0, "a"), photo(5, "b"), photo(9, "c")],
            ..Page::default()
        };
        let found: Vec<u32> = below(&[page], 5..9)
            .iter()
            .map(|placed| placed.after)
            .collect();
        assert_eq!(found, [5]);
    }
}
