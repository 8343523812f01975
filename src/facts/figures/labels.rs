//! What a number counts, by the words before it (§5, §7): a table, each row with an example, of which a test makes sure.

use super::super::ends::{is_end, without_end};

/// What a label makes of the amount behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Total investment.
    Counts,
    /// Some other money.
    Not,
}

/// A label of amounts of money.
pub(super) struct Label {
    /// How it ends.
    pub words: &'static str,
    pub verdict: Verdict,
    /// A clause with it.
    #[cfg_attr(not(test), allow(dead_code))] // read by the test alone
    pub example: &'static str,
}

const fn counts(words: &'static str, example: &'static str) -> Label {
    Label {
        words,
        verdict: Verdict::Counts,
        example,
    }
}

const fn not(words: &'static str, example: &'static str) -> Label {
    Label {
        words,
        verdict: Verdict::Not,
        example,
    }
}

/// The labels of money (§5). Of those that fit the longest counts.
pub(super) const MONEY: &[Label] = &[
    counts("投资", "计划投资80亿元"),
    counts("投资额", "投资额376亿元"),
    counts("投资额度", "投资额度达5亿元"),
    counts("投资总额", "投资总额204.2亿元"),
    counts("投资金额", "投资金额30亿元"),
    counts("总投资规模", "总投资规模约30亿元"),
    counts("投资规模", "投资规模达30亿元"),
    counts("投资总规模", "投资总规模达30亿元"),
    counts("引资额", "合同引资额60亿元"),
    counts("引资总额", "引资总额60亿元"),
    counts("引资", "总引资60亿元"),
    counts("引资金额", "引资金额60亿元"),
    counts("签约金额", "签约金额303亿元"),
    counts("签约总金额", "签约总金额303亿元"),
    counts("签约额", "签约额303亿元"),
    counts("签约总额", "签约总额303亿元"),
    counts("签约资金", "签约资金303亿元"),
    counts("协议金额", "协议金额303亿元"),
    counts("协议总金额", "协议总金额303亿元"),
    counts("协议总额", "协议总额303亿元"),
    counts("协议资金", "协议资金303亿元"),
    counts("总金额", "项目总金额达340亿"),
    counts("项目金额", "项目金额达340亿"),
    counts("斥资", "斥资5800万美元"),
    counts("概算", "项目概算12亿元"),
    counts("投资概算", "投资概算12亿元"),
    counts("投资估算", "投资估算12亿元"),
    // What follows is not the whole of a project.
    not("平均投资", "平均投资3亿元"),
    not("单体投资", "平均单体投资3亿元"),
    not("年度计划投资", "年度计划投资1956.7亿元"),
    not("年度计划总投资", "年度计划总投资1956.7亿元"),
    not("年计划投资", "2023年计划投资40亿元"),
    not("年计划完成投资", "今年计划完成投资40亿元"),
    not("年度投资", "年度投资40亿元"),
    not("年度投资额", "年度投资额40亿元"),
    not("年内计划投资", "年内计划投资40亿元"),
    not("年内投资", "年内投资40亿元"),
    not("当年投资", "当年投资40亿元"),
    not("今年投资", "今年投资40亿元"),
    not("完成投资", "年内完成投资40亿元"),
    not("完成总投资", "已完成总投资40亿元"),
    not("完成投资额", "完成投资额40亿元"),
    not("完成固定资产投资", "完成固定资产投资40亿元"),
    not("亩投资", "每亩投资500万元"),
    not("亩均投资", "亩均投资500万元"),
    not("投资强度", "投资强度500万元"),
    not("亩均投资强度", "亩均投资强度500万元"),
    not("设备投资", "设备投资3亿元"),
    not("研发投资", "研发投资3亿元"),
    not("股权投资", "获得股权投资3亿元"),
    not("风险投资", "获得风险投资3亿元"),
    not("对外投资", "对外投资3亿元"),
    not("外商投资", "实际使用外商投资3亿美元"),
    not("社会投资", "带动社会投资3亿元"),
    not("民间投资", "带动民间投资3亿元"),
    not("带动投资", "带动投资3亿元"),
    not("拉动投资", "拉动投资3亿元"),
    not("撬动投资", "撬动投资3亿元"),
    not("合同总金额", "合同总金额3亿元"),
    not("合同金额", "合同金额3亿元"),
    not("合同总额", "合同总额3亿元"),
    not("订单总金额", "订单总金额3亿元"),
    not("中标总金额", "中标总金额3亿元"),
    not("中标金额", "中标金额3亿元"),
    not("成交总金额", "成交总金额3亿元"),
    not("采购总金额", "采购总金额3亿元"),
    not("交易总金额", "交易总金额3亿元"),
    not("贷款总金额", "贷款总金额3亿元"),
    not("授信总金额", "授信总金额3亿元"),
    not("补贴总金额", "补贴总金额3亿元"),
    not("奖励总金额", "奖励总金额3亿元"),
    not("贸易签约额", "贸易签约额3亿元"),
    not("采购签约额", "采购签约额3亿元"),
];

