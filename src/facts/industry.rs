//! The industries that an item is about, by the words of `assets/industry/industries.tsv`.
//!
//! A word of the headline or the lead tells of one, or several words of the paragraphs, or a list of industries there (涵盖甲、乙等领域);
//! a single mention does only where nothing else names any. Words of a company's name do not count, nor what a product is used for, the
//! halls of a fair, and what is only a part.

use super::Read;
use super::finder::Finder;
use super::near;
use super::story::{Line, Story};
use crate::issue::{Passage, TextField};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../assets/industry/industries.tsv");

/// What mentions in a text weigh, and from what weight on an industry is one of the item's.
const HEADLINE: u32 = 4;
const LEAD: u32 = 3;
const LIST: u32 = 3;
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
    /// Separated by blanks; `None` of words that tell of no industry.
    industries: Option<&'static str>,
    words: &'static str,
    #[cfg(test)]
    example: &'static str,
}

struct Words {
    finder: Finder,
    /// For each word the positions of its industries in `names`.
    industries: Vec<Vec<usize>>,
    /// Each once.
    names: Vec<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut names: Vec<&str> = rows().flat_map(Row::names).collect();
    let mut seen = HashSet::new();
    names.retain(|name| seen.insert(*name));
    let place = |name: &str| names.iter().position(|known| *known == name);
    let words: Vec<(&str, Vec<usize>)> = rows()
        .flat_map(|row| {
            let industries: Vec<usize> = row.names().filter_map(place).collect();
            let words = row.words.split(' ');
            words.map(move |word| (word, industries.clone()))
        })
        .collect();
    let finder = Finder::of(words.iter().map(|(word, _)| *word));
    Words {
        finder,
        industries: words
            .into_iter()
            .map(|(_, industries)| industries)
            .collect(),
        names,
    }
});

fn rows() -> impl Iterator<Item = Row> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| {
        let mut cells = line.split('\t');
        Some(Row {
            industries: Some(cells.next()?).filter(|names| *names != "-"),
            words: cells.next()?,
            #[cfg(test)]
            example: cells.next()?,
        })
    })
}

impl Row {
    fn names(self) -> impl Iterator<Item = &'static str> {
        self.industries
            .into_iter()
            .flat_map(|names| names.split(' '))
    }
}

/// The names of all industries, in the order of the table, each once.
#[must_use]
pub fn industries() -> Vec<&'static str> {
    WORDS.names.clone()
}

/// The industry that a folded word tells of most closely, if it is one of the table's.
pub(super) fn of_word(word: &str) -> Option<&'static str> {
    let hit = WORDS.finder.find_from(word, 0);
    let hit = hit.filter(|hit| hit.range == (0..word.len()))?;
    // Of a word of several the last is the nearest: 动力电池 is of batteries, which are a part of new energy.
    let industries = &WORDS.industries[hit.word];
    industries.last().map(|place| WORDS.names[*place])
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
    let mut has_list = false;
    for line in story.lines() {
        let lists = if story.is_policy() {
            vec![]
        } else {
            lists(line)
        };
        has_list |= mentions(line, &lists, &mut all);
        let is_named = all.iter().any(|one| one.weight > 0);
        match line.field {
            TextField::Headline => named_before_paragraphs = (is_named, is_named),
            TextField::Lead => named_before_paragraphs.1 = is_named,
            _ => {}
        }
    }
    let enough = match named_before_paragraphs {
        (true, _) => ENOUGH_BESIDE_HEADLINE,
        (_, false) if !story.is_policy() && !has_list => PARAGRAPH,
        _ => ENOUGH,
    };
    // A policy that names one in passing is of none.
    let enough = if story.is_policy() {
        enough
    } else {
        let most = all.iter().map(|one| one.weight).max().unwrap_or(0);
        enough.min(most).max(PARAGRAPH)
    };
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

/// Words that lists of industries follow: 涵盖, 重点发展.
const LISTS: [&str; 16] = [
    "涵盖",
    "涉及",
    "覆盖",
    "囊括",
    "涵括",
    "包括",
    "包含",
    "重点发展",
    "主要发展",
    "大力发展",
    "聚焦",
    "围绕",
    "主攻",
    "瞄准",
    "分布在",
    "集中在",
];
/// What is listed.
const LISTED: [&str; 8] = [
    "领域", "产业", "行业", "板块", "门类", "方向", "赛道", "集群",
];

