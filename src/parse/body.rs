//! The body: sections of items.
//! Must not weigh a line itself; what it is, its look and the judge say.

use super::attribution::{Attributed, closed_by_name};
use super::classify::Shape;
use super::contents::Contents;
use super::draft::{Body, Fate, SectionDraft, Unknown};
use super::item::{Block, Open};
use super::judge::Judge;
use super::lines::tidy;
use super::passages::Passage;
use crate::text::normalise;
use std::borrow::Cow;
use std::ops::Range;

/// Reads the passages of the body, which has `rows` rows.
pub(super) fn read(passages: &[Passage<'_>], rows: usize, contents: &Contents) -> Body {
    let mut reader = Reader {
        body: Body {
            fates: vec![Fate::Unknown; rows],
            ..Body::default()
        },
        open: None,
        judge: Judge::new(passages, contents),
    };
    for (at, passage) in passages.iter().enumerate() {
        reader.take(passage, &passages[at + 1..]);
    }
    if let Some(last) = &mut reader.open {
        for block in last.split_behind_source() {
            reader.body.fates[block.rows].fill(Fate::Unknown);
            reader.body.unknown.push(Unknown {
                line: block.line,
                text: tidy(&block.text),
            });
        }
    }
    reader.close();
    name_sources(&mut reader.body);
    reader.body
}

/// Takes the bracket that closes an item without a source for its source, where most items have one: there are more names than
/// any list knows.
fn name_sources(body: &mut Body) {
    let items = || body.sections.iter().flat_map(|section| &section.items);
    let sourced = items().filter(|draft| draft.item.source.is_some()).count();
    if 2 * sourced <= items().count() {
        return;
    }
    let drafts = body
        .sections
        .iter_mut()
        .flat_map(|section| &mut section.items);
    for item in drafts
        .map(|draft| &mut draft.item)
        .filter(|item| item.source.is_none())
    {
        let last = item.paragraphs.last_mut().or(item.lead.as_mut());
        let Some(text) = last else {
            continue;
        };
        if let Some(Attributed { text: rest, source }) = closed_by_name(text) {
            item.source = Some(source.to_owned());
            text.truncate(rest.len());
        }
    }
}

struct Reader<'a, 'c> {
    body: Body,
    open: Option<Open<'a>>,
    judge: Judge<'c>,
}

impl<'a> Reader<'a, '_> {
    fn take(&mut self, passage: &Passage<'a>, below: &[Passage<'_>]) {
        let open = self.open.as_ref();
        match passage.shape() {
            Shape::Bullet(_, "") | Shape::Marked("") => self.fate(&passage.rows, Fate::Mark),
            Shape::Marked(text) => self.block(passage, true, text.len()),
            // The heading of a section that has begun, printed again.
            Shape::Heading(_, title) if self.judge.has_begun(title) => {
                self.fate(&passage.rows, Fate::Running);
            }
            Shape::Heading(numeral, title)
                if self.judge.is_section(
                    numeral,
                    title,
                    self.body.sections.last(),
                    open,
                    below,
                ) =>
            {
                self.section(passage, numeral, title, below);
            }
            Shape::Bullet(bullet, text) if self.judge.is_mark(bullet) => {
                self.block(passage, true, text.len());
            }
            Shape::Bullet(bullet, text) if self.judge.is_headline(bullet, text, open, below) => {
                self.item(passage, text.len());
            }
            _ if self.is_bare_headline(&passage.text, below) => {
                self.item(passage, passage.text.len());
            }
            _ => self.block(passage, false, passage.text.len()),
        }
    }

    fn is_bare_headline(&self, text: &str, below: &[Passage<'_>]) -> bool {
        match &self.open {
            Some(open) => self.judge.is_bare_headline_in(text, open, below),
            None => !self.body.sections.is_empty() && self.judge.is_first_headline(text, below),
        }
    }

    fn section(&mut self, passage: &Passage<'_>, numeral: u32, title: &str, below: &[Passage<'_>]) {
        self.close();
        self.fate(&passage.rows, Fate::Heading);
        let key = normalise(title);
        self.judge.begin(key.clone(), below);
        self.body.sections.push(SectionDraft {
            numeral,
            title: tidy(title),
            key,
            line: passage.row.number,
            ..SectionDraft::default()
        });
    }

    /// Begins an item; its headline is the last `length` bytes of the passage.
    fn item(&mut self, passage: &Passage<'a>, length: usize) {
        self.close();
        self.fate(&passage.rows, Fate::Headline);
        if self.body.sections.is_empty() {
            self.body.sections.push(SectionDraft {
                line: passage.row.number,
                ..SectionDraft::default()
            });
        }
        let headline = last(&passage.text, length);
        self.judge.read(&headline);
        self.open = Some(Open {
            headline,
            line: passage.row.number,
            blocks: Vec::new(),
        });
    }

    /// Adds the last `length` bytes of the passage to the open item.
    fn block(&mut self, passage: &Passage<'a>, marked: bool, length: usize) {
        match &mut self.open {
            Some(open) => {
                open.blocks.push(Block {
                    marked,
                    text: last(&passage.text, length),
                    line: passage.row.number,
                    rows: passage.rows.clone(),
                    apart: passage.row.gap || passage.row.cut,
                });
                self.fate(&passage.rows, Fate::Text);
            }
            None => self.body.unknown.push(Unknown::passage(passage)),
        }
    }

    fn fate(&mut self, rows: &Range<usize>, fate: Fate) {
        self.body.fates[rows.clone()].fill(fate);
    }

    fn close(&mut self) {
        if let (Some(open), Some(section)) = (self.open.take(), self.body.sections.last_mut()) {
            let ordinal = u32::try_from(section.items.len() + 1).unwrap_or(u32::MAX);
            section.items.push(open.finish(ordinal));
        }
    }
}

