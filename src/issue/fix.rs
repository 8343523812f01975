//! Fixes: what a reader corrects of an item that the program read wrongly: a fact, the headline, where it begins.
//! Only the values and how they are written down; must not know where they are kept.

mod apply;
mod beginning;
mod corrected;
mod slot;
mod stated;

pub use apply::{Applied, apply};
pub use beginning::Beginning;
pub use corrected::Corrected;
pub use slot::Cut;
pub use stated::Stated;

use super::{Fact, Item};
use crate::text::{clean, normalise};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Characters of a headline at most: more than any paragraph that is one.
pub const LONGEST_HEADLINE: usize = 1000;

/// One correction of an item.
#[derive(Debug, Clone, PartialEq)]
pub enum Fix {
    /// What it states is this.
    Fact(Stated),
    /// Its headline is this: not empty, one line.
    Headline(String),
    /// It is no item: headline and texts belong to the item before it in its section.
    Join,
    /// From one of its texts on, which is the headline, it is an item of its own. Hangs on the item that the text was parsed in,
    /// whatever has become of that, so that no split and no join depends on another.
    Split(Beginning),
}

/// What of an item a fix corrects. An item has one fix of each at most.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A fact.
    Fact(Fact),
    /// The headline.
    Headline,
    /// That it is an item.
    Join,
    /// That it goes on at this text of it.
    Split(Beginning),
}

/// What is no name of a [`Target`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not to be fixed: {0}")]
pub struct TargetError(pub String);

/// A fix of an item with the time of its last change, as it travels with the item's marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FixRecord {
    /// What is corrected, as [`Target`] is written.
    pub what: String,
    /// The value, as [`Fix::value`] writes it.
    #[serde(default)]
    pub value: Option<String>,
    /// Whether it is in force; if not, it was undone.
    pub present: bool,
    /// When it was made or undone, RFC 3339.
    pub changed_at: String,
}

impl Fix {
    /// The headline of a text: one line, without what never shows. None where nothing is left, or it is too long.
    #[must_use]
    pub fn headline(text: &str) -> Option<Self> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = clean(&text).trim().to_owned();
        let fits = !normalise(&text).is_empty() && text.chars().count() <= LONGEST_HEADLINE;
        fits.then_some(Self::Headline(text))
    }

    /// That an item of its own begins with the paragraph at `at`, from 0, of an item as parsed. None where there is none that could
    /// be a headline.
    #[must_use]
    pub fn split(item: &Item, at: usize) -> Option<Self> {
        let texts = Beginning::all(item);
        let beginning = texts.skip(item.lead.iter().count()).nth(at)?;
        beginning.map(Self::Split)
    }

    /// What it corrects.
    #[must_use]
    pub fn target(&self) -> Target {
        match self {
            Self::Fact(stated) => Target::Fact(stated.fact()),
            Self::Headline(_) => Target::Headline,
            Self::Join => Target::Join,
            Self::Split(beginning) => Target::Split(beginning.clone()),
        }
    }

    /// Its value as it is kept; none where nothing is stated, or there is none.
    #[must_use]
    pub fn value(&self) -> Option<String> {
        match self {
            Self::Fact(stated) => stated.written(),
            Self::Headline(text) => Some(text.clone()),
            Self::Join | Self::Split(_) => None,
        }
    }

    /// The fix of a target and a value as they are kept; none where they make no sense.
    #[must_use]
    pub fn read(target: &Target, value: Option<&str>) -> Option<Self> {
        Some(match target {
            Target::Fact(fact) => Self::Fact(Stated::read(*fact, value)?),
            Target::Headline => Self::headline(value?)?,
            Target::Join => Self::Join,
            Target::Split(beginning) => Self::Split(beginning.clone()),
        })
    }
}

impl Target {
    /// The name of joins in `fixed` and `was`.
    pub const JOIN: &str = "join";
    /// The name of splits there.
    pub const SPLIT: &str = SPLIT;

    /// Its name in `fixed` and `was` of the JSON.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        match self {
            Self::Fact(fact) => field(*fact),
            Self::Headline => "headline",
            Self::Join => Self::JOIN,
            Self::Split(_) => SPLIT,
        }
    }
}

/// How a [`Target::Split`] is called, and begins where it is written.
const SPLIT: &str = "split";

/// What can be fixed, in the order in which it is shown.
const FIELDS: [&str; 11] = [
    Target::Headline.field(),
    field(Fact::ALL[0]),
    field(Fact::ALL[1]),
    field(Fact::ALL[2]),
    field(Fact::ALL[3]),
    field(Fact::ALL[4]),
    field(Fact::ALL[5]),
    field(Fact::ALL[6]),
    field(Fact::ALL[7]),
    Target::Join.field(),
    SPLIT,
];

/// A fact as a path into the JSON of an item.
const fn field(fact: Fact) -> &'static str {
    match fact {
        Fact::Date => "facts.date",
        Fact::Province => "facts.province",
        Fact::City => "facts.city",
        Fact::TotalInvestment => "facts.total_investment",
        Fact::Projects => "facts.projects",
        Fact::AreaMu => "facts.area_mu",
        Fact::Stage => "facts.stage",
        Fact::Industries => "facts.industries",
    }
}

