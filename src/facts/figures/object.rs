//! What the headline names: several projects, one, or an event that is no project (§1).

use super::super::ends::{end, without_end};
use super::super::near;
use super::super::numeral::{Numeral, numerals};
use super::super::story::Story;
use super::units::is_count;
use crate::issue::Stage;
use std::sync::LazyLock;

/// The object that figures are looked for.
#[derive(Debug)]
pub(super) struct Object {
    pub kind: Kind,
    /// Folded.
    headline: String,
    /// Pairs of characters of the headline that may tell its name from others.
    names: Pairs,
    /// Whether it is a park or a base, which may be pointed to as one.
    is_park: bool,
    /// What the headline tells was done.
    done: Vec<&'static str>,
    /// Which phase the headline takes for a project of its own: 三期项目.
    pub phase: Option<&'static str>,
}

/// What kind of thing the headline names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Several projects, or projects without a name.
    Several,
    /// One project, by its name.
    One,
    /// Something else: a park, a fair, a congress.
    Event,
}

/// Words that make projects several, or leave them without a name.
const SEVERAL: [&str; 25] = [
    "多项",
    "多个项目",
    "多个重",
    "集中签约",
    "集中开工",
    "集中开竣工",
    "集中开(竣)工",
    "集中竣工",
    "集中投产",
    "集中奠基",
    "集中启动",
    "集中落地",
    "集中落户",
    "项目集中",
    "一批项目",
    "批项目",
    "批重大",
    "批重点",
    "批产业",
    "等项目",
    "等重大项目",
    "系列项目",
    "项目专场",
    "集中推进",
    "集体签约",
];

/// Words before 项目 that are no name of one.
const GENERIC: [&str; 31] = [
    "百亿",
    "十亿",
    "亿元",
    "重大",
    "重点",
    "产业",
    "招商",
    "招商引资",
    "工业",
    "民生",
    "签约",
    "建设",
    "投资",
    "合作",
    "产业链",
    "开工",
    "优质",
    "科技",
    "制造业",
    "服务业",
    "新兴产业",
    "先进制造业",
    "战略性新兴产业",
    "推进",
    "省级",
    "市级",
    "外资",
    "亿元以上",
    "(竣)工",
    "高质量",
    "百亿级",
];

/// What stands before the words of [`GENERIC`] where they are no part of a name.
const BEFORE_GENERIC: [&str; 27] = [
    "市", "区", "县", "省", "州", "旗", "盟", "年", "度", "季度", "季", "月", "批", "级", "全",
    "暨", "及", "和", "与", "举行", "召开", " ", ",", "会", "的", "引资", "个",
];

/// Pairs that any item may have.
const COMMON: &str = "项目 投资 总投 亿元 万元 开工 签约 建设 举行 仪式 重大 重点 产业 基地 园区 集团 公司 有限 举办 正式 落户 落地 投产 竣工 集中 活动 科技 中心 新区 工程 开发 发区 经开 高新 \
                      成功 一期 二期 三期 年产 综合 地区 市经 江苏 浙江 广东 中国 全国";

/// Phases as they are named.
pub(super) const PHASES: [&str; 8] = ["一期", "二期", "三期", "四期", "五期", "首期", "1期", "2期"];

/// The object of the headline.
pub(super) fn of(story: &Story, stage: Stage) -> Object {
    let headline = headline(story);
    let mut kind = if is_several(headline) || has_more_projects(headline) {
        Kind::Several
    } else if is_of_project(headline) || !is_event(headline, stage) {
        Kind::One
    } else {
        Kind::Event
    };
    let bare = headline.replace(['(', ')'], "");
    let phase = PHASES.into_iter().find(|phase| {
        let named = bare.match_indices(phase);
        let mut behind = named.map(|(at, _)| &bare[at + phase.len()..]);
        behind.any(|rest| rest.starts_with("项目") || rest.starts_with("工程"))
    });
    let names = Pairs::of(headline);
    if kind == Kind::One && has_counted(story, &names) {
        kind = Kind::Several;
    }
    Object {
        kind,
        headline: headline.to_owned(),
        names,
        is_park: ["园", "基地", "城", "谷", "港"]
            .iter()
            .any(|word| headline.contains(word)),
        done: DEEDS
            .into_iter()
            .filter(|deed| headline.contains(deed))
            .collect(),
        phase,
    }
}

