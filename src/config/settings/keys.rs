//! Keys that are bound otherwise than by default.
//! Must not leave two meanings to one key, or a place from which no key leads back.

use super::problem::{Fault, Problems};
use super::table::Table;
use crate::keys::{Action, Binding, Context, Key, Keymap};
use std::ops::Range;

/// A binding that is written in the file, and where.
struct Written {
    binding: Binding,
    at: Range<usize>,
}

/// `keymap` with what the tables of `keys` say: a list takes the place of all keys of its action. Where a context would be
/// faulty in the end it stays as it was.
pub(super) fn changed(mut keys: Table<'_>, keymap: &Keymap, problems: &mut Problems) -> Keymap {
    let mut changed = keymap.clone();
    for context in Context::ALL {
        let table = keys.table(context.name(), problems);
        let next = in_context(table, context, &changed, problems);
        changed = next.unwrap_or(changed);
    }
    keys.end(&[], problems);
    changed
}

/// `keymap` with what a table says of one context; none where that cannot be taken.
fn in_context(
    mut table: Table<'_>,
    context: Context,
    keymap: &Keymap,
    problems: &mut Problems,
) -> Option<Keymap> {
    let mut written = vec![];
    let mut actions = vec![];
    let mut is_sound = true;
    for name in table.names() {
        // What is no action is told at the end.
        let Some(action) = Action::from_name(&name) else {
            continue;
        };
        let path = format!("{}{name}", table.path());
        let Some(keys) = table.list(&name, problems) else {
            is_sound = false;
            continue;
        };
        actions.push(action);
        for (strokes, at) in keys {
            match strokes.split_whitespace().map(str::parse).collect() {
                Ok(keys) if !strokes.trim().is_empty() => {
                    let binding = Binding {
                        context,
                        keys,
                        action,
                    };
                    written.push(Written { binding, at });
                }
                Ok::<Vec<Key>, _>(_) | Err(_) => {
                    problems.add(&at, &path, Fault::Key(strokes));
                    is_sound = false;
                }
            }
        }
    }
    let path = table.path().trim_end_matches('.').to_owned();
    let names: Vec<&str> = Action::ALL.iter().map(|action| action.name()).collect();
    table.end(&names, problems);
    if !is_sound || actions.is_empty() {
        return None;
    }
    let bindings = written.iter().map(|one| one.binding.clone());
    let changed = keymap.with(context, &actions, bindings.collect());
    for (first, second) in changed.conflicts() {
        // Of two keys that are written in the file the second one is told.
        let place = |binding: &Binding| written.iter().rfind(|one| one.binding == *binding);
        let (at, own, other) = match (place(second), place(first)) {
            (Some(one), _) => (&one.at, second, first),
            (None, Some(one)) => (&one.at, first, second),
            (None, None) => continue,
        };
        let key = format!("{path}.{}", own.action.name());
        let fault = Fault::Conflict(own.shown(), own.action.name(), other.action.name());
        problems.add(at, &key, fault);
        is_sound = false;
    }
    let leave = context.way_out();
    if changed.shown(context, leave).is_none() {
        let key = format!("{path}.{}", leave.name());
        problems.add(&(0..0), &key, Fault::NoWayOut);
        is_sound = false;
    }
    is_sound.then_some(changed)
}
