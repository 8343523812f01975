//! Addresses: `101/1/3` an item, `101/1` a section, `101` an issue, `园区周报:101/1/3` with the publication named.
//! Only spelling; whether anything stands there is the library's to say.

use super::{IssueNumber, ItemOrdinal, SectionOrdinal};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// Where an issue, a section or an item stands, as a reader writes it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Address {
    /// The publication's name, where the number alone may be ambiguous.
    pub publication: Option<String>,
    /// The issue's number.
    pub issue: IssueNumber,
    /// How much of the issue is meant.
    pub part: Part,
}

/// How much of an issue an [`Address`] means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// All of it.
    Issue,
    /// One section.
    Section(SectionOrdinal),
    /// One item.
    Item(SectionOrdinal, ItemOrdinal),
}

/// A text that is no address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no address: write 101 for an issue, 101/1 for a section, 101/1/3 for an item")]
pub struct AddressError(pub String);

impl Address {
    /// The address of an item, without publication.
    #[must_use]
    pub const fn item(issue: IssueNumber, section: SectionOrdinal, item: ItemOrdinal) -> Self {
        Self {
            publication: None,
            issue,
            part: Part::Item(section, item),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(publication) = &self.publication {
            write!(f, "{publication}:")?;
        }
        match self.part {
            Part::Issue => write!(f, "{}", self.issue),
            Part::Section(section) => write!(f, "{}/{section}", self.issue),
            Part::Item(section, item) => write!(f, "{}/{section}/{item}", self.issue),
        }
    }
}

impl FromStr for Address {
    type Err = AddressError;

    /// Full-width digits, `：` and `／` count as their ASCII forms: the Chinese input method is usually on.
    fn from_str(text: &str) -> Result<Self, AddressError> {
        let wrong = || AddressError(text.to_owned());
        let plain: String = text.trim().chars().map(ascii_form).collect();
        let (publication, place) = match plain.rsplit_once(':') {
            Some((name, place)) if !name.is_empty() => (Some(name.to_owned()), place),
            Some(_) => return Err(wrong()),
            None => (None, plain.as_str()),
        };
        let numbers: Vec<u32> = place
            .split('/')
            .map(number)
            .collect::<Option<_>>()
            .ok_or_else(wrong)?;
        let (issue, part) = match numbers[..] {
            [issue] => (issue, Part::Issue),
            [issue, section] => (issue, Part::Section(SectionOrdinal(section))),
            [issue, section, item] => (
                issue,
                Part::Item(SectionOrdinal(section), ItemOrdinal(item)),
            ),
            _ => return Err(wrong()),
        };
        Ok(Self {
            publication,
            issue: IssueNumber(issue),
            part,
        })
    }
}

impl Serialize for Address {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Address {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(D::Error::custom)
    }
}

fn ascii_form(c: char) -> char {
    match c {
        '：' => ':',
        '／' => '/',
        '０'..='９' => {
            char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c)
        }
        _ => c,
    }
}

/// A number of digits alone: no sign, no space.
fn number(text: &str) -> Option<u32> {
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_read_back_as_written() {
        for text in ["101", "101/1", "101/1/3", "园区周报:101/1/3"] {
            assert_eq!(text.parse::<Address>().unwrap().to_string(), text);
        }
        assert_eq!(
            "１０１／１／３".parse::<Address>().unwrap().to_string(),
            "101/1/3"
        );
    }

    #[test]
    fn anything_else_is_refused_with_what_would_be_right() {
        for text in [
            "",
            "a",
            "101/",
            "101//3",
            "101/1/3/4",
            ":101",
            "101/-1",
            "101/+1",
            "99999999999",
        ] {
            let error = text.parse::<Address>().unwrap_err();
            assert!(error.to_string().contains("101/1/3"), "{error}");
        }
    }
}
