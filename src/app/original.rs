//! The document that an item was read from, and where in it the item stands.
//! Must not open it.

use super::input::STDIN;
use super::{Failure, sample};
use crate::issue::{IssueId, ItemId, Page};
use crate::source;
use crate::store::{Provenance, Store, issue_of};
use crate::text::{clean, normalise};
use std::fs;
use std::path::PathBuf;

/// A document, and where in it something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// Where it was when it was imported.
    pub path: PathBuf,
    /// Its page, from 1; none where it has none, or where the item is not found on any.
    pub page: Option<u32>,
    /// Whether it is what was imported, and not another file that stands there now.
    pub is_same: bool,
}

impl Original {
    /// That of an issue, or of one of its items.
    ///
    /// # Errors
    /// It was read from the standard input, is there no more, or the library cannot be read.
    pub fn of(store: &Store, issue: IssueId, item: Option<ItemId>) -> Result<Self, Failure> {
        let gone = || Failure::new("original-unknown", vec![]);
        let Provenance {
            source,
            path,
            sha256,
        } = store.provenance(issue)?.ok_or_else(gone)?;
        if path == STDIN {
            return Err(Failure::new("original-stdin", vec![]));
        }
        if path == sample::NAME {
            return Err(Failure::new("original-sample", vec![]));
        }
        let path = PathBuf::from(path);
        if !path.is_file() {
            let shown = clean(&path.to_string_lossy()).into_owned();
            return Err(Failure::new("original-gone", vec![("path", shown)]));
        }
        // What cannot be read is for the viewer to say.
        let is_same = fs::read(&path).map_or(true, |bytes| source::hash(&bytes) == sha256);
        let headline = match item.filter(|_| is_same) {
            Some(item) => store.item(item)?.map(|view| view.head.key.headline),
            None => None,
        };
        let page = match headline {
            Some(headline) => {
                let pages = store.kept_pages(source)?.unwrap_or_default();
                page_of(&pages, &headline)
            }
            None => None,
        };
        Ok(Self {
            path,
            page,
            is_same,
        })
    }

    /// That of an item.
    ///
    /// # Errors
    /// As [`Original::of`].
    pub fn of_item(store: &Store, item: ItemId) -> Result<Self, Failure> {
        Self::of(store, issue_of(item), Some(item))
    }
}

/// The page, from 1, on which a headline, normalised, stands: the last one that has it, for contents come before the items. None in a
/// document without pages, such as a text.
fn page_of(pages: &[Page], headline: &str) -> Option<u32> {
    // Its lines as one: a headline may be wrapped.
    let texts = pages.iter().map(|page| {
        page.lines
            .iter()
            .map(|line| normalise(&line.text))
            .collect()
    });
    let texts: Vec<String> = texts.collect();
    let of = |wanted: &str| {
        let has = |text: &String| text.contains(wanted);
        pages.get(texts.iter().rposition(has)?)?.number
    };
    of(headline)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::Line;

    fn page(number: u32, lines: &[&str]) -> Page {
        let lines = lines.iter().map(|text| Line {
            number: 1,
            text: (*text).to_owned(),
        });
        Page {
            number: Some(number),
            lines: lines.collect(),
            ..Page::default()
        }
    }

    #[test]
    fn an_item_is_on_the_last_page_that_has_its_headline() {
        let pages = [
            page(1, &["●项目 开工......1"]),
            page(2, &["●项目开工", "■正文"]),
            page(3, &["注"]),
        ];
        assert_eq!(page_of(&pages, &normalise("项目开工")), Some(2));
        assert_eq!(page_of(&pages, &normalise("另一项目")), None);
        let text = Page {
            number: None,
            ..pages[1].clone()
        };
        assert_eq!(page_of(&[text], &normalise("项目开工")), None);
    }
}
