//! The headings of sections that are not numbered as the weekly numbers them: `招商引资`, `【招商引资】`, `（一）招商引资`,
//! `板块一：招商引资`.
//! Must not take a label within an item for one: only what stands between the end of an item and a headline, as it does
//! before the first item of all.

use super::super::attribution::attributed;
use super::super::classify::{self, Shape, ends_sentence, shape};
use super::super::contents::listed;
use super::super::lines::{Row, is_hanzi};
use super::super::numeral;
use super::Places;
use crate::text::normalise;
use std::borrow::Cow;
use std::collections::HashMap;

/// The form of a heading that is nothing but a title, as labels within items are too.
const BARE: &str = "|";
/// Longest title, in characters.
const TITLE: usize = 12;
/// Most sections.
const MOST: usize = 99;

/// Writes headings in the form of the weekly for those in another.
pub(super) fn translate<'a>(rows: &[Row<'a>], texts: &mut [Cow<'a, str>], places: &Places) {
    let Some(found) = find(rows, texts, places) else {
        return;
    };
    let numerals: HashMap<String, String> = found
        .iter()
        .zip(1..)
        .map(|((_, title), nth)| (normalise(title), hanzi(nth)))
        .collect();
    for (at, title) in &found {
        texts[*at] = Cow::Owned(format!("{}、{title}", numerals[&normalise(title)]));
    }
    let first = found[0].0;
    for text in &mut texts[..first] {
        let (bare, page) = listed(text);
        if let Some(heading) = Heading::of(&bare)
            && let Some(numeral) = numerals.get(&normalise(heading.title))
        {
            let page = page.map_or(String::new(), |page| format!("\t{page}"));
            *text = Cow::Owned(format!("{numeral}、{}{page}", heading.title));
        }
    }
}

/// The rows of the body that are headings of sections, with their titles; none where they are numbered as the weekly does,
/// and where there are none.
fn find(rows: &[Row<'_>], texts: &[Cow<'_, str>], places: &Places) -> Option<Vec<(usize, String)>> {
    let first = first_headline(rows, texts, places)?.checked_sub(1)?;
    if super::is_heading(&texts[first]) {
        return None;
    }
    let form = Heading::of(&texts[first])?.form;
    let mut found: Vec<(usize, String)> = Vec::new();
    for at in first..texts.len() {
        let Some(heading) = Heading::of(&texts[at]).filter(|heading| heading.form == form) else {
            continue;
        };
        let ended = || {
            form != BARE
                && at
                    .checked_sub(1)
                    .is_some_and(|at| ends_sentence(&texts[at]))
        };
        let begins = at == first || places.begins[at] || places.recurs(at, &texts[at]) || ended();
        let is_new = || found.iter().all(|(_, title)| title != heading.title);
        if begins && is_new() && is_headline(rows, texts, places, at + 1) {
            if found.len() == MOST {
                return None;
            }
            found.push((at, heading.title.to_owned()));
        }
    }
    let listed = || places.recurs(first, &texts[first]);
    let enough = found.len() > 1 || (found.len() == 1 && listed());
    enough.then_some(found)
}

/// The first headline of the body.
fn first_headline(rows: &[Row<'_>], texts: &[Cow<'_, str>], places: &Places) -> Option<usize> {
    let front = super::text_start(texts);
    let bullet = (0..front).rfind(|at| is_bulleted(rows, texts, *at));
    // Behind the bullet there is no more than a headline and a lead.
    bullet.or_else(|| {
        (0..front).rfind(|at| places.recurs(*at, &texts[*at]) && Heading::of(&texts[*at]).is_none())
    })
}

fn is_bulleted(rows: &[Row<'_>], texts: &[Cow<'_, str>], at: usize) -> bool {
    match shape(&texts[at]) {
        Shape::Bullet(bullet, text) => {
            !classify::ends_statement(text)
                && (!classify::is_weak(bullet) || listed(text).1.is_none())
        }
        Shape::Text => rows[at].level > 0 && Heading::of(&texts[at]).is_none(),
        _ => false,
    }
}

/// Whether the row at `at` may be a headline: it has a bullet, or the contents list it.
fn is_headline(rows: &[Row<'_>], texts: &[Cow<'_, str>], places: &Places, at: usize) -> bool {
    at < texts.len()
        && (is_bulleted(rows, texts, at)
            || (matches!(shape(&texts[at]), Shape::Text) && places.recurs(at, &texts[at])))
}

