//! Reading on all cores, ahead of the one who takes what was read in order.
//! Must not run further ahead than memory allows, nor go on when nobody takes any more.

use std::num::NonZero;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::{self, Builder};

/// How many documents may be read and not taken, for each core: their photos are in memory until then.
const AHEAD: usize = 2;

/// How far reading and taking are.
#[derive(Debug, Default)]
struct Standing {
    /// The next one to be read.
    next: usize,
    /// The next one to be taken.
    taken: usize,
    is_over: bool,
}

/// Ends the run when it is dropped: where a reader panics, nobody waits for what it was to read.
struct Over<'a> {
    standing: &'a Mutex<Standing>,
    moved: &'a Condvar,
}

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.standing
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_over = true;
        self.moved.notify_all();
    }
}

/// Reads `count` things, several at once, and has each of them taken in order, by this thread.
pub fn read_ahead<T: Send>(
    count: usize,
    read: impl Fn(usize) -> T + Sync,
    mut take: impl FnMut(usize, T) -> ControlFlow<()>,
) {
    let cores = thread::available_parallelism()
        .map_or(1, NonZero::get)
        .min(count);
    if cores < 2 {
        for nth in 0..count {
            if take(nth, read(nth)).is_break() {
                break;
            }
        }
        return;
    }
    let standing = Mutex::new(Standing::default());
    let moved = Condvar::new();
    let lock = || standing.lock().unwrap_or_else(PoisonError::into_inner);
    let next = || -> Option<usize> {
        let waits = |standing: &mut Standing| {
            !standing.is_over
                && standing.next < count
                && standing.next >= standing.taken + AHEAD * cores
        };
        let mut standing: MutexGuard<'_, Standing> = moved
            .wait_while(lock(), waits)
            .unwrap_or_else(PoisonError::into_inner);
        let nth = standing.next;
        (!standing.is_over && nth < count).then(|| {
            standing.next += 1;
            nth
        })
    };
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        let mut readers = 0;
        for _ in 0..cores {
            let (sender, next, read) = (sender.clone(), &next, &read);
            let (standing, moved) = (&standing, &moved);
            let reader = move || {
                let over = Over { standing, moved };
                while let Some(nth) = next() {
                    if sender.send((nth, read(nth))).is_err() {
                        break;
                    }
                }
                // Not where it has panicked: then it is dropped on the way.
                std::mem::forget(over);
            };
            readers += usize::from(Builder::new().spawn_scoped(scope, reader).is_ok());
        }
        drop(sender);
        if readers == 0 {
            // No thread is to be had: as if there were one core.
            for nth in 0..count {
                if take(nth, read(nth)).is_break() {
                    break;
                }
            }
            return;
        }
        let mut early: Vec<(usize, T)> = vec![];
        'taking: for nth in 0..count {
            let read = loop {
                if let Some(at) = early.iter().position(|(other, _)| *other == nth) {
                    break early.swap_remove(at).1;
                }
                // None comes where one of the readers has panicked, which goes on when all have ended.
                let Ok(read) = receiver.recv() else {
                    break 'taking;
                };
                early.push(read);
            };
            let goes_on = take(nth, read).is_continue();
            lock().taken = nth + 1;
            moved.notify_all();
            if !goes_on {
                break;
            }
        }
        lock().is_over = true;
        moved.notify_all();
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn everything_is_taken_in_order() {
        let mut taken = vec![];
        read_ahead(
            100,
            |nth| nth * nth,
            |nth, square| {
                taken.push((nth, square));
                ControlFlow::Continue(())
            },
        );
        assert_eq!(
            taken,
            (0..100).map(|nth| (nth, nth * nth)).collect::<Vec<_>>()
        );
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_reader_that_panics_ends_the_run() {
        read_ahead(
            100,
            |nth| assert!(nth != 3, "unreadable"),
            |_, ()| ControlFlow::Continue(()),
        );
        // With one core there are no readers.
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        assert!(cores > 1, "a scoped thread panicked");
    }

    #[test]
    fn reading_stays_near_and_ends_with_the_taking() {
        let (read, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        read_ahead(
            1000,
            |nth| {
                read.fetch_add(1, Ordering::SeqCst);
                assert!(nth <= taken.load(Ordering::SeqCst) + AHEAD * cores);
            },
            |nth, ()| {
                taken.store(nth + 1, Ordering::SeqCst);
                if nth == 9 {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            },
        );
        assert!(read.load(Ordering::SeqCst) <= 10 + AHEAD * cores + cores);
    }
}