/// The headline; where that is another item's, the sentence that the body begins with (§1: the body wins).
fn headline(story: &Story) -> &str {
    let own = story.headline.text.as_str();
    let lead = story.body.first().map_or("", |line| line.text.as_str());
    if own.is_empty() {
        near::first(lead.split('。').next().unwrap_or(lead))
    } else {
        own
    }
}

/// Whether a sentence tells of several projects, each by its name: 甲项目投产仪式、乙项目开工仪式分别举行.
fn has_more_projects(sentence: &str) -> bool {
    sentence.contains("分别") && sentence.matches("项目").nth(1).is_some()
}

/// Whether a headline names a project, and not an occasion for some.
fn is_of_project(headline: &str) -> bool {
    let occasions = ["对接", "推介", "洽谈", "路演", "交流", "观摩", "招商"];
    headline.match_indices("项目").any(|(at, word)| {
        let rest = &headline[at + word.len()..];
        !occasions.iter().any(|occasion| rest.starts_with(occasion))
            && !["合作推介", "投资推介", "合作洽谈", "合作对接"]
                .iter()
                .any(|occasion| rest.starts_with(occasion))
    })
}

/// Whether a headline names several projects, or some without a name.
fn is_several(headline: &str) -> bool {
    if SEVERAL.iter().any(|word| headline.contains(word)) {
        return true;
    }
    if numerals(headline).any(|number| is_count(headline, &number).is_some()) {
        return true;
    }
    headline
        .match_indices("项目")
        .any(|(at, _)| is_generic(&headline[..at]) && !is_listed(&headline[..at]))
}

/// Words that point to the ceremony of the headline.
const POINTS: [&str; 3] = ["此次", "本次", "这次"];

/// Whether the body counts what the headline names: 此次签约的4个奶源基地项目.
fn has_counted(story: &Story, names: &Pairs) -> bool {
    let counted = |text: &str, number: &Numeral| {
        let before = near::last(&text[..number.range.start]);
        let behind = near::first(&text[number.range.end..]);
        let sentence = before.rsplit(['。', ';']).next().unwrap_or(before);
        let clause = sentence.rsplit(',').next().unwrap_or(sentence);
        let shared = |text| pairs(text).filter(|(_, pair)| names.have(*pair)).count();
        let kind = behind.find("项目").map_or("", |end| &behind[..end]);
        let is_pointed = POINTS.iter().any(|word| clause.starts_with(word)) && shared(kind) > 0;
        // 甲项目开工活动举行,共开工10个项目
        let summed = clause
            .strip_prefix('共')
            .is_some_and(|rest| DEEDS.iter().any(|deed| rest.starts_with(deed)));
        let is_summed = summed && shared(sentence) >= 3;
        is_pointed || is_summed
    };
    let mut texts = story.body.iter().map(|line| line.text.as_str());
    let is_told =
        |text, number: &Numeral| is_count(text, number).is_some() && counted(text, number);
    texts.any(|text| numerals(text).any(|number| is_told(text, &number)))
}

/// Whether something is put on a list of projects: 列入省重大项目.
fn is_listed(before: &str) -> bool {
    ["列入", "入选", "纳入", "获评", "列为"]
        .iter()
        .any(|word| before.contains(word))
}

/// Whether what stands before 项目 is no name of one.
pub(super) fn is_generic(before: &str) -> bool {
    let mut rest = before;
    while let Some(shorter) = without_end(rest, &GENERIC) {
        rest = shorter;
    }
    rest.is_empty() || end(rest, &BEFORE_GENERIC).is_some()
}

/// Whether a headline without a project is of something that other things happen at.
fn is_event(headline: &str, stage: Stage) -> bool {
    let words = [
        "大会",
        "论坛",
        "峰会",
        "推介会",
        "洽谈会",
        "博览会",
        "交流会",
        "招商会",
        "活动",
        "会议",
        "仪式",
        "展会",
        "开幕",
        "恳谈会",
        "对接会",
        "签约会",
        "发布会",
        "见面会",
        "座谈会",
    ];
    matches!(stage, Stage::Established | Stage::Event | Stage::Other)
        || words.iter().any(|word| headline.contains(word))
}

