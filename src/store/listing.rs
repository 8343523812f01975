//! Lists that a query narrows, run by run: a keyset on the ids, which are the order as printed, or on what a listing is sorted by; never
//! an offset.
//! Must not say in SQL what a query means; that is `conditions`.

use super::conditions::Filter;
use super::sorting::Border;
use super::{Searcher, StoreError, heads, stretches};
use crate::issue::{IssueId, ItemHead, ItemId};
use crate::query::{Order, Query};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

/// Where items are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// In one issue.
    Issue(IssueId),
    /// In all of them.
    Library,
}

/// What is listed: the items of a scope that a query finds, in an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Where.
    pub scope: Scope,
    /// Which, and in which order.
    pub query: Query,
}

/// Which part of a listing is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning: as printed, the newest issue.
    Top,
    /// Its end.
    End,
    /// Half before this place, half from it on; the item itself need not be listed.
    Around(ItemId),
    /// What follows this item.
    After(ItemId),
    /// What precedes this item.
    Before(ItemId),
}

/// What items of a listing belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// A section of an issue.
    Section,
    /// An issue.
    Issue,
}

/// In which direction of the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// On: as printed, to older issues.
    Forward,
    /// Back: to newer ones.
    Backward,
}

/// A part of a listing without gaps.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Run {
    /// In the order of the listing.
    pub items: Vec<ItemHead>,
    /// Whether nothing is listed before them, as far as was looked: of [`Anchor::After`] not at all.
    pub begins: bool,
    /// Whether nothing is listed behind them; of [`Anchor::Before`] not looked at.
    pub ends: bool,
}

impl Searcher {
    /// At most `most` items of a listing.
    ///
    /// # Errors
    /// The library cannot be read, or a newer request stopped this one.
    pub fn run(&self, listing: &Listing, anchor: Anchor, most: usize) -> Result<Run, StoreError> {
        let snapshot = self.connection.unchecked_transaction()?;
        let (filter, order) = (Filter::of(&snapshot, listing)?, listing.query.order);
        let at = |item| order.border(&snapshot, item);
        let part = |way, border: Option<Border>, most| {
            part(&snapshot, &filter, (order, way), border.as_ref(), most)
        };
        let forward = |border, most| part(Way::Forward, border, most);
        let backward = |border, most| part(Way::Backward, border, most);
        Ok(match anchor {
            Anchor::Top => {
                let (items, ends) = forward(None, most)?;
                Run {
                    items,
                    begins: true,
                    ends,
                }
            }
            Anchor::After(item) => {
                let (items, ends) = forward(Some(at(item)?), most)?;
                Run {
                    items,
                    begins: false,
                    ends,
                }
            }
            Anchor::End => {
                let (items, begins) = backward(None, most)?;
                Run {
                    items,
                    begins,
                    ends: true,
                }
            }
            Anchor::Before(item) => {
                let (items, begins) = backward(Some(at(item)?), most)?;
                Run {
                    items,
                    begins,
                    ends: false,
                }
            }
            Anchor::Around(item) => {
                let (mut items, begins) = backward(Some(at(item)?), most / 2)?;
                let (rest, ends) = forward(Some(at(item)?.before()), most - items.len())?;
                items.extend(rest);
                Run {
                    items,
                    begins,
                    ends,
                }
            }
        })
    }

    /// The rows of at most `most` items of a listing, from its beginning: all of one moment, whatever is changed while they are read.
    ///
    /// # Errors
    /// The library cannot be read, or a newer request stopped this one.
    pub fn ids(&self, listing: &Listing, most: usize) -> Result<Vec<ItemId>, StoreError> {
        let filter = Filter::of(&self.connection, listing)?;
        let terms = listing.query.order.terms(Way::Forward, filter.id());
        ids(&self.connection, filter, &terms, most)
    }

    /// From an item on, the first item of the next group of a listing. Back, the first of this section or, where that is the
    /// item itself, of the one before; of issues always the one before. None where there is none.
    ///
    /// # Errors
    /// The library cannot be read, or a newer request stopped this one.
    pub fn group_step(
        &self,
        listing: &Listing,
        item: ItemId,
        group: Group,
        way: Way,
    ) -> Result<Option<ItemId>, StoreError> {
        let snapshot = self.connection.unchecked_transaction()?;
        let all = Filter::of(&snapshot, listing)?;
        let nearest = |filter: &Filter,
                       way,
                       border: Option<ItemId>|
         -> Result<Option<ItemHead>, StoreError> {
            let border = border.map(|item| listing.query.order.border(&snapshot, item));
            let border = border.transpose()?;
            let way = (listing.query.order, way);
            let (mut found, _) = part(&snapshot, filter, way, border.as_ref(), 1)?;
            Ok(found.pop())
        };
        let first_of = |item: ItemId| -> Result<Option<ItemId>, StoreError> {
            let own = all.clone().by_group(&snapshot, item, group, "")?;
            Ok(nearest(&own, Way::Forward, None)?.map(|head| head.id))
        };
        if way == Way::Forward {
            let others = all.clone().by_group(&snapshot, item, group, "NOT")?;
            return Ok(nearest(&others, Way::Forward, Some(item))?.map(|head| head.id));
        }
        let Some(first) = first_of(item)? else {
            return Ok(None);
        };
        if group == Group::Section && first != item {
            return Ok(Some(first));
        }
        match nearest(&all, Way::Backward, Some(first))? {
            Some(before) => first_of(before.id),
            None => Ok(None),
        }
    }

