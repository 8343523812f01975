//! What a typed word may mean: the rows of tokens that it can be read as, the likeliest first.
//! Must not know which headlines there are.

use super::readings::{LONGEST, begins_syllable, is_syllable};

/// What stands for one character of a headline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// The character itself.
    Literal(char),
    /// A whole syllable.
    Syllable(String),
    /// The beginning of a syllable, perhaps all of it; of a single letter, that letter itself, too.
    Begun(String),
}

/// Rows of tokens that are followed at once: what is typed as it stands, three ways to read its letters as syllables, and all initials, zh,
/// ch and sh as one or as two.
pub(super) const MOST: usize = 6;
/// Ways to read letters as syllables that are kept.
const SPELLED: usize = 3;
/// Letters beyond which nobody types pinyin: a headline of fifty hanzi.
const LONGEST_WORD: usize = 300;

/// What a token costs: the fewer tokens the likelier, and a syllable is likelier than one initial of it.
const WHOLE: u32 = 10;
const UNFINISHED: u32 = 12;
const INITIAL: u32 = 14;
/// How much more than the cheapest a second way may cost: one token. `xian` is 县 and 西安; `nanjing` is not nan-jin-g.
const MARGIN: u32 = 10;

/// The rows of tokens that a folded word can be read as, the likeliest first; at most [`MOST`]. Each has a token at least if the word has
/// a character.
pub(super) fn segments(word: &str) -> Vec<Vec<Token>> {
    let literal: Vec<Token> = word.chars().map(Token::Literal).collect();
    let mut rows = vec![literal];
    let typed: Vec<char> = word.chars().map(umlaut).collect();
    if typed.len() > LONGEST_WORD || !typed.iter().any(char::is_ascii_lowercase) {
        return rows;
    }
    let mut add = |row: Vec<Token>| {
        if !row.is_empty() && !rows.contains(&row) && rows.len() < MOST {
            rows.push(row);
        }
    };
    spelled(&typed).into_iter().for_each(&mut add);
    // zhzx is 综合资讯, too.
    add(initials(&typed, true));
    add(initials(&typed, false));
    rows
}

/// ü is on no keyboard, but may be pasted.
const fn umlaut(c: char) -> char {
    if c == 'ü' { 'v' } else { c }
}

/// What stands between syllables to tell them apart: xi'an.
const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// Each letter by itself the beginning of a syllable; with `doubles` zh, ch and sh as one.
fn initials(typed: &[char], doubles: bool) -> Vec<Token> {
    let mut row = vec![];
    let mut at = 0;
    while let Some(c) = typed.get(at) {
        let is_double = doubles && matches!(c, 'z' | 'c' | 's') && typed.get(at + 1) == Some(&'h');
        let length = if is_double { 2 } else { 1 };
        if c.is_ascii_lowercase() {
            row.push(Token::Begun(typed[at..at + length].iter().collect()));
        } else if !is_apostrophe(*c) {
            row.push(Token::Literal(*c));
        }
        at += length;
    }
    row
}

/// A way to read the last letters of a word.
#[derive(Debug, Clone, Default)]
struct Way {
    cost: u32,
    row: Vec<Token>,
}

/// The cheapest ways to read letters as syllables and initials, each hanzi and digit as itself.
fn spelled(typed: &[char]) -> Vec<Vec<Token>> {
    // The cheapest ways from each place on. From behind, so that of equals the one with the longer syllables first is found first.
    let mut ways: Vec<Vec<Way>> = vec![vec![]; typed.len() + 1];
    ways[typed.len()].push(Way::default());
    for at in (0..typed.len()).rev() {
        let mut here = vec![];
        for (cost, token, end) in steps(typed, at) {
            for way in &ways[end] {
                let tokens = token.iter().chain(&way.row);
                let longer = Way {
                    cost: cost + way.cost,
                    row: tokens.cloned().collect(),
                };
                keep(&mut here, longer);
            }
        }
        ways[at] = here;
    }
    let cheapest = ways[0].first().map_or(0, |way| way.cost);
    let likely = ways[0].iter().filter(|way| way.cost <= cheapest + MARGIN);
    let mut rows: Vec<Vec<Token>> = likely.map(|way| way.row.clone()).collect();
    // One hanzi is in many headlines, two side by side are in few: xian is 西安 before it is 县, luan 六安 before 乱.
    rows.sort_by_key(|row| row.len() == 1);
    rows
}

