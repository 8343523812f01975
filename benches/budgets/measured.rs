//! The table of all budgets with what was measured: what divan cannot time is measured here.
//! Must not fail where a budget is missed: it is said.

mod counts;
mod jump;
pub mod keywords;

use crate::library::{self, ITEMS, Library, sizes};
use crate::program;
use crate::screen::{SIZE, Screen, start};
use cpu_time::ProcessTime;
use parkweekly::store::{Place, Store};
use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

/// How often what is not the worst of many is measured; the middle one counts.
const TIMES: usize = 21;

/// Rows of the table: what, with its budgets, and what was measured at each size.
struct Table {
    text: String,
}

impl Table {
    fn row(&mut self, what: &str, measured: &[String]) {
        writeln!(self.text, "| {what} | {} |", measured.join(" | ")).unwrap();
    }
}

/// Milliseconds, with as many digits as tell something.
fn ms(time: Duration) -> String {
    let ms = time.as_secs_f64() * 1e3;
    match ms {
        10.0.. => format!("{ms:.0} ms"),
        1.0.. => format!("{ms:.1} ms"),
        _ => format!("{ms:.2} ms"),
    }
}

fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// The CPU time of each of some runs.
fn each(times: usize, mut run: impl FnMut()) -> Vec<Duration> {
    let run = |_| {
        let begun = ProcessTime::now();
        run();
        begun.elapsed()
    };
    (0..times).map(run).collect()
}

/// Measures all and prints it.
#[expect(clippy::print_stdout, reason = "it is what the bench is for")]
pub fn print() {
    let sizes = sizes();
    let mut table = Table {
        text: String::new(),
    };
    let names: Vec<String> = sizes.iter().map(ToString::to_string).collect();
    table.row("items", &names);
    table.row("---", &vec!["---".to_owned(); names.len()]);
    let folders: Vec<_> = sizes
        .iter()
        .map(|items| Library { items: *items }.folder())
        .collect();
    let of = |measure: &dyn Fn(&Path) -> String| -> Vec<String> {
        folders.iter().map(|folder| measure(folder)).collect()
    };
    table.row(
        "start → first frame, ≤ 20/20/30 ms",
        &of(&|folder| ms(middle(each(TIMES, || start(folder, SIZE))))),
    );
    table.row(
        "the same of the program, from its call on (wall)",
        &of(&|folder| ms(program::start(folder))),
    );
    table.row("cursor move → frame, ≤ 3 ms", &of(&|folder| cursor(folder)));
    let jumps: Vec<_> = folders.iter().map(|folder| jump::measure(folder)).collect();
    let of_jumps = |tell: &dyn Fn(&jump::Measured) -> String| -> Vec<String> {
        jumps.iter().map(tell).collect()
    };
    table.row(
        "jump, worst key, all, ≤ 4/12/100 ms",
        &of_jumps(&|jump| jump.all.to_string()),
    );
    table.row(
        "jump, worst key, first page, ≤ –/–/16 ms",
        &of_jumps(&|jump| jump.first.to_string()),
    );
    table.row(
        "the key in the middle, all",
        &of_jumps(&|jump| ms(jump.middle)),
    );
    table.row(
        "the worst key until all is drawn",
        &of_jumps(&|jump| jump.drawn.to_string()),
    );
    table.row(
        "reading the headlines, once",
        &of_jumps(&|jump| ms(jump.reading)),
    );
    let found = of(&|folder| keywords::measure(folder, &keywords::PLAIN));
    table.row("keyword, first 200 rows, worst, ≤ 2/2/3 ms", &found);
    let found = of(&|folder| keywords::measure(folder, &keywords::NARROWED));
    table.row("the same with other conditions, worst", &found);
    table.row(
        "all counts of the filter, in the background",
        &of(&|folder| counts::measure(folder)),
    );
    let ran: Vec<_> = folders.iter().map(|folder| program::run(folder)).collect();
    let of_ran =
        |tell: &dyn Fn(&program::Ran) -> String| -> Vec<String> { ran.iter().map(tell).collect() };
    table.row(
        "resident memory, jump used, ≤ 20/50/250 MB",
        &of_ran(&|ran| format!("{:.1} MB", ran.jumped)),
    );
    table.row(
        "the same, and the library filtered",
        &of_ran(&|ran| format!("{:.1} MB", ran.filtered)),
    );
    table.row(
        "wake-ups of the idle reader in 5 s, 0",
        &of_ran(&|ran| ran.wakes.to_string()),
    );
    println!("\n{}", table.text);
    print_imports();
}

fn cursor(folder: &Path) -> String {
    let mut screen = Screen::open(folder, SIZE);
    screen.press("a");
    let mut keys = ["j", "j", "k"].into_iter().cycle();
    let times = each(300, || screen.press(keys.next().unwrap_or("j")));
    let worst = times.iter().copied().max().unwrap_or_default();
    format!("{}, worst of 300 {}", ms(middle(times)), ms(worst))
}

/// Items a second.
#[expect(clippy::print_stdout, reason = "it is what the bench is for")]
fn print_imports() {
    for (items, into) in [(0, "an empty library"), (100_000, "one of 100000 items")] {
        let (folder, texts) = crate::new_issues(items);
        let place = Place::Folder(folder.path().to_owned());
        let (one, rest) = texts.split_at(texts.len() / 2);
        let single = each(1, || {
            for text in one {
                library::import(&mut Store::open(&place).unwrap(), text);
            }
        });
        let bulk = each(1, || {
            let mut store = Store::open(&place).unwrap();
            for text in rest {
                library::import(&mut store, text);
            }
        });
        let rate = |issues: usize, time: Duration| {
            let items = u32::try_from(issues).unwrap_or(0) * ITEMS;
            f64::from(items) / time.as_secs_f64()
        };
        println!(
            "import into {into}: an issue at a time {:.0} items/s (≥ 1500), in bulk {:.0} items/s (≥ 4000)",
            rate(one.len(), single[0]),
            rate(rest.len(), bulk[0])
        );
    }
}
