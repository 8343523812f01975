//! What of the help is left where a word is typed: what says it, or is called so.
//! Must not know where the help stands on the screen.

use crate::text::normalise;

/// A row of the help: keys, and what they do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub keys: String,
    pub text: String,
    /// What it is called elsewhere: in the status bar, in key files.
    pub names: Vec<String>,
}

impl Row {
    /// A row that has no other name.
    pub const fn new(keys: String, text: String) -> Self {
        Self {
            keys,
            text,
            names: vec![],
        }
    }

    /// The row where each of `words`, which are folded, is in it, with the other name behind that is meant; else none.
    fn left_by(mut self, words: &[String]) -> Option<Self> {
        let says = |text: &str, word: &String| normalise(text).contains(word.as_str());
        for word in words {
            if says(&self.keys, word) || says(&self.text, word) {
                continue;
            }
            let name = self.names.iter().find(|name| says(name, word))?;
            self.text = format!("{} · {name}", self.text);
        }
        Some(self)
    }
}

/// The words that are typed, folded.
pub(super) fn words(typed: &str) -> Vec<String> {
    typed.split_whitespace().map(normalise).collect()
}

/// Headed rows as far as all of `words` are in them; what heads nothing goes.
pub(super) fn narrowed(
    sections: Vec<(String, Vec<Row>)>,
    words: &[String],
) -> Vec<(String, Vec<Row>)> {
    let left = sections.into_iter().map(|(heading, rows)| {
        let rows = rows.into_iter().filter_map(|row| row.left_by(words));
        (heading, rows.collect::<Vec<_>>())
    });
    left.filter(|(_, rows)| !rows.is_empty()).collect()
}
