//! `fix ADDRESS`, `fix list`: what the program read wrongly, corrected by its reader.
//! Must not keep one of several fixes where another makes no sense.

use super::items::{filled, item};
use super::json::{ItemLine, WaitingFix};
use super::output::{Output, Stop};
use super::{Limit, Settings, address as address_of, search};
use crate::app::fixing::{self, Undone};
use crate::app::wording;
use crate::app::{Exit, Failure};
use crate::config::Language;
use crate::issue::{Address, Fact, IssueNumber, ItemHead, ItemId, ItemOrdinal, Part, Target};
use crate::query::Query;
use crate::store::{FixChange, Fixed, InForce, Listing, Located, Scope, Store, Successor};
use crate::text::normalise;
use std::collections::{BTreeSet, HashSet};
use std::fmt::Display;

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[arg(required = true, value_name = "ADDRESS")]
    address: Option<String>,
    #[arg(value_name = "FIELD_VALUE")]
    words: Vec<String>,
    #[arg(long)]
    join: bool,
    #[arg(long, value_name = "N")]
    split: Option<usize>,
    /// The words are names of fields then.
    #[arg(long)]
    undo: bool,
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    List(List),
}

#[derive(Debug, clap::Args)]
struct List {
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    #[command(flatten)]
    limit: Limit,
    #[arg(long)]
    json: bool,
}

pub(super) fn run(
    arguments: &Arguments,
    settings: &Settings,
    output: &mut Output,
) -> Result<Exit, Stop> {
    if let Some(Command::List(arguments)) = &arguments.command {
        return list(arguments, settings, output);
    }
    let address = arguments.address.as_deref().unwrap_or_default();
    // All of it is understood before anything is kept.
    let words = arguments.words.iter();
    let (undone, fixes) = if arguments.undo {
        let undone = words.map(|word| Undone::named(word));
        (Some(undone.collect::<Result<Vec<_>, _>>()?), vec![])
    } else {
        let fixes = words.map(|word| fixing::typed(word));
        (None, fixes.collect::<Result<Vec<_>, _>>()?)
    };
    let asked = [
        !fixes.is_empty(),
        arguments.undo,
        arguments.join,
        arguments.split.is_some(),
    ];
    let wrong = match asked.into_iter().filter(|is_asked| *is_asked).count() {
        0 => Some("fix-nothing"),
        1 => None,
        _ => Some("fix-several"),
    };
    if let Some(code) = wrong {
        let written = vec![("address", address.to_owned())];
        return Err(Failure::new(code, written).ending(Exit::Usage).into());
    }
    fixing::agree(&fixes)?;
    let mut targets = HashSet::new();
    let mut given = arguments.words.iter().zip(&fixes);
    if let Some((word, _)) = given.find(|(_, fix)| !targets.insert(fix.target())) {
        let name = word.split(['=', '＝']).next().unwrap_or(word);
        let written = vec![("written", name.to_owned())];
        return Err(Failure::new("fix-twice", written)
            .ending(Exit::Usage)
            .into());
    }
    output.at_once();
    let mut store = settings.store()?;
    if let (Some([]), Ok(Part::Issue)) =
        (undone.as_deref(), address_of(address).map(|one| one.part))
    {
        return undo_waiting(&address_of(address)?, &mut store, settings, output);
    }
    let head = item(&store, address)?;
    if let Some(undone) = undone {
        let facts = undone.iter().filter_map(|one| one.fact());
        let along: Vec<Fact> = facts
            .filter_map(|fact| fixing::undone_along(&head, fact))
            .collect();
        let wanted = |target: &_| {
            let is_along = along.iter().any(|fact| *target == Target::Fact(*fact));
            undone.is_empty() || is_along || undone.iter().any(|one| one.is(target))
        };
        let came = store.undo_fixes(head.id, wanted)?;
        let said = if came.steps.is_empty() {
            "fix.none-to-undo"
        } else {
            "fix.undone"
        };
        tell_left(&came, arguments, settings, output)?;
        let now = came.stands(head.id);
        return tell((said, &head, now), &store, arguments, settings, output);
    }
    let fixable = store.fixable(&head.key)?;
    let (said, changes) = match &fixable {
        Some(fixable) if arguments.join => {
            before(&head)?;
            ("fix.joined-now", vec![fixing::join(fixable)])
        }
        Some(fixable) => match arguments.split {
            Some(n) => ("fix.split-now", vec![fixing::split(fixable, n)?]),
            None => ("fix.done", fixing::changes(&head, &fixable.fixes, &fixes)),
        },
        // Another program has just taken it away.
        None => ("fix.nothing-changed", vec![]),
    };
    let came = store.fix_each(&changes)?;
    let said = if came.steps.is_empty() {
        "fix.nothing-changed"
    } else if came.waits {
        "fix.waits"
    } else {
        said
    };
    tell_left(&came, arguments, settings, output)?;
    let now = if arguments.join {
        at(&store, &before(&head)?)?
    } else {
        came.stands(head.id)
    };
    tell((said, &head, now), &store, arguments, settings, output)
}