/// The last `length` bytes of `text`.
fn last<'a>(text: &Cow<'a, str>, length: usize) -> Cow<'a, str> {
    let start = text.len() - length;
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[start..]),
        Cow::Owned(text) => Cow::Owned(text[start..].to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::contents;
    use super::super::draft::Fate;
    use super::super::judge::main_bullet;
    use super::super::lines::{rows, tests::lines};
    use super::super::passages::passages;

    /// Section titles with the headlines and numbers of texts of their items, and the number of unknown lines.
    fn read(listed: &str, text: &str) -> (Vec<String>, usize) {
        let (listed, text) = (lines(listed), lines(text));
        let contents = contents::read(&rows(&listed));
        let rows = rows(&text);
        let bullet = main_bullet(&rows, &contents);
        let body = super::read(&passages(&rows, &contents, bullet), rows.len(), &contents);
        let unknown = body.fates.iter().filter(|fate| **fate == Fate::Unknown);
        assert_eq!(unknown.count(), body.unknown.len());
        let sections = body.sections.iter().map(|section| {
            let items = section.items.iter().map(|draft| {
                let texts = usize::from(draft.item.lead.is_some()) + draft.item.paragraphs.len();
                format!(" {}{texts}", draft.item.headline)
            });
            format!("{}:{}", section.title, items.collect::<String>())
        });
        (sections.collect(), body.unknown.len())
    }

    #[test]
    fn sections_and_items() {
        let text =
            "一、甲\n● 子\n文。\n\n\n\n\n■文（山海政府网站）。\n●丑\n■文。\n二、乙\n●寅\n文。";
        assert_eq!(
            read("", text),
            (vec!["甲: 子2 丑1".into(), "乙: 寅1".into()], 0)
        );
    }

    #[test]
    fn sub_points_stay_in_their_item() {
        let text =
            "一、甲\n●子\n■文：\n一、加强领导\n二、加强协调\n○其一\n●其二；\n- 其三\n●丑\n■文。";
        assert_eq!(read("", text), (vec!["甲: 子6 丑1".into()], 0));
    }

    #[test]
    fn points_with_the_bullet_of_headlines_stay_where_the_contents_list_others() {
        let listed = "一、甲 1\n●子项目开工 1\n●丑园区揭牌 1";
        let text = "一、甲\n●子项目开工\n■要点：\n●其一，加强领导\n●\n其二，加强协调\n文（山海政府网站）。\n●丑园区揭牌\n\
                    ●其一\n●其二\n■文（山海政府网站）。";
        assert_eq!(
            read(listed, text),
            (vec!["甲: 子项目开工4 丑园区揭牌2".into()], 0)
        );
    }

    #[test]
    fn a_headline_that_the_contents_print_otherwise_or_not_at_all_begins_an_item() {
        let listed = "一、甲 1\n●海上风电母港在汕头动工 1\n●轴承实验室签订攻关协 1\n●项目集中签约 1\n●项目集中签约 1";
        let text = "一、甲\n●海上风电母港在汕尾动工\n■文。\n●轴承实验室签订攻关协议\n■文（山海政府网站）。\n\
                    ●未列出的条目\n■文（山海政府网站）。\n●项目集中签约\n■文。\n●项目集中签约\n■文。";
        let expected = "甲: 海上风电母港在汕尾动工1 轴承实验室签订攻关协议1 未列出的条目1 项目集中签约1 项目集中签约1";
        assert_eq!(read(listed, text), (vec![expected.into()], 0));
    }

    #[test]
    fn in_a_body_without_sources_a_paragraph_tells_a_headline_from_a_point() {
        let listed = "一、甲 1\n●子项目开工 1\n●寅论坛举行 1";
        let text =
            "一、甲\n●子项目开工\n■文：\n●其一\n●其二\n●卯平台启用\n■文。\n●寅论坛举行\n■文。";
        assert_eq!(
            read(listed, text),
            (vec!["甲: 子项目开工3 卯平台启用1 寅论坛举行1".into()], 0)
        );
    }

    #[test]
    fn another_bullet_begins_an_item_behind_a_source_or_where_the_contents_list_it() {
        let text = "一、甲\n●子\n■文（山海政府网站）。\n○丑\n■文。\n- 寅\n■文。";
        assert_eq!(
            read("一、甲 1\n寅 1", text),
            (vec!["甲: 子1 丑1 寅1".into()], 0)
        );
    }

    #[test]
    fn a_lost_bullet_is_made_up_for_by_the_contents() {
        let text = "一、甲\n子\n子\n■文。\n丑\n■文。";
        assert_eq!(
            read("一、甲 1\n●子 1\n●丑 1", text),
            (vec!["甲: 子2 丑1".into()], 0)
        );
    }

    #[test]
    fn a_sub_point_cannot_take_the_numeral_of_a_listed_section() {
        let text = "一、甲\n●子\n■文：\n二、协调\n●丑\n■文。\n二、乙\n●寅\n■文。";
        let listed = "一、甲 1\n●子 1\n●丑 1\n二、乙 2\n●寅 2";
        assert_eq!(
            read(listed, text),
            (vec!["甲: 子2 丑1".into(), "乙: 寅1".into()], 0)
        );
    }

    #[test]
    fn a_heading_printed_again_is_none_and_text_outside_items_is_unknown() {
        let text = "一、甲\n本期收录：\n●子\n■文。\n一、甲\n■文。";
        assert_eq!(read("", text), (vec!["甲: 子2".into()], 1));
    }

    #[test]
    fn what_stands_apart_behind_the_last_item_is_unknown() {
        let closed =
            "一、甲\n●子\n■文（山海政府网站）。\n\n图一\n●丑\n■文（山海政府网站）。\n图二\n";
        assert_eq!(read("", closed), (vec!["甲: 子2 丑2".into()], 0));
        let apart = format!("{closed}\n编辑部\n电话");
        assert_eq!(read("", &apart), (vec!["甲: 子2 丑2".into()], 2));
        let goes_on = format!("{closed}\n续\n■文。");
        assert_eq!(read("", &goes_on), (vec!["甲: 子2 丑4".into()], 0));
        assert_eq!(
            read("", "一、甲\n●子\n■文。\n\n续"),
            (vec!["甲: 子2".into()], 0)
        );
    }

    #[test]
    fn a_mark_alone_on_its_line_belongs_to_the_next() {
        assert_eq!(read("", "●\n○\n●\n子").0, vec![": 子0".to_owned()]);
        assert_eq!(
            read("", "●\n子\n■\n文。\n● 丑"),
            (vec![": 子1 丑0".into()], 0)
        );
    }
}
