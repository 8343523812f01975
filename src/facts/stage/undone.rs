//! What did not happen: words around a deed that take it back (§8, rule 2: as far as the words are what happened).
//! Must not know which deed it is.

use super::super::ends::end;

/// What stands before a deed that was not done. A single character is one only right before the deed, so 未来科技城 is none.
const NOT: [&str; 13] = [
    "未", "未能", "未曾", "未见", "没有", "没能", "没", "不", "不再", "不予", "无法", "难以",
    "拒绝",
];

/// What stands before a deed that was stopped or put off.
const STOPPED: [&str; 13] = [
    "取消", "终止", "中止", "暂停", "停止", "暂缓", "推迟", "延期", "延后", "放弃", "搁置", "叫停",
    "撤销",
];

/// What may stand between such a word and its deed.
const BETWEEN: [&str; 24] = [
    "正式",
    "如期",
    "按期",
    "按时",
    "按计划",
    "及时",
    "全面",
    "全部",
    "完全",
    "实际",
    "真正",
    "最终",
    "最后",
    "能够",
    "能",
    "再次",
    "再",
    "立即",
    "实现",
    "进行",
    "完成",
    "原定",
    "项目",
    "的",
];

/// What may stand between a deed and a word behind it that takes it back.
const BEHIND: [&str; 18] = [
    "仪式", "活动", "计划", "项目", "协议", "合同", "时间", "日期", "已", "被", "遭", "因故",
    "临时", "暂时", "再次", "再度", "又", "将",
];

/// What takes back a deed before it.
const TAKEN_BACK: [&str; 13] = [
    "取消", "终止", "中止", "推迟", "延期", "延后", "搁置", "暂缓", "暂停", "告吹", "失败", "未果",
    "受阻",
];

/// With whom, or where, something was not done: 未与某集团签约.
const PARTNERS: [&str; 6] = ["与", "和", "同", "跟", "在", "于"];
/// Characters that such a partner's name has at most.
const LONGEST_PARTNER: usize = 16;

/// Whether what stands before and behind a deed in its clause says that it was not done.
pub(super) fn is_undone(before: &str, behind: &str) -> bool {
    ends_in_not(stripped(before, str::strip_suffix, &BETWEEN)) || is_not_with(before) || {
        let rest = stripped(behind, str::strip_prefix, &BEHIND);
        TAKEN_BACK.iter().any(|word| rest.starts_with(word))
    }
}

fn ends_in_not(text: &str) -> bool {
    end(text, &NOT).or_else(|| end(text, &STOPPED)).is_some()
}

/// 未与某集团签约, 终止与某集团签约
fn is_not_with(before: &str) -> bool {
    let places = before.char_indices().rev().take(LONGEST_PARTNER);
    let mut partners = places.filter(|(at, _)| {
        let rest = &before[*at..];
        PARTNERS.iter().any(|word| rest.starts_with(word))
    });
    partners.any(|(at, _)| ends_in_not(&before[..at]))
}

/// A text without the words that it has at one end.
fn stripped<'t>(
    text: &'t str,
    strip: fn(&'t str, &'static str) -> Option<&'t str>,
    words: &[&'static str],
) -> &'t str {
    let mut rest = text;
    while let Some(shorter) = words.iter().find_map(|word| strip(rest, word)) {
        rest = shorter;
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_around_a_deed_say_whether_it_was_done() {
        for (text, undone) in [
            ("水厂〔签约〕", false),
            ("水厂未〔签约〕", true),
            ("水厂尚未正式〔开工〕", true),
            ("水厂未能如期〔投产〕", true),
            ("海川未与南湾〔签约〕", true),
            ("水厂未在南湾〔落户〕", true),
            ("取消〔签约〕", true),
            ("终止与南湾的〔签约〕", true),
            ("水厂暂停〔开工〕", true),
            ("不再〔投产〕", true),
            ("水厂〔签约〕仪式被取消", true),
            ("水厂〔开工〕再次推迟", true),
            ("未来〔开工〕", false),
            ("未来科技城〔开园〕", false),
            ("从未来看〔签约〕", false),
            ("未央水厂〔开工〕", false),
            ("取消收费的水厂〔通车〕", false),
            ("水厂〔开工〕推动产业发展", false),
            ("不锈钢厂〔投产〕", false),
        ] {
            let (before, rest) = text.split_once('〔').unwrap();
            let (_, behind) = rest.split_once('〕').unwrap();
            assert_eq!(is_undone(before, behind), undone, "{text}");
        }
    }
}
