//! The headlines that the contents list, by how they begin: what tells where a wrapped headline ends.
//! Must not know which of them are due; `listing` does.

use super::contents::Contents;

/// Characters at their beginning that headlines must have in common to be compared, and how many are.
const COMMON: usize = 3;
const MOST: usize = 24;

/// Whether `text` is `listed` as far as it goes, but for two characters at most, and one in ten.
fn is_like(text: &str, listed: &str) -> bool {
    let mut listed = listed.chars();
    let (mut length, mut other) = (0, 0);
    for c in text.chars() {
        length += 1;
        match listed.next() {
            Some(listed) => other += usize::from(c != listed),
            None => return false,
        }
    }
    other <= 2 && 10 * other <= length
}

/// The headlines that the contents list, to be looked up by how they begin.
pub(super) struct Listed<'c> {
    /// Normalised, in order.
    keys: Vec<&'c str>,
}

impl<'c> Listed<'c> {
    pub(super) fn new(contents: &'c Contents) -> Self {
        let mut keys: Vec<&str> = contents.keys().filter(|key| !key.is_empty()).collect();
        keys.sort_unstable();
        Self { keys }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.keys.binary_search(&key).is_ok()
    }

    /// Whether a headline is like `key`: of its length, with a character or two otherwise.
    pub(super) fn has_like(&self, key: &str) -> bool {
        self.near(key)
            .any(|listed| listed.chars().count() == key.chars().count() && is_like(key, listed))
    }

    /// Whether a headline begins like `key`.
    pub(super) fn begins_like(&self, key: &str) -> bool {
        self.near(key).any(|listed| is_like(key, listed))
    }

    /// The headlines that have their first characters in common with `key`.
    fn near(&self, key: &str) -> impl Iterator<Item = &'c str> {
        let start: String = key.chars().take(COMMON).collect();
        let at = self.keys.partition_point(|listed| *listed < start.as_str());
        let found = self.keys[at..].iter().copied();
        found
            .take(MOST)
            .take_while(move |listed| listed.starts_with(&start))
    }

    /// Whether a headline that begins with `key` and has more ends within `whole`, which begins so too: the contents may have cut
    /// it off.
    pub(super) fn ends_between(&self, key: &str, whole: &str) -> bool {
        let mut near = self.near(key);
        near.any(|listed| {
            listed.len() > key.len() && listed.starts_with(key) && whole.starts_with(listed)
        })
    }

    /// Whether a headline begins with `key`, or is it.
    pub(super) fn begins(&self, key: &str) -> bool {
        let at = self.keys.partition_point(|listed| *listed < key);
        !key.is_empty()
            && self
                .keys
                .get(at)
                .is_some_and(|listed| listed.starts_with(key))
    }
}
