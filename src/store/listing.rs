//! Lists that a query narrows, run by run: a keyset on the ids, which are the order as printed, or on what a listing is sorted by; never
//! an offset.
//! Must not say in SQL what a query means; that is `conditions`.

use super::conditions::Filter;
use super::sorting::Border;
use super::{Searcher, StoreError, heads, stretches};
use crate::issue::{IssueId, ItemHead, ItemId};
use crate::query::{Cell, Marked, Order, Query, Tally};
use crate::text::normalise;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use std::collections::HashMap;

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

impl Listing {
    /// The listing that a [`Tally`] counts.
    #[must_use]
    pub fn counted(&self) -> Self {
        Self {
            scope: self.scope,
            query: self.query.counted(),
        }
    }
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

    /// Counts the items of a listing by section and marks; those that only the switches of its query leave out are counted
    /// too. Titles that fold alike are one; all titles of the scope are there, in the order in which issues print them.
    ///
    /// # Errors
    /// The library cannot be read, or a newer request stopped this one.
    pub fn tally(&self, listing: &Listing) -> Result<Tally, StoreError> {
        let snapshot = self.connection.unchecked_transaction()?;
        let mut titles = titles(&snapshot, listing.scope)?;
        let filter = Filter::of(&snapshot, &listing.counted())?;
        let sql = format!(
            "SELECT section.title, coalesce(mark.read, 0), coalesce(mark.bookmarked, 0), mark.note IS NOT NULL FROM {} WHERE {}",
            filter.all(),
            filter.conditions
        );
        let mut cells: HashMap<(usize, Marked), usize> = HashMap::new();
        let mut statement = snapshot.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(&filter.values))?;
        while let Some(row) = rows.next()? {
            let title = titles.index(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?);
            let marks = Marked {
                read: row.get(1)?,
                bookmarked: row.get(2)?,
                noted: row.get(3)?,
            };
            *cells.entry((title, marks)).or_default() += 1;
        }
        Ok(titles.tally(cells))
    }
}

/// Titles as first printed, known by their folded form.
#[derive(Default)]
struct Titles {
    printed: Vec<String>,
    folded: HashMap<String, usize>,
    /// All of them as printed, so that each is folded once.
    known: HashMap<String, usize>,
}

impl Titles {
    fn index(&mut self, title: &str) -> usize {
        if let Some(known) = self.known.get(title) {
            return *known;
        }
        let index = *self.folded.entry(normalise(title)).or_insert_with(|| {
            self.printed.push(title.to_owned());
            self.printed.len() - 1
        });
        self.known.insert(title.to_owned(), index);
        index
    }

    fn tally(self, cells: HashMap<(usize, Marked), usize>) -> Tally {
        let cells = cells.into_iter();
        let mut cells: Vec<Cell> = cells
            .map(|((title, marks), count)| Cell {
                title,
                marks,
                count,
            })
            .collect();
        cells.sort_by_key(|cell| (cell.title, cell.marks));
        Tally {
            titles: self.printed,
            cells,
        }
    }
}

fn titles(connection: &Connection, scope: Scope) -> Result<Titles, StoreError> {
    let mut titles = Titles::default();
    let (sql, values) = match scope {
        Scope::Issue(issue) => (
            "SELECT title FROM section WHERE issue = ? ORDER BY ordinal",
            vec![issue.0],
        ),
        Scope::Library => (
            "SELECT title FROM section GROUP BY title ORDER BY avg(ordinal), title",
            vec![],
        ),
    };
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    while let Some(row) = rows.next()? {
        titles.index(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?);
    }
    Ok(titles)
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
