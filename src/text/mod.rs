//! Text as characters and columns: display width, cutting, wrapping, folding and finding, cleaning at the border.
//! Knows nothing of issues, terminals or files; every function here is pure.

mod border;
mod clean;
mod cut;
mod find;
mod ideographs;
mod nearest;
mod normalise;
mod table;
mod typeset;
mod width;

pub use border::border_from;
pub use clean::{clean, is_invisible};
pub use cut::cut;
pub use find::{Folded, Needle, occurrences};
pub use ideographs::ordinary_ideographs;
pub use nearest::nearest;
pub use normalise::{Normalised, normalise, normalise_mapped};
pub use typeset::{Gap, Paragraph, Spacing, Typesetting, typeset, wrap, wrap_whole};
pub use width::{Ambiguous, WidthPolicy};

use normalise::normalise_cased;
use table::pairs;
