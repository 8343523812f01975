//! What was launched or issued: the object of 启动, 发布 and their like, which says what happened (§8).
//! Looks at the words before and behind only; must not look further than the clause.

use crate::issue::Stage;
use aho_corasick::AhoCorasick;
use std::ops::Range;
use std::sync::LazyLock;

/// Words and the stage that each tells of.
type Table = &'static [(&'static [&'static str], Stage)];

/// Finds the words of a table.
struct Finder {
    search: AhoCorasick,
    /// Of each word.
    stages: Vec<Stage>,
}

impl Finder {
    fn of(table: Table) -> Self {
        let words = table
            .iter()
            .flat_map(|(words, stage)| words.iter().map(move |word| (*word, *stage)));
        let (words, stages): (Vec<&str>, Vec<Stage>) = words.unzip();
        let search = AhoCorasick::new(words)
            .unwrap_or_else(|fault| unreachable!("the table is part of the program: {fault}"));
        Self { search, stages }
    }
}

static LAUNCHERS: LazyLock<Finder> = LazyLock::new(|| Finder::of(LAUNCHED));
static ISSUERS: LazyLock<Finder> = LazyLock::new(|| Finder::of(ISSUED));

/// Ends of what is launched. Of several the last is the head of a Chinese noun phrase.
const LAUNCHED: Table = &[
    (
        &[
            "项目",
            "工程",
            "建设",
            "施工",
            "改造",
            "扩建",
            "开发",
            "生产线",
            "产线",
            "基地",
            "产业园",
            "工厂",
            "厂房",
            "电站",
            "码头",
            "高速",
            "铁路",
            "地铁",
        ],
        Stage::Started,
    ),
    (
        &[
            "基金",
            "平台",
            "联盟",
            "中心",
            "实验室",
            "研究院",
            "学院",
            "协会",
            "小镇",
            "园区",
            "孵化器",
            "共同体",
            "试点",
            "示范区",
            "合作区",
            "驿站",
        ],
        Stage::Established,
    ),
    (
        &[
            "活动",
            "大赛",
            "行动",
            "大会",
            "论坛",
            "博览会",
            "招商",
            "季",
            "周",
            "节",
            "月",
            "赛",
            "展",
            "招聘",
            "工作",
            "会",
            "征集",
            "申报",
            "评选",
            "培训",
            "直播",
        ],
        Stage::Event,
    ),
    (
        &["运营", "运行", "投产", "生产", "试车"],
        Stage::InOperation,
    ),
];

/// Ends of what is issued.
const ISSUED: Table = &[
    (
        &[
            "意见",
            "办法",
            "条例",
            "措施",
            "细则",
            "通知",
            "政策",
            "规定",
            "方案",
            "指引",
            "准则",
            "导则",
            "决定",
            "新规",
            "举措",
            "十条",
            "章程",
            "制度",
            "标准",
            "纲要",
            "补贴",
            "新政",
            "实施方案",
        ],
        Stage::PolicyIssued,
    ),
    (
        &[
            "规划",
            "设计",
            "设计方案",
            "行动计划",
            "计划",
            "路线图",
            "清单",
            "蓝图",
            "愿景",
        ],
        Stage::Planned,
    ),
    (
        &[
            "报告",
            "指数",
            "榜",
            "榜单",
            "名单",
            "排名",
            "排行",
            "成果",
            "白皮书",
            "蓝皮书",
            "产品",
            "数据",
            "案例",
            "研究",
            "统计",
            "新品",
            "大模型",
            "芯片",
            "系统",
            "品牌",
        ],
        Stage::Other,
    ),
];

/// What was done by 启动, where the clause says what was launched.
pub(super) fn launched(before: &str, behind: &str) -> Option<Stage> {
    let ceremony = ["仪式", "活动", "会", "暨", "、", "并", "在", "于"];
    if behind.starts_with("建设") {
        return Some(Stage::Started);
    }
    let is_last = behind.is_empty() || ceremony.iter().any(|word| behind.starts_with(word));
    let behind = if is_last {
        None
    } else {
        last(&LAUNCHERS, behind)
    };
    behind
        .or_else(|| last(&LAUNCHERS, before))
        .map(|(stage, _)| stage)
}

/// What was done by 发布, where the clause says what was issued.
pub(super) fn issued(before: &str, behind: &str) -> Option<Stage> {
    let ceremony = ["会", "仪式"];
    if ceremony.iter().any(|word| behind.starts_with(word)) {
        return None;
    }
    let found = last(&ISSUERS, behind).or_else(|| last(&ISSUERS, before));
    found.map(|(stage, _)| stage)
}

/// What the document is that a headline without any deed ends with, and where the word for it stands.
pub(super) fn document(headline: &str) -> Option<(Stage, Range<usize>)> {
    let quoted = headline.find('《').is_some() && headline.contains('》');
    let (stage, bytes) = last(&ISSUERS, headline)?;
    let behind = &headline[bytes.end..];
    let is_at_end = behind.chars().all(|c| matches!(c, '》' | '”' | ')'))
        || (quoted && behind.starts_with(['》', '(']));
    (is_at_end && stage != Stage::Other).then_some((stage, bytes))
}

/// The stage of the word that ends last in `text`, the longest of those; and where it stands. A single character tells only at
/// the end.
fn last(finder: &Finder, text: &str) -> Option<(Stage, Range<usize>)> {
    let found = finder.search.find_overlapping_iter(text);
    let found = found.filter_map(|found| {
        let bytes = found.range();
        let is_single = text[bytes.clone()].chars().nth(1).is_none();
        let stage = *finder.stages.get(found.pattern().as_usize())?;
        (!is_single || bytes.end == text.len()).then_some((stage, bytes))
    });
    found.max_by_key(|(_, bytes)| (bytes.end, bytes.len()))
}
