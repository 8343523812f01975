//! Writes an issue out, noise and all, and says what it is that was written.

use super::{
    Bullet, Contents, Cover, Footer, Gaps, Header, Indent, Leader, Markdown, Noise, Sections,
};
use fastrand::Rng;
use parkweekly::issue::{Issue, Item, ItemOrdinal, SectionOrdinal};

const NUMERALS: [&str; 20] = [
    "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四",
    "十五", "十六", "十七", "十八", "十九", "二十",
];
const BULLETS: [&str; 6] = ["●", "•", "◆", "○", "◇", "▲"];

/// A piece of text that was one line or paragraph, and what it is.
#[derive(Debug, Clone)]
struct Block {
    kind: Kind,
    text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Cover,
    Title,
    ListedSection,
    Listed,
    Section,
    Headline,
    Lead,
    Paragraph,
    Note,
}

/// The text of `issue` with `noise`, and the issue that it is.
pub fn print(issue: &Issue, noise: Noise, rng: &mut Rng) -> (String, Issue) {
    let mut writer = Writer { noise, rng };
    let truth = writer.truth(issue);
    let listed = writer.listed(&truth);
    let (blocks, truth) = writer.blocks(truth, &listed);
    let lines = writer.lines(&blocks);
    let text = writer.text(lines, &truth);
    (text, truth)
}

struct Writer<'r> {
    noise: Noise,
    rng: &'r mut Rng,
}

/// Items of the contents, by section: headline and page.
type Listed = Vec<Vec<(String, Option<u32>)>>;

