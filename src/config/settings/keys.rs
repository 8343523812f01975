//! Keys that are bound otherwise than by default.
//! Must not leave two meanings to one key, or a place from which no key leads back.

use super::problem::{Fault, Problems};
use super::table::Table;
use crate::keys::{Action, Binding, Context, Key, Keymap};
use std::collections::BTreeMap;
use std::ops::Range;

/// A binding that is written in the file, and where.
struct Written {
    binding: Binding,
    at: Range<usize>,
}

/// What a table says of one context, as far as it can be taken.
#[derive(Default)]
struct Said {
    bindings: Vec<Written>,
    /// Actions that have keys of their own there, and where their lists are.
    actions: BTreeMap<Action, Range<usize>>,
    /// Those of them with something in the list that names no key.
    faulty: Vec<Action>,
}

/// `keymap` with what the tables of `keys` say: a list takes the place of all keys of its action. Where a context would be
/// faulty in the end it stays as it was.
pub(super) fn changed(mut keys: Table<'_>, keymap: &Keymap, problems: &mut Problems) -> Keymap {
    let mut changed = keymap.clone();
    for context in Context::ALL {
        let mut table = keys.table(context.name(), problems);
        let path = table.path().trim_end_matches('.').to_owned();
        let said = said(&mut table, context, problems);
        let names: Vec<&str> = Action::ALL.iter().map(|action| action.name()).collect();
        table.end(&names, problems);
        let next = in_context(&said, (context, &path), &changed, problems);
        changed = next.unwrap_or(changed);
    }
    keys.end_with(&[], problems, || {
        Fault::Context(Context::ALL.map(Context::name).to_vec())
    });
    changed
}

/// Takes the lists of keys out of a table. What is no action is left there.
fn said(table: &mut Table<'_>, context: Context, problems: &mut Problems) -> Said {
    let mut said = Said::default();
    for name in table.names() {
        let Some(action) = Action::from_name(&name) else {
            continue;
        };
        let path = format!("{}{name}", table.path());
        let Some((at, keys)) = table.list(&name, problems) else {
            said.actions.insert(action, 0..0);
            said.faulty.push(action);
            continue;
        };
        said.actions.insert(action, at);
        for (strokes, at) in keys {
            match strokes_of(&strokes) {
                Ok(keys) => {
                    let binding = Binding {
                        context,
                        keys,
                        action,
                    };
                    said.bindings.push(Written { binding, at });
                }
                Err(fault) => {
                    problems.add(&at, &path, fault);
                    said.faulty.push(action);
                }
            }
        }
    }
    said
}

/// The keys of a text such as `g g`, or what is wrong with it.
fn strokes_of(text: &str) -> Result<Vec<Key>, Fault> {
    let names = || text.split_whitespace();
    let keys = names().map(str::parse).collect::<Result<Vec<Key>, _>>();
    let keys = keys.map_err(|_| Fault::Key(text.to_owned()))?;
    if keys.is_empty() {
        return Err(Fault::Key(text.to_owned()));
    }
    let sent = names().find_map(|name| Some((name, Key::sent_for(name)?)));
    match sent {
        Some((name, key)) => Err(Fault::Sent(name.to_owned(), key.written())),
        None => Ok(keys),
    }
}

/// `keymap` with what is said of one context; none where that cannot be taken.
fn in_context(
    said: &Said,
    (context, path): (Context, &str),
    keymap: &Keymap,
    problems: &mut Problems,
) -> Option<Keymap> {
    let actions: Vec<Action> = said.actions.keys().copied().collect();
    let bindings = said.bindings.iter().map(|one| one.binding.clone());
    let changed = keymap.with(context, &actions, bindings.collect());
    let mut is_sound = said.faulty.is_empty() && !actions.is_empty();
    for (first, second) in changed.conflicts() {
        // Of two keys that are written in the file the second one is told.
        let place = |binding: &Binding| said.bindings.iter().rfind(|one| one.binding == *binding);
        let (at, own, other) = match (place(second), place(first)) {
            (Some(one), _) => (&one.at, second, first),
            (None, Some(one)) => (&one.at, first, second),
            (None, None) => continue,
        };
        let key = format!("{path}.{}", own.action.name());
        problems.add(at, &key, clash(own, other));
        is_sound = false;
    }
    let leave = context.way_out();
    // A faulty list may hold the key that leads out.
    if changed.shown(context, leave).is_none() && !said.faulty.contains(&leave) {
        let key = format!("{path}.{}", leave.name());
        let at = said.actions.get(&leave).cloned().unwrap_or(0..0);
        problems.add(&at, &key, Fault::NoWayOut);
        is_sound = false;
    }
    is_sound.then_some(changed)
}

/// What two bindings have against each other.
fn clash(own: &Binding, other: &Binding) -> Fault {
    let actions = (own.action.name(), other.action.name());
    if own.keys == other.keys {
        return Fault::Conflict(own.shown(), actions.0, actions.1);
    }
    if own.keys.len() > other.keys.len() {
        return Fault::Begun(own.shown(), other.shown(), actions.1);
    }
    Fault::Begins(own.shown(), other.shown(), actions.1)
}
