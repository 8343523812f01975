//! The industries that an item is about, by the words of `assets/industry/industries.tsv`.
//!
//! A word of the headline or the lead tells of one, or several words of the paragraphs; a single mention there does only where
//! headline and lead name none. Words of a company's name do not count, nor what a product is used for.

use super::Read;
use super::near;
use super::story::{Line, Story};
use crate::issue::{Passage, TextField};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../assets/industry/industries.tsv");

/// What mentions in a text weigh, and from what weight on an industry is one of the item's.
const HEADLINE: u32 = 4;
const LEAD: u32 = 3;
const PARAGRAPH: u32 = 1;
const ENOUGH: u32 = 2;
/// The same where the headline names industries.
const ENOUGH_BESIDE_HEADLINE: u32 = 3;

/// What a name goes on with up to the word that says that it is a company's.
const COMPANY: [&str; 8] = [
    "有限公司",
    "有限责任公司",
    "股份公司",
    "公司",
    "集团",
    "股份",
    "管委会",
    "大学",
];

/// One row of the table.
#[derive(Debug, Clone, Copy)]
struct Row {
    /// `None` of words that tell of no industry.
    industry: Option<&'static str>,
    words: &'static str,
    #[cfg(test)]
    example: &'static str,
}

struct Words {
    search: AhoCorasick,
    /// For each word the position of its industry in `names`.
    industries: Vec<Option<usize>>,
    names: Vec<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let names: Vec<&str> = rows().filter_map(|row| row.industry).collect();
    let place = |name: &str| names.iter().position(|known| *known == name);
    let words: Vec<(&str, Option<usize>)> = rows()
        .flat_map(|row| {
            let industry = row.industry.and_then(place);
            row.words.split(' ').map(move |word| (word, industry))
        })
        .collect();
    let search = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::DFA))
        .build(words.iter().map(|(word, _)| word))
        .unwrap_or_else(|fault| unreachable!("the table is part of the program: {fault}"));
    Words {
        search,
        industries: words.iter().map(|(_, industry)| *industry).collect(),
        names,
    }
});

fn rows() -> impl Iterator<Item = Row> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| {
        let mut cells = line.split('\t');
        Some(Row {
            industry: Some(cells.next()?).filter(|name| *name != "-"),
            words: cells.next()?,
            #[cfg(test)]
            example: cells.next()?,
        })
    })
}

/// The names of all industries, in the order of the table, each once.
#[must_use]
pub fn industries() -> Vec<&'static str> {
    let mut names = WORDS.names.clone();
    let mut seen = HashSet::new();
    names.retain(|name| seen.insert(*name));
    names
}

/// What an item says of one industry.
#[derive(Debug, Default, Clone)]
struct Mentions {
    weight: u32,
    /// The first of each text that weighs the most.
    from: Vec<Passage>,
}

/// Their names, in the order of the table.
pub(super) fn read(story: &Story) -> Read<Vec<String>> {
    let mut all = vec![Mentions::default(); WORDS.names.len()];
    let mut named_before_paragraphs = (false, false);
    for line in story.lines() {
        mentions(line, &mut all);
        let is_named = all.iter().any(|one| one.weight > 0);
        match line.field {
            TextField::Headline => named_before_paragraphs = (is_named, is_named),
            TextField::Lead => named_before_paragraphs.1 = is_named,
            _ => {}
        }
    }
    let enough = match named_before_paragraphs {
        (true, _) => ENOUGH_BESIDE_HEADLINE,
        (_, false) if !story.is_policy() => PARAGRAPH,
        _ => ENOUGH,
    };
    let most = all.iter().map(|one| one.weight).max().unwrap_or(0);
    let enough = enough.min(most).max(PARAGRAPH);
    let named = || {
        WORDS
            .names
            .iter()
            .zip(&all)
            .filter(|(_, one)| one.weight >= enough)
    };
    Read {
        value: named().map(|(name, _)| (*name).to_owned()).collect(),
        from: named().flat_map(|(_, one)| one.from.clone()).collect(),
    }
}