/// The lists of industries in a text, of what is not a part of its object.
fn lists(line: &Line) -> Vec<Range<usize>> {
    let text = &line.text;
    let cues = LISTS_FINDER.find(text);
    let lists = cues.filter_map(|cue| {
        let behind = near::first(&text[cue.range.end..]);
        let list = behind.split([',', '。', ';']).next().unwrap_or(behind);
        let before = near::last(&text[..cue.range.start]);
        let sentence = before.rsplit(['。', ';']).next().unwrap_or(before);
        let is_list = is_of_industries(list);
        let is_part = sentence.contains("其中") || is_use(before);
        (is_list && !is_part).then(|| cue.range.end..cue.range.end + list.len())
    });
    lists.collect()
}

/// Whether a list is of industries (甲、乙等领域), not of projects by their names.
fn is_of_industries(list: &str) -> bool {
    let any = |is_there: &dyn Fn(&str) -> bool| LISTED.iter().any(|word| is_there(word));
    let (listed, is_told) = match list.split_once('等') {
        Some((listed, rest)) => {
            let end = near::first_of(rest, LONGEST_END);
            (listed, any(&|word| end.contains(word)))
        }
        None => (list, any(&|word| list.ends_with(word))),
    };
    is_told && listed.contains('、') && !listed.contains("项目")
}

/// In bytes: what stands at most between 等 and what was listed (等多个战略性新兴产业).
const LONGEST_END: usize = 36;

static LISTS_FINDER: LazyLock<Finder> = LazyLock::new(|| Finder::of(LISTS));

/// Counts what a text mentions; the same word again says nothing new. Whether one of the lists named any.
fn mentions(line: &Line, lists: &[Range<usize>], all: &mut [Mentions]) -> bool {
    let mut has_list = false;
    let weight = match line.field {
        TextField::Headline => HEADLINE,
        TextField::Lead => LEAD,
        _ => PARAGRAPH,
    };
    let mut seen: Vec<usize> = vec![];
    for hit in WORDS.finder.find(&line.text) {
        let (word, place) = (hit.word, hit.range);
        let industries = &WORDS.industries[word];
        let tells = || {
            !is_part(&line.text, &place)
                && !is_in_company(&line.text[place.end..])
                && !line.text[place.end..].starts_with('馆')
                && !is_use(near::last(&line.text[..place.start]))
        };
        if industries.is_empty() || seen.contains(&word) || !tells() {
            continue;
        }
        seen.push(word);
        let is_listed = lists.iter().any(|list| list.contains(&place.start));
        has_list |= is_listed;
        for industry in industries {
            let one = &mut all[*industry];
            one.weight += if is_listed { weight.max(LIST) } else { weight };
            if one.from.is_empty() {
                one.from.push(line.passage(place.clone()));
            }
        }
    }
    has_list
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
            let own = row.industries.unwrap_or("");
            let is_first = found
                .split(' ')
                .zip(own.split(' '))
                .all(|(one, own)| one == own);
            assert!(
                is_first && found.len() >= own.len(),
                "{}: {found}",
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
            // The list counts beside what headline and lead name, and one thing more in passing does not.
            (
                "北岭储能产业园落户",
                "将重点发展新材料、高端装备制造等产业，厂区附近还有港口。",
                "新能源 新材料 装备制造",
            ),
            (
                "北岭20个项目集中开工",
                "涵盖生物医药、食品加工等领域，包括海川环保扩建项目。",
                "生物医药 食品",
            ),
            (
                "北岭储能产业园落户",
                "其中一个地块重点发展新材料、食品等产业。",
                "新能源",
            ),
            // Batteries are a part of what is called new energy, and are looked for by their own name.
            ("南湾动力电池总装基地开工", "", "新能源 电池"),
            ("南湾光伏电池片项目开工", "", "新能源"),
            // Halls of a fair, statistics, slogans of parks, words for grades.
            (
                "南湾博览会举行",
                "设置智能制造馆、绿色产业馆等6个展馆。",
                "",
            ),
            ("南湾经济半年报", "社会消费品零售总额增长7%。", ""),
            ("南湾零碳园区揭牌", "园区建设绿色低碳高质量发展先行区。", ""),
            ("南湾银厂投产", "建设食品级白银精炼厂。", ""),
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
