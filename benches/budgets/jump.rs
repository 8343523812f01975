//! The jump: what each key of real queries costs, from the first letter on.
//! Must not count what is read once for all keys; that is told by itself.

use super::{middle, ms};
use crate::screen::{SIZE, Screen};
use cpu_time::{ProcessTime, ThreadTime};
use parkweekly::store::{Place, Scope, Store};
use parkweekly::tui::effect::{Find, Jump, Ticket};
use parkweekly::tui::message::Message;
use parkweekly::tui::worker::Writer;
use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

/// What is typed: hanzi, full pinyin, initials, mixed, several words, and what nothing has.
const TYPED: [&str; 30] = [
    "苏州昆山锂电池",
    "新能源汽车零部件",
    "总投资10亿元",
    "项目集中开工",
    "碳达峰实施方案",
    "2023年第一季度",
    "的",
    "市产业园",
    "年产300万套",
    "suzhougaoxinqu",
    "xinnengyuan",
    "chongqing",
    "dianchi",
    "zhongguo",
    "shanxisheng",
    "jiangsu qianyue",
    "xiangmujizhongkaigong",
    "szgxq",
    "xnyqc",
    "cqljxq",
    "xmjzkg",
    "ztz",
    "ssss",
    "nj江宁",
    "suz高新",
    "锂dianchi",
    "江苏 签约",
    "s z x",
    "gwh",
    "量子猫",
];

/// A time, and what was typed.
#[derive(Debug, Default, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Worst(Duration, String);

impl fmt::Display for Worst {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (“{}”)", ms(self.0), self.1)
    }
}

/// What the jump costs in a library.
pub struct Measured {
    /// Until the first page of hits, in the finder.
    pub first: Worst,
    /// Until all headlines are looked through, in the finder.
    pub all: Worst,
    /// That of the key in the middle.
    pub middle: Duration,
    /// Until all hits are on the screen, with a preview of the first.
    pub drawn: Worst,
    /// Until all headlines are read, before the first key has all its hits.
    pub reading: Duration,
}

/// Each key, as what is typed after it.
fn keys() -> Vec<String> {
    let mut keys = BTreeSet::new();
    for text in TYPED {
        for (end, c) in text.char_indices() {
            keys.insert(text[..end + c.len_utf8()].to_owned());
        }
    }
    keys.extend(('a'..='z').map(String::from));
    keys.into_iter().collect()
}

/// A finder on a thread of its own, as the reader has it, which tells what its answers cost.
struct Timed {
    requests: Sender<Find>,
    answers: Receiver<(bool, Duration)>,
    tickets: u64,
}

impl Timed {
    fn on(folder: &Path) -> Self {
        let (requests, finds) = channel();
        let (tell, answers) = channel();
        let place = Place::Folder(folder.to_owned());
        thread::spawn(move || {
            let writer = Writer::new(Store::open(&place).unwrap());
            let mut before = ThreadTime::now();
            writer.finder().unwrap().run(&finds, |message| {
                let Message::Hits(_, hits) = message else {
                    panic!("no hits");
                };
                // Of a second answer all that came before it counts, too.
                let cost = before.elapsed();
                let _ = tell.send((hits.is_whole, cost));
                if hits.is_whole {
                    before = ThreadTime::now();
                }
            });
        });
        Self {
            requests,
            answers,
            tickets: 0,
        }
    }

    /// Until the first page, and until all.
    fn jump(&mut self, typed: &str) -> (Duration, Duration) {
        self.tickets += 1;
        let jump = Jump {
            typed: typed.to_owned(),
            scope: Scope::Library,
            recent: vec![],
        };
        let find = Find::Jump(Ticket(self.tickets), jump);
        self.requests.send(find).unwrap();
        let mut first = None;
        loop {
            let (is_whole, cost) = self.answers.recv().unwrap();
            let first = *first.get_or_insert(cost);
            if is_whole {
                return (first, cost);
            }
        }
    }
}

/// Measures every key three times; the middle one counts.
pub fn measure(folder: &Path) -> Measured {
    let mut finder = Timed::on(folder);
    let (_, reading) = finder.jump("项");
    let (mut firsts, mut alls) = (vec![], vec![]);
    for key in keys() {
        let times = [(); 3].map(|()| finder.jump(&key));
        let first = middle(times.map(|(first, _)| first).to_vec());
        let all = middle(times.map(|(_, all)| all).to_vec());
        firsts.push(Worst(first, key.clone()));
        alls.push(Worst(all, key));
    }
    let worst = |all: &[Worst]| all.iter().max().cloned().unwrap_or_default();
    tell(folder, &alls);
    Measured {
        first: worst(&firsts),
        all: worst(&alls),
        middle: middle(alls.iter().map(|one| one.0).collect()),
        drawn: drawn(folder, &worst(&alls).1),
        reading,
    }
}

/// A key until its hits are on the screen.
fn drawn(folder: &Path, typed: &str) -> Worst {
    let mut screen = Screen::open(folder, SIZE);
    screen.press("ctrl-p");
    screen.types(typed);
    let last = typed.chars().last().map(String::from).unwrap_or_default();
    let times = [(); 5].map(|()| {
        screen.press("backspace");
        let begun = ProcessTime::now();
        screen.types(&last);
        begun.elapsed()
    });
    Worst(middle(times.to_vec()), typed.to_owned())
}

/// The ten worst keys on stderr.
#[expect(clippy::print_stderr, reason = "what is behind the table")]
fn tell(folder: &Path, all: &[Worst]) {
    let mut all = all.to_vec();
    all.sort_unstable();
    let worst: Vec<String> = all.iter().rev().take(10).map(ToString::to_string).collect();
    let name = folder.file_name().unwrap_or_default().display();
    eprintln!("worst keys in {name}: {}", worst.join(", "));
}
