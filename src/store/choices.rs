//! Counts of what the items of a listing belong to and what is written beside them.
//! Must not say what a query finds among them; that is [`Choices`].

use super::conditions::Filter;
use super::heads::ITEMS_OF_ISSUE;
use super::{Listing, Scope, Searcher, StoreError, order};
use crate::issue::{IssueNumber, ItemId};
use crate::query::{Choices, Facet, IssueCount, IssueFace, Month};
use crate::text::normalise;
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};
use std::collections::HashMap;

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

/// From the tags, of which there are few, to the items that have them.
fn tags(connection: &Connection, listing: &Listing) -> Result<Vec<(String, usize)>, StoreError> {
    let sql = format!(
        "SELECT item.id, tag.name FROM marks.tag \
         CROSS JOIN publication ON publication.key = tag.publication \
         CROSS JOIN issue ON issue.publication = publication.id AND issue.number = tag.number \
         CROSS JOIN item ON {} AND item.key_headline = tag.headline AND item.key_nth = tag.nth \
         WHERE tag.present = 1",
        *ITEMS_OF_ISSUE
    );
    let mut tagged: HashMap<i64, Vec<String>> = HashMap::new();
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        tagged.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    drop(rows);
    let listing = Listing {
        scope: listing.scope,
        query: listing.query.without_wanted(Facet::Tag),
    };
    let mut counts: HashMap<&str, usize> = HashMap::new();
    if !tagged.is_empty() {
        let mut filter = Filter::of(connection, &listing)?;
        let ids = tagged.keys().map(i64::to_string).collect::<Vec<_>>();
        filter.ask(
            "item.id IN (SELECT value FROM json_each(?))",
            [Value::from(format!("[{}]", ids.join(",")))],
        );
        each(connection, &filter, filter.id(), |row| {
            let tags = tagged.get(&row.get(0)?);
            for tag in tags.into_iter().flatten() {
                *counts.entry(tag).or_default() += 1;
            }
            Ok(())
        })?;
    }
    // In the spelling in which each was typed first.
    let sql = "SELECT name, tag, min(changed_at) FROM marks.tag WHERE present = 1 GROUP BY name ORDER BY name";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| {
        let (name, tag): (String, String) = (row.get(0)?, row.get(1)?);
        let count = counts.get(name.as_str()).copied();
        Ok((tag, count.unwrap_or(0)))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
