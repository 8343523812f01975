//! What surrounds a run: the language of the interface and the folders of this user.
//! Must not open or create anything.

mod language;
mod paths;

pub use language::Language;
pub use paths::{NoHome, library_folder};
