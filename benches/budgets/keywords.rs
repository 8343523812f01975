//! Keywords: the first 200 rows of the whole library.
//! Must not count the rest of it; nobody waits for that.

use super::{middle, ms};
use cpu_time::ThreadTime;
use parkweekly::query::Query;
use parkweekly::store::{Anchor, Listing, Place, Scope, Store};
use parkweekly::tui::effect::{Find, Goal, Ticket};
use parkweekly::tui::message::Message;
use parkweekly::tui::worker::{Finder, Writer};
use std::path::Path;
use std::time::Duration;

/// A common word, a rare one, a character, two, latin, a phrase, several words, words that are not wanted or not there, and a section.
pub const PLAIN: [&str; 20] = [
    "项目",
    "新能源",
    "鄞州",
    "的",
    "镓",
    "电池",
    "gwh",
    "11gw",
    "\"总投资 5\"",
    "规划用地100亩",
    "电池 项目",
    "光伏 封顶",
    "项目 -电池",
    "-项目",
    "-的",
    "量子猫",
    "项目 量子猫",
    "section:政策 新能源",
    "section:招商 的",
    "section:政策 投产",
];

/// Words with what else a filter asks for.
pub const NARROWED: [&str; 12] = [
    "电池 OR 光伏",
    "(section:招商 OR 签约) 江苏",
    "-(锂电 光伏)",
    "is:unread 电池",
    "is:bookmarked 项目",
    "has:note 项目",
    "tag:跟踪 的",
    "issue:1..3 项目",
    "province:西藏 电池",
    "amount:>=290亿 项目",
    "stage:揭牌 光伏",
    "source:拉萨 电池",
];

/// A finder that is asked one thing after the other.
pub struct Finding {
    finder: Finder,
    // Holds the library.
    _writer: Writer,
}

impl Finding {
    pub fn on(folder: &Path) -> Self {
        let store = Store::open(&Place::Folder(folder.to_owned())).unwrap();
        let writer = Writer::new(store);
        let finder = writer.finder().unwrap();
        Self {
            finder,
            _writer: writer,
        }
    }

    /// How many of the first rows there are.
    pub fn find(&mut self, query: &str) -> usize {
        let listing = Listing {
            scope: Scope::Library,
            query: query.parse::<Query>().unwrap(),
        };
        let find = Find::List(Ticket(1), listing, Anchor::Top, Goal::First);
        match self.finder.perform(find) {
            Some(Message::List(_, listed, _)) => listed.run.items.len(),
            other => panic!("{other:?}"),
        }
    }
}

/// The worst of these queries; the others on stderr.
#[expect(clippy::print_stderr, reason = "what is behind the table")]
pub fn measure(folder: &Path, queries: &[&str]) -> String {
    let mut finding = Finding::on(folder);
    let mut all: Vec<(Duration, &str, usize)> = vec![];
    for query in queries {
        let mut rows = 0;
        let times = [(); 5].map(|()| {
            let begun = ThreadTime::now();
            rows = finding.find(query);
            begun.elapsed()
        });
        all.push((middle(times.to_vec()), query, rows));
    }
    all.sort_unstable();
    let name = folder.file_name().unwrap_or_default().display();
    let told = all.iter().rev();
    let told: Vec<String> = told
        .map(|(time, query, rows)| format!("{query} {} ({rows})", ms(*time)))
        .collect();
    eprintln!("keywords in {name}: {}", told.join(", "));
    let (time, query, _) = all.last().copied().unwrap_or_default();
    format!("{} (“{query}”)", ms(time))
}