    /// The nearest item of a listing, from an item on, about which the parser noted something. None where there is none.
    ///
    /// # Errors
    /// The library cannot be read, or a newer request stopped this one.
    pub fn noted_step(
        &self,
        listing: &Listing,
        item: ItemId,
        way: Way,
    ) -> Result<Option<ItemId>, StoreError> {
        let snapshot = self.connection.unchecked_transaction()?;
        let mut filter = Filter::of(&snapshot, listing)?;
        filter.ask("item.diagnostic_count > 0", []);
        let border = listing.query.order.border(&snapshot, item)?;
        let (mut found, _) = part(
            &snapshot,
            &filter,
            (listing.query.order, way),
            Some(&border),
            1,
        )?;
        Ok(found.pop().map(|head| head.id))
    }

    /// How many items of a listing stand before this one.
    ///
    /// # Errors
    /// The library cannot be read, or a newer request stopped this one.
    pub fn count_before(&self, listing: &Listing, item: ItemId) -> Result<usize, StoreError> {
        let mut filter = Filter::of(&self.connection, listing)?;
        let border = listing.query.order.border(&self.connection, item)?;
        filter.ask_all(
            listing
                .query
                .order
                .beyond(Way::Backward, &border, filter.id()),
        );
        let sql = format!(
            "SELECT count(*) FROM {} WHERE {}",
            filter.all(),
            filter.conditions
        );
        let count: i64 = self
            .connection
            .prepare_cached(&sql)?
            .query_row(params_from_iter(&filter.values), |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }
}

/// At most `most` items behind `border`, or before it, in the order of the listing; and whether those were all.
fn part(
    connection: &Connection,
    filter: &Filter,
    (order, way): (Order, Way),
    border: Option<&Border>,
    most: usize,
) -> Result<(Vec<ItemHead>, bool), StoreError> {
    let mut filter = filter.clone();
    if let Some(border) = border {
        filter.ask_all(order.beyond(way, border, filter.id()));
    }
    // One more, to see whether there are more.
    let one_more = most.saturating_add(1);
    let mut items = match order {
        Order::Printed => {
            let terms = order.terms(way, filter.id());
            let from = border.map(Border::row);
            stretches::read(
                connection,
                &filter,
                (way, from),
                one_more,
                |filter, most| read(connection, filter, &terms, most),
            )?
        }
        // What is sorted is the ids: a row of a list is wide, and only a few of them are wanted.
        Order::By(..) => {
            let terms = order.terms(way, filter.id());
            let ids = ids(connection, filter, &terms, one_more)?;
            let heads = ids.into_iter().map(|id| heads::head(connection, id));
            heads
                .filter_map(Result::transpose)
                .collect::<Result<_, _>>()?
        }
    };
    let all = items.len() <= most;
    items.truncate(most);
    if matches!(way, Way::Backward) {
        items.reverse();
    }
    Ok((items, all))
}

/// At most `most` items, sorted by these terms.
fn read(
    connection: &Connection,
    mut filter: Filter,
    terms: &str,
    most: usize,
) -> Result<Vec<ItemHead>, StoreError> {
    let sql = format!(
        "SELECT {} FROM {} WHERE {} ORDER BY {terms} LIMIT ?",
        *heads::COLUMNS,
        filter.all(),
        filter.conditions
    );
    filter.values.push(limit(most));
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(&filter.values), heads::item_head)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The rows of at most `most` items, sorted by these terms.
fn ids(
    connection: &Connection,
    mut filter: Filter,
    terms: &str,
    most: usize,
) -> Result<Vec<ItemId>, StoreError> {
    let sql = format!(
        "SELECT item.id FROM {} WHERE {} ORDER BY {terms} LIMIT ?",
        filter.from(),
        filter.conditions
    );
    filter.values.push(limit(most));
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(&filter.values), |row| row.get(0))?;
    Ok(rows.map(|id| id.map(ItemId)).collect::<Result<_, _>>()?)
}

/// So many rows, as LIMIT takes it.
fn limit(most: usize) -> Value {
    i64::try_from(most).unwrap_or(i64::MAX).into()
}