impl Writer<'_> {
    fn chance(&mut self, of: u32) -> bool {
        self.rng.u32(..of) == 0
    }

    /// The issue as it will be printed: the changes to items that a parser has to give back.
    fn truth(&mut self, issue: &Issue) -> Issue {
        let mut issue = issue.clone();
        issue.diagnostics.clear();
        for section in &mut issue.sections {
            for item in &mut section.items {
                self.item(item);
            }
        }
        if self.noise.full_width {
            widen(&mut issue);
        }
        issue
    }

    fn item(&mut self, item: &mut Item) {
        item.contents_headline = Some(
            item.contents_headline
                .clone()
                .unwrap_or_else(|| item.headline.clone()),
        );
        if self.noise.extremes {
            match self.rng.u8(..8) {
                0 => {
                    while item.headline.chars().count() < 300 {
                        item.headline.push_str("暨配套工程集中开工签约");
                    }
                    item.contents_headline = Some(item.headline.clone());
                }
                1 => {
                    let mut long = String::from("据介绍");
                    while long.chars().count() < 10_000 {
                        long.push_str("，园区还将继续完善道路、管网和厂房，服务企业投产达产");
                    }
                    item.paragraphs.push(long);
                }
                2 => {
                    item.headline.push_str("〔𠮷田𬭎项目〕🚀");
                    item.contents_headline = Some(item.headline.clone());
                }
                3 => item.paragraphs[0].insert_str(0, "「绿色」【智能】〔零碳〕"),
                _ => {}
            }
        }
        if !self.noise.items {
            return;
        }
        match self.rng.u8(..12) {
            0 => item.lead = None,
            1 => item.source = None,
            2 => item
                .paragraphs
                .push("下一步，园区将继续优化服务，推动项目早日达产".to_owned()),
            3 => {
                let last = item.paragraphs.last_mut().unwrap();
                last.push_str("（二期）");
            }
            4 => item
                .paragraphs
                .push("1. 强化要素保障；2. 优化审批流程".to_owned()),
            5 => {
                let first = item.paragraphs.first_mut().unwrap();
                first.push_str("。主要有：");
                item.paragraphs.push("（一）加强统筹协调；".to_owned());
                item.paragraphs.push("（二）完善考核办法；".to_owned());
                item.paragraphs.push("（三）抓好督促落实".to_owned());
            }
            _ => {}
        }
    }

    /// What the contents list of the issue; the truth loses what they do not say.
    fn listed(&mut self, truth: &Issue) -> Listed {
        let entry = |item: &Item| {
            (
                item.contents_headline.clone().unwrap_or_default(),
                item.page,
            )
        };
        let mut listed: Listed = truth
            .sections
            .iter()
            .map(|section| section.items.iter().map(entry).collect())
            .collect();
        if self.noise.contents == Contents::Reordered {
            for section in &mut listed {
                if section.len() > 2 {
                    let (from, to) = (
                        self.rng.usize(..section.len()),
                        self.rng.usize(..section.len()),
                    );
                    section.swap(from, to);
                }
            }
        }
        listed
    }

    fn blocks(&mut self, mut truth: Issue, listed: &Listed) -> (Vec<Block>, Issue) {
        let noise = self.noise;
        let mut unlisted: Vec<(usize, usize)> = Vec::new();
        let mut gone: Vec<(usize, usize)> = Vec::new();
        if noise.missing {
            for (s, section) in truth.sections.iter().enumerate() {
                for i in 0..section.items.len() {
                    match self.rng.u8(..16) {
                        0 => unlisted.push((s, i)),
                        1 if section.items.len() > 2 => gone.push((s, i)),
                        _ => {}
                    }
                }
            }
        }
        let mut blocks = Vec::new();
        self.cover(&truth, &mut blocks);
        let none = noise.contents == Contents::None;
        if !none {
            self.contents(&truth, listed, &unlisted, &mut blocks);
        }
        for (s, section) in truth.sections.iter_mut().enumerate() {
            if none || noise.is_unpaged() {
                section.page = None;
            }
            for (i, item) in section.items.iter_mut().enumerate() {
                if none || unlisted.contains(&(s, i)) {
                    item.page = None;
                    item.contents_headline = None;
                } else if noise.is_unpaged() {
                    item.page = None;
                }
            }
            let mut at = 0;
            section.items.retain(|_| {
                at += 1;
                !gone.contains(&(s, at - 1))
            });
            for (item, n) in section.items.iter_mut().zip(1..) {
                item.ordinal = ItemOrdinal(n);
            }
        }
        for (section, n) in truth.sections.iter_mut().zip(1..) {
            section.ordinal = SectionOrdinal(n);
        }
        for (s, section) in truth.sections.iter().enumerate() {
            let text = self.section(s, &section.title);
            blocks.push(Block {
                kind: Kind::Section,
                text,
            });
            for (i, item) in section.items.iter().enumerate() {
                self.body(i, item, &mut blocks);
            }
        }
        if noise.items {
            // What lost its mark is read by position: the first of several unmarked texts is the lead.
            settle_unmarked(&mut truth, &blocks);
        }
        if let Some(note) = &truth.note {
            let text = format!("注：{note}");
            blocks.push(Block {
                kind: Kind::Note,
                text,
            });
        }
        if noise.cover == Cover::None {
            truth.publisher = None;
            truth.site = None;
        }
        (blocks, truth)
    }

    fn cover(&mut self, truth: &Issue, blocks: &mut Vec<Block>) {
        let name = truth.publication.clone();
        let line = number_line(truth);
        let imprint = match (&truth.publisher, &truth.site) {
            (Some(publisher), Some(site)) => vec![format!("{publisher} {site}")],
            _ => vec![],
        };
        let mut lines = match self.noise.cover {
            Cover::None => return,
            Cover::Printed => vec![name, line, "一周“园区”要闻 ● 十分钟读完".to_owned()],
            Cover::Spread => vec![spread(&name), line],
            Cover::Below => vec![line, name],
        };
        lines.extend(imprint);
        let blocks_of = lines.into_iter().map(|text| Block {
            kind: Kind::Cover,
            text,
        });
        blocks.extend(blocks_of);
    }

    fn contents(
        &mut self,
        truth: &Issue,
        listed: &Listed,
        unlisted: &[(usize, usize)],
        blocks: &mut Vec<Block>,
    ) {
        let noise = self.noise;
        if noise.contents != Contents::Untitled {
            let text = ["目录", "目　录", "【目录】", "目录 CONTENTS"][self.rng.usize(..4)];
            blocks.push(Block {
                kind: Kind::Title,
                text: text.to_owned(),
            });
        }
        for (s, (section, entries)) in truth.sections.iter().zip(listed).enumerate() {
            let title = self.section(s, &section.title);
            let text = self.led(&title, section.page);
            blocks.push(Block {
                kind: Kind::ListedSection,
                text,
            });
            for (i, (headline, page)) in entries.iter().enumerate() {
                if unlisted.iter().any(|(us, ui)| {
                    *us == s
                        && truth.sections[s].items[*ui].contents_headline.as_ref() == Some(headline)
                }) {
                    continue;
                }
                let bullet = self.bullet(noise.listed_bullet, i);
                let headline = match noise.markdown {
                    Markdown::Links => format!("[{headline}](#_Toc{i})"),
                    _ => headline.clone(),
                };
                let text = self.led(&headline, *page);
                let text = match noise.markdown {
                    Markdown::Lists | Markdown::Links => format!("- {text}"),
                    _ => format!("{bullet}{text}"),
                };
                blocks.push(Block {
                    kind: Kind::Listed,
                    text,
                });
            }
        }
    }

    /// A line of the contents with its page.
    fn led(&mut self, text: &str, page: Option<u32>) -> String {
        let Some(page) = page else {
            return text.to_owned();
        };
        if self.noise.is_unpaged() {
            return text.to_owned();
        }
        let page = if self.noise.full_width {
            wide(&page.to_string())
        } else {
            page.to_string()
        };
        let leader = match self.noise.leader {
            Leader::Dots => "..........",
            Leader::Tab => "\t",
            Leader::Mixed => [".....\t", "\t", "..... ", " "][self.rng.usize(..4)],
            Leader::Ellipsis => "……………… ",
            Leader::Space => " ",
            Leader::Middle => "········· ",
            Leader::Slash => "/",
            Leader::Round => return format!("{text}（{page}）"),
            Leader::None => return text.to_owned(),
        };
        format!("{text}{leader}{page}")
    }

    fn section(&self, nth: usize, title: &str) -> String {
        let numeral = NUMERALS[nth % NUMERALS.len()];
        let title = match self.noise.sections {
            Sections::Comma | Sections::Markless => format!("{numeral}、{title}"),
            Sections::Spaced => format!("{numeral} 、 {title}"),
            Sections::Part => format!("第{numeral}部分　{title}"),
            Sections::Stretched => {
                format!("{numeral}、{}", spread(title))
            }
            Sections::Dot => format!("{numeral}．{title}"),
            Sections::Bare => title.to_owned(),
            Sections::Lenticular => format!("【{title}】"),
            Sections::Hanzi => format!("（{numeral}）{title}"),
            Sections::Named => format!("板块{numeral}：{title}"),
            Sections::Counted => format!("{numeral}、{title}（{}条）", nth + 2),
        };
        match self.noise.markdown {
            Markdown::Light => format!("**{title}**"),
            _ => title,
        }
    }

    fn bullet(&mut self, bullet: Bullet, nth: usize) -> String {
        let space = if self.chance(3) { " " } else { "" };
        let mark = match bullet {
            Bullet::Disc => "●",
            Bullet::Dot => "•",
            Bullet::Diamond => "◆",
            Bullet::Circle => "○",
            Bullet::OpenDiamond => "◇",
            Bullet::Triangle => "▲",
            Bullet::Middle => return "· ".to_owned(),
            Bullet::Hyphen => return "- ".to_owned(),
            Bullet::Star => return "* ".to_owned(),
            Bullet::Numbered => return format!("{}. ", nth + 1),
            Bullet::Bracketed => return format!("（{}）", nth + 1),
            Bullet::Letter => return "l ".to_owned(),
            Bullet::Square => "□",
            Bullet::Reference => "※",
            Bullet::Named => return format!("No.{} ", nth + 1),
            Bullet::Hanzi => return format!("（{}）", NUMERALS[nth % NUMERALS.len()]),
            Bullet::Mixed => BULLETS[self.rng.usize(..BULLETS.len())],
            Bullet::None => return String::new(),
        };
        format!("{mark}{space}")
    }

    fn body(&mut self, nth: usize, item: &Item, blocks: &mut Vec<Block>) {
        let noise = self.noise;
        let bullet = self.bullet(noise.bullet, nth);
        let headline = match noise.markdown {
            Markdown::Headings => format!("### {bullet}{}", item.headline),
            Markdown::Light => format!("**{bullet}{}**", item.headline),
            _ => format!("{bullet}{}", item.headline),
        };
        blocks.push(Block {
            kind: Kind::Headline,
            text: headline,
        });
        if let Some(lead) = &item.lead {
            blocks.push(Block {
                kind: Kind::Lead,
                text: lead.clone(),
            });
        }
        let unmarked = noise.items && self.chance(12);
        let last = item.paragraphs.len().saturating_sub(1);
        for (i, paragraph) in item.paragraphs.iter().enumerate() {
            let mut text = paragraph.clone();
            // A point has no mark; a later paragraph may have lost its.
            let point = paragraph.starts_with('（') || paragraph.starts_with("1.");
            let mark = !(point || unmarked || (noise.items && i > 0 && self.chance(2)));
            if i == last
                && let Some(source) = &item.source
            {
                let bare = text.strip_suffix('。').unwrap_or(&text).to_owned();
                text = match self.rng.u8(..4) {
                    0 => format!("{bare}({source})。"),
                    1 => format!("{bare}。（{source}）"),
                    2 if noise.items => format!("{bare}（{source}）（乙市政府网站）。"),
                    _ => format!("{bare}（{source}）。"),
                };
            } else if !text.ends_with(['。', '；', '：']) {
                text.push('。');
            }
            if mark {
                let space = if self.chance(4) { " " } else { "" };
                text = format!("■{space}{text}");
            }
            let kind = if mark { Kind::Paragraph } else { Kind::Lead };
            blocks.push(Block { kind, text });
        }
    }

    /// The blocks as lines: wrapped, indented, with blank lines between.
    fn lines(&mut self, blocks: &[Block]) -> Vec<String> {
        let noise = self.noise;
        let mut lines: Vec<String> = Vec::new();
        for (at, block) in blocks.iter().enumerate() {
            let next = blocks.get(at + 1).map(|next| next.kind);
            let width = match block.kind {
                Kind::Headline if noise.large_headlines => noise.wrap * 6 / 7,
                _ => noise.wrap,
            };
            let first = match (noise.indent, block.kind) {
                (Indent::First, Kind::Lead | Kind::Paragraph | Kind::Note) => "    ",
                (Indent::Ideographic, Kind::Lead | Kind::Paragraph | Kind::Note) => "　　",
                _ => "",
            };
            let text = format!("{first}{}", block.text);
            let text = match (noise.markdown, block.kind) {
                (
                    Markdown::Headings | Markdown::Lists | Markdown::Links,
                    Kind::Title | Kind::Section,
                ) => {
                    format!("## {text}")
                }
                _ => text,
            };
            for (n, line) in wrap(&text, width, noise.careful_wrap, noise.by_characters)
                .into_iter()
                .enumerate()
            {
                let before = match noise.indent {
                    Indent::All => "  ",
                    Indent::Random if n == 0 => ["", " ", "　", "   "][self.rng.usize(..4)],
                    _ => "",
                };
                lines.push(format!("{before}{line}"));
            }
            for _ in 0..self.gap(block.kind, next) {
                lines.push(String::new());
            }
        }
        lines
    }

    /// How many blank lines stand behind a block.
    fn gap(&mut self, kind: Kind, next: Option<Kind>) -> usize {
        let contents = matches!(kind, Kind::Listed | Kind::ListedSection);
        match self.noise.gaps {
            Gaps::None => 0,
            _ if contents && next == Some(Kind::Listed) => usize::from(self.chance(20)),
            Gaps::Single => 1,
            Gaps::Pictures => match kind {
                Kind::Lead => [1, 3, 5][self.rng.usize(..3)],
                _ => [1, 1, 4][self.rng.usize(..3)],
            },
            Gaps::Headlines => match kind {
                Kind::Headline => 1,
                _ => usize::from(next == Some(Kind::Headline) || next == Some(Kind::Section)),
            },
            // Without wrapping nothing but the blank line could part a headline from a lead that is none.
            Gaps::Random => match kind {
                Kind::Headline | Kind::Cover => 1,
                _ => self.rng.usize(..4),
            },
        }
    }

    /// The lines as text, in pages, with all that sits between characters.
    fn text(&mut self, lines: Vec<String>, truth: &Issue) -> String {
        let noise = self.noise;
        let mut out: Vec<String> = Vec::new();
        let mut page = 1;
        let front = 6;
        for (n, line) in lines.into_iter().enumerate() {
            if noise.page > 0 && n > front && n % noise.page == 0 {
                out.extend(page_break(noise, truth, page, self.rng));
                page += 1;
            }
            out.push(line);
        }
        let end = if noise.crlf { "\r\n" } else { "\n" };
        let mut text = out.join(end);
        if noise.invisible {
            let mut sprinkled = String::with_capacity(text.len() * 2);
            for c in text.chars() {
                sprinkled.push(c);
                if c != '\r' && self.chance(12) {
                    sprinkled.push(
                        ['\u{200b}', '\u{feff}', '\u{200d}', '\u{2060}', '\u{ad}']
                            [self.rng.usize(..5)],
                    );
                }
            }
            text = sprinkled;
        }
        if noise.bom {
            text.insert(0, '\u{feff}');
        }
        text
    }
}

