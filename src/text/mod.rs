//! Text as characters and columns: display width, cutting, wrapping, folding and finding, cleaning at the border.
//! Knows nothing of issues, terminals or files; every function here is pure.

mod clean;
mod cut;
mod find;
mod ideographs;
mod nearest;
mod normalise;
mod table;
mod width;
mod wrap;

pub use clean::{clean, is_invisible};
pub use cut::cut;
pub use find::occurrences;
pub use ideographs::ordinary_ideographs;
pub use nearest::nearest;
pub use normalise::{Normalised, normalise, normalise_mapped};
pub use width::{Ambiguous, WidthPolicy};
pub use wrap::{wrap, wrap_whole};

use table::pairs;
