//! A listing as a condition of SQL, and the functions that our SQL uses.
//! Must mean by a query what [`crate::query`] says, neither more nor less.

use super::heads::{self, TAGS_OF_ITEM};
use super::index::{self, Sought, Table};
use super::{Group, Listing, Scope, StoreError, asked, marks, numbered, order, sought};
use crate::issue::ItemId;
use crate::query::{Added, Amount, Condition, Land, Mark, Name, Term};
use crate::text::normalise;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, OptionalExtension};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A listing as a condition of SQL on `heads::FROM_ITEMS`, with the values of its places. No condition is ever NULL, so
/// that each can be turned round.
#[derive(Clone)]
pub(super) struct Filter {
    /// The table of the index that gives the items, newest first, where words are looked for in it.
    index: Option<Table>,
    pub conditions: String,
    pub values: Vec<Value>,
    /// Where among the values the first rows stand of which the index is asked beside the items; the last ones stand behind them.
    rows: Vec<usize>,
}

/// The first and the last row of the index, while it is asked of all; no item has either.
const ROWS: [i64; 2] = [i64::MIN, i64::MAX];

/// That the texts of an item hold words, as [`Words`] reads them. A subquery on the item alone, so that what does not match costs no
/// look at any other table.
const HOLDS: &str = "EXISTS (SELECT 1 FROM body WHERE body.id = item.id \
     AND holds_words(?, coalesce(item.shown_headline, item.key_headline), body.lead, body.paragraphs))";

/// A condition with the values of its places.
pub(super) type Asked = (String, Vec<Value>);

impl Filter {
    /// Reads from the library whether its index is whole.
    pub fn of(connection: &Connection, listing: &Listing) -> Result<Self, StoreError> {
        let mut filter = Self {
            index: None,
            conditions: "TRUE".to_owned(),
            values: vec![],
            rows: vec![],
        };
        let words: Vec<&Term> = listing
            .query
            .terms
            .iter()
            .filter(|term| is_word(term))
            .collect();
        let is_whole = index::is_whole(connection)?;
        if !words.is_empty() && is_whole {
            filter.ask_index(&words);
        } else if !words.is_empty() {
            filter.scan(&words);
        }
        for term in &listing.query.terms {
            if is_word(term) {
                continue;
            }
            let (condition, values) = one(term, is_whole);
            filter.ask(&condition, values);
        }
        if let Scope::Issue(issue) = listing.scope {
            filter.within(order::items_of(issue));
        }
        for term in &listing.query.terms {
            if let (false, Condition::Issue(issues)) = (term.negated, &term.condition) {
                filter.within(numbered::items_of(connection, issues)?);
            }
        }
        Ok(filter)
    }

    /// Asks for items among these rows alone, and the index of these alone.
    pub fn within(&mut self, (first, last): (i64, i64)) {
        for at in &self.rows {
            self.values[*at] = first.into();
            self.values[*at + 1] = last.into();
        }
        let condition = format!(" AND {} BETWEEN ? AND ?", self.id());
        self.conditions.push_str(&condition);
        self.values.extend([first.into(), last.into()]);
    }

    /// Whether the index is asked beside the items, for all rows before the first item is known.
    pub const fn looks_up(&self) -> bool {
        !self.rows.is_empty()
    }

    /// Asks the index for words. Those that are wanted and of one table give the items; the others are looked up.
    fn ask_index(&mut self, words: &[&Term]) {
        let mut wanted: BTreeMap<(Table, bool), Vec<String>> = BTreeMap::new();
        for term in words {
            if let Condition::Word(word) = &term.condition {
                let sought = Sought::of(&normalise(word));
                let of = wanted.entry((sought.table, term.negated)).or_default();
                of.push(sought.phrase);
            }
        }
        let mut first = [Table::Pairs, Table::Chars].into_iter();
        let index = first.find(|table| wanted.contains_key(&(*table, false)));
        if let Some(table) = index {
            let name = table.name();
            let all = wanted.remove(&(table, false)).unwrap_or_default();
            let mut asked = format!("({})", all.join(" AND "));
            if let Some(none) = wanted.remove(&(table, true)) {
                asked = format!("{asked} NOT ({})", none.join(" OR "));
            }
            self.index = index;
            self.ask(
                &format!("item.id = {name}.rowid AND {name} MATCH ?"),
                [asked.into()],
            );
        }
        for ((table, negated), phrases) in wanted {
            let (not, sign) = if negated {
                ("NOT ", " OR ")
            } else {
                ("", " AND ")
            };
            let (condition, values) = looked_up(table, phrases.join(sign));
            self.ask(&format!("{not}{condition}"), values);
        }
    }

