//! The table of bindings: context, keys, action. One source of dispatch, hints and help.
//! Must not hold state: which keys are pending is the caller's.

use super::{Action, Key, KeyNameError};
use std::collections::BTreeMap;

/// Where a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// In the panes.
    Reader,
    /// In the filter, where rows are gone through and switched.
    Filter,
    /// In a field of the filter; keys without a binding are typed.
    Field,
    /// In a list laid over them: issues, bookmarks.
    List,
    /// In the jump; keys without a binding are typed.
    Jump,
    /// In the tags of an item; keys without a binding are typed.
    Tags,
    /// In the saved filters; keys without a binding are typed.
    Saved,
    /// In the note of an item; keys without a binding are typed.
    Note,
    /// On the page on which an item is corrected.
    Fix,
    /// In the field for a value of it; keys without a binding are typed.
    FixValue,
    /// In the diagnostics.
    Diagnostics,
    /// In the field of the find; keys without a binding are typed.
    Find,
    /// In the help.
    Help,
}

impl Context {
    /// Every context.
    pub const ALL: [Self; 13] = [
        Self::Reader,
        Self::Filter,
        Self::Field,
        Self::List,
        Self::Jump,
        Self::Tags,
        Self::Saved,
        Self::Note,
        Self::Fix,
        Self::FixValue,
        Self::Diagnostics,
        Self::Find,
        Self::Help,
    ];

    /// The name in key files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Filter => "filter",
            Self::Field => "field",
            Self::List => "list",
            Self::Jump => "jump",
            Self::Tags => "tags",
            Self::Saved => "saved",
            Self::Note => "note",
            Self::Fix => "fix",
            Self::FixValue => "fix-value",
            Self::Diagnostics => "diagnostics",
            Self::Find => "find",
            Self::Help => "help",
        }
    }
}

impl Context {
    /// What leads out of it: some key has to ask for that.
    #[must_use]
    pub const fn way_out(self) -> Action {
        match self {
            Self::Reader => Action::Quit,
            _ => Action::Back,
        }
    }
}

/// One way to ask for an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// Where it holds.
    pub context: Context,
    /// One stroke or several in a row.
    pub keys: Vec<Key>,
    /// What it asks for.
    pub action: Action,
}

/// What the strokes so far mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// This action.
    Action(Action),
    /// The beginning of at least one longer binding.
    Prefix,
    /// Nothing.
    Nothing,
}

/// All bindings, in the order of the key file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

/// A key file that can't be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeymapError {
    /// Not TOML of the expected shape.
    #[error("{0}")]
    Syntax(String),
    /// A context that does not exist.
    #[error("[{0}]: no such context")]
    Context(String),
    /// An action that does not exist.
    #[error("[{context}] {action}: no such action")]
    Action {
        /// Where it stands.
        context: String,
        /// What was written.
        action: String,
    },
    /// A key that does not exist.
    #[error("[{context}] {action}: {source}")]
    Key {
        /// Where it stands.
        context: String,
        /// Where it stands.
        action: String,
        /// What is wrong with it.
        source: KeyNameError,
    },
    /// One key with two meanings, or a key that begins another.
    #[error("[{context}] {keys}: bound to both {first} and {second}")]
    Conflict {
        /// Where it stands.
        context: &'static str,
        /// The strokes.
        keys: String,
        /// The one meaning.
        first: &'static str,
        /// The other.
        second: &'static str,
    },
}

impl Keymap {
    /// The built-in bindings, `assets/keys/default.toml`.
    ///
    /// # Errors
    /// Never in a program that passed its tests, which read the same file.
    pub fn built_in() -> Result<Self, Vec<KeymapError>> {
        Self::from_toml(include_str!("../../assets/keys/default.toml"))
    }

