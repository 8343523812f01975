//! Where an item of its own begins that was parsed as a part of another, and what such an item is called.

use crate::issue::key::OF_PARTS;
use crate::issue::{Item, ItemKey};
use crate::text::normalise;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// A text of an item as parsed: its lead, or a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Beginning {
    /// Folded; not empty.
    pub text: String,
    /// Which of the item's texts that fold to this, from 0.
    pub nth: u32,
}

impl Beginning {
    /// Of each text of an item, in order; none of one that could be no headline.
    pub(super) fn all(item: &Item) -> impl Iterator<Item = Option<Self>> {
        let mut seen: HashMap<String, u32> = HashMap::new();
        item.lead.iter().chain(&item.paragraphs).map(move |text| {
            let text = normalise(text);
            let count = seen.entry(text.clone()).or_default();
            let nth = *count;
            *count += 1;
            (!text.is_empty()).then_some(Self { text, nth })
        })
    }

    /// Whether a part of the one item is the same part of the other, by their names: where an item has another name, what was split
    /// off it has.
    #[must_use]
    pub fn is_same_part(part: &ItemKey, of: &ItemKey, now: &ItemKey, of_now: &ItemKey) -> bool {
        /// More equal texts than an item has.
        const MOST: u32 = 64;
        let mut numbers = 0..MOST;
        part.headline == now.headline
            && numbers.any(|nth| {
                let text = part.headline.clone();
                let beginning = Self { text, nth };
                beginning.key(of) == *part && beginning.key(of_now) == *now
            })
    }

    /// The name of the item that begins here in the item of this name. It depends on these two alone, so that nothing that becomes
    /// of other items gives it another; and its number is none that an item as parsed has.
    #[must_use]
    pub fn key(&self, of: &ItemKey) -> ItemKey {
        let parent = format!("{}\n{}\n{}", of.headline, of.nth, self.nth);
        let digest = Sha256::digest(parent);
        let number = u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]);
        ItemKey {
            headline: self.text.clone(),
            nth: number | OF_PARTS,
            ..of.clone()
        }
    }
}
