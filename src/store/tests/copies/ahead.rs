//! Copies that are named of a time that has not come, as a clock leaves them that was ahead.

use super::*;

impl Library {
    fn before_change(&self) -> PathBuf {
        let marks = Files::of(&self.place()).unwrap().marks;
        copies::before_change(&marks, self.now).unwrap().unwrap()
    }

    /// Has copies made, each of other marks, as by a clock that is `ahead` and then goes right again.
    fn copies_ahead(&mut self, ahead: SignedDuration, nths: std::ops::Range<u32>) -> Vec<String> {
        let (before, now) = (self.copies(), self.now);
        self.now += ahead;
        for nth in nths {
            self.now += DAY;
            self.mark(nth);
            assert_eq!(self.copy().unwrap(), Copied::Made);
        }
        self.now = now;
        let mut copies = self.copies();
        copies.retain(|copy| !before.contains(copy));
        copies
    }
}

#[test]
fn copies_of_a_time_to_come_push_no_others_out_and_are_pushed_out_by_none() {
    let mut library = Library::new();
    let ahead = library.copies_ahead(DAY * 40, 0..8);
    assert_eq!(ahead.len(), 5, "they do not grow without end either");
    for nth in 8..13 {
        library.now += DAY;
        library.mark(nth);
        assert_eq!(library.copy().unwrap(), Copied::Made);
    }
    assert_eq!(library.copies().len(), 10);
    let mut made = vec![];
    for nth in 13..18 {
        library.now += SignedDuration::from_secs(60);
        library.mark(nth);
        made.push(library.before_change());
        assert!(made.iter().all(|copy| copy.exists()), "{nth}");
    }
    let copies = library.copies();
    assert!(ahead.iter().all(|copy| copies.contains(copy)));
    // The last ones of four other days, and the last five of today.
    assert_eq!(copies.len(), 4 + 5 + 5, "{copies:?}");
}

#[test]
fn the_newest_copy_is_one_whose_time_has_come() {
    let mut library = Library::new();
    // What is restored goes by the clock of the machine.
    library.now = Timestamp::now();
    library.copies_ahead(DAY * 40, 0..2);
    let of = |library: &Library| Restoration::of(&library.place(), None).unwrap();
    let found = of(&library);
    assert_eq!(found.counts.bookmarks, 2, "they are all there is");
    assert!(found.copies.iter().all(|copy| copy.is_ahead));
    library.mark(2);
    let copy = library.before_change();
    assert_eq!(copy, library.before_change(), "the newest holds the same");
    let found = of(&library);
    assert_eq!(found.from, Some(copy.clone()));
    assert_eq!(found.counts.bookmarks, 3);
    assert_eq!(found.copies[0].path, copy);
    assert_eq!(found.passed_over().count(), 0);
    let (_, times) = crate::store::copies_of(library.folder.path()).unwrap();
    assert_eq!(copies::time_of(&copy), times.last().copied());
    // Where it is not whole, one of a time to come is better than none.
    fs::write(copy, "no database").unwrap();
    let found = of(&library);
    assert_eq!(
        (found.counts.bookmarks, found.passed_over().count()),
        (2, 1)
    );
}

#[test]
fn copies_of_one_second_are_named_in_the_order_in_which_they_were_made() {
    let mut library = Library::new();
    let mut last = None;
    for nth in 0..12 {
        library.mark(nth);
        let copy = library.before_change();
        assert_eq!(
            copy.file_name().unwrap().to_str(),
            library.copies().last().map(String::as_str)
        );
        assert!(last.is_none_or(|last: PathBuf| last.exists()), "{nth}");
        last = Some(copy);
    }
    assert_eq!(library.copies().len(), 5);
}
