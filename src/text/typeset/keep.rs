//! What belongs together and is not cut while it fits a line: numbers with their units, dates, ranges of both, latin words,
//! addresses of the web and of mail.
//! Must not measure: where such a group does not fit, its parts are told with where it is cut best.

mod words;

use std::ops::Range;
use words::{
    BEHIND, DATED, GOING_ON, JOINS, MEASURES, MULTIPLES, SHARES, SIGNS, is_digit, is_numeral,
    is_sign_before, is_thin, is_word,
};

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

/// The group that begins at byte `at` of `text`, if one does; `before` is the character that stands before it.
pub(super) fn keep(text: &str, at: usize, before: Option<char>) -> Option<Keep> {
    let first = text[at..].chars().next()?;
    let begins = is_word(first) || is_sign_before(first) || is_numeral(first);
    let goes_on = |before| is_word(before) || (is_numeral(first) && is_numeral(before));
    if !begins || before.is_some_and(goes_on) {
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
        if is_numeral(first) {
            scan.numeral();
        } else {
            scan.run();
        }
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
            if self.take(is_thin) {
                self.seams.push(self.at);
            }
        }
        if self.at > 0 && self.peek().is_some_and(is_numeral) {
            self.numeral();
            return;
        }
        loop {
            let begun = self.at;
            if self.peek().is_some_and(is_digit) {
                self.number();
            } else if self.word() {
                self.count_behind(begun);
            } else {
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
        let rest = &self.text[self.at..];
        let ordinal = rest.strip_prefix('第').map(str::trim_start);
        let rest = ordinal.unwrap_or_else(|| rest.trim_start_matches(is_sign_before));
        let first = rest.chars().next();
        first.is_some_and(|c| is_digit(c) || (ordinal.is_some() && is_numeral(c)))
    }

    /// A number written in hanzi, with what it counts: of a date or a sum by itself, else from two characters on. A share of a
    /// hundred with what it is.
    fn numeral(&mut self) {
        let begun = self.at;
        for share in SHARES {
            if self.text[begun..].starts_with(share) {
                self.at += share.len();
                while self.take(|c| is_numeral(c) || is_digit(c) || c == '点' || c == '.') {}
                return;
            }
        }
        loop {
            let from = self.at;
            while self.take(is_numeral) {}
            let figures = self.text[from..self.at].chars().count();
            let counted = self.at;
            if figures == 0 || !self.measure() {
                // Without what it counts it is a word like others.
                self.at = if from > begun { from } else { begun };
                return;
            }
            let measure = &self.text[counted..self.at];
            let is_dated = DATED.iter().any(|word| measure.starts_with(word));
            if figures < 2 && !is_dated {
                self.at = if from > begun { from } else { begun };
                return;
            }
            if !GOING_ON.contains(&measure) {
                return;
            }
            self.seams.push(self.at);
        }
    }

    /// Digits, and what they count.
    fn number(&mut self) {
        while self.take(is_digit) {
            self.thousands();
            let digits = self.at;
            // 1,000 and 2.5, and not the comma behind a number.
            if self.take(|c| matches!(c, ',' | '.' | '．')) && !self.peek().is_some_and(is_digit) {
                self.at = digits;
            }
        }
        if self.word() {
            self.rate();
            return;
        }
        let seam = self.at;
        // Set apart by one blank, as between hanzi and figures it often is.
        self.take(is_thin);
        let counted = self.at;
        // Another number is not what this one counts.
        if !self.peek().is_some_and(is_digit) && self.unit() {
            if seam < counted {
                self.seams.push(counted);
            }
        } else {
            self.at = seam;
        }
    }

    /// What is counted by the digits at the end of a word that began at byte `begun`: a name may stand before a number without
    /// a blank (`Acme2家`).
    fn count_behind(&mut self, begun: usize) {
        let word = &self.text[begun..self.at];
        let digits = begun + word.trim_end_matches(is_digit).len();
        if digits < self.at && self.unit() {
            self.seams.retain(|seam| *seam < digits);
            self.seams.push(digits);
        }
    }

    /// What a number counts: a sign, a word, or hanzi.
    fn unit(&mut self) -> bool {
        let begun = self.at;
        if self.take(|c| SIGNS.contains(&c)) {
            self.word();
            return true;
        }
        if !self.measure() && self.at == begun {
            return self.word();
        }
        self.rate();
        true
    }

    /// Multiples and the measure behind them: of several that may be meant the longest, so that kilowatts are not thousands.
    /// Whether there is a measure; multiples by themselves are taken too.
    fn measure(&mut self) -> bool {
        loop {
            let rest = &self.text[self.at..];
            let measures = MEASURES
                .iter()
                .filter(|measure| rest.starts_with(**measure));
            let longest = measures.max_by_key(|measure| measure.len());
            let is_multiple = |text: &str| text.chars().all(|c| MULTIPLES.contains(&c));
            match longest.filter(|measure| !is_multiple(measure)) {
                Some(measure) => {
                    self.at += measure.len();
                    break;
                }
                None if self.take(|c| MULTIPLES.contains(&c)) => {}
                None => {
                    self.take(|c| matches!(c, '+' | '＋'));
                    return false;
                }
            }
        }
        let rest = &self.text[self.at..];
        let behind = BEHIND.iter().find(|word| rest.starts_with(**word));
        self.at += behind.map_or(0, |word| word.len());
        self.take(|c| matches!(c, '+' | '＋'));
        true
    }

    /// For each of what: a year, a ton.
    fn rate(&mut self) {
        let end = self.at;
        if self.take(|c| matches!(c, '/' | '／')) {
            let seam = self.at;
            // Another number begins a group of its own.
            let is_number = self.peek().is_some_and(is_digit);
            if !is_number && (self.measure() || (self.at == seam && self.word())) {
                self.seams.push(seam);
                return;
            }
        }
        self.at = end;
    }

    /// Groups of three digits set apart by blanks.
    fn thousands(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            let mut behind = rest.chars();
            let is_apart = behind.next().is_some_and(is_thin);
            let digits = behind.take_while(|c| is_digit(*c)).count();
            if !is_apart || digits != 3 {
                return;
            }
            self.take(is_thin);
            self.seams.push(self.at);
            while self.take(is_digit) {}
        }
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
                while self.take(|c| c == '+') {}
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
        // A range may have blanks about what joins it.
        let is_apart = is_of_number && self.take(is_thin);
        if !is_of_number || !self.take(|c| JOINS.contains(&c)) {
            return false;
        }
        if is_apart {
            self.take(is_thin);
        }
        // A dash of two cells joins nothing.
        is_digit_next(self)
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
    fn what_a_number_counts_is_kept_whole() {
        for whole in [
            "34亿千瓦时",
            "1000兆瓦时",
            "1200万千瓦时",
            "5毫秒",
            "10万+",
            "1亿+",
            "300亿元人民币",
            "30万吨级",
            "12月底",
            "10点半",
            "C++",
            "第12批",
            "2.0版",
        ] {
            assert_eq!(groups(whole), [whole]);
        }
        for (text, parted) in [
            ("2 300亿元", "2 |300亿元"),
            ("1 000 万元", "1 |000 |万元"),
            ("第 12 批", "第 |12 |批"),
            ("10 - 20亿元", "10 - |20亿元"),
            ("300万吨/年", "300万吨/|年"),
            ("10GWh/年", "10GWh/|年"),
            ("500元/吨", "500元/|吨"),
            ("100兆瓦/200兆瓦时", "100兆瓦/|200兆瓦时"),
        ] {
            assert_eq!(groups(text), [parted]);
        }
        assert_eq!(groups("1/3 50亩"), ["1/|3", "50亩"]);
    }

    #[test]
    fn numbers_in_hanzi_are_kept_with_what_makes_them_one() {
        let text = "二〇二三年十二月三日，一百亿元，百分之二十，第三届，第二十届，三十个。";
        let expected = [
            "二〇二三年|十二月|三日|",
            "一百亿元",
            "百分之二十",
            "第三届",
            "第二十届",
            "三十个",
        ];
        assert_eq!(groups(text), expected);
        assert_eq!(
            groups("一批，一个，万一，十分，千方百计"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn what_a_number_counts_is_told_from_what_only_stands_beside_it() {
        assert_eq!(groups("共3。其中"), ["3"]);
        assert_eq!(groups("2023，1"), ["2023", "1"]);
        assert_eq!(groups("增长5——创新高"), ["5"]);
        assert_eq!(
            groups("Acme2家，COVID-19，H7型，Q3季度"),
            ["Acme|2家", "COVID-|19", "H7", "Q|3季度"]
        );
        assert_eq!(groups("园区"), Vec::<String>::new());
    }
}
