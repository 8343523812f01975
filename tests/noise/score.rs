//! How much of an issue a parser got right, by the measure of the corpus: the share of right fields over all items, with the
//! head of the issue for a tenth.

use parkweekly::issue::{Issue, Item};
use parkweekly::text::is_invisible;
use std::collections::HashMap;

/// A share of 1, and what was wrong.
#[derive(Debug)]
pub struct Score {
    pub structure: f64,
    pub misses: Vec<String>,
}

/// `text` as it is compared: without white space, invisible characters and one final full stop.
fn bare(text: &str) -> String {
    let bare: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !is_invisible(*c))
        .collect();
    bare.strip_suffix('。').map(str::to_owned).unwrap_or(bare)
}

fn option(text: Option<&String>) -> String {
    text.map(|text| bare(text)).unwrap_or_default()
}

type Placed<'i> = (usize, String, &'i Item);

fn flat(issue: &Issue) -> Vec<Placed<'_>> {
    let items = issue.sections.iter().enumerate().flat_map(|(at, section)| {
        let title = bare(&section.title);
        section
            .items
            .iter()
            .map(move |item| (at, title.clone(), item))
    });
    items.collect()
}

/// For each wanted item the one that was got: of the same headline, else of one like it.
fn pairs(wanted: &[Placed<'_>], got: &[Placed<'_>]) -> Vec<Option<usize>> {
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, (_, _, item)) in got.iter().enumerate().rev() {
        places.entry(bare(&item.headline)).or_default().push(at);
    }
    let mut pairs: Vec<Option<usize>> = wanted
        .iter()
        .map(|(_, _, item)| places.get_mut(&bare(&item.headline))?.pop())
        .collect();
    let mut taken: Vec<bool> = vec![false; got.len()];
    pairs.iter().flatten().for_each(|at| taken[*at] = true);
    for (at, (_, _, item)) in wanted.iter().enumerate() {
        if pairs[at].is_none() {
            let headline = bare(&item.headline);
            let like =
                |at: &usize| strsim::normalized_levenshtein(&headline, &bare(&got[*at].2.headline));
            let free = (0..got.len()).filter(|at| !taken[*at]);
            let best = free.max_by(|a, b| like(a).total_cmp(&like(b)));
            if let Some(best) = best.filter(|best| like(best) >= 0.8) {
                pairs[at] = Some(best);
                taken[best] = true;
            }
        }
    }
    pairs
}

/// The fields of an item as they are compared.
fn fields((section, title, item): &Placed<'_>) -> [(&'static str, String); 7] {
    let paragraphs: Vec<String> = item.paragraphs.iter().map(|text| bare(text)).collect();
    [
        ("headline", bare(&item.headline)),
        ("contents", option(item.contents_headline.as_ref())),
        ("section", format!("{section} {title}")),
        ("page", format!("{:?}", item.page)),
        ("lead", option(item.lead.as_ref())),
        ("paragraphs", paragraphs.join("|")),
        ("source", option(item.source.as_ref())),
    ]
}

/// Where two texts begin to differ.
fn difference(a: &str, b: &str) -> String {
    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let part = |text: &str| {
        text.chars()
            .skip(same.saturating_sub(8))
            .take(28)
            .collect::<String>()
    };
    format!("want …{} got …{}", part(a), part(b))
}

/// Compares what was `got` with what was `wanted`.
pub fn score(wanted: &Issue, got: &Issue) -> Score {
    let (items, other) = (flat(wanted), flat(got));
    let pairs = pairs(&items, &other);
    let extra = other.len() - pairs.iter().flatten().count();
    let mut misses = Vec::new();
    let (mut right, mut last) = (0_usize, None);
    for (item, pair) in items.iter().zip(pairs) {
        let address = format!("{}/{}", item.0 + 1, item.2.ordinal);
        let Some(at) = pair else {
            misses.push(format!("{address} missing"));
            continue;
        };
        right += usize::from(last.is_none_or(|last| at > last));
        last = last.max(Some(at));
        for ((name, a), (_, b)) in fields(item).into_iter().zip(fields(&other[at])) {
            right += usize::from(a == b);
            if a != b {
                misses.push(format!("{address} {name}: {}", difference(&a, &b)));
            }
        }
    }
    if extra > 0 {
        misses.push(format!("{extra} extra"));
    }
    let head = [
        ("number", wanted.number == got.number),
        ("year", wanted.year == got.year),
        ("month", wanted.month == got.month),
        ("week", wanted.week == got.week),
        (
            "publisher",
            option(wanted.publisher.as_ref()) == option(got.publisher.as_ref()),
        ),
        (
            "site",
            option(wanted.site.as_ref()) == option(got.site.as_ref()),
        ),
        (
            "note",
            option(wanted.note.as_ref()) == option(got.note.as_ref()),
        ),
    ];
    let pages = wanted.sections.iter().enumerate().map(|(at, section)| {
        let got = got.sections.get(at).and_then(|got| got.page);
        ("section page", section.page == got)
    });
    let head: Vec<(&str, bool)> = head.into_iter().chain(pages).collect();
    for (name, _) in head.iter().filter(|(_, same)| !same) {
        misses.push(format!("issue: {name}: got {:?} {:?}", got.note, got.site));
    }
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    let heads = head.iter().filter(|(_, same)| *same).count();
    Score {
        structure: 0.9 * share(right, 8 * (items.len() + extra)) + 0.1 * share(heads, head.len()),
        misses,
    }
}
