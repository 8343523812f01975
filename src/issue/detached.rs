//! Short names of marks without item, to be typed: `82@3f9c`, the issue's number and the beginning of a digest of the item's name.
//! Must stay the same whatever else waits: a position in a list would name another one as soon as the first is gone.

use super::{IssueNumber, ItemKey};
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::fmt::{self, Display};
use std::str::FromStr;

/// Characters of the digest that are typed at least: one issue seldom has so many marks waiting that they meet.
const SHORTEST: usize = 4;

/// The short name of marks without item.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DetachedName {
    /// Number of the issue.
    pub issue: IssueNumber,
    /// Beginning of the digest, in hexadecimal.
    digest: String,
}

impl DetachedName {
    /// The shortest names of `keys`, each of which names none of the others.
    #[must_use]
    pub fn all<'a>(keys: impl IntoIterator<Item = &'a ItemKey>) -> Vec<Self> {
        let all: Vec<(IssueNumber, String)> = keys
            .into_iter()
            .map(|key| (key.issue, digest(key)))
            .collect();
        let mut sorted: Vec<&(IssueNumber, String)> = all.iter().collect();
        sorted.sort();
        // Those that begin most alike stand side by side.
        let mut shared = HashMap::new();
        for pair in sorted.windows(2) {
            let ([one, other], true) = (pair, pair[0].0 == pair[1].0) else {
                continue;
            };
            let common = common(&one.1, &other.1);
            for side in [one, other] {
                let most: &mut usize = shared.entry(&side.1).or_default();
                *most = common.max(*most);
            }
        }
        let names = all.iter().map(|(issue, digest)| {
            let length = shared.get(digest).map_or(0, |shared| shared + 1);
            Self {
                issue: *issue,
                digest: digest.chars().take(length.max(SHORTEST)).collect(),
            }
        });
        names.collect()
    }

    /// Whether it is a name of `key`.
    #[must_use]
    pub fn names(&self, key: &ItemKey) -> bool {
        self.issue == key.issue && digest(key).starts_with(&self.digest)
    }
}

/// SHA-256 of all of a name, in hexadecimal.
fn digest(key: &ItemKey) -> String {
    let ItemKey {
        publication,
        issue,
        headline,
        nth,
    } = key;
    let name = format!("{publication}\0{issue}\0{headline}\0{nth}");
    let bytes = Sha256::digest(name.as_bytes());
    bytes.iter().fold(String::new(), |mut digest, byte| {
        // Writing to a String cannot fail.
        let _ = write!(digest, "{byte:02x}");
        digest
    })
}

/// Characters with which both begin.
fn common(one: &str, other: &str) -> usize {
    let both = one.chars().zip(other.chars());
    both.take_while(|(one, other)| one == other).count()
}

impl Display for DetachedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.issue, self.digest)
    }
}

/// A text that is no such name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no name of marks without item: 82@3f9c")]
pub struct DetachedNameError(pub String);

impl FromStr for DetachedName {
    type Err = DetachedNameError;

    /// Full-width forms count as ASCII: the Chinese input method is usually on.
    fn from_str(text: &str) -> Result<Self, DetachedNameError> {
        let wrong = || DetachedNameError(text.to_owned());
        let plain = crate::text::normalise(text);
        let (issue, digest) = plain.split_once('@').ok_or_else(wrong)?;
        let is_number = !issue.is_empty() && issue.bytes().all(|byte| byte.is_ascii_digit());
        let is_digest =
            digest.len() >= SHORTEST && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
        match issue.parse() {
            Ok(number) if is_number && is_digest => Ok(Self {
                issue: IssueNumber(number),
                digest: digest.to_owned(),
            }),
            _ => Err(wrong()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(headline: &str) -> ItemKey {
        ItemKey {
            publication: "试验周报".to_owned(),
            issue: IssueNumber(82),
            headline: headline.to_owned(),
            nth: 0,
        }
    }

    #[test]
    fn a_name_reads_back_in_any_width_and_names_one_item() {
        let (one, other) = (key("甲"), key("乙"));
        let name = DetachedName::all([&one, &other]).remove(0);
        assert_eq!(name.to_string().len(), "82@".len() + SHORTEST);
        assert_eq!(name.to_string().parse(), Ok(name.clone()));
        assert!(name.names(&one) && !name.names(&other));
        let twin = ItemKey { nth: 1, ..one };
        assert!(!name.names(&twin));
        assert_eq!(
            "８２＠３ｆ９Ｃ"
                .parse::<DetachedName>()
                .unwrap()
                .to_string(),
            "82@3f9c"
        );
    }

    #[test]
    fn of_two_that_begin_alike_each_is_named_at_greater_length() {
        // Of so many some meet in their first four characters.
        let keys: Vec<ItemKey> = (0..1500).map(|n| key(&format!("第{n}条"))).collect();
        let names = DetachedName::all(&keys);
        assert!(names.iter().any(|name| name.digest.len() > SHORTEST));
        for (n, name) in names.iter().enumerate() {
            assert!(name.names(&keys[n]), "{name}");
            let begins = |other: &DetachedName| other.digest.starts_with(&name.digest);
            assert_eq!(
                names.iter().filter(|other| begins(other)).count(),
                1,
                "{name}"
            );
        }
    }

    #[test]
    fn anything_else_is_no_name() {
        for text in [
            "", "82", "82@", "82@3f9", "82@3fgh", "@3f9c", "82/1/3", "+82@3f9c", "甲@3f9c",
        ] {
            assert!(text.parse::<DetachedName>().is_err(), "{text}");
        }
    }
}