impl Fact {
    /// Every fact, in the order in which they are shown.
    pub const ALL: [Self; 8] = [
        Self::Date,
        Self::Province,
        Self::City,
        Self::TotalInvestment,
        Self::Projects,
        Self::AreaMu,
        Self::Stage,
        Self::Industries,
    ];
}

impl fmt::Display for Target {
    /// As it is kept: its field, a split with the text behind it, and of several of one text which: `split:另一个项目`, `split.1:同上`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.field())?;
        match self {
            Self::Split(Beginning { text, nth: 0 }) => write!(f, ":{text}"),
            Self::Split(Beginning { text, nth }) => write!(f, ".{nth}:{text}"),
            _ => Ok(()),
        }
    }
}

impl FromStr for Target {
    type Err = TargetError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || TargetError(text.to_owned());
        if let Some((name, beginning)) = text.split_once(':') {
            let is_folded = !beginning.is_empty() && normalise(beginning) == beginning;
            let nth = match name.strip_prefix(SPLIT) {
                Some("") => Some(0),
                // As it is written, and in no other way: it is what the fix is known by.
                Some(nth) => nth.strip_prefix('.').and_then(|digits| {
                    let nth: u32 = digits.parse().ok()?;
                    (nth > 0 && nth.to_string() == digits).then_some(nth)
                }),
                None => None,
            };
            let nth = nth.filter(|_| is_folded).ok_or_else(wrong)?;
            let text = beginning.to_owned();
            return Ok(Self::Split(Beginning { text, nth }));
        }
        let facts = Fact::ALL.into_iter().map(Self::Fact);
        let mut targets = facts.chain([Self::Headline, Self::Join]);
        targets
            .find(|target| target.field() == text)
            .ok_or_else(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::{Facts, ItemOrdinal, Money, Stage};

    fn item(paragraphs: &[&str]) -> Item {
        Item {
            ordinal: ItemOrdinal(1),
            headline: "甲".to_owned(),
            contents_headline: None,
            page: None,
            lead: Some("导语".to_owned()),
            paragraphs: paragraphs.iter().map(|text| (*text).to_owned()).collect(),
            source: None,
            pictures: vec![],
            facts: Facts::default(),
        }
    }

    #[test]
    fn a_fix_is_read_back_as_it_was_written() {
        let money = |unit: &str| Money {
            value: 4.5,
            unit: unit.parse().unwrap(),
        };
        let industries = vec!["新能源".to_owned(), "汽车".to_owned()];
        let texts = item(&["第一段", "乙市 开工", "乙市开工"]);
        for fix in [
            Fix::Fact(Stated::Date("2023-01-03".parse().ok())),
            Fix::Fact(Stated::Date(None)),
            Fix::Fact(Stated::Province(Some("江苏".to_owned()))),
            Fix::Fact(Stated::City(None)),
            Fix::Fact(Stated::TotalInvestment(Some(money("亿美元")))),
            Fix::Fact(Stated::TotalInvestment(Some(money("万元")))),
            Fix::Fact(Stated::Projects(Some(41))),
            Fix::Fact(Stated::AreaMu(Some(500.5))),
            Fix::Fact(Stated::Stages(vec![Stage::Completed])),
            Fix::Fact(Stated::Stages(vec![Stage::Started, Stage::Signed])),
            Fix::Fact(Stated::Industries(industries)),
            Fix::Fact(Stated::Industries(vec![])),
            Fix::headline(" 甲市  签约\n三个项目 ").unwrap(),
            Fix::Join,
            Fix::split(&texts, 1).unwrap(),
            Fix::split(&texts, 2).unwrap(),
        ] {
            let target: Target = fix.target().to_string().parse().unwrap();
            assert_eq!(target, fix.target());
            assert_eq!(Fix::read(&target, fix.value().as_deref()), Some(fix));
        }
    }

    #[test]
    fn what_makes_no_sense_is_no_fix() {
        for what in [
            "",
            "facts",
            "facts.colour",
            "split",
            "split:",
            "split:A b",
            "split.0:a",
            "split.01:a",
            "split.+1:a",
            "split1:a",
            "splits:a",
            "lead",
        ] {
            assert!(what.parse::<Target>().is_err(), "{what}");
        }
        for (what, value) in [
            ("facts.date", Some("2023-02-30")),
            ("facts.total_investment", Some("280")),
            ("facts.total_investment", Some("0亿元")),
            ("facts.projects", Some("-1")),
            ("facts.projects", Some("1")),
            ("facts.area_mu", Some("inf")),
            ("facts.area_mu", Some("-5")),
            ("facts.area_mu", Some("1e300")),
            ("facts.stage", Some("开幕")),
            ("headline", None),
            ("headline", Some(" \u{200b}")),
        ] {
            let target = what.parse().unwrap();
            assert_eq!(Fix::read(&target, value), None, "{what} {value:?}");
        }
        assert_eq!(Fix::headline(&"长".repeat(LONGEST_HEADLINE + 1)), None);
        assert_eq!(Fix::split(&item(&[" "]), 0), None);
        assert_eq!(Fix::split(&item(&[]), 0), None);
    }
}
