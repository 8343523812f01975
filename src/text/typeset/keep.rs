//! What belongs together and is not cut while it fits a line: numbers with their units, dates, ranges of both, latin words,
//! addresses of the web and of mail.
//! Must not measure: where such a group does not fit, its parts are told with where it is cut best.

use std::ops::Range;

/// Bytes of the longest group that is looked for: nothing longer would fit a line.
const LONGEST: usize = 400;

/// A group that belongs together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Keep {
    /// Its bytes.
    pub range: Range<usize>,
    /// Where it is cut if it must be, in order: before these bytes.
    pub seams: Vec<usize>,
}

/// What stands between a number and the word it counts: 3,000 余万 …
const MULTIPLES: &[char] = &['十', '百', '千', '万', '亿', '兆', '余', '多', '几', '来'];

/// Words that numbers count in; the longest that fits is taken.
const MEASURES: &[&str] = &[
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
    "比特",
    "核",
    "星",
];

/// Words of dates and times, behind which another number goes on.
const GOING_ON: &[&str] = &["年", "月", "日", "时", "点", "分", "年度", "号"];

/// Signs behind a number that are a part of it.
const SIGNS: &[char] = &[
    '%', '％', '‰', '℃', '°', '㎡', '㎢', '㎥', '㎞', '㎏', '㎝', '㎜', '+', '＋',
];

/// What joins the two ends of a range.
const JOINS: &[char] = &[
    '-', '–', '—', '~', '～', '－', '−', '至', '到', '/', ':', '：',
];

/// The group that begins at byte `at` of `text`, if one does; `before` is the character that stands before it.
pub(super) fn keep(text: &str, at: usize, before: Option<char>) -> Option<Keep> {
    let first = text[at..].chars().next()?;
    if !(is_word(first) || is_sign_before(first)) || before.is_some_and(is_word) {
        return None;
    }
    let end = floor(text, at.saturating_add(LONGEST));
    let mut scan = Scan {
        text: &text[..end],
        at,
        seams: vec![],
    };
    if !scan.address() {
        scan.at = at;
        scan.seams.clear();
        scan.run();
    }
    (scan.at > at).then_some(Keep {
        range: at..scan.at,
        seams: scan.seams,
    })
}

/// The last boundary of characters up to `at`.
fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

/// Letters and digits of words.
fn is_word(c: char) -> bool {
    is_digit(c)
        || matches!(
            super::class::class(c.encode_utf8(&mut [0; 4])),
            super::class::Class::Letter
        )
}

const fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

