//! What keys do: actions, their bindings per context, and the names of keys.
//! Must not carry anything out; it only says which action a key means.

mod action;
mod key;
mod keymap;

pub use action::{Action, Group};
pub use key::{Key, KeyNameError};
pub use keymap::{Binding, Context, Found, Keymap, KeymapError};