/// The lines that end the `page`-th page and begin the next.
fn page_break(noise: Noise, truth: &Issue, page: usize, rng: &mut Rng) -> Vec<String> {
    let mut lines = Vec::new();
    let gap = |lines: &mut Vec<String>, rng: &mut Rng| {
        for _ in 0..rng.usize(..3) {
            lines.push(String::new());
        }
    };
    gap(&mut lines, rng);
    let footer = match noise.footer {
        Footer::None => None,
        Footer::Bare => Some(format!("{page}")),
        Footer::Dashes => Some(format!("— {page} —")),
        Footer::Page => Some(format!("第 {page} 页")),
        Footer::Of => Some(format!("{page} / 28")),
        Footer::Brackets => Some(format!("〔{page}〕")),
        Footer::Hanzi => Some(format!("第{}页", NUMERALS[(page - 1) % NUMERALS.len()])),
    };
    lines.extend(footer);
    gap(&mut lines, rng);
    let name = &truth.publication;
    let header = match noise.header {
        Header::None => None,
        Header::Name => Some(name.clone()),
        Header::Full => Some(format!("{name}　　{}", number_line(truth))),
        Header::Numbered => Some(format!("{name} | {page}")),
        Header::Other => Some("内部资料 注意保存".to_owned()),
        Header::Both => Some(format!("第{page}页    {name}")),
    };
    // Without a cover nothing says that the name is one.
    let header = header.filter(|_| {
        noise.cover != Cover::None || !matches!(noise.header, Header::Numbered | Header::Both)
    });
    lines.extend(header);
    gap(&mut lines, rng);
    if noise.form_feed {
        match lines.last_mut() {
            Some(last) => last.insert(0, '\u{c}'),
            None => lines.push("\u{c}".to_owned()),
        }
    } else if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

/// The line of the cover that says which issue it is.
pub fn number_line(issue: &Issue) -> String {
    let part = |value: Option<u32>, unit: &str| {
        value
            .map(|value| format!("{value}{unit}"))
            .unwrap_or_default()
    };
    format!(
        "{}{}{}（总{}期）",
        part(issue.year.map(u32::from), "年"),
        part(issue.month.map(u32::from), "月"),
        part(issue.week.map(u32::from), "期"),
        issue.number
    )
}

/// `text` with a space between its characters.
fn spread(text: &str) -> String {
    let letters: Vec<String> = text.chars().map(String::from).collect();
    letters.join(" ")
}

/// Digits and Latin letters in full width.
fn wide(text: &str) -> String {
    let widen = |c: char| match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' => char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c),
        _ => c,
    };
    text.chars().map(widen).collect()
}