/// The labels of land (§7). Of those that fit the longest counts.
pub(super) const LAND: &[Land] = &[
    Land {
        words: "占地",
        kind: LandKind::Whole,
        example: "占地500亩",
    },
    Land {
        words: "占地面积",
        kind: LandKind::Whole,
        example: "占地面积约172亩",
    },
    Land {
        words: "用地",
        kind: LandKind::Whole,
        example: "用地约350亩",
    },
    Land {
        words: "用地面积",
        kind: LandKind::Whole,
        example: "用地面积约350亩",
    },
    Land {
        words: "用地规模",
        kind: LandKind::Whole,
        example: "用地规模约350亩",
    },
    Land {
        words: "占用土地",
        kind: LandKind::Whole,
        example: "占用土地350亩",
    },
    Land {
        words: "规划用地",
        kind: LandKind::Whole,
        example: "规划用地350亩",
    },
    Land {
        words: "规划面积",
        kind: LandKind::Whole,
        example: "规划面积1000亩",
    },
    Land {
        words: "土地面积",
        kind: LandKind::Whole,
        example: "土地面积1000亩",
    },
    Land {
        words: "总占地",
        kind: LandKind::Total,
        example: "总占地240亩",
    },
    Land {
        words: "总占地面积",
        kind: LandKind::Total,
        example: "总占地面积240亩",
    },
    Land {
        words: "占地总面积",
        kind: LandKind::Total,
        example: "占地总面积240亩",
    },
    Land {
        words: "共占地",
        kind: LandKind::Total,
        example: "共占地240亩",
    },
    Land {
        words: "总用地",
        kind: LandKind::Total,
        example: "总用地100亩",
    },
    Land {
        words: "总用地面积",
        kind: LandKind::Total,
        example: "总用地面积100亩",
    },
    Land {
        words: "用地总面积",
        kind: LandKind::Total,
        example: "用地总面积100亩",
    },
    Land {
        words: "规划总用地",
        kind: LandKind::Total,
        example: "规划总用地100亩",
    },
    Land {
        words: "规划总占地",
        kind: LandKind::Total,
        example: "规划总占地100亩",
    },
    Land {
        words: "规划总面积",
        kind: LandKind::Total,
        example: "规划总面积3000亩",
    },
    Land {
        words: "总面积",
        kind: LandKind::Total,
        example: "总面积3000亩",
    },
    Land {
        words: "建设用地",
        kind: LandKind::Part,
        example: "建设用地3400亩",
    },
    Land {
        words: "建设用地面积",
        kind: LandKind::Part,
        example: "建设用地面积3400亩",
    },
    Land {
        words: "规划建设用地",
        kind: LandKind::Part,
        example: "规划建设用地3400亩",
    },
    Land {
        words: "核心区面积",
        kind: LandKind::Part,
        example: "核心区面积1万亩",
    },
    Land {
        words: "核心区占地",
        kind: LandKind::Part,
        example: "核心区占地1万亩",
    },
    Land {
        words: "核心区规划面积",
        kind: LandKind::Part,
        example: "核心区规划面积1万亩",
    },
    Land {
        words: "启动区面积",
        kind: LandKind::Part,
        example: "启动区面积500亩",
    },
    Land {
        words: "启动区占地",
        kind: LandKind::Part,
        example: "启动区占地500亩",
    },
    Land {
        words: "起步区面积",
        kind: LandKind::Part,
        example: "起步区面积500亩",
    },
];

