//! The source bracket: whether the bracket that closes a text names one.
//! Judged by form alone; must not know any source by name.
//!
//! Other brackets close a text too (“…（一期）（江苏省政府网站）。”, “…枢纽(太原)等(…网站)。”), so the name has to end the way
//! sources do. A bracket of its own behind a full stop (“…通车。（综合）”) is no part of a sentence and may end otherwise.

/// A text less its source.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Attributed<'a> {
    /// What stands before the bracket.
    pub(super) text: &'a str,
    /// The name in it.
    pub(super) source: &'a str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Trust {
    Form,
    Name,
}

const fn is_closer(c: char) -> bool {
    matches!(c, '）' | ')' | '】' | '〕' | ']' | '］' | '﹚')
}

const fn is_opener(c: char) -> bool {
    matches!(c, '（' | '(' | '【' | '〔' | '[' | '［' | '﹙')
}

const fn is_stop(c: char) -> bool {
    matches!(c, '。' | '．' | '.' | '；' | ';' | '，' | ',' | '、')
}

/// Longest bracket that is looked at, in characters; the names of sources have up to 30.
const LONGEST: usize = 60;

/// Takes the source off the end of `text`. Of two brackets that both name one the first is the source, and neither is text.
pub(super) fn attributed(text: &str) -> Option<Attributed<'_>> {
    if let Some(source) = labelled(text) {
        return Some(Attributed { text: "", source });
    }
    if let Some(attributed) = labelled_behind(text) {
        return Some(attributed);
    }
    let mut rest = text;
    let mut found: Option<(Trust, Attributed<'_>)> = None;
    while let Some((before, inner)) = last_bracket(rest) {
        let behind_stop = before
            .trim_end_matches(['”', '’'])
            .ends_with(['。', '！', '？']);
        let source = name(inner);
        let said = inner.len() > source.len()
            && LABELS.iter().any(|label| inner.starts_with(label))
            && inner.contains(['：', ':'])
            && is_said(source);
        let trust = if said {
            Some(Trust::Name)
        } else {
            trust(source, behind_stop)
        };
        if let Some(trust) = trust
            && found
                .as_ref()
                .is_none_or(|(other, _)| trust >= *other || is_plain_name(source))
        {
            found = Some((
                trust,
                Attributed {
                    text: before,
                    source,
                },
            ));
        } else if !is_remark(inner) {
            // A part of the sentence, which no source stands before.
            break;
        }
        rest = before;
    }
    found.map(|(_, attributed)| attributed)
}

/// As [`attributed`], for the last text of an item where others name their sources: any name in the bracket will do.
pub(super) fn closed_by_name(text: &str) -> Option<Attributed<'_>> {
    let (before, inner) = last_bracket(text)?;
    let source = name(inner);
    let length = source.chars().take(NAME + 1).count();
    let is_name = (3..=NAME).contains(&length)
        && !source.contains([
            '。', '；', '！', '？', '，', '：', '、', ',', ';', '!', '?', ':',
        ])
        && source.contains(char::is_alphabetic)
        && !begins(source, REMARKS)
        && !begins(source, PARTS)
        && !ends(source, PART_ENDS);
    (is_name && !before.is_empty()).then_some(Attributed {
        text: before,
        source,
    })
}

/// Longest name that is one by its place alone, in characters.
const NAME: usize = 20;

/// Whether a bracket that stands before a source is short enough to be one itself, and no list.
fn is_plain_name(source: &str) -> bool {
    source.chars().nth(8).is_none() && !source.contains(['、', '和'])
}

/// Whether the words of a bracket may stand behind a source without being text: a reporter, a second name.
fn is_remark(inner: &str) -> bool {
    inner.chars().nth(REMARK).is_none() && !inner.contains(['，', '。', '；', ',', ';'])
}

/// Longest remark behind a source, in characters.
const REMARK: usize = 20;

