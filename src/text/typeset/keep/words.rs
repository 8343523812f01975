//! The words and characters that make a number what it is: measures, signs, joins.
//! Must not look at more than a word or a character.

/// What stands between a number and the word it counts: 3,000 余万 …
pub(super) const MULTIPLES: &[char] = &['十', '百', '千', '万', '亿', '兆', '余', '多', '几', '来'];

/// Words that numbers count in; the longest that fits is taken.
pub(super) const MEASURES: &[&str] = &[
    "年",
    "个月",
    "月",
    "日",
    "号",
    "天",
    "周",
    "周年",
    "季度",
    "年度",
    "小时",
    "时",
    "分钟",
    "分",
    "秒",
    "毫秒",
    "微秒",
    "纳秒",
    "点",
    "世纪",
    "年代",
    "月份",
    "元",
    "美元",
    "欧元",
    "日元",
    "港元",
    "港币",
    "人民币",
    "英镑",
    "卢布",
    "韩元",
    "新元",
    "角",
    "吨",
    "公吨",
    "公斤",
    "千克",
    "克",
    "毫克",
    "斤",
    "标箱",
    "标准箱",
    "平方米",
    "平方公里",
    "平方千米",
    "平米",
    "平方",
    "立方米",
    "立方",
    "方",
    "公里",
    "千米",
    "里",
    "海里",
    "米",
    "厘米",
    "毫米",
    "微米",
    "纳米",
    "亩",
    "公顷",
    "升",
    "毫升",
    "桶",
    "千瓦",
    "兆瓦",
    "吉瓦",
    "瓦",
    "千瓦时",
    "千瓦时",
    "度",
    "伏",
    "千伏",
    "安时",
    "吉瓦时",
    "兆瓦时",
    "赫兹",
    "兆",
    "个",
    "个百分点",
    "百分点",
    "项",
    "家",
    "户",
    "人",
    "人次",
    "名",
    "位",
    "次",
    "期",
    "批",
    "批次",
    "套",
    "台",
    "台套",
    "台（套）",
    "辆",
    "架",
    "艘",
    "列",
    "条",
    "栋",
    "幢",
    "座",
    "层",
    "间",
    "处",
    "件",
    "种",
    "类",
    "款",
    "支",
    "只",
    "头",
    "株",
    "棵",
    "枚",
    "片",
    "块",
    "张",
    "本",
    "册",
    "篇",
    "份",
    "封",
    "章",
    "节",
    "段",
    "页",
    "字",
    "卷",
    "部",
    "门",
    "所",
    "场",
    "届",
    "轮",
    "级",
    "倍",
    "成",
    "折",
    "组",
    "对",
    "起",
    "例",
    "宗",
    "笔",
    "单",
    "亿",
    "万",
    "大",
    "强",
    "岁",
    "代",
    "线",
    "路",
    "道",
    "站",
    "区",
    "县",
    "市",
    "省",
    "国",
    "镇",
    "乡",
    "村",
    "园",
    "地",
    "万元",
    "亿元",
    "万人",
    "万吨",
    "标台",
    "班",
    "航班",
    "趟",
    "箱",
    "包",
    "袋",
    "瓶",
    "平方英尺",
    "公斤级",
    "英寸",
    "寸",
    "版",
    "盏",
    "尾",
    "后",
    "比特",
    "核",
    "星",
];

/// What may stand behind a measure and belongs to it.
pub(super) const BEHIND: &[&str] = &[
    "人民币",
    "级",
    "半",
    "底",
    "初",
    "末",
    "上旬",
    "中旬",
    "下旬",
];

/// Measures of dates and sums, which a single numeral written in hanzi is kept with; with others it is a word like any.
pub(super) const DATED: &[&str] = &[
    "年", "月", "日", "季度", "元", "亿", "万元", "届", "期", "世纪",
];

/// What begins a share of a hundred or a thousand.
pub(super) const SHARES: &[&str] = &["百分之", "千分之", "万分之"];

/// Figures written in hanzi.
pub(super) const fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '〇' | '零'
            | '一'
            | '二'
            | '两'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '万'
            | '亿'
    )
}

/// Words of dates and times, behind which another number goes on.
pub(super) const GOING_ON: &[&str] = &["年", "月", "日", "时", "点", "分", "年度", "号"];

/// Signs behind a number that are a part of it.
pub(super) const SIGNS: &[char] = &[
    '%', '％', '‰', '℃', '°', '㎡', '㎢', '㎥', '㎞', '㎏', '㎝', '㎜', '+', '＋',
];

/// What joins the two ends of a range.
pub(super) const JOINS: &[char] = &[
    '-', '–', '—', '~', '～', '－', '−', '至', '到', '/', ':', '：',
];

/// Letters and digits of words.
pub(super) fn is_word(c: char) -> bool {
    is_digit(c)
        || matches!(
            super::super::class::class(c.encode_utf8(&mut [0; 4])),
            super::super::class::Class::Letter
        )
}

pub(super) const fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

/// The blank that sets figures apart from hanzi.
pub(super) const fn is_thin(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

/// What may stand before a number and belongs to it.
pub(super) const fn is_sign_before(c: char) -> bool {
    matches!(
        c,
        '+' | '＋'
            | '-'
            | '−'
            | '－'
            | '±'
            | '第'
            | '≥'
            | '≤'
            | '>'
            | '<'
            | '＞'
            | '＜'
            | '≈'
            | '¥'
            | '￥'
            | '$'
            | '＄'
            | '€'
            | '£'
            | '￡'
    )
}
