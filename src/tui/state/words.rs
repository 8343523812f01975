//! Sentences of the reader that name keys.
//! Must not know which sentences there are.

use super::State;
use crate::keys::{Action, Context};
use std::fmt::Display;

impl State {
    /// The sentence for `word`, with the keys of the panes in the place of `%{action-name}`.
    #[must_use]
    pub fn say_keys(&self, word: &str) -> String {
        self.say_keys_with(word, &[])
    }

    /// The same with the keys of another context.
    #[must_use]
    pub fn say_keys_of(&self, context: Context, word: &str) -> String {
        self.say_with_keys(context, word, &[])
    }

    /// The same, with more arguments beside the keys.
    #[must_use]
    pub fn say_keys_with(&self, word: &str, more: &[(&str, &dyn Display)]) -> String {
        self.say_with_keys(Context::Reader, word, more)
    }

    /// The same with the keys of another context.
    #[must_use]
    pub fn say_with_keys(
        &self,
        context: Context,
        word: &str,
        more: &[(&str, &dyn Display)],
    ) -> String {
        let keys: Vec<(&str, String)> = Action::ALL
            .into_iter()
            .filter_map(|action| Some((action.name(), self.keymap.shown(context, action)?)))
            .collect();
        let arguments: Vec<(&str, &dyn Display)> = keys
            .iter()
            .map(|(name, key)| (*name, key as &dyn Display))
            .chain(more.iter().copied())
            .collect();
        self.language.say_with(word, &arguments)
    }
}
