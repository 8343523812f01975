//! The values of the program: an issue with its sections and items, and how one is named, kept and marked.
//! Knows nothing of files, terminals or the database.

mod address;
mod date;
mod detached;
mod diagnostic;
mod facts;
mod fix;
mod head;
mod ids;
mod item;
mod key;
mod mark;
mod page;
mod printed;

pub use address::{Address, AddressError, Part};
pub use date::{IssueDate, IssueDateError};
pub use detached::{DetachedName, DetachedNameError};
pub use diagnostic::{Diagnostic, Problem};
pub use facts::{
    Currency, Fact, Facts, Money, Passage, Scale, Stage, StageError, TextField, TextFieldError,
    Unit, UnitError,
};
pub use fix::{
    Applied, Beginning, Corrected, Cut, Fix, FixRecord, LONGEST_HEADLINE, Stated, Target,
    TargetError, apply,
};
pub use head::{IssueHead, IssueLabel, ItemHead};
pub use ids::{IssueId, IssueNumber, ItemId, ItemOrdinal, SectionOrdinal};
pub use item::{Item, Picture};
pub use key::{ItemKey, item_keys};
pub use mark::{
    Change, LONGEST_NOTE, LONGEST_TAG, MarkRecord, Marks, Note, Tag, TagError, TagRecord,
};
pub use page::{Line, Page, Placed};
pub use printed::{Issue, Section};
