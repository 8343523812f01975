//! The deeds that a text tells of: what happened, not what is in a name or still to come (§8, rule 2).
//! Must not choose among them.

use super::object;
use super::undone;
use super::words::{Sense, Word, words};
use crate::facts::near;
use crate::issue::Stage;
use std::ops::Range;

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::facts) struct Deed {
    pub stage: Stage,
    /// The word, in the text.
    pub bytes: Range<usize>,
    /// Its clause, in the text.
    pub clause: Range<usize>,
    /// Whether it says so in a headline only.
    pub is_headline_word: bool,
    /// Whether its clause tells of what was before, or of a part.
    pub is_review: bool,
}

/// What the words of a text say.
#[derive(Debug, Default)]
pub(in crate::facts) struct Told {
    pub deeds: Vec<Deed>,
    /// What did not happen.
    pub undone: Vec<Stage>,
    /// The first word of an aim.
    pub aim: Option<Range<usize>>,
    /// The last word for a gathering.
    pub gathering: Option<Range<usize>>,
    pub is_comment: bool,
}

/// Where the reading of a text has come to.
struct Clause {
    start: usize,
    /// The first deed of the clause.
    first: usize,
    is_aim: bool,
    is_review: bool,
    /// The byte where the last word of something undone ends.
    undone: Option<usize>,
}

impl Clause {
    /// Whether a deed of it was not done: the words around it say so, or it is listed with one that was not (未签约、开工).
    fn takes_back(&self, word: &Word, text: &str) -> bool {
        let before = near::last(&text[self.start..word.bytes.start]);
        let between = self.undone.map(|end| &text[end..word.bytes.start]);
        let is_listed =
            between.is_some_and(|between| ["", "、", "和", "或", "及"].contains(&between));
        let behind = near::first(&text[word.bytes.end..]);
        is_listed || undone::is_undone(before, behind)
    }
}

impl Deed {
    /// Whether it gives way to any other deed: a plan, a milestone.
    pub const fn is_weak(&self) -> bool {
        matches!(self.stage, Stage::Planned | Stage::Other | Stage::Event)
    }
}

/// Reads a folded text.
pub(in crate::facts) fn told(text: &str) -> Told {
    let mut told = Told::default();
    let mut quote: Option<(char, usize)> = None;
    // What closes no more quotations, so that it is not looked for again.
    let mut unclosed: Vec<char> = vec![];
    let mut clause = Clause {
        start: 0,
        first: 0,
        is_aim: false,
        is_review: false,
        undone: None,
    };
    for word in words(text) {
        match word.sense {
            Sense::Open(close) if quote.is_none() && !unclosed.contains(&close) => {
                if text[word.bytes.end..].contains(close) {
                    quote = Some((close, word.bytes.end));
                } else {
                    unclosed.push(close);
                }
            }
            Sense::Close(close) if quote.is_some_and(|(end, _)| end == close) => quote = None,
            _ if quote.is_some_and(|quote| !counts_in(quote, &word, text)) => {}
            Sense::Break => {
                told.end(&clause, word.bytes.start);
                clause = Clause {
                    start: word.bytes.end,
                    first: told.deeds.len(),
                    is_aim: false,
                    is_review: false,
                    undone: None,
                };
            }
            _ => told.take(&word, &mut clause, text),
        }
    }
    told.end(&clause, text.len());
    told
}

/// Whether a word in a quotation says what happened: it is all of it (“花落”), or a gathering goes by that name.
fn counts_in((close, start): (char, usize), word: &Word, text: &str) -> bool {
    let is_all = word.bytes.start == start && text[word.bytes.end..].starts_with(close);
    close != '》' && (is_all || word.sense == Sense::Gathering)
}

/// Whether years are counted since a deed: 挂牌三周年.
fn is_anniversary(behind: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || "一二两三四五六七八九十百多".contains(c);
    let unit = behind.trim_start_matches(number);
    unit.len() < behind.len()
        && ["周年", "年来", "年间"]
            .iter()
            .any(|word| unit.starts_with(word))
}

impl Told {
    /// Takes in a word of a clause.
    fn take(&mut self, word: &Word, clause: &mut Clause, text: &str) {
        match word.sense {
            Sense::Aim => {
                clause.is_aim = true;
                self.aim.get_or_insert_with(|| word.bytes.clone());
            }
            Sense::Support => clause.is_aim = true,
            Sense::Review => clause.is_review = true,
            Sense::Gathering if clause.takes_back(word, text) => {}
            Sense::Gathering => {
                self.gathering = Some(word.bytes.clone());
                // What a meeting aims at (建设推进大会) is not the aim of the deeds that are done along with it.
                clause.is_aim &= !text[word.bytes.end..].starts_with('暨');
            }
            Sense::Comment => self.is_comment = true,
            _ if clause.is_aim || is_anniversary(&text[word.bytes.end..]) => {}
            _ => {
                let Some(stage) = self.stage_of(word, clause, text) else {
                    return;
                };
                if clause.takes_back(word, text) {
                    clause.undone = Some(word.bytes.end);
                    self.undone.push(stage);
                    return;
                }
                self.deeds.push(Deed {
                    stage,
                    bytes: word.bytes.clone(),
                    clause: clause.start..text.len(),
                    is_headline_word: matches!(word.sense, Sense::HeadlineDeed(_)),
                    is_review: false,
                });
            }
        }
    }

    fn stage_of(&self, word: &Word, clause: &Clause, text: &str) -> Option<Stage> {
        let find: fn(&str, &str) -> Option<Stage> = match word.sense {
            Sense::Deed(stage) | Sense::HeadlineDeed(stage) => return Some(stage),
            Sense::Launch => object::launched,
            Sense::Issue | Sense::Decree => object::issued,
            _ => return None,
        };
        let deed = self.deeds.get(clause.first..).unwrap_or_default().last();
        let start = deed.map_or(clause.start, |deed| deed.bytes.end);
        let before = near::last(&text[start..word.bytes.start]);
        let behind = near::first(&text[word.bytes.end..]);
        let end = behind.find([',', '。', ';', ' ']).unwrap_or(behind.len());
        let found = find(before, &behind[..end]);
        let is_decree = word.sense == Sense::Decree;
        found.or(is_decree.then_some(Stage::PolicyIssued))
    }

    /// Ends a clause: its deeds learn of it.
    fn end(&mut self, clause: &Clause, end: usize) {
        for deed in &mut self.deeds[clause.first..] {
            deed.clause.end = end;
            deed.is_review = clause.is_review;
        }
    }
}