/// The blank that sets figures apart from hanzi.
const fn is_thin(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

/// What may stand before a number and belongs to it.
const fn is_sign_before(c: char) -> bool {
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

/// A look ahead through a text.
struct Scan<'a> {
    text: &'a str,
    at: usize,
    seams: Vec<usize>,
}

impl Scan<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn take(&mut self, is: impl Fn(char) -> bool) -> bool {
        match self.peek() {
            Some(c) if is(c) => {
                self.at += c.len_utf8();
                true
            }
            _ => false,
        }
    }

    /// An address of the web or of mail.
    fn address(&mut self) -> bool {
        let start = self.at;
        let rest = &self.text[start..];
        let is_part = |c: char| {
            c.is_ascii_graphic()
                && !matches!(c, '"' | '<' | '>' | '`' | '{' | '}' | '|' | '\\' | '^')
        };
        let whole = rest.find(|c| !is_part(c)).map_or(rest, |end| &rest[..end]);
        let whole = whole.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '(']);
        let is_web = whole.contains("://") || whole.starts_with("www.");
        let is_mail = whole
            .find('@')
            .is_some_and(|at| at > 0 && whole[at..].contains('.'));
        if !is_web && !is_mail {
            return false;
        }
        self.at += whole.len();
        let mut behind = false;
        for (at, c) in whole.char_indices() {
            let is_seam = matches!(
                c,
                '/' | '?' | '&' | '=' | '.' | '-' | '_' | '#' | '@' | ':' | ','
            );
            if behind && !is_seam {
                self.seams.push(start + at);
            }
            behind = is_seam;
        }
        true
    }

    /// Words and numbers that go on into each other.
    fn run(&mut self) {
        while self.peek().is_some_and(is_sign_before) && self.is_before_number() {
            self.take(is_sign_before);
        }
        loop {
            let begun = self.at;
            if self.peek().is_some_and(is_digit) {
                self.number();
            } else if !self.word() {
                self.at = begun;
                return;
            }
            let end = self.at;
            if !self.goes_on() {
                self.at = end;
                return;
            }
            self.seams.push(self.at);
        }
    }

    /// Whether a sign is followed by a number, and not by a word that only begins like one.
    fn is_before_number(&self) -> bool {
        let rest = self.text[self.at..].trim_start_matches(is_sign_before);
        rest.chars().next().is_some_and(is_digit)
    }

    /// Digits, and what they count.
    fn number(&mut self) {
        while self.take(is_digit) {
            let digits = self.at;
            // 1,000 and 2.5, and not the comma behind a number.
            if self.take(|c| matches!(c, ',' | '.' | '．')) && !self.peek().is_some_and(is_digit) {
                self.at = digits;
            }
        }
        if self.word() {
            return;
        }
        let seam = self.at;
        // Set apart by one blank, as between hanzi and figures it often is.
        self.take(is_thin);
        let counted = self.at;
        if self.unit() {
            if seam < counted {
                self.seams.push(counted);
            }
        } else {
            self.at = seam;
        }
    }

    /// What a number counts: a sign, a word, or hanzi.
    fn unit(&mut self) -> bool {
        let begun = self.at;
        if self.take(|c| SIGNS.contains(&c)) {
            self.word();
            return true;
        }
        while self.take(|c| MULTIPLES.contains(&c)) {}
        let rest = &self.text[self.at..];
        let measures = MEASURES
            .iter()
            .filter(|measure| rest.starts_with(**measure));
        if let Some(measure) = measures.max_by_key(|measure| measure.len()) {
            self.at += measure.len();
        } else if self.at == begun {
            return self.at > begun || self.word();
        }
        true
    }

    /// A word of letters and digits, with what joins its parts.
    fn word(&mut self) -> bool {
        let begun = self.at;
        while self.take(is_word) {
            let end = self.at;
            let joined = self.take(|c| {
                matches!(
                    c,
                    '-' | '‑' | '\'' | '’' | '.' | '&' | '+' | '_' | '/' | '·' | '²' | '³'
                )
            });
            let last = self.text[end..self.at].chars().next();
            if joined && matches!(last, Some('²' | '³' | '+')) {
                continue;
            }
            if joined && self.peek().is_some_and(is_word) {
                if matches!(last, Some('-' | '/' | '_' | '.' | '&')) {
                    self.seams.push(self.at);
                }
            } else {
                self.at = end;
            }
        }
        self.at > begun
    }

    /// Whether another number follows that belongs to this one: of a date, or at the other end of a range.
    fn goes_on(&mut self) -> bool {
        let before = &self.text[..self.at];
        let is_digit_next = |scan: &Self| scan.peek().is_some_and(is_digit);
        if GOING_ON.iter().any(|measure| before.ends_with(measure)) {
            let end = self.at;
            self.take(is_thin);
            if is_digit_next(self) {
                return true;
            }
            self.at = end;
        }
        let is_of_number = before
            .chars()
            .next_back()
            .is_some_and(|c| !c.is_ascii_alphabetic());
        is_of_number && self.take(|c| JOINS.contains(&c)) && {
            // A dash of two cells joins nothing.
            is_digit_next(self)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The groups of a text, each with its seams marked.
    fn groups(text: &str) -> Vec<String> {
        let (mut at, mut before) = (0, None);
        let mut groups = vec![];
        while let Some(c) = text[at..].chars().next() {
            if let Some(keep) = keep(text, at, before) {
                let mut group = text[keep.range.clone()].to_owned();
                for seam in keep.seams.iter().rev() {
                    group.insert(seam - at, '|');
                }
                groups.push(group);
                at = keep.range.end;
            } else {
                at += c.len_utf8();
            }
            before = text[..at].chars().next_back();
        }
        groups
    }

    #[test]
    fn numbers_keep_their_units() {
        let text = "投资60亿元、约3,000余万吨，占12.5%，增2.5个百分点；用地 1200 亩，装机1.5GWh、35 kV，23平方公里，气温-5℃，￥3.5万元，第3批，5G";
        let expected = [
            "60亿元",
            "3,000余万吨",
            "12.5%",
            "2.5个百分点",
            "1200 |亩",
            "1.5GWh",
            "35 |kV",
            "23平方公里",
            "-5℃",
            "￥3.5万元",
            "第3批",
            "5G",
        ];
        assert_eq!(groups(text), expected);
    }

    #[test]
    fn dates_and_ranges_are_one() {
        let text = "2023年1月12日上午9时30分，12月，1月1日—7日，10～20亿元，2022-2025年，2023-01-12，8:30，2024 年 6 月 8 日";
        let expected = [
            "2023年|1月|12日",
            "9时|30分",
            "12月",
            "1月|1日—|7日",
            "10～|20亿元",
            "2022-|2025年",
            "2023-|01-|12",
            "8:|30",
            "2024 |年 |6 |月 |8 |日",
        ];
        assert_eq!(groups(text), expected);
    }

    #[test]
    fn words_and_addresses_are_one() {
        let text = "BOE与State-of-the-art，R&D，GB/T 15834，don't，COVID-19，见https://example.com/a/b?c=1&d=2。发到a.b@example.org。";
        let expected = [
            "BOE",
            "State-|of-|the-|art",
            "R&|D",
            "GB/|T",
            "15834",
            "don't",
            "COVID-|19",
            "https://|example.|com/|a/|b?|c=|1&|d=|2",
            "a.|b@|example.|org",
        ];
        assert_eq!(groups(text), expected);
    }

    #[test]
    fn what_only_stands_beside_a_number_is_not_its_unit() {
        assert_eq!(groups("共3。其中"), ["3"]);
        assert_eq!(groups("2023，1"), ["2023", "1"]);
        assert_eq!(groups("增长5——创新高"), ["5"]);
        assert_eq!(groups("园区"), Vec::<String>::new());
    }
}