/// Undoes the corrections of an issue that fit none of its items.
fn undo_waiting(
    address: &Address,
    store: &mut Store,
    settings: &Settings,
    output: &mut Output,
) -> Result<Exit, Stop> {
    let waiting = store
        .fixes()?
        .into_iter()
        .filter(|one| one.items.is_empty());
    let own = waiting.filter(|one| one.key.issue == address.issue);
    let named = |one: &InForce| {
        let publication = address.publication.as_deref().map(normalise);
        publication.is_none_or(|publication| publication == one.key.publication)
    };
    let undone: Vec<FixChange> = own.filter(named).map(|one| FixChange::undo(&one)).collect();
    let came = store.fix_each(&undone)?;
    let said = match came.steps.len() {
        0 => settings
            .language
            .say_with("fix.none-waiting", &[("address", address)]),
        n => settings
            .language
            .say_with("fix.waiting-undone", &[("n", &n)]),
    };
    output.message(&said)?;
    Ok(Exit::Done)
}

/// Tells of marks that have no item any more, and that items have other numbers.
fn tell_left(
    came: &Fixed,
    arguments: &Arguments,
    settings: &Settings,
    output: &mut Output,
) -> Result<(), Stop> {
    if arguments.json {
        return Ok(());
    }
    if came.left > 0 {
        let said = settings.language.say_with("fix.left", &[("n", &came.left)]);
        output.message(&said)?;
    }
    if came.left_fixes > 0 {
        let said = settings
            .language
            .say_with("fix.left-fixes", &[("n", &came.left_fixes)]);
        output.message(&said)?;
    }
    let is_moved = |one: &Successor| one.before != one.after;
    if came
        .followed
        .iter()
        .any(|changed| changed.items.iter().any(is_moved))
    {
        output.message(&settings.language.say("fix.renumbered"))?;
    }
    Ok(())
}

/// Where the item before it in its section stands, to which it can be joined.
fn before(head: &ItemHead) -> Result<Address, Failure> {
    let own = head.address();
    let before = head.ordinal.0.checked_sub(1).filter(|n| *n > 0);
    let Some(before) = before else {
        let written = vec![("address", own.to_string())];
        return Err(Failure::new("fix-join-first", written).ending(Exit::Usage));
    };
    Ok(Address {
        part: Part::Item(head.section_ordinal, ItemOrdinal(before)),
        ..own
    })
}

/// The item at an address, if there is one.
fn at(store: &Store, address: &Address) -> Result<Option<ItemId>, Failure> {
    match store.locate(address)? {
        Located::Item(id) => Ok(Some(id)),
        Located::Section(..) | Located::Issue(_) => Ok(None),
    }
}