/// The bracket that `text` ends with: what is before it, and what is in it. A full stop may follow it; full and half width
/// may be mixed.
fn last_bracket(text: &str) -> Option<(&str, &str)> {
    let closed = text.trim_end_matches(|c: char| c.is_whitespace() || is_stop(c));
    let inner = closed.strip_suffix(is_closer)?;
    let mut depth = 0_u32;
    for (at, c) in inner.char_indices().rev().take(LONGEST) {
        if is_closer(c) {
            depth += 1;
        } else if is_opener(c) {
            if depth == 0 {
                let before = inner[..at].trim_end();
                return Some((before, inner[at + c.len_utf8()..].trim()));
            }
            depth -= 1;
        }
    }
    None
}

/// The name without a label (`来源：`) and a full stop inside the bracket.
fn name(inner: &str) -> &str {
    let plain = inner.trim_end_matches(|c: char| c.is_whitespace() || is_stop(c));
    let labelled = LABELS.into_iter().find_map(|label| {
        let rest = plain.strip_prefix(label)?;
        let bare = rest.trim_start();
        if let Some(name) = bare.strip_prefix(['：', ':']) {
            return Some(name.trim());
        }
        // Without a colon only before what is a name without doubt: “据”, “来自” may begin one.
        let apart = bare.len() < rest.len() || VERBS.contains(&label);
        (apart && ends(bare, SURE_ENDS)).then_some(bare)
    });
    undated(labelled.unwrap_or(plain))
}

/// `name` without a day behind it: `湖南日报 2023-01-05`, `湖南日报，1月5日`.
fn undated(name: &str) -> &str {
    let part = |c: char| c.is_ascii_digit() || "年月日-./".contains(c) || c.is_whitespace();
    let bare = name.trim_end_matches(part);
    let day = &name[bare.len()..];
    let comma = bare.strip_suffix(['，', ',', '、']);
    let apart = comma.is_some() || day.starts_with(char::is_whitespace);
    if apart && day.contains(|c: char| c.is_ascii_digit()) {
        comma.unwrap_or(bare).trim_end()
    } else {
        name
    }
}

/// The source that a text is and nothing else, by its label: `来源：某某网站`.
fn labelled(text: &str) -> Option<&str> {
    // A signature: `——某某网站`.
    if let Some(name) = text.strip_prefix("——") {
        let name = name
            .trim_end_matches(|c: char| c.is_whitespace() || is_stop(c))
            .trim();
        return Some(name).filter(|name| trust(name, true) == Some(Trust::Name));
    }
    // A text may be long, and is asked again with each line that it grows by.
    let label = LABELS.iter().find(|label| text.starts_with(*label))?;
    let source = text[label.len()..].trim_start().strip_prefix(['：', ':'])?;
    let source = undated(
        source
            .trim_end_matches(|c: char| c.is_whitespace() || is_stop(c))
            .trim(),
    );
    (!VERBS.contains(label) && !text.ends_with(['）', ')']) && is_said(source)).then_some(source)
}

/// The source that is named by its label behind the last sentence: `……开工。来源：某某网站`.
fn labelled_behind(text: &str) -> Option<Attributed<'_>> {
    // The longest first: one is the end of most others.
    let labels = LABELS[1..].iter().chain(&LABELS[..1]);
    let mut labels = labels.filter(|label| !VERBS.contains(label));
    // A text may be long, and is asked again with each line that it grows by.
    let tail = text.char_indices().rev().nth(LONGEST);
    let tail = tail.map_or(0, |(at, _)| at);
    labels.find_map(|label| {
        let (before, behind) = text.split_at(tail + text[tail..].rfind(label)?);
        let before = before.trim_end();
        let stop = before.trim_end_matches(['”', '’']);
        let source = labelled(behind).filter(|_| stop.ends_with(['。', '！', '？']))?;
        Some(Attributed {
            text: before,
            source,
        })
    })
}

