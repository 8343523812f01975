//! The process that reads one PDF: it limits itself, reads the document from its input and tells what it found.
//! Must not touch anything but its three streams.

use super::fault::Fault;
use super::wire::{Frame, GREETING, Request};
use std::io::{self, BufWriter, Read as _, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Most address space, in MiB. Issues take 20 to 60.
pub(super) const MEBIBYTES: u64 = 1024;

/// Most time of the processor, in seconds. Issues take 0.05 to 0.2.
pub(super) const SECONDS: u64 = 20;

/// Does the work of the process: the exit code. Where a limit ends it, there is none.
#[must_use]
pub fn run() -> u8 {
    limit();
    // The one who asked says what is to be said.
    std::panic::set_hook(Box::new(|_| {}));
    let told = catch_unwind(AssertUnwindSafe(tell));
    match told {
        Ok(Ok(())) => 0,
        Ok(Err(_)) => 1,
        Err(_) => {
            let mut output = io::stdout().lock();
            let told = Frame::Fault(Fault::Damaged).write(&mut output);
            u8::from(told.and_then(|()| output.flush()).is_err())
        }
    }
}

/// Reads the request and the document, and tells what is in it.
fn tell() -> io::Result<()> {
    let mut input = io::stdin().lock();
    io::stdout().write_all(GREETING)?;
    let request = Request::read(&mut input)?;
    if is_orphan(request.asks) {
        return Ok(());
    }
    let mut bytes = vec![];
    input
        .take(crate::source::MAX_PDF_BYTES)
        .read_to_end(&mut bytes)?;
    let mut output = BufWriter::new(io::stdout().lock());
    let mut gone = None;
    let mut progress = |done: usize, all: usize| {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let told = Frame::Progress(count(done), count(all)).write(&mut output);
        gone = gone.take().or(told.and_then(|()| output.flush()).err());
    };
    let extract = super::extract(
        bytes,
        request.password.as_deref(),
        request.wants_photos,
        &mut progress,
    );
    if let Some(gone) = gone {
        return Err(gone);
    }
    match extract {
        Err(fault) => Frame::Fault(fault).write(&mut output)?,
        Ok(extract) => {
            for page in extract.pages {
                Frame::Page(page).write(&mut output)?;
            }
            for photo in extract.photos {
                Frame::Photo(photo.picture.sha256, photo.bytes.to_vec()).write(&mut output)?;
            }
            Frame::End(extract.condition).write(&mut output)?;
        }
    }
    output.flush()
}

/// Takes from this process what a hostile document could use: memory, time, a core file. Where the system has no such limits, the
/// deadline of the one who asked is the only one.
#[cfg(unix)]
fn limit() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let at_most = |limit: u64, hard: u64| Rlimit {
        current: Some(limit),
        maximum: Some(hard),
    };
    let _ = setrlimit(Resource::Core, at_most(0, 0));
    let _ = setrlimit(Resource::Cpu, at_most(SECONDS, SECONDS + 1));
    let memory = MEBIBYTES * 1024 * 1024;
    let _ = setrlimit(Resource::As, at_most(memory, memory));
    // Nobody waits for an answer when the one who asked is gone.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
}

#[cfg(not(unix))]
fn limit() {}

/// Whether the one who asks was gone before this process could ask to be ended with it.
#[cfg(unix)]
fn is_orphan(asks: u32) -> bool {
    let parent = rustix::process::getppid().map(rustix::process::Pid::as_raw_pid);
    parent.is_none_or(|parent| u32::try_from(parent) != Ok(asks))
}

#[cfg(not(unix))]
const fn is_orphan(_: u32) -> bool {
    false
}