/// Counts what a text mentions; the same word again says nothing new.
fn mentions(line: &Line, all: &mut [Mentions]) {
    let weight = match line.field {
        TextField::Headline => HEADLINE,
        TextField::Lead => LEAD,
        _ => PARAGRAPH,
    };
    let mut seen: Vec<usize> = vec![];
    for found in WORDS.search.find_iter(&line.text) {
        let word = found.pattern().as_usize();
        let Some(industry) = WORDS.industries[word] else {
            continue;
        };
        let place = found.range();
        let tells = || {
            !is_part(&line.text, &place)
                && !is_in_company(&line.text[place.end..])
                && !is_use(near::last(&line.text[..place.start]))
        };
        if seen.contains(&word) || !tells() {
            continue;
        }
        seen.push(word);
        let one = &mut all[industry];
        one.weight += weight;
        if one.from.is_empty() {
            one.from.push(line.passage(place));
        }
    }
}

/// Whether a word of letters and digits is a part of a longer one: 5g in 15gw.
fn is_part(text: &str, word: &Range<usize>) -> bool {
    let letter = |c: char| c.is_ascii_alphanumeric();
    let found = &text[word.clone()];
    (found.starts_with(letter) && text[..word.start].ends_with(letter))
        || (found.ends_with(letter) && text[word.end..].starts_with(letter))
}

/// Whether what follows in the clause is what a product is used for.
fn is_use(before: &str) -> bool {
    let clause = before.rsplit([',', '。', ';']).next().unwrap_or(before);
    ["用于", "应用在", "适用", "服务于", "应用领域", "客户"]
        .iter()
        .any(|word| clause.contains(word))
}

/// Whether what stands behind a word makes it a part of a company's name: 某某新材料科技股份有限公司.
fn is_in_company(behind: &str) -> bool {
    const LONGEST: usize = 14;
    for (at, c) in behind.char_indices().take(LONGEST) {
        let rest = &behind[at..];
        if COMPANY.iter().any(|company| rest.starts_with(company)) {
            return true;
        }
        if "与和由在将的等、,。; ".contains(c)
            || ["项目", "产业"].iter().any(|end| rest.starts_with(end))
        {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Around;
    use crate::facts::tests::item_of;
    use std::collections::HashSet;

    fn industries(headline: &str, body: &[&str]) -> String {
        let around = Around {
            section: "招商引资",
            year: None,
            month: None,
            is_headline_foreign: false,
        };
        let story = Story::of(&item_of(headline, body), &around);
        read(&story).value.join(" ")
    }

    #[test]
    fn every_example_of_the_table_is_of_its_industry() {
        assert_eq!(
            rows().count(),
            TABLE.lines().filter(|line| !line.starts_with('#')).count()
        );
        for row in rows() {
            let found = industries(row.example, &[]);
            assert_eq!(
                found.split(' ').next().unwrap(),
                row.industry.unwrap_or(""),
                "{}",
                row.example
            );
        }
    }

    #[test]
    fn no_word_stands_twice_and_all_are_as_texts_are_when_folded() {
        let mut seen = HashSet::new();
        for word in rows().flat_map(|row| row.words.split(' ')) {
            assert!(seen.insert(word), "{word}");
            assert_eq!(crate::text::normalise(word), word);
        }
    }

    #[test]
    fn an_item_has_the_industries_that_a_reader_would_name() {
        for (headline, body, wanted) in [
            ("南湾氢能重卡总装基地开工", "", "新能源 汽车"),
            ("南湾新能源汽车座椅项目开工", "", "汽车"),
            // What is not told apart in the headline is read from the paragraphs, all of a list.
            (
                "北岭20个项目集中开工",
                "涵盖生物医药、食品加工、纺织服装等领域。",
                "生物医药 纺织服装 食品",
            ),
            // A mention deep in the text of an item whose headline tells its industry.
            ("河西芯片封测项目竣工", "厂区附近还有物流园。", "半导体"),
            // A market is no industry of the project.
            ("河西特种胶膜厂投产", "胶膜广泛应用于汽车、飞机等。", ""),
            // Names of companies and authorities.
            (
                "远山总部大楼封顶",
                "大楼由远山新材料科技股份有限公司投资建设。",
                "",
            ),
            ("三家单位签约", "市农业农村局和海洋大学签约。", ""),
            ("各地推动高质量发展", "绿色低碳转型步伐加快。", ""),
            // Letters and digits count as whole words.
            ("年产15GW项目签约", "", ""),
            ("5G 基站天线厂签约", "", "电子信息"),
        ] {
            assert_eq!(industries(headline, &[body]), wanted, "{headline} {body}");
        }
    }
}