    /// Reads a key file.
    ///
    /// # Errors
    /// Everything that is wrong with it, all at once.
    pub fn from_toml(text: &str) -> Result<Self, Vec<KeymapError>> {
        let table: toml::Table = text
            .parse()
            .map_err(|error: toml::de::Error| vec![KeymapError::Syntax(error.to_string())])?;
        let file = sections(table).map_err(|error| vec![KeymapError::Syntax(error)])?;
        let (mut bindings, mut errors) = (vec![], vec![]);
        for context in Context::ALL {
            for (name, keys) in file.get(context.name()).into_iter().flatten() {
                let Some(action) = Action::from_name(name) else {
                    errors.push(KeymapError::Action {
                        context: context.name().into(),
                        action: name.clone(),
                    });
                    continue;
                };
                for strokes in keys {
                    match strokes
                        .split_whitespace()
                        .map(str::parse)
                        .collect::<Result<Vec<Key>, _>>()
                    {
                        Ok(keys) => bindings.push(Binding {
                            context,
                            keys,
                            action,
                        }),
                        Err(source) => errors.push(KeymapError::Key {
                            context: context.name().into(),
                            action: name.clone(),
                            source,
                        }),
                    }
                }
            }
        }
        for name in file.keys().filter(|name| {
            Context::ALL
                .iter()
                .all(|context| context.name() != name.as_str())
        }) {
            errors.push(KeymapError::Context(name.clone()));
        }
        let keymap = Self { bindings };
        let conflicts = keymap.conflicts().into_iter();
        errors.extend(conflicts.map(|(first, second)| KeymapError::Conflict {
            context: first.context.name(),
            keys: first.shown(),
            first: first.action.name(),
            second: second.action.name(),
        }));
        if errors.is_empty() {
            Ok(keymap)
        } else {
            Err(errors)
        }
    }

    /// What `strokes` mean in `context`.
    #[must_use]
    pub fn find(&self, context: Context, strokes: &[Key]) -> Found {
        let mut found = Found::Nothing;
        for binding in self
            .bindings
            .iter()
            .filter(|binding| binding.context == context)
        {
            if binding.keys == strokes {
                return Found::Action(binding.action);
            }
            if binding.keys.starts_with(strokes) {
                found = Found::Prefix;
            }
        }
        found
    }

    /// The bindings of `context`, in the order of the key file.
    pub fn of(&self, context: Context) -> impl Iterator<Item = &Binding> {
        self.bindings
            .iter()
            .filter(move |binding| binding.context == context)
    }

    /// What can follow strokes in `context`, in the order in which help lists what that does: the strokes that are still to come, as
    /// hints show them, and what they do then.
    #[must_use]
    pub fn following(&self, context: Context, begun: &[Key]) -> Vec<(String, Action)> {
        let can_follow =
            |one: &&Binding| one.keys.starts_with(begun) && one.keys.len() > begun.len();
        let rest = |one: &Binding| {
            let rest = one.keys[begun.len()..].iter();
            (rest.map(ToString::to_string).collect(), one.action)
        };
        let mut following: Vec<_> = self.of(context).filter(can_follow).map(rest).collect();
        let place = |action: Action| Action::ALL.iter().position(|one| *one == action);
        following.sort_by_key(|(_, action)| place(*action));
        following
    }

    /// The key that hints show for `action` in `context`: its first one.
    #[must_use]
    pub fn shown(&self, context: Context, action: Action) -> Option<String> {
        self.of(context)
            .find(|binding| binding.action == action)
            .map(Binding::shown)
    }

    /// All keys of `action` in `context`, as a key file writes them.
    #[must_use]
    pub fn written(&self, context: Context, action: Action) -> Vec<String> {
        let own = self.of(context).filter(|one| one.action == action);
        own.map(|one| {
            let strokes: Vec<String> = one.keys.iter().map(Key::written).collect();
            strokes.join(" ")
        })
        .collect()
    }

    /// All keys of `action` in `context`, as hints show them, one behind the other.
    #[must_use]
    pub fn all_shown(&self, context: Context, action: Action) -> Vec<String> {
        self.of(context)
            .filter(|binding| binding.action == action)
            .map(Binding::shown)
            .collect()
    }

    /// The same, with `bindings` in the place of all that `actions` have in `context`. An action stays where it stood.
    #[must_use]
    pub fn with(&self, context: Context, actions: &[Action], bindings: Vec<Binding>) -> Self {
        let mut order: Vec<Action> = vec![];
        for binding in self.of(context).chain(&bindings) {
            if !order.contains(&binding.action) {
                order.push(binding.action);
            }
        }
        let is_changed = |binding: &&Binding| actions.contains(&binding.action);
        let kept = self.of(context).filter(|binding| !is_changed(binding));
        let mut own: Vec<Binding> = kept.cloned().chain(bindings).collect();
        own.sort_by_key(|binding| order.iter().position(|action| *action == binding.action));
        let is_own = |binding: &Binding| binding.context == context;
        let at = self.bindings.iter().position(is_own).unwrap_or(0);
        let mut bindings: Vec<Binding> = self.bindings.clone();
        bindings.retain(|binding| !is_own(binding));
        bindings.splice(at..at, own);
        Self { bindings }
    }

