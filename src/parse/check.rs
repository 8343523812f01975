//! What an item says that it can hardly mean: a headline that belongs to another text, a clause that stands twice.
//! Must not change an item; a reader is told and decides.

use super::draft::{Body, ItemDraft};
use super::lines::is_hanzi;
use crate::issue::Problem;
use crate::text::normalise;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The problems of an item.
pub(super) fn problems(draft: &ItemDraft) -> Vec<Problem> {
    let unsupported = unsupported(draft).into_iter();
    unsupported.chain(repeated(draft)).collect()
}

/// The problems of all items of `body`, by section and item.
pub(super) fn all(body: &Body) -> Vec<(usize, usize, Problem)> {
    let mut found = Vec::new();
    for (section, draft) in body.sections.iter().enumerate() {
        for (item, draft) in draft.items.iter().enumerate() {
            let problems = problems(draft).into_iter();
            found.extend(problems.map(|problem| (section, item, problem)));
        }
    }
    found
}

/// Names of provinces and prefectures, shortest form, one a line.
static PLACES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    include_str!("../../assets/places/names.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
});

/// A headline that names an amount and a place, none of which is anywhere in its item.
fn unsupported(draft: &ItemDraft) -> Option<Problem> {
    let headline = &draft.key;
    let amount = amounts(headline).next()?;
    let item = &draft.item;
    let texts = item
        .lead
        .iter()
        .chain(&item.paragraphs)
        .map(|text| normalise(text));
    let text: String = texts.collect::<Vec<_>>().join("\n");
    if text.is_empty() || amounts(headline).any(|amount| has_number(&text, number(amount))) {
        return None;
    }
    // Other words may tie the two together.
    let letters: Vec<char> = headline.chars().collect();
    let told = letters
        .windows(NAME)
        .filter(|name| name.iter().all(|c| is_hanzi(*c)));
    if told
        .map(|name| name.iter().collect::<String>())
        .any(|name| text.contains(&name))
    {
        return None;
    }
    let source = item.source.as_deref().map(normalise).unwrap_or_default();
    let mut places = PLACES.iter().filter(|place| headline.contains(**place));
    let place = *places.clone().next()?;
    let supported = places.any(|place| text.contains(place) || source.contains(place));
    (!supported).then(|| Problem::HeadlineUnsupported {
        amount: amount.to_owned(),
        place: place.to_owned(),
    })
}

/// Hanzi that a headline and its text have in common where they are of one thing.
const NAME: usize = 4;

/// The amounts of money in a normalised text: digits, a unit of 万 or 亿, perhaps 元 and its kind.
fn amounts(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find(|c: char| c.is_ascii_digit())?;
            let digits = &rest[start..];
            let length = digits
                .find(|c: char| !c.is_ascii_digit() && c != '.')
                .unwrap_or(digits.len());
            let behind = &digits[length..];
            let unit = ["万亿", "亿", "万"]
                .into_iter()
                .find(|unit| behind.starts_with(unit));
            rest = behind;
            let Some(unit) = unit else {
                continue;
            };
            let money = &behind[unit.len()..];
            let currency = ["元", "美元", "欧元", "港元"]
                .into_iter()
                .find(|name| money.starts_with(name));
            // “332 亿” is money, “20 万” of tons is not.
            if currency.is_none() && unit == "万" {
                continue;
            }
            let end = length + unit.len() + currency.map_or(0, str::len);
            return Some(&digits[..end]);
        }
    })
}

/// The digits that an amount begins with.
fn number(amount: &str) -> &str {
    let end = amount.find(|c: char| !c.is_ascii_digit() && c != '.');
    &amount[..end.unwrap_or(amount.len())]
}

/// Whether `text` has the number, whole or with more decimals (“936” for “936.24”).
fn has_number(text: &str, number: &str) -> bool {
    text.match_indices(number).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let behind = text[at + number.len()..].chars().next();
        !before.is_some_and(|c| c.is_ascii_digit() || c == '.')
            && !behind.is_some_and(|c| c.is_ascii_digit())
    })
}

/// Fewest characters of a clause that cannot stand twice by chance; the longest names of companies and parks are shorter.
const CLAUSE: usize = 28;
/// Most characters of an item that is looked through.
const LOOKED_THROUGH: usize = 20_000;

/// The first clause that the paragraphs of an item have twice. Titles of policies, which a text may well repeat, do not count.
fn repeated(draft: &ItemDraft) -> Option<Problem> {
    let paragraphs = &draft.item.paragraphs;
    let text: Vec<char> = untitled(&normalise(&paragraphs.join("\n")));
    let (start, length) = repetition(&text)?;
    let clause: String = text[start..start + length].iter().collect();
    Some(Problem::RepeatedClause {
        text: clause
            .trim_matches(|c: char| !c.is_alphanumeric())
            .to_owned(),
    })
}

