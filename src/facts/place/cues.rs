//! The words around the names of places, by kind: the table `assets/places/cues.tsv`.
//! Must not decide anything.

use super::super::ends::end;
use super::super::finder::Finder;
use std::sync::LazyLock;

/// A kind of words; the table has an example of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    SiteBefore,
    GuestBefore,
    OriginBefore,
    OriginBehind,
    Firm,
    NoFirm,
    School,
    NoSchool,
    DoneOnSite,
    DoneAtMeeting,
    DoneAtSigning,
    HeldOnSite,
    Promotion,
    Project,
    Counted,
    Collective,
    Provincial,
    National,
    Issued,
    Document,
    Works,
    Host,
    Joint,
    Official,
    Press,
    Approval,
    JointRegion,
    Whole,
    Built,
    Help,
    Route,
    Partner,
}

/// The kinds in the order of the enum, by their names in the table.
const NAMES: [(Cue, &str); 32] = [
    (Cue::SiteBefore, "site before"),
    (Cue::GuestBefore, "guest before"),
    (Cue::OriginBefore, "origin before"),
    (Cue::OriginBehind, "origin behind"),
    (Cue::Firm, "firm in"),
    (Cue::NoFirm, "no firm in"),
    (Cue::School, "school in"),
    (Cue::NoSchool, "no school behind"),
    (Cue::DoneOnSite, "done on site in"),
    (Cue::DoneAtMeeting, "done at meeting in"),
    (Cue::DoneAtSigning, "done at signing in"),
    (Cue::HeldOnSite, "held on site in"),
    (Cue::Promotion, "promotion in"),
    (Cue::Project, "project in"),
    (Cue::Counted, "counted in"),
    (Cue::Collective, "collective in"),
    (Cue::Provincial, "provincial in"),
    (Cue::National, "national in"),
    (Cue::Issued, "issued in"),
    (Cue::Document, "document in"),
    (Cue::Works, "works behind"),
    (Cue::Host, "host in"),
    (Cue::Joint, "joint between"),
    (Cue::Official, "official in"),
    (Cue::Press, "press in"),
    (Cue::Approval, "approval in"),
    (Cue::JointRegion, "joint region behind"),
    (Cue::Whole, "whole in"),
    (Cue::Built, "built behind"),
    (Cue::Help, "help in"),
    (Cue::Route, "route in"),
    (Cue::Partner, "partner behind"),
];

const TABLE: &str = include_str!("../../../assets/places/cues.tsv");

/// The words of a kind.
struct Words {
    words: Vec<&'static str>,
    /// Of all of them at once.
    finder: Finder,
}

static WORDS: LazyLock<Vec<Words>> =
    LazyLock::new(|| NAMES.iter().map(|(_, name)| Words::of(name)).collect());

impl Words {
    fn of(name: &str) -> Self {
        let row = rows().find(|row| row.first() == Some(&name));
        let words = row.and_then(|row| row.get(2).copied()).unwrap_or_default();
        let words: Vec<&str> = words.split(' ').filter(|word| !word.is_empty()).collect();
        let finder = Finder::of(words.iter().copied());
        Self { words, finder }
    }
}

fn rows() -> impl Iterator<Item = Vec<&'static str>> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split('\t').collect())
}

impl Cue {
    /// Its words.
    pub fn words(self) -> &'static [&'static str] {
        &WORDS[self as usize].words
    }

    /// Whether a text has one of them.
    pub fn is_in(self, text: &str) -> bool {
        self.first_in(text).is_some()
    }

    /// Whether a text ends with one.
    pub fn ends(self, text: &str) -> bool {
        end(text, self.words()).is_some()
    }

    /// Whether a text starts with one.
    pub fn starts(self, text: &str) -> bool {
        self.words().iter().any(|word| text.starts_with(word))
    }

    /// The byte where the first of them begins.
    pub fn first_in(self, text: &str) -> Option<usize> {
        let hit = WORDS[self as usize].finder.find_from(text, 0)?;
        Some(hit.range.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_and_the_kinds_are_the_same() {
        for (n, (cue, name)) in NAMES.iter().enumerate() {
            assert_eq!(*cue as usize, n, "{name}");
            assert!(!cue.words().is_empty(), "{name}");
        }
        for row in rows() {
            assert!(NAMES.iter().any(|(_, name)| *name == row[0]), "{row:?}");
            assert_eq!(row.len(), 3, "{row:?}");
        }
    }

    #[test]
    fn every_example_has_a_word_of_its_kind() {
        for row in rows() {
            let (cue, _) = NAMES.iter().find(|(_, name)| *name == row[0]).unwrap();
            assert!(cue.is_in(row[1]), "{row:?}");
        }
    }
}
