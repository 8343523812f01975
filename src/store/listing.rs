//! Lists that a query narrows, run by run: a keyset on the ids, which are the display order; never an offset.
//! Must mean by a query what [`crate::query`] says, neither more nor less.

use super::{Searcher, StoreError, heads, order};
use crate::issue::{IssueId, ItemHead, ItemId};
use crate::query::{Cell, Condition, Mark, Name, Numbers, Query, Tally, Term};
use crate::text::normalise;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use std::borrow::Cow;
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
            let own = all.within(&snapshot, item, group)?;
            Ok(nearest(&own, Way::Forward, None)?.map(|head| head.id))
        };
        if way == Way::Forward {
            let others = all.without(&snapshot, item, group)?;
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
        let filter = Filter::of(&Listing {
            scope: listing.scope,
            query: listing.query.counted(),
        });
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
        heads::COLUMNS,
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

/// A listing as a condition of SQL on [`heads::FROM_ITEMS`], with the values of its places. No condition is ever NULL, so
/// that each can be turned round.
#[derive(Clone)]
struct Filter {
    conditions: String,
    values: Vec<Value>,
}

impl Filter {
    fn of(listing: &Listing) -> Self {
        let mut filter = Self {
            conditions: "TRUE".to_owned(),
            values: vec![],
        };
        if let Scope::Issue(issue) = listing.scope {
            let (first, last) = order::items_of(issue);
            filter.ask("item.id BETWEEN ? AND ?", [first.into(), last.into()]);
        }
        let words: Vec<String> = listing.query.terms.iter().filter_map(wanted_word).collect();
        if !words.is_empty() {
            // A subquery on the item alone, so that what does not match costs no look at any other table.
            filter.ask(
                "EXISTS (SELECT 1 FROM body WHERE body.id = item.id \
                 AND holds_words(?, item.key_headline, body.lead, body.paragraphs))",
                [words.join("\n").into()],
            );
        }
        for term in &listing.query.terms {
            let (condition, values) = match &term.condition {
                Condition::Word(_) => continue,
                Condition::Section(names) => any(names.iter().map(name)),
                Condition::Issue(numbers) => any(numbers.iter().map(|numbers| range(*numbers))),
                Condition::Is(mark) => (marked(*mark).to_owned(), vec![]),
            };
            let not = if term.negated { "NOT " } else { "" };
            filter.ask(&format!("{not}({condition})"), values);
        }
        filter
    }

    /// The same for the items alone that are in the group of `item`.
    fn within(
        &self,
        connection: &Connection,
        item: ItemId,
        group: Group,
    ) -> Result<Self, StoreError> {
        let (condition, values) = in_group(connection, item, group)?;
        let mut filter = self.clone();
        filter.ask(&condition, values);
        Ok(filter)
    }

    /// The same for all other items.
    fn without(
        &self,
        connection: &Connection,
        item: ItemId,
        group: Group,
    ) -> Result<Self, StoreError> {
        let (condition, values) = in_group(connection, item, group)?;
        let mut filter = self.clone();
        filter.ask(&format!("NOT ({condition})"), values);
        Ok(filter)
    }

    fn ask(&mut self, condition: &str, values: impl IntoIterator<Item = Value>) {
        self.conditions.push_str(" AND ");
        self.conditions.push_str(condition);
        self.values.extend(values);
    }
}

/// That an item is in the group of `item`.
fn in_group(
    connection: &Connection,
    item: ItemId,
    group: Group,
) -> Result<(String, Vec<Value>), StoreError> {
    let (first, last) = order::items_of(order::issue_of(item));
    let issue = "item.id BETWEEN ? AND ?".to_owned();
    let mut values = vec![first.into(), last.into()];
    if group == Group::Issue {
        return Ok((issue, values));
    }
    let section: Option<i64> = connection
        .prepare_cached("SELECT section FROM item WHERE id = ?1")?
        .query_row([item.0], |row| row.get(0))
        .optional()?;
    // An item that is gone has no section left: then no item is in it.
    values.push(section.unwrap_or(-1).into());
    Ok((format!("{issue} AND item.section = ?"), values))
}

/// The word of a term as [`Words`] reads it: a sign, and the word folded, which holds no white space.
fn wanted_word(term: &Term) -> Option<String> {
    match &term.condition {
        Condition::Word(word) => {
            let sign = if term.negated { '-' } else { '+' };
            Some(format!("{sign}{}", normalise(word)))
        }
        _ => None,
    }
}

/// Conditions of which one has to hold.
fn any(conditions: impl Iterator<Item = (String, Vec<Value>)>) -> (String, Vec<Value>) {
    let (conditions, values): (Vec<String>, Vec<Vec<Value>>) = conditions.unzip();
    (conditions.join(" OR "), values.concat())
}

fn name(name: &Name) -> (String, Vec<Value>) {
    let condition = if name.whole {
        "folded(section.title) = ?"
    } else {
        "instr(folded(section.title), ?) > 0"
    };
    (condition.to_owned(), vec![normalise(&name.text).into()])
}

fn range(numbers: Numbers) -> (String, Vec<Value>) {
    let first = numbers.first.map_or(0, |number| i64::from(number.0));
    let last = numbers.last.map_or(i64::MAX, |number| i64::from(number.0));
    (
        "issue.number BETWEEN ? AND ?".to_owned(),
        vec![first.into(), last.into()],
    )
}

const fn marked(mark: Mark) -> &'static str {
    match mark {
        Mark::Unread => "coalesce(mark.read, 0) = 0",
        Mark::Read => "coalesce(mark.read, 0) = 1",
        Mark::Bookmarked => "coalesce(mark.bookmarked, 0) = 1",
    }
}

