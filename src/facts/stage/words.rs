//! The words that tell of a stage, found in a folded text: the table of `assets/facts/stages.tsv`.
//! Must not judge what they say together.

use super::super::finder::Finder;
use crate::issue::Stage;
use std::ops::Range;
use std::sync::LazyLock;

/// What a word says by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// This was done.
    Deed(Stage),
    /// This was done, where it stands in a headline.
    HeadlineDeed(Stage),
    /// 启动, whose object says what was done.
    Launch,
    /// 发布, whose object says what was done.
    Issue,
    /// 印发, which is of a policy where its object does not say otherwise.
    Decree,
    /// What follows in the clause is still to come.
    Aim,
    /// What follows in the clause is helped, and has not happened.
    Support,
    /// The clause tells of what was before, or of a part.
    Review,
    /// A fair, a forum, a ceremony.
    Gathering,
    /// The item is a comment.
    Comment,
    /// No deed, though it looks like one.
    Nothing,
    /// A clause ends here.
    Break,
    /// A quotation begins, and the character that ends it.
    Open(char),
    /// A quotation ends.
    Close(char),
}

/// A word in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub sense: Sense,
    /// In the text.
    pub bytes: Range<usize>,
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub sense: Sense,
    /// Separated by blanks.
    pub words: &'static str,
    #[cfg(test)]
    pub rule: &'static str,
    #[cfg(test)]
    pub example: &'static str,
    #[cfg(test)]
    pub gives: Option<Stage>,
}

const TABLE: &str = include_str!("../../../assets/facts/stages.tsv");

/// Signs as texts have them when folded.
const BREAKS: &str = ",。;!?: \n";
const QUOTES: [(char, char); 4] = [('“', '”'), ('‘', '’'), ('《', '》'), ('「', '」')];

struct Words {
    finder: Finder,
    senses: Vec<Sense>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut patterns: Vec<(String, Sense)> = vec![];
    for row in rows() {
        let words = row.words.split(' ');
        patterns.extend(words.map(|word| (word.to_owned(), row.sense)));
    }
    patterns.extend(BREAKS.chars().map(|c| (c.to_string(), Sense::Break)));
    for (open, close) in QUOTES {
        patterns.push((open.to_string(), Sense::Open(close)));
        patterns.push((close.to_string(), Sense::Close(close)));
    }
    let finder = Finder::of(patterns.iter().map(|(word, _)| word.as_str()));
    Words {
        finder,
        senses: patterns.into_iter().map(|(_, sense)| sense).collect(),
    }
});

/// The words of `text` in their order; no two share a character.
pub(super) fn words(text: &str) -> impl Iterator<Item = Word> {
    WORDS.finder.find(text).map(|hit| Word {
        sense: WORDS.senses[hit.word],
        bytes: hit.range,
    })
}

/// The rows of the table; one that cannot be read is left out, and a test finds it.
pub(super) fn rows() -> impl Iterator<Item = Row> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(row)
}

fn row(line: &'static str) -> Option<Row> {
    let mut cells = line.split('\t');
    let mut cell = || cells.next();
    Some(Row {
        sense: sense(cell()?)?,
        words: cell()?,
        #[cfg(test)]
        rule: cell()?,
        #[cfg(test)]
        example: cell()?,
        #[cfg(test)]
        gives: cell()?.parse().ok(),
    })
}

fn sense(name: &str) -> Option<Sense> {
    Some(match name {
        "launch" => Sense::Launch,
        "issue" => Sense::Issue,
        "decree" => Sense::Decree,
        "aim" => Sense::Aim,
        "support" => Sense::Support,
        "review" => Sense::Review,
        "gathering" => Sense::Gathering,
        "comment" => Sense::Comment,
        "nothing" => Sense::Nothing,
        _ => match name.strip_suffix(" headline") {
            Some(stage) => Sense::HeadlineDeed(stage.parse().ok()?),
            None => Sense::Deed(name.parse().ok()?),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_row_of_the_table_is_read() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        assert_eq!(rows().count(), lines.count());
        for row in rows() {
            assert!(row.gives.is_some(), "{row:?}");
            assert!(["2", "3", "4"].contains(&row.rule), "{row:?}");
        }
    }

    #[test]
    fn no_word_stands_twice() {
        let mut seen = HashSet::new();
        for row in rows() {
            for word in row.words.split(' ') {
                let key = (word, matches!(row.sense, Sense::Launch | Sense::Issue));
                assert!(seen.insert(key) || key.1, "{word}");
            }
        }
    }

    #[test]
    fn words_are_as_texts_are_when_folded() {
        for row in rows() {
            for word in row.words.split(' ') {
                assert_eq!(crate::text::normalise(word), word);
            }
        }
    }
}
