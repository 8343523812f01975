//! Photos go to the items that they stand in: to the one whose headline is the last above.
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

/// Puts photos into their items, in order and each once; `end` is the line behind the last item.
pub(super) fn place(sections: &mut [SectionDraft], placed: Vec<Placed>, end: u32) {
    for Placed { after, mut picture } in placed {
        if after >= end {
            continue;
        }
        // Unless it is of a heading, the last line before is that of a headline.
        let section = sections.iter_mut().rev().find(|section| {
            section.line <= after && (section.line > 0 || !section.items.is_empty())
        });
        let item = section.and_then(|section| {
            section
                .items
                .iter_mut()
                .rev()
                .find(|item| item.line <= after)
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
