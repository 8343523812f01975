//! Lists that a query narrows, run by run: a keyset on the ids, which are the display order; never an offset.
//! Must not say in SQL what a query means; that is `conditions`.

use super::conditions::Filter;
use super::{Searcher, StoreError, heads};
use crate::issue::{IssueId, ItemHead, ItemId};
use crate::query::{Cell, Query, Tally};
use crate::text::normalise;
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

/// What is listed: the items of a scope that a query finds, in the display order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Where.
    pub scope: Scope,
    /// Which.
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
    /// Its beginning: the newest issue.
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

/// In which direction of the display order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// On: to older issues.
    Forward,
    /// Back: to newer ones.
    Backward,
}

/// A part of a listing without gaps.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Run {
    /// In the display order.
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
        let filter = Filter::of(listing);
        let forward = |border, most| part(&snapshot, &filter, Way::Forward, border, most);
        let backward = |border, most| part(&snapshot, &filter, Way::Backward, border, most);
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
                let (items, ends) = forward(Some(item), most)?;
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
                let (items, begins) = backward(Some(item), most)?;
                Run {
                    items,
                    begins,
                    ends: false,
                }
            }
            Anchor::Around(item) => {
                let (mut items, begins) = backward(Some(item), most / 2)?;
                let (rest, ends) = forward(item.0.checked_add(1).map(ItemId), most - items.len())?;
                items.extend(rest);
                Run {
                    items,
                    begins,
                    ends,
                }
            }
        })
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
        let all = Filter::of(listing);
        let nearest = |filter: &Filter, way, border| -> Result<Option<ItemHead>, StoreError> {
            let (mut found, _) = part(&snapshot, filter, way, border, 1)?;
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
        let mut filter = Filter::of(listing);
        filter.ask("item.diagnostic_count > 0", []);
        let (mut found, _) = part(&snapshot, &filter, way, Some(item), 1)?;
        Ok(found.pop().map(|head| head.id))
    }

    /// How many items of a listing stand before this one.
    ///
    /// # Errors
    /// The library cannot be read, or a newer request stopped this one.
    pub fn count_before(&self, listing: &Listing, item: ItemId) -> Result<usize, StoreError> {
        let mut filter = Filter::of(listing);
        filter.ask("item.id > ?", [item.0.into()]);
        let sql = format!(
            "SELECT count(*) FROM {} WHERE {}",
            *heads::FROM_ITEMS,
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
        let filter = Filter::of(&listing.counted());
        let sql = format!(
            "SELECT section.title, coalesce(mark.read, 0), coalesce(mark.bookmarked, 0), count(*) FROM {} \
             WHERE {} GROUP BY 1, 2, 3",
            *heads::FROM_ITEMS,
            filter.conditions
        );
        let mut cells: HashMap<(usize, bool, bool), usize> = HashMap::new();
        let mut statement = snapshot.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(&filter.values))?;
        while let Some(row) = rows.next()? {
            let title = titles.index(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?);
            let count: i64 = row.get(3)?;
            *cells.entry((title, row.get(1)?, row.get(2)?)).or_default() +=
                usize::try_from(count).unwrap_or(0);
        }
        Ok(titles.tally(cells))
    }
}

/// Titles as first printed, known by their folded form.
#[derive(Default)]
struct Titles {
    printed: Vec<String>,
    folded: HashMap<String, usize>,
}

impl Titles {
    fn index(&mut self, title: &str) -> usize {
        *self.folded.entry(normalise(title)).or_insert_with(|| {
            self.printed.push(title.to_owned());
            self.printed.len() - 1
        })
    }

    fn tally(self, cells: HashMap<(usize, bool, bool), usize>) -> Tally {
        let mut cells: Vec<Cell> = cells
            .into_iter()
            .map(|((title, read, bookmarked), count)| Cell {
                title,
                read,
                bookmarked,
                count,
            })
            .collect();
        cells.sort_by_key(|cell| (cell.title, cell.read, cell.bookmarked));
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

/// At most `most` items behind `border`, or before it, in the display order; and whether those were all.
fn part(
    connection: &Connection,
    filter: &Filter,
    way: Way,
    border: Option<ItemId>,
    most: usize,
) -> Result<(Vec<ItemHead>, bool), StoreError> {
    let mut filter = filter.clone();
    let (beyond, order) = match way {
        Way::Forward => ("item.id < ?", "DESC"),
        Way::Backward => ("item.id > ?", "ASC"),
    };
    if let Some(border) = border {
        filter.ask(beyond, [border.0.into()]);
    }
    let sql = format!(
        "SELECT {} FROM {} WHERE {} ORDER BY item.id {order} LIMIT ?",
        *heads::COLUMNS,
        *heads::FROM_ITEMS,
        filter.conditions
    );
    // One more, to see whether there are more.
    let limit = i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1);
    filter.values.push(limit.into());
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(&filter.values), heads::item_head)?;
    let mut items: Vec<ItemHead> = rows.collect::<Result<_, _>>()?;
    let all = items.len() <= most;
    items.truncate(most);
    if matches!(way, Way::Backward) {
        items.reverse();
    }
    Ok((items, all))
}
