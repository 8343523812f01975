//! The counts beside the switches of the filter, over the whole library: they come in the background, behind everything else.

use super::{each, middle, ms};
use parkweekly::query::Query;
use parkweekly::store::{Listing, Place, Scope, Store};
use std::path::Path;

/// How often each is counted.
const TIMES: usize = 5;

/// Of all items: by section and mark, by what items state, by issue, source and tag.
pub fn measure(folder: &Path) -> String {
    let store = Store::open(&Place::Folder(folder.to_owned())).unwrap();
    let searcher = store.searcher().unwrap();
    let listing = Listing {
        scope: Scope::Library,
        query: Query::default(),
    };
    let times = [
        each(TIMES, || drop(searcher.tally(&listing).unwrap())),
        each(TIMES, || drop(searcher.facets(&listing).unwrap())),
        each(TIMES, || drop(searcher.choices(&listing).unwrap())),
    ];
    times.map(|times| ms(middle(times))).join(" + ")
}
