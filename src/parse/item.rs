//! From the blocks under a headline to an item: lead, paragraphs, source.
//! Must not look beyond the one item.

use super::attribution::{Attributed, attributed};
use super::draft::ItemDraft;
use super::lines::tidy;
use crate::issue::{Facts, Item, ItemOrdinal};
use crate::text::normalise;
use std::borrow::Cow;
use std::ops::Range;

/// A passage under a headline.
#[derive(Debug)]
pub(super) struct Block<'a> {
    /// Whether ■ stood before it.
    pub(super) marked: bool,
    pub(super) text: Cow<'a, str>,
    /// Line of the input.
    pub(super) line: u32,
    /// Its rows of the body.
    pub(super) rows: Range<usize>,
    /// Whether a blank line or a page end stands before it.
    pub(super) apart: bool,
}

/// A headline and the passages under it.
#[derive(Debug)]
pub(super) struct Open<'a> {
    pub(super) headline: Cow<'a, str>,
    pub(super) line: u32,
    pub(super) blocks: Vec<Block<'a>>,
}

impl<'a> Open<'a> {
    /// Whether the last line closes the item with a source.
    pub(super) fn is_closed(&self) -> bool {
        self.blocks
            .last()
            .is_some_and(|block| attributed(&block.text).is_some())
    }

    /// Takes off the unmarked lines that stand apart behind the source.
    pub(super) fn split_behind_source(&mut self) -> Vec<Block<'a>> {
        let ends = |block: &Block<'_>| block.marked || attributed(&block.text).is_some();
        let Some(end) = self.blocks.iter().rposition(ends) else {
            return Vec::new();
        };
        if attributed(&self.blocks[end].text).is_none() {
            return Vec::new();
        }
        let behind = &self.blocks[end + 1..];
        match behind.iter().position(|block| block.apart) {
            Some(apart) => self.blocks.split_off(end + 1 + apart),
            None => Vec::new(),
        }
    }

    /// The item, as the `ordinal`-th of its section.
    pub(super) fn finish(mut self, ordinal: u32) -> ItemDraft {
        let headline = tidy(&self.headline);
        // Before the layout: a source on a line of its own is no text that could make the one above it a lead.
        let source = source(&mut self.blocks);
        let (lead, paragraphs) = layout(&self.blocks);
        ItemDraft {
            key: normalise(&headline),
            line: self.line,
            item: Item {
                ordinal: ItemOrdinal(ordinal),
                headline,
                contents_headline: None,
                page: None,
                lead,
                paragraphs,
                source,
                pictures: Vec::new(),
                facts: Facts::default(),
            },
        }
    }
}

/// Lead and paragraphs. Without ■ the first of several lines is the lead; a single one is a paragraph.
fn layout(blocks: &[Block<'_>]) -> (Option<String>, Vec<String>) {
    let leads = match blocks.iter().position(|block| block.marked) {
        Some(first) => first,
        None => usize::from(blocks.len() > 1),
    };
    let (lead, rest) = blocks.split_at(leads);
    let lead = lead
        .iter()
        .map(|block| tidy(&block.text))
        .reduce(|text, next| join(text, &next));
    let paragraphs = rest
        .iter()
        .map(|block| tidy(&block.text))
        .filter(|text| !text.is_empty())
        .collect();
    (lead, paragraphs)
}

/// Two lines of a lead as one text.
fn join(mut text: String, next: &str) -> String {
    if !text.ends_with(['。', '！', '？', '；', '，', '、', '”', '：']) {
        text.push(' ');
    }
    text.push_str(next);
    text
}

/// Takes the source out of the last block that ends in one; a block that was nothing else goes.
fn source(blocks: &mut Vec<Block<'_>>) -> Option<String> {
    let found = blocks.iter().enumerate().rev();
    let (at, Attributed { text, source }) = found
        .map(|(at, block)| (at, attributed(&block.text)))
        .find_map(|(at, found)| Some((at, found?)))?;
    let (length, source) = (text.len(), tidy(source));
    if length == 0 {
        blocks.remove(at);
    } else {
        match &mut blocks[at].text {
            Cow::Borrowed(text) => *text = &text[..length],
            Cow::Owned(text) => text.truncate(length),
        }
    }
    Some(source)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(lines: &[&'static str]) -> (Option<String>, Vec<String>, Option<String>) {
        let blocks = lines
            .iter()
            .map(|line| Block {
                marked: line.starts_with('■'),
                text: Cow::Borrowed(line.trim_start_matches('■')),
                line: 1,
                rows: 0..1,
                apart: false,
            })
            .collect();
        let open = Open {
            headline: Cow::Borrowed("题"),
            line: 1,
            blocks,
        };
        let item = open.finish(1).item;
        (item.lead, item.paragraphs, item.source)
    }

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn lead_paragraphs_and_source() {
        assert_eq!(
            item(&["导语。", "■甲。", "■乙（山海政府网站）。"]),
            (
                Some("导语。".into()),
                texts(&["甲。", "乙"]),
                Some("山海政府网站".into())
            )
        );
        assert_eq!(item(&["■甲。"]), (None, texts(&["甲。"]), None));
        assert_eq!(item(&["甲。", "乙。", "■丙。"]).0, Some("甲。乙。".into()));
    }

    #[test]
    fn unmarked_text_behind_a_paragraph_is_one_of_its_own() {
        assert_eq!(
            item(&["■甲：", "1. 乙；", "2. 丙（山海政府网站）。"]).1,
            texts(&["甲：", "1. 乙；", "2. 丙"])
        );
    }

    #[test]
    fn without_marks_the_first_of_several_is_the_lead() {
        assert_eq!(
            item(&["甲。", "乙（山海政府网站）。"]),
            (
                Some("甲。".into()),
                texts(&["乙"]),
                Some("山海政府网站".into())
            )
        );
        assert_eq!(
            item(&["甲（山海政府网站）。"]),
            (None, texts(&["甲"]), Some("山海政府网站".into()))
        );
        assert_eq!(item(&[]), (None, vec![], None));
    }

    #[test]
    fn a_source_on_a_line_of_its_own_leaves_no_paragraph() {
        assert_eq!(
            item(&["■甲。", "（山海政府网站）"]),
            (None, texts(&["甲。"]), Some("山海政府网站".into()))
        );
        assert_eq!(
            item(&["甲。", "（山海政府网站）。"]),
            (None, texts(&["甲。"]), Some("山海政府网站".into()))
        );
        assert_eq!(
            item(&["甲。", "乙。", "（山海政府网站）。"]),
            (
                Some("甲。".into()),
                texts(&["乙。"]),
                Some("山海政府网站".into())
            )
        );
        assert_eq!(
            item(&["（山海政府网站）"]),
            (None, vec![], Some("山海政府网站".into()))
        );
    }

    #[test]
    fn the_last_bracket_counts_where_text_follows_it() {
        assert_eq!(
            item(&["■甲（山海政府网站）。", "图为现场"]),
            (
                None,
                texts(&["甲", "图为现场"]),
                Some("山海政府网站".into())
            )
        );
    }
}
