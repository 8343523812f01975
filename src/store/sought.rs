//! The nearest item of a listing that has a text in it, as a reader finds it who goes through the items one by one.
//! Must not know what is shown of an item.

use super::conditions::Filter;
use super::{Listing, Searcher, StoreError, Way};
use crate::issue::ItemId;
use crate::text::Needle;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use std::borrow::Cow;

impl Searcher {
    /// The nearest item of a listing behind an item, or before it, that has `needle` in its headline, lead, paragraphs or source.
    /// None where there is none. Looks through the texts one by one, until a newer request stops it.
    ///
    /// # Errors
    /// The library cannot be read, or a newer request stopped this one.
    pub fn text_step(
        &self,
        listing: &Listing,
        item: ItemId,
        needle: &Needle,
        way: Way,
    ) -> Result<Option<ItemId>, StoreError> {
        let mut filter = Filter::of(&self.connection, listing)?;
        let border = listing.query.order.border(&self.connection, item)?;
        filter.ask_all(listing.query.order.beyond(way, &border, filter.id()));
        filter.ask(
            "EXISTS (SELECT 1 FROM body WHERE body.id = item.id \
             AND holds_text(?, item.headline, item.source, body.lead, body.paragraphs))",
            [needle.written().to_owned().into()],
        );
        // One alone: where it is rare, the next one may be far.
        let sql = format!(
            "SELECT item.id FROM {} WHERE {} ORDER BY {} LIMIT 1",
            filter.all(),
            filter.conditions,
            listing.query.order.terms(way, filter.id())
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let found = statement.query_row(params_from_iter(&filter.values), |row| row.get(0));
        Ok(found.optional()?.map(ItemId))
    }
}

/// Gives a connection the function that looks through an item: needle, headline, source, lead, paragraphs as JSON.
pub(super) fn add_function(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_DIRECTONLY;
    connection.create_scalar_function("holds_text", 5, flags, |context| {
        let needle = context.get_or_create_aux(0, |typed| {
            let typed = typed.as_str();
            typed
                .map(Needle::new)
                .map_err(|error| Box::new(error) as Box<dyn std::error::Error + Send + Sync>)
        })?;
        let Some(needle) = needle.as_ref() else {
            return Ok(false);
        };
        for n in 1..=3 {
            if text(context, n)?.is_some_and(|text| needle.is_in(text)) {
                return Ok(true);
            }
        }
        let paragraphs: Vec<Paragraph<'_>> =
            serde_json::from_str(text(context, 4)?.unwrap_or("[]"))
                .map_err(|error| rusqlite::Error::UserFunctionError(error.into()))?;
        Ok(paragraphs.iter().any(|one| needle.is_in(&one.0)))
    })
}

/// A paragraph as stored, borrowed where it holds no escapes.
#[derive(serde::Deserialize)]
struct Paragraph<'a>(#[serde(borrow)] Cow<'a, str>);

fn text<'a>(context: &'a Context<'_>, n: usize) -> rusqlite::Result<Option<&'a str>> {
    match context.get_raw(n) {
        ValueRef::Null => Ok(None),
        value => value.as_str().map(Some).map_err(rusqlite::Error::from),
    }
}