    /// Looks through the texts of the items.
    fn scan(&mut self, words: &[&Term]) {
        let words: Vec<String> = words.iter().filter_map(|term| wanted_word(term)).collect();
        self.ask(HOLDS, [words.join("\n").into()]);
    }

    /// The row of an item, as what comes in its order is to be asked for.
    pub const fn id(&self) -> &'static str {
        match self.index {
            Some(Table::Pairs) => "item_pairs.rowid",
            Some(Table::Chars) => "item_chars.rowid",
            None => "item.id",
        }
    }

    /// The same for the items alone that are in the group of `item`; with NOT as `sign`, for all others.
    pub fn by_group(
        mut self,
        connection: &Connection,
        item: ItemId,
        group: Group,
        sign: &str,
    ) -> Result<Self, StoreError> {
        let (condition, values) = in_group(connection, item, group, self.id())?;
        self.ask(&format!("{sign} ({condition})"), values);
        Ok(self)
    }

    /// Where the rows are that its conditions are on: the items alone, where they ask for nothing else.
    pub fn from(&self) -> String {
        let others = ["issue.", "section.", "publication.", "mark."];
        if others.iter().any(|other| self.conditions.contains(other)) {
            self.all()
        } else {
            self.behind_index("item")
        }
    }

    /// The same with all that belongs to an item.
    pub fn all(&self) -> String {
        self.behind_index(&heads::FROM_ITEMS)
    }

    /// CROSS JOIN keeps SQLite to this order: the index has the items in theirs.
    fn behind_index(&self, tables: &str) -> String {
        match self.index {
            Some(table) => format!("{} CROSS JOIN {tables}", table.name()),
            None => tables.to_owned(),
        }
    }

    /// Asks for one more condition, with its values.
    pub fn ask_all(&mut self, (condition, values): Asked) {
        self.ask(&condition, values);
    }

    pub fn ask(&mut self, condition: &str, values: impl IntoIterator<Item = Value>) {
        self.conditions.push_str(" AND ");
        self.conditions.push_str(condition);
        for value in values {
            if value == Value::Integer(ROWS[0]) {
                self.rows.push(self.values.len());
            }
            self.values.push(value);
        }
    }
}

/// What a term asks of the rows of an item.
fn one(term: &Term, is_whole: bool) -> Asked {
    let (condition, values) = asked(&term.condition, is_whole);
    let not = if term.negated { "NOT " } else { "" };
    (format!("{not}({condition})"), values)
}

/// What a condition asks of them; of a word the index, where it is whole.
fn asked(condition: &Condition, is_whole: bool) -> Asked {
    match condition {
        Condition::Word(word) if is_whole => {
            let Sought { table, phrase } = Sought::of(&normalise(word));
            looked_up(table, phrase)
        }
        Condition::Word(word) => (
            HOLDS.to_owned(),
            vec![format!("+{}", normalise(word)).into()],
        ),
        Condition::Any(sides) => any(sides.iter().map(|side| {
            let terms = side.terms.iter().map(|term| one(term, is_whole));
            let (conditions, values): (Vec<String>, Vec<Vec<Value>>) = terms.unzip();
            (format!("({})", conditions.join(" AND ")), values.concat())
        })),
        Condition::Section(names) => any(names.iter().map(name)),
        Condition::Issue(issues) => numbered::issues(issues),
        Condition::Issued(days) => asked::issued(days),
        Condition::Publication(names) => asked::publications(names),
        Condition::Is(mark) => (marked(*mark).to_owned(), vec![]),
        Condition::Has(added) => any(added.iter().map(|added| (has(*added), vec![]))),
        Condition::Tag(tags) => any(tags
            .iter()
            .map(|tag| (tagged("AND tag.name = ?"), vec![normalise(tag).into()]))),
        Condition::Source(names) => asked::sources(names),
        Condition::Province(places) => asked::places("item.province", places),
        Condition::City(places) => asked::cities(places),
        Condition::Amount(amounts) => {
            let amounts = amounts.iter().map(|span| span.map(Amount::in_yi));
            asked::spans("item.amount_yi", amounts)
        }
        Condition::Projects(counts) => asked::spans("item.projects", counts.iter().copied()),
        Condition::Area(areas) => {
            let areas = areas.iter().map(|span| span.map(Land::in_mu));
            asked::spans("item.area_mu", areas)
        }
        Condition::Date(days) => asked::dates(days),
        Condition::Stage(stages) => asked::stages(stages),
        Condition::Industry(names) => asked::industries(names),
    }
}