/// Whether a label leaves no doubt that `name` is one.
fn is_said(name: &str) -> bool {
    let length = name.chars().take(32).count();
    (2..=30).contains(&length)
        && !name.contains(['。', '；', '！', '？', '，', ';', '!', '?'])
        && !name.starts_with("//")
}

fn trust(name: &str, behind_stop: bool) -> Option<Trust> {
    // A scanner may leave a space behind every character.
    let spaced = name.contains(char::is_whitespace);
    let compact: String = if spaced {
        name.split_whitespace().collect()
    } else {
        String::new()
    };
    let name = if spaced { &compact } else { name };
    let length = name.chars().take(32).count();
    if !(2..=30).contains(&length)
        || name.contains(['。', '；', '！', '？', '，', '：', ',', ';', '!', '?', ':'])
    {
        return None;
    }
    let plain = name.trim_end_matches(['”', '》', '"']);
    if ends(plain, SURE_ENDS) {
        return Some(Trust::Name);
    }
    let has_digit = name.contains(|c: char| c.is_numeric());
    let by_form = length >= 3 && ends(plain, ENDS) && !begins(plain, PARTS);
    let alone = behind_stop && length >= 4 && !begins(name, REMARKS);
    let other = ends(plain, OTHER_ENDS);
    ((by_form || alone) && !has_digit && !other).then_some(Trust::Form)
}

/// Labels that need no colon.
const VERBS: [&str; 3] = ["据", "摘自", "来自"];

/// What a source is called.
const LABELS: [&str; 9] = [
    "来源",
    "信息来源",
    "资料来源",
    "消息来源",
    "稿件来源",
    "文章来源",
    "据",
    "摘自",
    "来自",
];

/// Ends that leave no doubt.
const SURE_ENDS: &str = "青年报 少年报 海外版 电讯 经济报道 融媒 红网 财新 财新网 36氪 界面 钛媒体 IT之家 南方+ 学习强国 交汇点 \
    网站 官网 门户 政府网 新闻网 新闻 日报 晚报 早报 晨报 时报 商报 周报 快报 导报 都市报 \
    公众号 微信 微博 客户端 通讯社 新华社 新华网 人民网 中新网 电视台 融媒体 融媒体中心 杂志 周刊 \
    人民政府 管委会 管理委员会";
/// Ends that many sources have, and other words too.
const ENDS: &str = "网 报 社 刊 台 部 委 局 厅 办 署 政府 发布 财经 在线 观察 资讯 委员会 办公室 协会 联合会 学会 商会 \
    促进会 贸促会 研究院 研究所 智库 信通院 国务院 证监会 银保监会 人民银行";
/// Words with such an end that stand in brackets for other reasons.
const OTHER_ENDS: &str = "总部 西部 东部 南部 北部 中部 全部 内部 外部 局部 干部 分部 事业部 电网 互联网 物联网 \
    车联网 管网 路网 内网 外网 专网 光网 水网 热网 铁路网 合作社 旅行社 供销社 公社 申报 预报 海报 年报 上报 填报 \
    平台 舞台 主办 承办 举办";
/// What a bracket begins with that explains a part of the sentence.
const PARTS: &str =
    "含 原 包括 不含 约 即 其中 以下 简称 下称 暂 拟 共 占 另 第 一期 二期 三期 由 与 和 及 以";
/// What such a bracket ends with.
const PART_ENDS: &str = "期 年 月 日 万 亿 元 亩 米 公里 个 家 项 人 条 号 版 稿 批 届 级 倍 % ％ 试行 修订 草案 左右 以上 以下 在内 季度";

/// What a bracket behind a full stop begins with where it is a remark.
const REMARKS: &str = "图 文 记者 编辑 通讯员 注 见 详见 未完 以下 其中";

fn ends(name: &str, words: &str) -> bool {
    words.split(' ').any(|end| name.ends_with(end))
}

