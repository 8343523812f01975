//! From text to a query. Every error says which characters are at fault.

use super::{Added, Condition, Field, Mark, Name, Numbers, Query, QueryError, QueryProblem, Term};
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
        loop {
            let from = self.at;
            let whole = field == Field::Section && self.take_if(|c| matches!(c, '=' | '＝'));
            let value = match self.quoted()? {
                // What follows the quotes at once belongs to the value, as in a shell.
                Some(value) => value + &self.bare_value(),
                // One item is one of the marks or is not, so a list of them has no use.
                None if matches!(field, Field::Is | Field::Has) => self.rest_of_word(),
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
            let wrong = |problem| QueryError {
                at: at.clone(),
                problem,
            };
            let known = normalise(&value);
            condition = Some(match (field, condition) {
                (Field::Section, Some(Condition::Section(mut names))) => {
                    names.push(Name { text: value, whole });
                    Condition::Section(names)
                }
                (Field::Section, _) => Condition::Section(vec![Name { text: value, whole }]),
                (Field::Issue, Some(Condition::Issue(mut numbers))) => {
                    numbers.push(range(&value).map_err(wrong)?);
                    Condition::Issue(numbers)
                }
                (Field::Issue, _) => Condition::Issue(vec![range(&value).map_err(wrong)?]),
                (Field::Tag, Some(Condition::Tag(mut tags))) => {
                    tags.push(value);
                    Condition::Tag(tags)
                }
                (Field::Tag, _) => Condition::Tag(vec![value]),
                (Field::Is, _) => {
                    let mark = Mark::from_name(&known);
                    let unknown = || wrong(QueryProblem::UnknownMark { value });
                    return Ok(Condition::Is(mark.ok_or_else(unknown)?));
                }
                (Field::Has, _) => {
                    let added = Added::from_name(&known);
                    let unknown = || wrong(QueryProblem::UnknownAdded { value });
                    return Ok(Condition::Has(added.ok_or_else(unknown)?));
                }
            });
            match condition {
                Some(condition) if !self.take_if(is_comma) => return Ok(condition),
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

    fn term() -> impl Strategy<Value = Term> {
        let name = (text(), any::<bool>()).prop_map(|(text, whole)| Name { text, whole });
        let condition = prop_oneof![
            text().prop_map(Condition::Word),
            proptest::collection::vec(name, 1..3).prop_map(Condition::Section),
            proptest::collection::vec(numbers(), 1..3).prop_map(Condition::Issue),
            proptest::sample::select(&Mark::ALL).prop_map(Condition::Is),
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
        fn every_text_is_a_query_that_reads_back_or_an_error_inside_of_it(text in "[甲乙ab:：,，\"\\\\=\\-!. 期1is]{0,16}") {
            match text.parse::<Query>() {
                Ok(query) => prop_assert_eq!(query.to_string().parse::<Query>().unwrap(), query),
                Err(error) => prop_assert!(error.at.start < error.at.end && error.at.start <= text.chars().count()),
            }
        }
    }
}
