//! Two notes that were made of one: put together so that what they have of it stands once.
//! Must not leave out a line of either that the other does not have.

use super::{DIVIDER, LONGEST_NOTE, Note};

impl Note {
    /// This note with what `other` adds to `seen`, of which both were made; a line between them. What is not made of anything
    /// that was seen is added whole. None where that is too long.
    #[must_use]
    pub fn with_added(&self, other: &Self, seen: Option<&Self>) -> Option<Self> {
        let whole = self.with(other);
        // One of them holds all of the other.
        let is_one = |whole: &Self| whole == self || whole == other;
        let (Some(seen), false) = (seen, whole.as_ref().is_some_and(is_one)) else {
            return whole;
        };
        let Some(added) = Self::new(&other.added_to(seen, self)) else {
            return Some(self.clone());
        };
        let both = format!("{}\n{DIVIDER}\n{}", self.0, added.0);
        (both.chars().count() <= LONGEST_NOTE).then_some(Self(both))
    }

    /// The lines of this note that are neither in `seen` nor in `theirs`, from the first to the last of them.
    fn added_to(&self, seen: &Self, theirs: &Self) -> String {
        let lines = |note: &'_ Self| note.0.split('\n').map(str::to_owned).collect::<Vec<_>>();
        let (mine, seen_lines, theirs) = (lines(self), lines(seen), lines(theirs));
        let mut above = 0;
        let mut begin = 0;
        // What was seen and stands there still, whatever was written between.
        for line in &mine[..alike(mine.iter(), seen_lines.iter())] {
            let Some(at) = theirs[above..].iter().position(|their| their == line) else {
                break;
            };
            above += at + 1;
            begin += 1;
        }
        if let Some(rest) = self.goes_on(seen)
            && begin + 1 == seen_lines.len()
            && theirs[above..]
                .iter()
                .any(|their| their.starts_with(&seen_lines[begin]))
        {
            // Both went on in the last line.
            let is_space = |c: char| c.is_whitespace() && c != '\n';
            return rest.trim_start_matches(is_space).to_owned();
        }
        let both = alike(mine.iter(), theirs.iter());
        (begin, above) = (begin.max(both), above.max(both));
        let mut below = theirs.len();
        let mut end = mine.len();
        let left = (mine.len() - begin).min(seen_lines.len().saturating_sub(begin));
        let same = alike(mine.iter().rev(), seen_lines.iter().rev());
        for line in mine.iter().rev().take(same.min(left)) {
            let Some(at) = theirs[above..below].iter().rposition(|their| their == line) else {
                break;
            };
            below = above + at;
            end -= 1;
        }
        mine[begin..end].join("\n")
    }

    /// What stands behind `seen` where this note begins with that, and does not go on within a word or a number.
    fn goes_on(&self, seen: &Self) -> Option<&str> {
        let rest = self.0.strip_prefix(&seen.0)?;
        let ends = seen.0.ends_with(|c: char| c.is_ascii_alphanumeric());
        let begins = rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '.');
        (!(ends && begins)).then_some(rest)
    }
}

/// How many are the same from the beginning on.
fn alike<'a>(
    one: impl Iterator<Item = &'a String>,
    other: impl Iterator<Item = &'a String>,
) -> usize {
    one.zip(other)
        .take_while(|(one, other)| one == other)
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(text: &str) -> Note {
        Note::new(text).unwrap()
    }

    fn joined(seen: &str, theirs: &str, mine: &str) -> String {
        let both = note(theirs).with_added(&note(mine), Some(&note(seen)));
        both.unwrap().as_str().to_owned()
    }

    #[test]
    fn what_was_seen_stands_once_and_nothing_is_left_out() {
        for (seen, theirs, mine, both) in [
            // At the end of the line, and below it.
            ("底稿", "底稿 甲", "底稿 乙", "底稿 甲\n----------\n乙"),
            ("底稿", "底稿 甲", "底稿\n乙", "底稿 甲\n----------\n乙"),
            ("底稿", "底稿\n甲", "底稿，乙", "底稿\n甲\n----------\n，乙"),
            (
                "底稿\n二",
                "底稿\n二\n甲",
                "底稿\n二\n乙",
                "底稿\n二\n甲\n----------\n乙",
            ),
            // Above it, and in it.
            ("底稿", "底稿\n甲", "乙\n底稿", "底稿\n甲\n----------\n乙"),
            ("底稿", "甲\n底稿", "底稿\n乙", "甲\n底稿\n----------\n乙"),
            (
                "一\n二",
                "一\n甲\n二",
                "一\n乙\n二",
                "一\n甲\n二\n----------\n乙",
            ),
            (
                "一\n二",
                "一\n二\n甲",
                "一\n乙",
                "一\n二\n甲\n----------\n乙",
            ),
            // Both wrote the same before they differ.
            (
                "一",
                "一\n同\n甲",
                "一\n同\n乙",
                "一\n同\n甲\n----------\n乙",
            ),
            // What they took away was kept here.
            (
                "一\n二",
                "一\n甲",
                "一\n二\n乙",
                "一\n甲\n----------\n二\n乙",
            ),
            ("底稿", "甲", "底稿 乙", "甲\n----------\n底稿 乙"),
            // A number is not cut in two.
            (
                "投资1",
                "投资1亿",
                "投资12亿",
                "投资1亿\n----------\n投资12亿",
            ),
            // A line that was seen once and written twice.
            ("一", "一\n甲", "一\n乙\n一", "一\n甲\n----------\n乙\n一"),
            // Taken away here alone.
            ("一\n二\n三", "一\n二\n三\n甲", "一\n三", "一\n二\n三\n甲"),
            // All of it is there already.
            ("一", "一\n甲", "一\n甲\n乙", "一\n甲\n乙"),
        ] {
            assert_eq!(
                joined(seen, theirs, mine),
                both,
                "{seen:?} {theirs:?} {mine:?}"
            );
        }
    }

    #[test]
    fn a_conflict_after_the_other_repeats_nothing() {
        let mut seen = "底稿".to_owned();
        for n in 0..8 {
            let (theirs, mine) = (format!("{seen} 甲{n}"), format!("{seen} 乙{n}"));
            seen = joined(&seen, &theirs, &mine);
        }
        for part in ["底稿", "甲0", "乙0", "甲7", "乙7"] {
            assert_eq!(seen.matches(part).count(), 1, "{part} in {seen}");
        }
    }

    #[test]
    fn what_is_not_made_of_one_is_added_whole_and_what_is_too_long_not_at_all() {
        let both = note("甲\n乙").with_added(&note("甲\n丙"), None);
        assert_eq!(both, Some(note("甲\n乙\n----------\n甲\n丙")));
        let long = "长".repeat(LONGEST_NOTE - 20);
        let (theirs, mine) = (note(&format!("{long} 甲")), format!("{long} 乙"));
        let both = theirs.with_added(&note(&mine), Some(&note(&long)));
        assert_eq!(both, Some(note(&format!("{long} 甲\n----------\n乙"))));
        let more = note(&(mine + &"多".repeat(10)));
        assert_eq!(theirs.with_added(&more, Some(&note(&long))), None);
    }
}