    /// Pairs of bindings of which one key has both meanings, or begins the other.
    #[must_use]
    pub fn conflicts(&self) -> Vec<(&Binding, &Binding)> {
        let mut conflicts = vec![];
        for (n, first) in self.bindings.iter().enumerate() {
            for second in &self.bindings[n + 1..] {
                let clash =
                    first.keys.starts_with(&second.keys) || second.keys.starts_with(&first.keys);
                if first.context == second.context && clash {
                    conflicts.push((first, second));
                }
            }
        }
        conflicts
    }
}

impl Binding {
    /// The strokes as hints show them: `gg`, `Ctrl-D`.
    #[must_use]
    pub fn shown(&self) -> String {
        self.keys.iter().map(ToString::to_string).collect()
    }
}

/// Context → actions with their lists of keys.
type Sections = BTreeMap<String, Vec<(String, Vec<String>)>>;

/// The tables of a key file with their lists of keys.
fn sections(table: toml::Table) -> Result<Sections, String> {
    let mut sections = BTreeMap::new();
    for (context, actions) in table {
        let toml::Value::Table(actions) = actions else {
            return Err(format!(
                "`{context}` is no table: write [{context}] and under it action = [\"key\", …]"
            ));
        };
        let mut rows = vec![];
        for (action, keys) in actions {
            let keys = keys.try_into::<Vec<String>>().map_err(|_| {
                format!("[{context}] {action}: write a list of keys, [\"j\", \"down\"]")
            })?;
            rows.push((action, keys));
        }
        sections.insert(context, rows);
    }
    Ok(sections)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<Key> {
        text.split(' ').map(|name| name.parse().unwrap()).collect()
    }

    #[test]
    fn the_built_in_table_is_sound() {
        let keymap = Keymap::built_in().unwrap();
        assert_eq!(
            keymap.find(Context::Reader, &keys("j")),
            Found::Action(Action::MoveDown)
        );
        assert_eq!(keymap.find(Context::Reader, &keys("g")), Found::Prefix);
        assert_eq!(
            keymap.find(Context::Reader, &keys("g g")),
            Found::Action(Action::First)
        );
        assert_eq!(keymap.find(Context::Reader, &keys("g x")), Found::Nothing);
        assert_eq!(keymap.find(Context::Jump, &keys("j")), Found::Nothing);
        assert_eq!(keymap.shown(Context::Reader, Action::First).unwrap(), "gg");
    }

    #[test]
    fn what_can_follow_a_stroke_stands_in_the_order_of_the_help() {
        let keymap = Keymap::built_in().unwrap();
        let following = keymap.following(Context::Reader, &keys("S"));
        let strokes: Vec<&str> = following.iter().map(|(rest, _)| rest.as_str()).collect();
        assert_eq!(strokes, ["a", "d", "m", "n", "p", "S"]);
        assert!(keymap.following(Context::Reader, &keys("j")).is_empty());
    }

    #[test]
    fn every_action_can_be_reached_and_every_context_left() {
        let keymap = Keymap::built_in().unwrap();
        for action in Action::ALL {
            assert!(
                keymap
                    .bindings
                    .iter()
                    .any(|binding| binding.action == action),
                "{}",
                action.name()
            );
        }
        for context in Context::ALL {
            let leave = context.way_out();
            assert!(keymap.shown(context, leave).is_some(), "{}", context.name());
        }
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once() {
        let errors = Keymap::from_toml(
            "[reader]\nmove-down = [\"j\", \"nokey\"]\nfly = [\"x\"]\nmove-up = [\"j\"]\n[cellar]\nquit = [\"q\"]\n",
        )
        .unwrap_err();
        let text: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(errors.len(), 4, "{text:?}");
        for part in ["nokey", "fly", "cellar", "both move-down and move-up"] {
            assert!(
                text.iter().any(|line| line.contains(part)),
                "{part} in {text:?}"
            );
        }
        assert!(Keymap::from_toml("reader = 1").is_err());
        assert!(Keymap::from_toml("[reader]\nquit = 1").is_err());
    }
}