/// That an item is among those that the index finds, beside others that are asked for.
fn looked_up(table: Table, phrases: String) -> Asked {
    let name = table.name();
    let condition = format!(
        "item.id IN (SELECT rowid FROM {name} WHERE {name} MATCH ? AND rowid BETWEEN ? AND ?)"
    );
    let [first, last] = ROWS;
    (condition, vec![phrases.into(), first.into(), last.into()])
}

/// That an item is in the group of `item`.
fn in_group(
    connection: &Connection,
    item: ItemId,
    group: Group,
    row: &str,
) -> Result<Asked, StoreError> {
    let (first, last) = order::items_of(order::issue_of(item));
    let issue = format!("{row} BETWEEN ? AND ?");
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

const fn is_word(term: &Term) -> bool {
    matches!(term.condition, Condition::Word(_))
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
pub(super) fn any(conditions: impl Iterator<Item = Asked>) -> Asked {
    let (conditions, values): (Vec<String>, Vec<Vec<Value>>) = conditions.unzip();
    (conditions.join(" OR "), values.concat())
}

fn name(name: &Name) -> Asked {
    let condition = if name.whole {
        "folded(section.title) = ?"
    } else {
        "instr(folded(section.title), ?) > 0"
    };
    (condition.to_owned(), vec![normalise(&name.text).into()])
}

const fn marked(mark: Mark) -> &'static str {
    match mark {
        Mark::Unread => "coalesce(mark.read, 0) = 0",
        Mark::Read => "coalesce(mark.read, 0) = 1",
        Mark::Bookmarked => "coalesce(mark.bookmarked, 0) = 1",
    }
}

fn has(added: Added) -> String {
    match added {
        Added::Note => "mark.note IS NOT NULL".to_owned(),
        Added::Tag => tagged(""),
        Added::Source => "item.source IS NOT NULL".to_owned(),
        Added::Fix => "item.corrected IS NOT NULL".to_owned(),
        Added::Fact(fact) => asked::states(fact),
    }
}

/// That an item has a tag of which `more` holds too.
fn tagged(more: &str) -> String {
    format!("EXISTS (SELECT 1 FROM {TAGS_OF_ITEM} {more})")
}

/// Gives a connection the functions that our SQL uses.
pub(super) fn add_functions(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_DIRECTONLY;
    sought::add_function(connection)?;
    connection.create_scalar_function("folded", 1, flags, |context| {
        Ok(normalise(text(context, 0)?))
    })?;
    connection.create_scalar_function("later", 2, flags, |context| {
        let before = context
            .get_raw(0)
            .as_str_or_null()
            .map_err(rusqlite::Error::from)?;
        Ok(marks::later(before, text(context, 1)?))
    })?;
    connection.create_scalar_function("holds_words", 4, flags, |context| {
        let words = context.get_or_create_aux(0, |words| {
            words
                .as_str()
                .map(Words::read)
                .map_err(|error| Box::new(error) as Box<dyn std::error::Error + Send + Sync>)
        })?;
        let lead = match context.get_raw(2) {
            ValueRef::Null => None,
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