/// Tells what came of it, and how the item is now.
fn tell(
    (said, before, now): (&str, &ItemHead, Option<ItemId>),
    store: &Store,
    arguments: &Arguments,
    settings: &Settings,
    output: &mut Output,
) -> Result<Exit, Stop> {
    let view = now.map(|id| store.item(id)).transpose()?.flatten();
    let language = settings.language;
    let head = view.as_ref().map(|view| &view.head);
    if arguments.json {
        if let Some(head) = head {
            output.json(&ItemLine::new(head))?;
        }
        return Ok(Exit::Done);
    }
    // An item that was split off and is none any more is told as it was.
    let shown = head.unwrap_or(before);
    let words = [
        ("address", shown.address().to_string()),
        ("headline", shown.headline.clone()),
    ];
    output.message(&language.say_with(said, &filled(&words)))?;
    for line in head.into_iter().flat_map(|head| lines(head, language)) {
        output.message(&line)?;
    }
    Ok(Exit::Done)
}

/// What is corrected of an item, below its line.
fn lines(head: &ItemHead, language: Language) -> Vec<String> {
    let lines = wording::fixes::lines(language, head).into_iter();
    lines.map(|line| format!("  {line}")).collect()
}

/// The items that are corrected, newest issue first, and below them the fixes that wait for an item that they fit.
fn list(arguments: &List, settings: &Settings, output: &mut Output) -> Result<Exit, Stop> {
    let query: Query = arguments.query.join(" ").parse()?;
    let store = settings.reading()?;
    let searcher = store.searcher()?;
    let fixes = store.fixes()?;
    let mut ids: Vec<_> = fixes.iter().flat_map(|one| &one.items).copied().collect();
    // The display order.
    ids.sort_by(|one, other| other.cmp(one));
    ids.dedup();
    let is_all = query.terms.is_empty();
    if !is_all && !ids.is_empty() {
        let mut found = HashSet::new();
        let listing = Listing {
            scope: Scope::Library,
            query,
        };
        search::each(&searcher, listing, usize::MAX, |heads| {
            found.extend(heads.iter().map(|head| head.id));
            Ok(())
        })?;
        ids.retain(|id| found.contains(id));
    }
    let mut heads = searcher.heads_by_id(&ids)?;
    let mut waiting: Vec<&InForce> = fixes.iter().filter(|one| one.items.is_empty()).collect();
    waiting.retain(|_| is_all);
    let language = settings.language;
    let all = heads.len() + waiting.len();
    if all == 0 {
        let word = if is_all {
            "fix.none-yet"
        } else {
            "search.none"
        };
        output.message(&language.say(word))?;
        return Ok(if is_all { Exit::Done } else { Exit::Nothing });
    }
    let most = arguments.limit.most(output);
    heads.truncate(most);
    waiting.truncate(most - heads.len());
    for head in &heads {
        if arguments.json {
            output.json(&ItemLine::new(head))?;
            continue;
        }
        output.line(&format!("{}  {}", head.address(), head.headline))?;
        for line in lines(head, language) {
            output.line(&line)?;
        }
    }
    write_waiting(&waiting, arguments.json, language, output)?;
    let shown = heads.len() + waiting.len();
    if shown < all {
        arguments.limit.tell(shown, || Ok(all), language, output)?;
    }
    Ok(Exit::Done)
}

fn write_waiting(
    waiting: &[&InForce],
    json: bool,
    language: Language,
    output: &mut Output,
) -> Result<(), Stop> {
    if json {
        return waiting
            .iter()
            .try_for_each(|one| output.json(&WaitingFix::new(one)));
    }
    if !waiting.is_empty() {
        output.message(&language.say_with("fix.waiting", &[("n", &waiting.len())]))?;
    }
    for one in waiting {
        let number = language.say_with("issue.number", &[("n", &one.key.issue)]);
        let fix = match &one.fix {
            Some(fix) => wording::fixes::kept(language, &fix.target(), fix.value().as_deref()),
            None => language.say("fix.kept-newer").into_owned(),
        };
        let words: [(&str, &dyn Display); 4] = [
            ("publication", &one.publication),
            ("number", &number),
            ("headline", &one.printed),
            ("fix", &fix),
        ];
        output.line(&language.say_with("fix.waiting-line", &words))?;
    }
    let issues: BTreeSet<IssueNumber> = waiting.iter().map(|one| one.key.issue).collect();
    for number in issues {
        output.message(&language.say_with("fix.waiting-undo", &[("number", &number)]))?;
    }
    Ok(())
}