/// A label of land.
pub(super) struct Land {
    /// How it ends.
    pub words: &'static str,
    pub kind: LandKind,
    /// A clause with it.
    #[cfg_attr(not(test), allow(dead_code))] // read by the test alone
    pub example: &'static str,
}

/// What land a label speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LandKind {
    /// All of it.
    Total,
    /// That of whatever is spoken of.
    Whole,
    /// A part of what is spoken of.
    Part,
}

/// What may stand between a label and its number.
const BETWEEN: [&str; 25] = [
    "追加至",
    "追加到",
    "增至",
    "增加至",
    "增加到",
    "预计",
    "合计",
    "共计",
    "总计",
    "累计",
    "总额",
    "可",
    "为",
    "是",
    "共",
    "将",
    "有",
    "在",
    ":",
    "人民币",
    "预算",
    "规模",
    "分别",
    "(",
    "仅",
];

/// The text before a number without what stands between it and its label.
fn up_to_label(before: &str) -> &str {
    let mut text = before;
    loop {
        let (shorter, _) = super::super::numeral::without_roundness(text);
        let shorter = without_end(shorter, &BETWEEN).unwrap_or(shorter);
        if shorter.len() == text.len() {
            return text;
        }
        text = shorter;
    }
}

/// The label of money that a clause ends with before a number.
pub(super) fn of_money(before: &str) -> Option<&'static Label> {
    // Both with and without what may be a part of the label itself (投资总额).
    let fitting = |text: &str| {
        MONEY
            .iter()
            .filter(|label| is_end(text, label.words))
            .max_by_key(|label| label.words.len())
    };
    let (shorter, _) = super::super::numeral::without_roundness(before);
    fitting(shorter).or_else(|| fitting(up_to_label(before)))
}

/// The text before a number without its label: what the figure is said of.
pub(super) fn subject(before: &str) -> &str {
    let text = up_to_label(before);
    let label = of_money(before).map(|label| label.words);
    let label = label
        .or_else(|| of_land(before).map(|label| label.words))
        .unwrap_or_default();
    let text = text.strip_suffix(label).unwrap_or(text);
    let extras = [
        "总",
        "计划",
        "协议",
        "合同",
        "意向",
        "固定资产",
        "预计",
        "工程",
        "规划",
        "约定",
        "拟",
        "项目总",
    ];
    let mut text = text;
    while let Some(shorter) = without_end(text, &extras) {
        text = shorter;
    }
    up_to_label(text)
}

/// The label of land that a clause ends with before a number.
pub(super) fn of_land(before: &str) -> Option<&'static Land> {
    let text = up_to_label(before);
    LAND.iter()
        .filter(|label| is_end(text, label.words))
        .max_by_key(|label| label.words.len())
}

/// The text before a number of projects without what stands between it and the word 项目.
pub(super) fn up_to_projects(before: &str) -> &str {
    let text = up_to_label(before);
    let text = text.strip_suffix("数量").unwrap_or(text);
    text.strip_suffix('数')
        .or_else(|| text.strip_suffix("总数"))
        .unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::super::super::numeral::numerals;
    use super::*;

    #[test]
    fn each_label_is_found_before_the_number_of_its_example() {
        for label in MONEY {
            let found = of_money(before_number(label.example));
            let (words, verdict) = found.map(|found| (found.words, found.verdict)).unwrap();
            assert_eq!(verdict, label.verdict, "{}", label.example);
            assert!(
                words.ends_with(label.words) || label.words.ends_with(words),
                "{}",
                label.example
            );
        }
        for label in LAND {
            let found = of_land(before_number(label.example)).unwrap();
            assert_eq!(found.kind, label.kind, "{}", label.example);
        }
    }

    fn before_number(example: &str) -> &str {
        let number = numerals(example).last().unwrap();
        &example[..number.range.start]
    }
}