fn widen(issue: &mut Issue) {
    for item in issue
        .sections
        .iter_mut()
        .flat_map(|section| &mut section.items)
    {
        item.headline = wide(&item.headline);
        item.contents_headline = item.contents_headline.as_deref().map(wide);
        item.lead = item.lead.as_deref().map(wide);
        item.paragraphs
            .iter_mut()
            .for_each(|text| *text = wide(text));
    }
}

/// Without a mark in the whole item the first of several texts is its lead, and a single one a paragraph; before the first
/// mark all texts are.
fn settle_unmarked(truth: &mut Issue, blocks: &[Block]) {
    let mut items = truth
        .sections
        .iter_mut()
        .flat_map(|section| &mut section.items);
    let mut at = blocks.iter().position(|block| block.kind == Kind::Headline);
    while let (Some(start), Some(item)) = (at, items.next()) {
        let next = blocks[start + 1..]
            .iter()
            .position(|block| block.kind == Kind::Headline);
        let body = &blocks[start + 1..next.map_or(blocks.len(), |next| start + 1 + next)];
        let body: Vec<&Block> = body
            .iter()
            .filter(|block| matches!(block.kind, Kind::Lead | Kind::Paragraph))
            .collect();
        let mut texts: Vec<String> = item
            .lead
            .iter()
            .cloned()
            .chain(item.paragraphs.iter().cloned())
            .collect();
        let leads = match body.iter().position(|block| block.kind == Kind::Paragraph) {
            Some(first) => first,
            None => usize::from(texts.len() > 1),
        };
        let rest = texts.split_off(leads);
        item.lead = (!texts.is_empty()).then(|| texts.iter().map(|text| full(text)).collect());
        item.paragraphs = rest;
        at = next.map(|next| start + 1 + next);
    }
}