fn begins(name: &str, words: &str) -> bool {
    words.split(' ').any(|start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Option<(&str, &str)> {
        attributed(text).map(|attributed| (attributed.text, attributed.source))
    }

    #[test]
    fn the_closing_bracket_in_either_width() {
        assert_eq!(
            source("等方向（江苏省政府网站）。"),
            Some(("等方向", "江苏省政府网站"))
        );
        assert_eq!(
            source("等方向(科技部网站) ．"),
            Some(("等方向", "科技部网站"))
        );
        assert_eq!(
            source("等方向（科技部网站)。"),
            Some(("等方向", "科技部网站"))
        );
        assert_eq!(
            source("等方向。（ 来源：某某日报。）"),
            Some(("等方向。", "某某日报"))
        );
        assert_eq!(source("（大理政府网站）"), Some(("", "大理政府网站")));
        assert_eq!(
            source("开通（山海市交通局）。"),
            Some(("开通", "山海市交通局"))
        );
    }

    #[test]
    fn a_label_names_the_source_without_a_bracket() {
        assert_eq!(source("来源：科技部网站"), Some(("", "科技部网站")));
        assert_eq!(source("来源：一是技术，二是资金。"), None);
        assert_eq!(source("来源广泛"), None);
        assert_eq!(
            source("据介绍，项目开工。　　来源：山海市网站"),
            Some(("据介绍，项目开工。", "山海市网站"))
        );
        assert_eq!(
            source("项目开工。信息来源：山海日报。"),
            Some(("项目开工。", "山海日报"))
        );
        assert_eq!(source("项目的资金来源：自筹"), None);
        assert_eq!(source("项目开工。资金来源：自筹，贷款。"), None);
    }

    #[test]
    fn a_name_may_be_spaced() {
        assert_eq!(
            source("等 方 向 （ 科 技 部 网 站 ） 。"),
            Some(("等 方 向", "科 技 部 网 站"))
        );
    }

    #[test]
    fn brackets_of_the_text_stay() {
        assert_eq!(
            source("（投资142亿元）（山海政府网站）。"),
            Some(("（投资142亿元）", "山海政府网站"))
        );
        assert_eq!(
            source("枢纽(太原)等(山海网站)"),
            Some(("枢纽(太原)等", "山海网站"))
        );
        for text in [
            "项目（一期）。",
            "博览会（CITE 2022）。",
            "三同（以下简称“三同”）。",
            "迁入（企业总部）。",
            "并入（国家电网）。",
            "试行（2022年。今后另行发布）",
            "没有括号。",
            "没有开头的括号）。",
            "通过。（第一辑）",
            "打造“一园三区”（总面积约十平方公里）。",
            "通过。（记者 王某某）",
            "（）",
        ] {
            assert_eq!(source(text), None, "{text}");
        }
    }

    #[test]
    fn of_two_sources_the_first_and_neither_is_text() {
        assert_eq!(
            source("开工（甲省政府网站）（乙市政府网站）。"),
            Some(("开工", "甲省政府网站"))
        );
        assert_eq!(
            source("开工（甲省政府网站）（记者 王某）。"),
            Some(("开工", "甲省政府网站"))
        );
        assert_eq!(source("开工（甲省政府网站）（一期，二期）。"), None);
        assert_eq!(
            source("入股（国家能源局）（乙市政府网站）。"),
            Some(("入股", "国家能源局"))
        );
        assert_eq!(
            source("入股（含国家能源局）（乙市政府网站）。"),
            Some(("入股（含国家能源局）", "乙市政府网站"))
        );
    }

    #[test]
    fn behind_a_full_stop_the_form_is_free() {
        assert_eq!(
            source("已经通车。（综合整理）"),
            Some(("已经通车。", "综合整理"))
        );
        assert_eq!(source("已经通车（综合整理）。"), None);
    }

    #[test]
    fn a_wall_of_brackets_is_read_once() {
        assert_eq!(source(&"（".repeat(100_000)), None);
        assert_eq!(source(&"）".repeat(100_000)), None);
        assert_eq!(source(&"（甲）".repeat(50_000)), None);
    }
}
