//! What `query list` writes: a line a saved query.
//! Must not leave out one that is no query any more.

use super::ErrorObject;
use crate::app::Failure;
use crate::config::Language;
use crate::store::{Counted, SavedQuery};
use serde::Serialize;

/// A saved query. Where it is none any more, there are no counts, and `error` says why.
#[derive(Serialize)]
pub(in crate::cli) struct QueryLine<'a> {
    name: &'a str,
    query: &'a str,
    items: Option<usize>,
    unread: Option<usize>,
    error: Option<ErrorObject>,
}

impl<'a> QueryLine<'a> {
    pub fn new(saved: &'a SavedQuery, counted: Option<Counted>, language: Language) -> Self {
        let error = saved.query.as_ref().err().cloned().map(Failure::from);
        Self {
            name: saved.name.as_str(),
            query: &saved.text,
            items: counted.map(|counted| counted.items),
            unread: counted.map(|counted| counted.unread),
            error: error.map(|failure| ErrorObject::new(&failure, language)),
        }
    }
}
