//! Counts of what the items of a listing belong to and what is written beside them.
//! Must not say what a query finds among them; that is [`Choices`].

use super::conditions::Filter;
use super::heads::ITEMS_OF_ISSUE;
use super::{Listing, Scope, Searcher, StoreError, order};
use crate::issue::{IssueNumber, ItemId};
use crate::query::{Choices, Facet, IssueCount, IssueFace, Month};
use crate::text::normalise;
use rusqlite::{Connection, Row, params_from_iter};
use std::collections::{BTreeMap, HashMap};

impl Searcher {
    /// Counts the items of a listing by issue, source and tag; of an issue alone there are no others. Those that only the switches of the
    /// same kind leave out are counted too.
    ///
    /// # Errors
    /// The library cannot be read, or a newer request stopped this one.
    pub fn choices(&self, listing: &Listing) -> Result<Choices, StoreError> {
        let snapshot = self.connection.unchecked_transaction()?;
        let issues = match listing.scope {
            Scope::Library => issues(&snapshot, listing)?,
            Scope::Issue(_) => vec![],
        };
        Ok(Choices {
            issues,
            sources: sources(&snapshot, listing)?,
            tags: tags(&snapshot, listing)?,
        })
    }
}

impl Listing {
    /// The same without what it asks of these.
    fn without(&self, facets: &[Facet]) -> Self {
        Self {
            scope: self.scope,
            query: self.query.without(facets),
        }
    }
}

/// Reads one column or more of the items of a listing, in no order.
fn each(
    connection: &Connection,
    filter: &Filter,
    columns: &str,
    mut take: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
) -> Result<(), StoreError> {
    let (from, conditions) = (filter.from(), &filter.conditions);
    let sql = format!("SELECT {columns} FROM {from} WHERE {conditions}");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(&filter.values))?;
    while let Some(row) = rows.next()? {
        take(row)?;
    }
    Ok(())
}

fn issues(connection: &Connection, listing: &Listing) -> Result<Vec<IssueCount>, StoreError> {
    let listing = listing.without(&[Facet::Issue, Facet::Publication]);
    let filter = Filter::of(connection, &listing)?;
    let mut counts: HashMap<i64, usize> = HashMap::new();
    each(connection, &filter, filter.id(), |row| {
        let issue = order::issue_of(ItemId(row.get(0)?));
        *counts.entry(issue.0).or_default() += 1;
        Ok(())
    })?;
    let sql = "SELECT issue.id, issue.number, issue.year, issue.month, publication.name, \
         row_number() OVER (PARTITION BY issue.publication ORDER BY issue.id DESC) AS place \
         FROM issue CROSS JOIN publication ON publication.id = issue.publication ORDER BY issue.id DESC";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| {
        let (year, month): (Option<u16>, Option<u8>) = (row.get(2)?, row.get(3)?);
        let face = IssueFace {
            number: IssueNumber(row.get(1)?),
            month: year.zip(month).map(|(year, month)| Month { year, month }),
            place: row.get(5)?,
        };
        Ok(IssueCount {
            face,
            publication: row.get(4)?,
            count: counts.get(&row.get(0)?).copied().unwrap_or(0),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn sources(connection: &Connection, listing: &Listing) -> Result<Vec<(String, usize)>, StoreError> {
    let mut filter = Filter::of(connection, &listing.without(&[Facet::Source]))?;
    filter.ask("item.source IS NOT NULL", []);
    // As printed, which is mostly alike: each is folded once.
    let mut printed: HashMap<String, usize> = HashMap::new();
    each(connection, &filter, "item.source", |row| {
        let source = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        if let Some(count) = printed.get_mut(source) {
            *count += 1;
        } else {
            printed.insert(source.to_owned(), 1);
        }
        Ok(())
    })?;
    let mut printed: Vec<(String, usize)> = printed.into_iter().collect();
    printed.sort_by(|(a, many), (b, more)| more.cmp(many).then_with(|| a.cmp(b)));
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut sources: Vec<(String, usize)> = vec![];
    for (source, count) in printed {
        let folded = normalise(&source);
        if let Some(place) = places.get(&folded) {
            sources[*place].1 += count;
        } else {
            places.insert(folded, sources.len());
            sources.push((source, count));
        }
    }
    Ok(sources)
}

/// The tags of items: which item has which of the names.
#[derive(Default)]
struct Tagged {
    /// As each was typed first, with the time of that, by what it is compared by.
    names: BTreeMap<String, (usize, String, String)>,
    /// Rows of items with a number of `names`, sorted.
    items: Vec<(i64, usize)>,
}

/// From the tags to the items that have them, for there are fewer; in one issue, from the issue.
fn tagged(connection: &Connection, scope: Scope) -> Result<Tagged, StoreError> {
    let of_item = format!(
        "CROSS JOIN item ON {} AND item.key_headline = tag.headline AND item.key_nth = tag.nth WHERE tag.present = 1",
        *ITEMS_OF_ISSUE
    );
    let (tables, values) = match scope {
        Scope::Library => (
            format!(
                "marks.tag CROSS JOIN publication ON publication.key = tag.publication \
                 CROSS JOIN issue ON issue.publication = publication.id AND issue.number = tag.number {of_item}"
            ),
            vec![],
        ),
        Scope::Issue(issue) => (
            format!(
                "issue CROSS JOIN publication ON publication.id = issue.publication \
                 CROSS JOIN marks.tag ON tag.publication = publication.key AND tag.number = issue.number \
                 {of_item} AND issue.id = ?"
            ),
            vec![issue.0],
        ),
    };
    let sql = format!("SELECT item.id, tag.name, tag.tag, tag.changed_at FROM {tables}");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    let mut tagged = Tagged::default();
    let text = |row: &Row<'_>, n| -> rusqlite::Result<String> { row.get(n) };
    while let Some(row) = rows.next()? {
        let name = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        let number = if let Some((number, tag, first)) = tagged.names.get_mut(name) {
            let changed = row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?;
            if changed < first.as_str() {
                (*tag, *first) = (text(row, 2)?, changed.to_owned());
            }
            *number
        } else {
            let number = tagged.names.len();
            let typed = (number, text(row, 2)?, text(row, 3)?);
            tagged.names.insert(name.to_owned(), typed);
            number
        };
        tagged.items.push((row.get(0)?, number));
    }
    tagged.items.sort_unstable();
    Ok(tagged)
}

fn tags(connection: &Connection, listing: &Listing) -> Result<Vec<(String, usize)>, StoreError> {
    let Tagged { names, items } = tagged(connection, listing.scope)?;
    let mut counts = vec![0_usize; names.len()];
    let query = listing.query.without_wanted(Facet::Tag);
    if query.is_empty() {
        for (_, name) in &items {
            counts[*name] += 1;
        }
    } else if !items.is_empty() {
        let scope = listing.scope;
        let filter = Filter::of(connection, &Listing { scope, query })?;
        each(connection, &filter, filter.id(), |row| {
            let id: i64 = row.get(0)?;
            let first = items.partition_point(|(item, _)| *item < id);
            let own = items[first..].iter().take_while(|(item, _)| *item == id);
            own.for_each(|(_, name)| counts[*name] += 1);
            Ok(())
        })?;
    }
    let names = names.into_values();
    Ok(names
        .map(|(number, tag, _)| (tag, counts[number]))
        .collect())
}
