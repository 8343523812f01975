//! The real program in a terminal: when its first frame stands there, its memory, and whether it sleeps.
//! Must not end it but by a key or by its own process.

use crate::screen::SIZE;
use crate::terminal::{PROGRAM, Session};
use portable_pty::CommandBuilder;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// How often its start is measured; the middle one counts.
const STARTS: usize = 11;
/// What goes on without a thread that wakes up for so long has ended.
const QUIET: Duration = Duration::from_millis(500);
/// How long an idle reader is looked at.
const IDLE: Duration = Duration::from_secs(5);

/// What was seen of it.
pub struct Ran {
    /// The most memory that it had, in megabytes: once the jump was used.
    pub jumped: f64,
    /// The same once all was filtered, too.
    pub filtered: f64,
    /// How often a thread of it woke up while nobody did anything.
    pub wakes: u64,
}

fn open(folder: &Path) -> Session {
    let mut command = CommandBuilder::new(PROGRAM);
    command.arg("--library");
    command.arg(folder);
    let unused = Arc::new(tempfile::tempdir().unwrap());
    Session::run(SIZE.width, SIZE.height, command, &unused)
}

/// From the call of the program until its first frame is on the screen: wall time.
pub fn start(folder: &Path) -> Duration {
    let mut times: Vec<Duration> = (0..STARTS)
        .map(|_| {
            let begun = Instant::now();
            let mut session = open(folder);
            session.until_shows("帮助");
            let time = begun.elapsed();
            session.press("q");
            session.until_given_back();
            time
        })
        .collect();
    times.sort_unstable();
    times[STARTS / 2]
}

/// Opens a library, moves the cursor, uses the jump, filters the whole library, and leaves it alone.
pub fn run(folder: &Path) -> Ran {
    let mut session = open(folder);
    session.until_shows("帮助");
    let process = session.child.process_id().unwrap();
    session.press("jjjjjk");
    settle(&mut session, process);
    for key in ["\x10", "新", "能", "源", "\x7f", "\x7f", "\x7f", "d", "c"] {
        session.press(key);
        settle(&mut session, process);
    }
    session.press("\r");
    settle(&mut session, process);
    let jumped = peak(process);
    let wakes = wakes(process);
    session.press("af");
    for key in ["电", "池", "\x7f", "\x7f", "项", "目"] {
        session.press(key);
        settle(&mut session, process);
    }
    let filtered = peak(process);
    session.press("\x1b");
    settle(&mut session, process);
    session.press("xq");
    session.until_given_back();
    Ran {
        jumped,
        filtered,
        wakes,
    }
}

/// Waits until no thread of the program wakes up any more.
fn settle(session: &mut Session, process: u32) {
    let mut before = switches(process);
    loop {
        thread::sleep(QUIET);
        session.take_in();
        let now = switches(process);
        if now == before {
            return;
        }
        before = now;
    }
}

/// The most memory that it had, in megabytes.
fn peak(process: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB"));
    kilobytes.unwrap().parse::<f64>().unwrap() * 1024.0 / 1e6
}

/// How often each thread has gone to sleep, or was sent to.
fn switches(process: u32) -> BTreeMap<String, (u64, u64)> {
    let threads = fs::read_dir(format!("/proc/{process}/task")).unwrap();
    let of = |thread: fs::DirEntry| {
        let folder = thread.path();
        let status = fs::read_to_string(folder.join("status")).ok()?;
        let ran = fs::read_to_string(folder.join("schedstat")).ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"))?;
        let slept = line.trim().parse().ok()?;
        let ran = ran.split(' ').next()?.parse().ok()?;
        Some((folder.display().to_string(), (slept, ran)))
    };
    threads.filter_map(|thread| of(thread.unwrap())).collect()
}

/// How often threads woke up in a while.
fn wakes(process: u32) -> u64 {
    let slept = |process| {
        switches(process)
            .values()
            .map(|(slept, _)| slept)
            .sum::<u64>()
    };
    let before = slept(process);
    thread::sleep(IDLE);
    slept(process) - before
}
