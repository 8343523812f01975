//! What surrounds a run: the language of the interface, the folders of this user, the limits of the system.
//! Must not open or create anything.

mod language;
mod limits;
mod paths;
mod settings;

pub use language::Language;
pub use limits::outlive_file_size_limit;
pub use paths::{NoHome, config_file, library_folder};
pub use settings::{Borders, Colour, Config, Fault, Problem, READ_AFTER, Read, Screen};
