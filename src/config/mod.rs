//! What surrounds a run: the language of the interface, the folders of this user, the limits of the system.
//! Must not open or create anything.

mod language;
mod limits;
mod paths;
mod settings;
mod theme;

pub use language::Language;
pub use limits::outlive_file_size_limit;
pub use paths::{NoHome, config_file, home_folder, library_folder};
pub use settings::{Borders, Config, Fault, Named, Problem, READ_AFTER, Read, Screen};
pub use theme::{BUILT_IN, Written, built_in, read_theme, theme_for};