/// Keeps a way among the cheapest; of two that cost the same the one that was there first, which has the longer syllables first.
fn keep(ways: &mut Vec<Way>, way: Way) {
    let at = ways.partition_point(|other| other.cost <= way.cost);
    ways.insert(at, way);
    ways.truncate(SPELLED);
}

/// The tokens that may stand at a place, with what they cost and where they end.
fn steps(typed: &[char], at: usize) -> Vec<(u32, Option<Token>, usize)> {
    let c = typed[at];
    if is_apostrophe(c) {
        return vec![(0, None, at + 1)];
    }
    if !c.is_ascii_lowercase() {
        return vec![(WHOLE, Some(Token::Literal(c)), at + 1)];
    }
    let mut steps = vec![];
    let run = typed[at..].iter().take_while(|c| c.is_ascii_lowercase());
    let run: String = run.take(LONGEST).collect();
    for length in (1..=run.len()).rev() {
        let letters = &run[..length];
        let end = at + length;
        let ends_run = typed.get(end).is_none_or(|next| !next.is_ascii_lowercase());
        let is_apart = typed.get(end).is_some_and(|next| is_apostrophe(*next));
        let token = if is_apart && is_syllable(letters) {
            Some((WHOLE, Token::Syllable(letters.to_owned())))
        } else if ends_run && (begins_syllable(letters) || length == 1) {
            let is_whole = length > 1 && is_syllable(letters);
            let cost = if is_whole { WHOLE } else { UNFINISHED };
            Some((cost, Token::Begun(letters.to_owned())))
        } else if is_syllable(letters) && length > 1 {
            Some((WHOLE, Token::Syllable(letters.to_owned())))
        } else if length == 1 || matches!(letters, "zh" | "ch" | "sh") {
            Some((INITIAL, Token::Begun(letters.to_owned())))
        } else {
            None
        };
        steps.extend(token.map(|(cost, token)| (cost, Some(token), end)));
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tokens with `·` between them, `~` behind one that is only begun.
    fn read(word: &str) -> Vec<String> {
        let written = |token: &Token| match token {
            Token::Literal(c) => format!("={c}"),
            Token::Syllable(letters) => letters.clone(),
            Token::Begun(letters) => format!("{letters}~"),
        };
        let rows = segments(word).into_iter().skip(1);
        rows.map(|row| row.iter().map(written).collect::<Vec<_>>().join("·"))
            .collect()
    }

    #[test]
    fn letters_are_read_as_syllables_the_fewest_first_and_as_initials() {
        for (word, rows) in [
            ("nanjing", &["nan·jing~", "n~·a~·n~·j~·i~·n~·g~"][..]),
            ("njjn", &["n~·j~·j~·n~"]),
            ("xian", &["xi·an~", "xian~", "x~·i~·a~·n~"]),
            ("xia", &["xia~", "x~·i~·a~"]),
            ("xi'an", &["xi·an~", "x~·i~·a~·n~"]),
            (
                "changan",
                &[
                    "chang·an~",
                    "chan·gan~",
                    "ch~·a~·n~·g~·a~·n~",
                    "c~·h~·a~·n~·g~·a~·n~",
                ],
            ),
            ("zhgc", &["zh~·g~·c~", "z~·h~·g~·c~"]),
            ("nj江宁", &["n~·j~·=江·=宁"]),
            ("nan京", &["nan~·=京", "n~·a~·n~·=京"]),
            ("100yi", &["=1·=0·=0·yi~", "=1·=0·=0·y~·i~"]),
            ("lü", &["lv~", "l~·v~"]),
        ] {
            assert_eq!(read(word), rows, "{word}");
        }
        assert!(read("nanjingj")[0].starts_with("nan·jing·j~"));
        assert!(read("bydhefei")[0].starts_with("b~·y~·d~·he·fei~"));
    }

    #[test]
    fn what_has_no_letters_means_itself_alone() {
        assert_eq!(segments("南京").len(), 1);
        assert_eq!(segments("11").len(), 1);
    }

    #[test]
    fn every_word_is_read_in_a_moment_and_as_no_more_rows_than_are_followed() {
        for word in ["a".repeat(10_000), "xian".repeat(75), "'".repeat(50)] {
            let rows = segments(&word);
            assert!((1..=MOST).contains(&rows.len()) && rows.iter().all(|row| !row.is_empty()));
        }
    }
}
