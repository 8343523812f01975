//! `open ADDRESS`: the document that an issue or item was read from, in the viewer of the system.
//! Must not wait for the viewer.

use super::output::{Output, Stop};
use super::{Settings, address};
use crate::app::Exit;
use crate::app::original::Original;
use crate::app::viewer;
use crate::store::{Located, issue_of};
use crate::text::clean;
use std::fmt::Display;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(value_name = "ADDRESS")]
    address: String,
}

pub(super) fn run(
    arguments: &Arguments,
    settings: &Settings,
    output: &mut Output,
) -> Result<Exit, Stop> {
    let address = address(&arguments.address)?;
    let store = settings.reading()?;
    let (issue, item) = match store.locate(&address)? {
        Located::Item(item) => (issue_of(item), Some(item)),
        Located::Section(issue, _) | Located::Issue(issue) => (issue, None),
    };
    let original = Original::of(&store, issue, item)?;
    let page = viewer::open(&original, |name| std::env::var_os(name))?;
    let path = clean(&original.path.to_string_lossy()).into_owned();
    let message = match page {
        _ if !original.is_same => settings
            .language
            .say_with("open.opened-other", &[("path", &path)]),
        Some(page) => {
            let words: [(&str, &dyn Display); 2] = [("path", &path), ("n", &page)];
            settings.language.say_with("open.opened-page", &words)
        }
        None => settings
            .language
            .say_with("open.opened", &[("path", &path)]),
    };
    output.message(&message)?;
    Ok(Exit::Done)
}
