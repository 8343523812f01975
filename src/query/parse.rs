//! From text to a query. Every error says which characters are at fault.

use super::{Condition, Field, Numbers, Query, QueryError, QueryProblem, Term, values};
use crate::issue::IssueNumber;
use crate::text::{nearest, normalise};
use std::ops::Range;
use std::str::FromStr;

/// Terms and alternatives that a query may have: more than anybody types, fewer than SQLite's limit for a condition.
const MOST: usize = 200;

impl FromStr for Query {
    type Err = QueryError;

    fn from_str(text: &str) -> Result<Self, QueryError> {
        let mut reader = Reader::new(text);
        let mut terms = vec![];
        while reader.skip_white() {
            let from = reader.at;
            terms.extend(reader.term()?);
            if too_many(&terms) {
                return Err(QueryError {
                    at: from..reader.at,
                    problem: QueryProblem::TooMany,
                });
            }
        }
        Ok(Self { terms })
    }
}

impl Query {
    /// The query, if it is not larger than one may be.
    pub(super) fn checked(self) -> Result<Self, QueryProblem> {
        if too_many(&self.terms) {
            return Err(QueryProblem::TooMany);
        }
        Ok(self)
    }
}

fn too_many(terms: &[Term]) -> bool {
    terms.iter().map(Term::size).sum::<usize>() > MOST
}

/// A term of a word; none where folding leaves nothing of it to look for.
fn word_term(negated: bool, word: String) -> Option<Term> {
    let condition = Condition::Word(word);
    let Condition::Word(word) = &condition else {
        return None;
    };
    (!normalise(word).is_empty()).then_some(Term { negated, condition })
}

/// Whether a character separates the values of a field.
pub(super) const fn is_comma(c: char) -> bool {
    matches!(c, ',' | '，' | '、')
}

const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '＂')
}

const fn is_colon(c: char) -> bool {
    matches!(c, ':' | '：')
}

struct Reader {
    text: Vec<char>,
    at: usize,
}