/// Gives a connection the functions that conditions use.
pub(super) fn add_functions(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_DIRECTONLY;
    connection.create_scalar_function("folded", 1, flags, |context| {
        Ok(normalise(text(context, 0)?))
    })?;
    connection.create_scalar_function("holds_words", 4, flags, |context| {
        let words = context.get_or_create_aux(0, |words| {
            words
                .as_str()
                .map(Words::read)
                .map_err(|error| Box::new(error) as Box<dyn std::error::Error + Send + Sync>)
        })?;
        let lead = match context.get_raw(2) {
            rusqlite::types::ValueRef::Null => None,
            _ => Some(text(context, 2)?),
        };
        words.hold(text(context, 1)?, lead, text(context, 3)?)
    })
}

fn text<'a>(context: &'a Context<'_>, n: usize) -> rusqlite::Result<&'a str> {
    context.get_raw(n).as_str().map_err(rusqlite::Error::from)
}

/// The words of a query, folded: those that must stand in an item, and those that must not.
struct Words {
    wanted: Vec<String>,
    unwanted: Vec<String>,
}

/// A paragraph as stored, borrowed where it holds no escapes.
#[derive(serde::Deserialize)]
struct Paragraph<'a>(#[serde(borrow)] Cow<'a, str>);

impl Words {
    fn read(text: &str) -> Self {
        let of = |sign| {
            let words = text.lines().filter_map(move |word| word.strip_prefix(sign));
            words.map(str::to_owned).collect()
        };
        Self {
            wanted: of('+'),
            unwanted: of('-'),
        }
    }

    /// Whether they hold of an item: its headline folded, its lead, its paragraphs as JSON.
    fn hold(&self, headline: &str, lead: Option<&str>, paragraphs: &str) -> rusqlite::Result<bool> {
        let mut missing = self
            .wanted
            .iter()
            .filter(|word| !headline.contains(*word))
            .peekable();
        if missing.peek().is_none() && self.unwanted.is_empty() {
            return Ok(true);
        }
        if self.unwanted.iter().any(|word| headline.contains(word)) {
            return Ok(false);
        }
        // A line end stands in no folded text, so no word is found across two of them.
        let mut body = normalise(lead.unwrap_or_default());
        let paragraphs: Vec<Paragraph<'_>> = serde_json::from_str(paragraphs)
            .map_err(|error| rusqlite::Error::UserFunctionError(error.into()))?;
        for paragraph in paragraphs {
            body.push('\n');
            body.push_str(&normalise(&paragraph.0));
        }
        Ok(missing.all(|word| body.contains(word))
            && !self.unwanted.iter().any(|word| body.contains(word)))
    }
}