impl Object {
    /// Whether a text names the object, or points to it.
    pub fn is_named_in(&self, text: &str) -> bool {
        self.named_by(text).is_some()
    }

    /// The byte by which a text has named the object, or pointed to it: two pairs of its name, or a word for it.
    pub fn named_by(&self, text: &str) -> Option<usize> {
        let mut shared = pairs(text).filter(|(_, pair)| self.names.have(*pair));
        let by_pairs = shared
            .next()
            .and_then(|(_, first)| shared.find(|(_, pair)| *pair != first));
        let parks: &[&str] = if self.is_park { &PARKS } else { &[] };
        let words = POINTERS.iter().chain(parks);
        let by_words = words.filter_map(|word| Some(text.find(word)? + word.len()));
        by_words.chain(by_pairs.map(|(end, _)| end)).min()
    }

    /// Whether a text names a place of a kind that the headline does not speak of: the town around a works.
    pub fn is_other_place(&self, text: &str) -> bool {
        let kinds = [
            "小镇",
            "新城",
            "园区",
            "片区",
            "产业园",
            "科技城",
            "产业带",
            "集群",
        ];
        let name: String = text.chars().take(12).collect();
        kinds
            .iter()
            .any(|kind| name.contains(kind) && !self.headline.contains(kind))
    }

    /// Whether the headline names a phase, as one or as a part of it.
    pub fn has_phase(&self, phase: &str) -> bool {
        self.headline.contains(phase)
    }

    /// Whether a text is a short name of it: 产业园 where the headline has one.
    pub fn is_called(&self, text: &str) -> bool {
        (2..=6).contains(&text.chars().count()) && self.headline.contains(text)
    }

    /// Whether a text points to what is around the object: the park of a project.
    pub fn is_surrounded_by(&self, text: &str) -> bool {
        !self.is_park && PARKS.iter().any(|word| text.contains(word))
    }

    /// Whether what a text tells was done is what the headline tells; or either of them tells nothing.
    pub fn has_done(&self, text: &str) -> bool {
        let mut told = DEEDS
            .into_iter()
            .filter(|deed| text.contains(deed))
            .peekable();
        self.done.is_empty() || told.peek().is_none() || told.any(|deed| self.done.contains(&deed))
    }
}

/// Words that point to what was just named.
const POINTERS: [&str; 4] = ["该项目", "本项目", "此项目", "这一项目"];
/// Words that point to a park.
const PARKS: [&str; 5] = ["该基地", "该园区", "该产业园", "该开发区", "该园"];

/// What is done to projects, as the counts of a ceremony are told apart by it.
const DEEDS: [&str; 8] = [
    "签约", "开工", "竣工", "投产", "奠基", "开建", "落户", "启动",
];

/// Pairs of characters, each once and in order.
#[derive(Debug)]
struct Pairs(Vec<[char; 2]>);

impl Pairs {
    /// Those of a name, less those that any item may have.
    fn of(name: &str) -> Self {
        static COMMON_PAIRS: LazyLock<Pairs> = LazyLock::new(|| {
            let common = COMMON.split(' ').flat_map(pairs);
            Pairs::sorted(common.map(|(_, pair)| pair))
        });
        let own = pairs(name).map(|(_, pair)| pair);
        Self::sorted(own.filter(|pair| !COMMON_PAIRS.have(*pair)))
    }

    fn sorted(pairs: impl Iterator<Item = [char; 2]>) -> Self {
        let mut pairs: Vec<_> = pairs.collect();
        pairs.sort_unstable();
        pairs.dedup();
        Self(pairs)
    }

    fn have(&self, pair: [char; 2]) -> bool {
        self.0.binary_search(&pair).is_ok()
    }
}

/// Pairs of letters that stand side by side, each with the byte where it ends.
fn pairs(text: &str) -> impl Iterator<Item = (usize, [char; 2])> {
    let mut before = None;
    text.char_indices().filter_map(move |(at, c)| {
        let first = std::mem::replace(&mut before, is_letter(c).then_some(c))?;
        Some((at + c.len_utf8(), [first, before?]))
    })
}

/// Asked of every character; most are hanzi, which need no table.
fn is_letter(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}') || (c.is_alphanumeric() && !c.is_ascii_digit())
}