fn full(text: &str) -> String {
    if text.ends_with(['。', '；', '：', '！', '？', '”']) {
        text.to_owned()
    } else {
        format!("{text}。")
    }
}

/// `text` in lines of at most `width` columns, or half as many characters; 0 does not wrap.
fn wrap(text: &str, width: usize, careful: bool, by_characters: bool) -> Vec<String> {
    if width == 0 {
        return vec![text.to_owned()];
    }
    let columns = |c: char| {
        if c.is_ascii() && !by_characters { 1 } else { 2 }
    };
    let mut lines = vec![String::new()];
    let mut used = 0;
    let mut units: Vec<String> = Vec::new();
    for c in text.chars() {
        let joins = careful
            && units.last().is_some_and(|unit: &String| {
                let word = |c: char| c.is_ascii_alphanumeric() || c == '.';
                (word(c) && unit.ends_with(word))
                    || "，。、；：！？）》”".contains(c)
                    || unit.ends_with(['（', '《', '“'])
            });
        match units.last_mut() {
            Some(unit) if joins && unit.chars().count() < 12 => unit.push(c),
            _ => units.push(c.to_string()),
        }
    }
    for unit in units {
        let need: usize = unit.chars().map(columns).sum();
        if used > 0 && used + need > width {
            lines.push(String::new());
            used = 0;
        }
        used += need;
        lines.last_mut().unwrap().push_str(&unit);
    }
    lines
}