/// A row that may be the heading of a section.
struct Heading<'a> {
    /// All of it but the title, numbers left out: what the headings of a document have in common.
    form: String,
    title: &'a str,
}

impl<'a> Heading<'a> {
    fn of(text: &'a str) -> Option<Self> {
        if text.chars().nth(3 * TITLE).is_some()
            || attributed(text).is_some_and(|it| !it.text.is_empty())
            || ends_sentence(text)
        {
            return None;
        }
        let inner = text.trim_matches(is_ornament);
        let inner = unbracketed(inner);
        let numbered = behind_label(inner).or_else(|| unnumbered(inner));
        let title = numbered.unwrap_or(inner).trim_matches(is_ornament);
        let title = classify::uncounted(title)
            .trim_end_matches(['：', ':'])
            .trim();
        if !is_title(title) {
            return None;
        }
        let start = title.as_ptr().addr() - text.as_ptr().addr();
        let (before, behind) = (&text[..start], &text[start + title.len()..]);
        let frame = before.chars().chain(['|']).chain(behind.chars());
        let form = frame
            .filter(|c| !c.is_whitespace() && !is_ordinal(*c))
            .collect();
        Some(Self { form, title })
    }
}

/// Whether `title` reads like the title of a section: some hanzi, no sentence, no number.
fn is_title(title: &str) -> bool {
    let hanzi = title.chars().filter(|c| is_hanzi(*c)).count();
    let other = |c: char| {
        !(is_hanzi(c)
            || c.is_ascii_alphanumeric()
            || c.is_whitespace()
            || "·、与和&/“”‘’「」《》（）()".contains(c))
    };
    // A page behind it is a header's.
    (2..=TITLE).contains(&hanzi) && !title.contains(other) && listed(title).1.is_none()
}

fn is_ornament(c: char) -> bool {
    c.is_whitespace()
        || (!c.is_alphanumeric() && !"（）()【】〖〗[]〔〕「」『』《》“”：:，。、；".contains(c))
}

/// What stands in the brackets that enclose `text`.
fn unbracketed(text: &str) -> &str {
    const PAIRS: [(char, char); 7] = [
        ('【', '】'),
        ('〖', '〗'),
        ('[', ']'),
        ('［', '］'),
        ('〔', '〕'),
        ('「', '」'),
        ('『', '』'),
    ];
    PAIRS
        .into_iter()
        .find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close))
        .map_or(text, str::trim)
}

/// What follows a label with a number, in brackets: `【第一版】招商引资`.
fn behind_label(text: &str) -> Option<&str> {
    let (label, title) = text
        .strip_prefix(['【', '〖', '[', '［'])?
        .split_once(['】', '〗', ']', '］'])?;
    let short = label.chars().nth(5).is_none();
    (short && label.contains(is_ordinal)).then_some(title)
}

/// What follows the number of a heading: `（一）`, `1.`, `Ⅱ、`, `板块一：`, `Part 1`.
fn unnumbered(text: &str) -> Option<&str> {
    const NAMES: [&str; 10] = [
        "板块", "版块", "栏目", "专栏", "单元", "部分", "Part", "PART", "part", "No.",
    ];
    let named = NAMES.into_iter().find_map(|name| text.strip_prefix(name));
    let number = named.unwrap_or(text).trim_start();
    let bracketed = number.strip_prefix(['（', '(']);
    let number = bracketed.unwrap_or(number).trim_start();
    let behind = number.trim_start_matches(is_ordinal);
    if behind.len() == number.len() {
        return None;
    }
    let rest = match bracketed {
        Some(_) => behind.trim_start().strip_prefix(['）', ')'])?,
        None => behind,
    };
    let title =
        rest.trim_start_matches(|c: char| c.is_whitespace() || "、．.：:，,|｜—-)）".contains(c));
    (bracketed.is_some() || title.len() < rest.len()).then_some(title)
}

/// Whether `c` is a character of numbers that headings have.
fn is_ordinal(c: char) -> bool {
    numeral::is_numeral(c)
        || ('A'..='H').contains(&c)
        || "壹贰叁肆伍陆柒捌玖拾".contains(c)
        || "IVX".contains(c)
        || ('Ⅰ'..='Ⅻ').contains(&c)
        || ('①'..='⑳').contains(&c)
}

/// `number` in hanzi, place for place where it has two.
fn hanzi(number: usize) -> String {
    const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digits = number.to_string();
    let digits = digits
        .bytes()
        .map(|digit| DIGITS[usize::from(digit - b'0')]);
    digits.collect()
}
