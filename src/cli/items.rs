//! Items as the command line names them: by addresses, all of which have to lead to one.
//! Must not change anything.

use super::{Limit, address};
use crate::app::{Exit, Failure};
use crate::issue::{Address, ItemHead, Part};
use crate::store::{Located, Store};

/// Items whose marks a command changes.
#[derive(Debug, clap::Args)]
pub(super) struct Addresses {
    #[arg(required = true, value_name = "ADDRESS")]
    pub addresses: Vec<String>,
    #[arg(long)]
    pub json: bool,
}

/// How a list of marks is written.
#[derive(Debug, clap::Args)]
pub(super) struct List {
    #[command(flatten)]
    pub limit: Limit,
    #[arg(long)]
    pub json: bool,
}

/// The item at an address. A section or an issue has no marks.
pub(super) fn item(store: &Store, text: &str) -> Result<ItemHead, Failure> {
    let address = address(text)?;
    let no_item = || Failure::new("address-no-item", vec![("address", address.to_string())]);
    match store.locate(&address)? {
        Located::Item(id) => store
            .item(id)?
            .map(|view| view.head)
            .ok_or_else(|| no_item().ending(Exit::Nothing)),
        Located::Section(..) | Located::Issue(_) => Err(no_item().ending(Exit::Usage)),
    }
}

/// The items at all of these addresses.
pub(super) fn items(store: &Store, texts: &[String]) -> Result<Vec<ItemHead>, Failure> {
    texts.iter().map(|text| item(store, text)).collect()
}

/// Whether a word is the address of an item, and not another word.
pub(super) fn is_address(word: &str) -> bool {
    let address: Result<Address, _> = word.parse();
    address.is_ok_and(|address| matches!(address.part, Part::Item(..)))
}