/// Where the first clause begins that `text` has had before, and its length.
///
/// A clause of twice the length of a block has a whole block in it wherever the blocks begin: so only each block is kept, and
/// every place is compared with those before it.
fn repetition(text: &[char]) -> Option<(usize, usize)> {
    const BLOCK: usize = CLAUSE / 2;
    if text.len() < 2 * CLAUSE || text.len() > LOOKED_THROUGH {
        return None;
    }
    let mut blocks: HashMap<u64, usize> = HashMap::new();
    let mut hash = Rolling::new(&text[..BLOCK]);
    for at in 0..=text.len() - BLOCK {
        if at > 0 {
            hash.roll(text[at - 1], text[at + BLOCK - 1]);
        }
        if let Some(before) = blocks.get(&hash.value).copied()
            && let Some(found) = around(text, before, at)
        {
            return Some(found);
        }
        if at % BLOCK == 0 {
            blocks.entry(hash.value).or_insert(at);
        }
    }
    None
}

/// The clause round `at` that is also round `before`, if it is long enough and the two do not overlap.
fn around(text: &[char], before: usize, at: usize) -> Option<(usize, usize)> {
    let same = |a: usize, b: usize| text[a] == text[b] && text[a] != TITLE;
    let back = (1..=before)
        .take_while(|back| same(before - back, at - back))
        .count();
    let length = (before..at)
        .zip(at..text.len())
        .take_while(|(a, b)| same(*a, *b))
        .count();
    let apart = before + length <= at - back;
    (apart && back + length >= CLAUSE).then_some((at - back, back + length))
}

/// The hash of a window that moves by one character at a time.
struct Rolling {
    value: u64,
    /// What the first character of the window counts.
    first: u64,
}

impl Rolling {
    const BASE: u64 = 0x0001_0000_01b3;

    fn new(window: &[char]) -> Self {
        let add = |value: u64, c: &char| value.wrapping_mul(Self::BASE).wrapping_add(u64::from(*c));
        Self {
            value: window.iter().fold(0, add),
            first: window
                .iter()
                .skip(1)
                .fold(1, |first: u64, _| first.wrapping_mul(Self::BASE)),
        }
    }

    fn roll(&mut self, out: char, into: char) {
        let rest = self
            .value
            .wrapping_sub(u64::from(out).wrapping_mul(self.first));
        self.value = rest.wrapping_mul(Self::BASE).wrapping_add(u64::from(into));
    }
}

/// Stands for a title.
const TITLE: char = '\u{fffc}';

/// The characters of `text` with each title (《…》) as one.
fn untitled(text: &str) -> Vec<char> {
    let mut out = Vec::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '《' if !inside => {
                inside = true;
                out.push(TITLE);
            }
            '》' => inside = false,
            _ if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::{Facts, Item, ItemOrdinal};

    fn found(headline: &str, paragraph: &str, source: &str) -> Vec<&'static str> {
        let draft = ItemDraft {
            item: Item {
                ordinal: ItemOrdinal(1),
                headline: headline.to_owned(),
                contents_headline: None,
                page: None,
                lead: None,
                paragraphs: vec![paragraph.to_owned()],
                source: Some(source.to_owned()),
                pictures: Vec::new(),
                facts: Facts::default(),
            },
            key: normalise(headline),
            line: 1,
        };
        problems(&draft).iter().map(Problem::kind).collect()
    }

    #[test]
    fn a_headline_needs_its_amount_or_its_place() {
        let headline = "总投资 26.5 亿元的冷链项目落户宜昌";
        let unsupported = ["headline-unsupported"];
        assert_eq!(
            found(headline, "芜湖港二期投产。", "芜湖市政府网站"),
            unsupported
        );
        assert_eq!(found(headline, "芜湖港投资 126.5 亿元。", ""), unsupported);
        for (text, source) in [
            ("项目总投资２６.５亿元。", ""),
            ("宜昌港二期投产。", ""),
            ("港口二期投产。", "宜昌市政府网站"),
        ] {
            assert!(found(headline, text, source).is_empty(), "{text}");
        }
        assert!(found("总投资超936亿的项目签约太原", "共936.24亿元。", "").is_empty());
        assert!(found("冷链项目落户宜昌", "芜湖港二期投产。", "").is_empty());
        assert!(found("宜昌港吞吐量超 20 万吨", "芜湖港二期投产。", "").is_empty());
    }

    #[test]
    fn a_clause_that_stands_twice_is_found() {
        let clause = "由江州大学和东港新区、北山机器人自动化股份有限公司三方联合共建";
        let twice = format!("{clause}的中心通过验收。中心{clause}，今年启用。");
        assert_eq!(found("中心启用", &twice, ""), ["repeated-clause"]);
        let title = "《关于加快推进开发区绿色低碳高质量发展的若干政策措施》";
        let twice = format!("{title}印发。根据{title}，今年启用。");
        assert!(found("中心启用", &twice, "").is_empty());
    }
}