impl Reader {
    fn new(text: &str) -> Self {
        Self {
            text: text.chars().collect(),
            at: 0,
        }
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    fn take_if(&mut self, wanted: impl Fn(char) -> bool) -> bool {
        let found = self.peek().is_some_and(wanted);
        self.at += usize::from(found);
        found
    }

    /// Goes to the next term; whether there is one.
    fn skip_white(&mut self) -> bool {
        while self.take_if(char::is_whitespace) {}
        self.at < self.text.len()
    }

    fn slice(&self, range: Range<usize>) -> String {
        self.text[range].iter().collect()
    }

    /// Whether the term is turned round. A sign with nothing behind it is a word.
    fn negation(&mut self) -> bool {
        let followed = self
            .text
            .get(self.at + 1)
            .is_some_and(|next| !next.is_whitespace());
        followed && self.take_if(|c| matches!(c, '-' | '!' | '－' | '！'))
    }

    fn term(&mut self) -> Result<Option<Term>, QueryError> {
        let negated = self.negation();
        if let Some(word) = self.quoted()? {
            return Ok(word_term(negated, word));
        }
        match self.field()? {
            Some((field, name)) => Ok(Some(Term {
                negated,
                condition: self.values(field, &name)?,
            })),
            None => Ok(word_term(negated, self.rest_of_word())),
        }
    }

    fn rest_of_word(&mut self) -> String {
        let from = self.at;
        while self.take_if(|c| !c.is_whitespace()) {}
        self.slice(from..self.at)
    }

    /// What stands between quotes, with `\"` for a quote and `\\` for a backslash; none where no quote begins here.
    fn quoted(&mut self) -> Result<Option<String>, QueryError> {
        let from = self.at;
        if !self.take_if(is_quote) {
            return Ok(None);
        }
        let mut quoted = String::new();
        while let Some(c) = self.peek() {
            self.at += 1;
            match c {
                '"' | '＂' => return Ok(Some(quoted)),
                '\\' if self
                    .peek()
                    .is_some_and(|next| is_quote(next) || next == '\\') =>
                {
                    quoted.extend(self.peek());
                    self.at += 1;
                }
                _ => quoted.push(c),
            }
        }
        self.at = from;
        Err(QueryError {
            at: from..self.text.len(),
            problem: QueryProblem::OpenQuote,
        })
    }

    /// The field whose name, as written, and colon stand here, which are then behind. A full-width colon stands in many headlines, so an
    /// unknown name before one is part of a word, and so is anything before a colon that is no name (`10:30`, `http://`).
    fn field(&mut self) -> Result<Option<(Field, String)>, QueryError> {
        let rest = &self.text[self.at..];
        let word = rest.iter().take_while(|c| !c.is_whitespace());
        let Some(length) = word.clone().position(|c| is_colon(*c)) else {
            return Ok(None);
        };
        let at = self.at..self.at + length;
        let name = self.slice(at.clone());
        let known = normalise(&name);
        if let Some(field) = Field::from_name(&known) {
            self.at = at.end + 1;
            return Ok(Some((field, name)));
        }
        let is_name = !name.is_empty() && name.chars().all(char::is_alphabetic);
        let is_address = rest[length..].starts_with(&[':', '/', '/']);
        if rest[length] == '：' || !is_name || is_address {
            return Ok(None);
        }
        let names = Field::ALL.into_iter().flat_map(Field::names).copied();
        let nearest = nearest(&known, names);
        Err(QueryError {
            at,
            problem: QueryProblem::UnknownField { name, nearest },
        })
    }

    /// The values behind a field's colon.
    fn values(&mut self, field: Field, name: &str) -> Result<Condition, QueryError> {
        let mut condition: Option<Condition> = None;
        let takes_one = matches!(field, Field::Is | Field::Has);
        loop {
            let from = self.at;
            let whole = field == Field::Section && self.take_if(|c| matches!(c, '=' | '＝'));
            let value = match self.quoted()? {
                // What follows the quotes at once belongs to the value, as in a shell.
                Some(value) => value + &self.bare_value(),
                None if takes_one => self.rest_of_word(),
                None => self.bare_value(),
            };
            let at = from..self.at.max(from + 1).min(self.text.len().max(from + 1));
            if normalise(&value).is_empty() {
                return Err(QueryError {
                    at,
                    problem: QueryProblem::NoValue {
                        name: name.to_owned(),
                    },
                });
            }
            let read = values::condition(field, whole, value)
                .map_err(|problem| QueryError { at, problem })?;
            match &mut condition {
                Some(condition) => condition.join(read),
                None => condition = Some(read),
            }
            // One item is one of the marks or is not, so a list of them has no use.
            match condition {
                Some(condition) if takes_one || !self.take_if(is_comma) => return Ok(condition),
                _ => {}
            }
        }
    }

    fn bare_value(&mut self) -> String {
        let from = self.at;
        while self.take_if(|c| !c.is_whitespace() && !is_comma(c)) {}
        self.slice(from..self.at)
    }
}

/// `101`, `82..101`, `82..`, `..101`; with 期 behind, `-` or `…` between, and in full width too.
pub(super) fn range(value: &str) -> Result<Numbers, QueryProblem> {
    let no_number = || QueryProblem::NoNumber {
        value: value.to_owned(),
    };
    let number = |text: &str| -> Result<Option<IssueNumber>, QueryProblem> {
        let digits = text.strip_suffix('期').unwrap_or(text);
        if text.is_empty() {
            return Ok(None);
        }
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(no_number());
        }
        let number = digits.parse().map_err(|_| no_number())?;
        Ok(Some(IssueNumber(number)))
    };
    // An input method makes 。。 of two dots and …… of a dash, and folding makes three dots of an ellipsis.
    let plain = normalise(value).replace('。', ".");
    let plain = plain.replace("......", "..").replace("...", "..");
    let ends = plain
        .split_once("..")
        .or_else(|| plain.split_once(['-', '–', '—', '~']));
    let Some((first, last)) = ends else {
        return Ok(Numbers::one(number(&plain)?.ok_or_else(no_number)?));
    };
    let (first, last) = (number(first)?, number(last)?);
    match (first, last) {
        (None, None) => Err(no_number()),
        (Some(first), Some(last)) if first > last => Err(QueryProblem::Backward {
            value: value.to_owned(),
        }),
        (first, last) => Ok(Numbers { first, last }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::{Fact, Stage};
    use crate::query::{Added, Mark, Name, Place};
    use proptest::prelude::*;

    fn read(text: &str) -> Query {
        text.parse().unwrap()
    }

    fn error(text: &str) -> QueryError {
        text.parse::<Query>().unwrap_err()
    }

    #[test]
    fn terms_of_each_kind_are_read_and_written() {
        for text in [
            "",
            "新能源",
            "新能源 -风电",
            "\"AI 算力\"",
            "-\"AI 算力\"",
            "section:招商",
            "section:招商,政策",
            "section:=招商",
            "-section:\"综合 资讯\"",
            "issue:101",
            "issue:82..101",
            "issue:82..,..7,9",
            "is:unread is:bookmarked -is:read",
            "section:招商引资 新能源 is:unread",
            "province:江苏,浙江省 -city:苏州",
            "amount:>=100亿",
            "amount:<5000万,>5亿美元",
            "-amount:10亿..20.5亿,100亿",
            "projects:>10,<=3,5,10..20",
            "area:>=500亩",
            "area:157.5亩",
            "date:2023-01-03,2023-01,2023",
            "date:2023-01-01..2023-01-07,>=2023-02-01,<2022-01-01",
            "stage:签约,落成/竣工",
            "industry:新能源,汽车 source:江苏省政府",
            "has:date has:province has:city has:amount -has:projects has:area has:stage has:industry",
            "10:30",
            "http://www.parkworld.net",
            "\"-\" -",
            "\"\\\"\\\\\"",
        ] {
            assert_eq!(read(text).to_string(), text.replace("\"-\" -", "- -"));
        }
    }

    #[test]
    fn chinese_names_and_full_width_signs_mean_the_same() {
        for (chinese, english) in [
            ("栏目：招商，政策", "section:招商,政策"),
            ("－风电 ！光伏", "-风电 -光伏"),
            ("!风电", "-风电"),
            ("期:８２…１０１期", "issue:82..101"),
            ("期:82……101", "issue:82..101"),
            ("期号:82。。101", "issue:82..101"),
            ("issue:82-101", "issue:82..101"),
            (
                "是：未读 是:书签 标记:已读",
                "is:unread is:bookmarked is:read",
            ),
            ("ISSUE:7 Is:Unread", "issue:7 is:unread"),
            ("ｔａｇ：跟踪 ＩＳ：ｕｎｒｅａｄ", "tag:跟踪 is:unread"),
            ("ｈａｓ:ＮＯＴＥ 欄目：招商", "has:note section:招商"),
            ("＂甲 乙＂", "\"甲 乙\""),
            ("section:\"综合 资\"讯,政", "section:\"综合 资讯\",政"),
            (
                "省：江蘇 城市：苏州，无锡 省份:上海 市:苏州",
                "province:江蘇 city:苏州,无锡 province:上海 city:苏州",
            ),
            (
                "金额：＞＝１００亿 投资:≥5亿",
                "amount:>=100亿 amount:>=5亿",
            ),
            (
                "amount:100 amount:<=3万亿元",
                "amount:100亿 amount:<=30000亿",
            ),
            (
                "amount:10..20亿 amount:5000-8000万美金",
                "amount:10亿..20亿 amount:5000万美元..8000万美元",
            ),
            ("amount:5千万元人民币 三", "amount:5000万 三"),
            (
                "amount:100亿以上 amount:5亿港币以下",
                "amount:>=100亿 amount:<=5亿港元",
            ),
            ("项目:>10个 项目数:3至5", "projects:>10 projects:3..5"),
            (
                "占地:≤10公顷 用地:1万亩 面积:500..600",
                "area:<=150亩 area:10000亩 area:500亩..600亩",
            ),
            (
                "日期:2023年1月3日 date:2023/1/3",
                "date:2023-01-03 date:2023-01-03",
            ),
            ("日期：2023年1月 date:2023年", "date:2023-01 date:2023"),
            ("date:2023-01-01..2023-01-31", "date:2023-01"),
            ("date:2022-12..2023年2月", "date:2022-12-01..2023-02-28"),
            (
                "date:>2023-01 date:<=2024-2 date:2023..",
                "date:>2023-01-31 date:<=2024-02-29 date:>=2023-01-01",
            ),
            (
                "日期:2023年1月1日至2023年1月7日 date:..2023",
                "date:2023-01-01..2023-01-07 date:<=2023-12-31",
            ),
            (
                "阶段:竣工 stage:政策 stage:Signed",
                "stage:落成/竣工 stage:政策发布 stage:签约",
            ),
            (
                "行业:新能源 产业:汽车 来源:政府",
                "industry:新能源 industry:汽车 source:政府",
            ),
            (
                "有:金额 有:投资 有:行业",
                "has:amount has:amount has:industry",
            ),
        ] {
            assert_eq!(read(chinese).to_string(), english, "{chinese}");
        }
    }

    #[test]
    fn a_colon_in_a_headline_is_no_field() {
        assert_eq!(
            read("发展论坛：共谋").terms,
            [Term::new(Condition::Word("发展论坛：共谋".into()))]
        );
    }

    #[test]
    fn an_error_says_which_characters_are_at_fault() {
        let unknown = error("新能源 sektion:招商");
        assert_eq!(unknown.at, 4..11);
        assert!(matches!(
            unknown.problem,
            QueryProblem::UnknownField {
                nearest: Some("section"),
                ..
            }
        ));
        assert!(matches!(
            error("甲 -是:坏").problem,
            QueryProblem::UnknownMark { .. }
        ));
        assert_eq!(error("is:坏").at, 3..4);
        assert_eq!(error("is:unread,read").at, 3..14);
        assert!(matches!(
            error("issue:甲").problem,
            QueryProblem::NoNumber { .. }
        ));
        assert_eq!(error("issue:9..7").at, 6..10);
        assert!(matches!(
            error("issue:9..7").problem,
            QueryProblem::Backward { .. }
        ));
        assert!(matches!(
            error("issue:99999999999").problem,
            QueryProblem::NoNumber { .. }
        ));
        assert!(matches!(
            error("section:").problem,
            QueryProblem::NoValue { .. }
        ));
        assert!(matches!(
            error("section:甲,").problem,
            QueryProblem::NoValue { .. }
        ));
        for (text, at, code) in [
            ("甲 amount:>=许多", 9..13, "query-no-amount"),
            ("amount:5元", 7..9, "query-no-amount"),
            ("amount:-5亿", 7..10, "query-no-amount"),
            ("amount:1.亿", 7..10, "query-no-amount"),
            ("amount:9999999999999999亿", 7..24, "query-no-amount"),
            ("amount:1.2.3亿", 7..13, "query-no-amount"),
            ("amount:20亿..10亿", 7..15, "query-backward"),
            ("projects:1.5", 9..12, "query-no-count"),
            ("projects:", 9..10, "query-no-value"),
            ("area:5平米", 5..8, "query-no-land"),
            ("date:7d", 5..7, "query-no-day"),
            ("date:2023-02-30", 5..15, "query-no-day"),
            ("date:2023-01,23-1", 13..17, "query-no-day"),
            ("date:2023..2022", 5..15, "query-backward"),
            ("stage:签", 6..7, "query-unknown-stage"),
            ("has:价格", 4..6, "query-unknown-added"),
            ("has:source", 4..10, "query-unknown-added"),
        ] {
            let error = error(text);
            assert_eq!(error.problem.code(), code, "{text}");
            assert_eq!(error.at, at, "{text}");
        }
        for (written, meant) in [
            ("签约仪式", "签约"),
            ("singed", "signed"),
            ("落成竣工", "落成"),
        ] {
            assert_eq!(error(&format!("stage:{written}")).problem.meant(), meant);
        }
        assert_eq!(error("甲 \"乙 丙").at, 2..6);
        let many = "甲 ".repeat(MOST) + "issue:1,2";
        assert!(matches!(error(&many).problem, QueryProblem::TooMany));
        assert_eq!(error(&many).at, 2 * MOST..2 * MOST + 9);
    }

    #[test]
    fn what_shows_nothing_is_no_word() {
        assert!(read("\u{200b} \"\u{3000}\" \u{3000}").is_empty());
    }

    fn text() -> impl Strategy<Value = String> {
        "[甲乙ab:：,，、\"＂\\\\=\\-! 期1]{1,8}"
            .prop_filter("not empty when folded", |text| !normalise(text).is_empty())
    }

    fn numbers() -> impl Strategy<Value = Numbers> {
        (0..200_u32, 0..200_u32, 0..3).prop_map(|(a, more, open)| Numbers {
            first: (open != 1).then_some(IssueNumber(a)),
            last: (open != 2).then_some(IssueNumber(a + more)),
        })
    }

    /// A span of what `read` reads, of values that `value` makes as they are typed.
    fn span<T: std::fmt::Debug>(
        value: impl Strategy<Value = String> + Clone,
        read: impl Fn(&str) -> Option<T>,
    ) -> impl Strategy<Value = T> {
        let sign = proptest::sample::select(&["", ">=", ">", "<=", "<"]);
        let one = (sign, value.clone()).prop_map(|(sign, value)| format!("{sign}{value}"));
        let two = (value.clone(), value).prop_map(|(first, last)| format!("{first}..{last}"));
        prop_oneof![one, two].prop_filter_map("ends before it begins", move |text| read(&text))
    }

    fn stated() -> impl Strategy<Value = Condition> {
        use crate::query::{days, quantity};
        use proptest::collection::vec;
        let fact = proptest::sample::select(&[
            Fact::Date,
            Fact::Province,
            Fact::City,
            Fact::TotalInvestment,
            Fact::Projects,
            Fact::AreaMu,
            Fact::Stage,
            Fact::Industries,
        ]);
        let number = || "[0-9]{1,5}(\\.[0-9]{1,3})?";
        let amount =
            (number(), "(百|千|)(万|亿|万亿)(元|美元|日元|)").prop_map(|(n, unit)| n + &unit);
        let land = (number(), "(亩|万亩|公顷|)").prop_map(|(n, unit)| n + &unit);
        let day = "20[0-9]{2}(-0[1-9](-[0-2][1-8])?)?";
        prop_oneof![
            fact.prop_map(Condition::States),
            vec(text(), 1..3).prop_map(Condition::Source),
            vec(text(), 1..3).prop_map(Condition::Industry),
            vec(text().prop_map(Place), 1..3).prop_map(Condition::Province),
            vec(text().prop_map(Place), 1..3).prop_map(Condition::City),
            vec(proptest::sample::select(&Stage::ALL), 1..3).prop_map(Condition::Stage),
            vec(span(amount, |text| quantity::amounts(text).ok()), 1..3)
                .prop_map(Condition::Amount),
            vec(span(land, |text| quantity::land(text).ok()), 1..3).prop_map(Condition::Area),
            vec(span("[0-9]{1,6}", |text| quantity::counts(text).ok()), 1..3)
                .prop_map(Condition::Projects),
            vec(span(day, |text| days::days(text).ok()), 1..3).prop_map(Condition::Date),
        ]
    }

    fn term() -> impl Strategy<Value = Term> {
        let name = (text(), any::<bool>()).prop_map(|(text, whole)| Name { text, whole });
        let condition = prop_oneof![
            text().prop_map(Condition::Word),
            proptest::collection::vec(name, 1..3).prop_map(Condition::Section),
            proptest::collection::vec(numbers(), 1..3).prop_map(Condition::Issue),
            proptest::sample::select(&Mark::ALL).prop_map(Condition::Is),
            proptest::sample::select(&Added::ALL).prop_map(Condition::Has),
            stated(),
        ];
        (any::<bool>(), condition).prop_map(|(negated, condition)| Term { negated, condition })
    }

    proptest! {
        #[test]
        fn every_query_reads_back_from_its_text(terms in proptest::collection::vec(term(), 0..4)) {
            let query = Query { terms };
            prop_assert_eq!(query.to_string().parse::<Query>().unwrap(), query);
        }

        #[test]
        fn every_text_is_a_query_that_reads_back_or_an_error_inside_of_it(text in "(is|amount|date|area|stage|金额|)[甲乙ab:：,，\"\\\\=\\-!. 期1is><亿月日9]{0,16}") {
            match text.parse::<Query>() {
                Ok(query) => prop_assert_eq!(query.to_string().parse::<Query>().unwrap(), query),
                Err(error) => prop_assert!(error.at.start < error.at.end && error.at.start <= text.chars().count()),
            }
        }
    }
}
