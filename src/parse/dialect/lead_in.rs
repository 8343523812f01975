//! What a row begins with that may be a mark: a symbol, a letter of a lost symbol font, a number.
//! Must not know what it stands for.

use super::super::classify;
use super::super::lines::is_hanzi;
use super::super::numeral;

/// A kind of mark at the beginning of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum LeadIn {
    /// A symbol, once or more than once.
    Symbol(char),
    /// A letter, which was a symbol in another font: `l 开工`.
    Letter(char),
    /// A number in one of the forms that running text does not have: `01 开工`, `No.1 开工`, `【1】开工`, `（一）开工`.
    Number(Form),
}

/// A row that begins with a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marked<'a> {
    pub(super) lead_in: LeadIn,
    /// The number, where it is one.
    pub(super) number: Option<u32>,
    /// What follows the mark.
    pub(super) rest: &'a str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Form {
    /// Digits and white space.
    Bare,
    /// `No.1`.
    Named,
    /// In brackets that begin with this.
    Bracketed(char),
    /// A letter that counts, and this behind it: `a)`, `B.`
    Letter(char),
}

/// What sentences and quotations begin with, which is no mark.
const OPENERS: &str = "“”‘’\"'（(《〈「『【〔[［＜<#＃$￥¥@&\\";

impl LeadIn {
    /// The mark that `text` begins with, and what follows it.
    pub(super) fn of(text: &str) -> Option<Marked<'_>> {
        let other = |(lead_in, rest)| Marked {
            lead_in,
            number: None,
            rest,
        };
        number(text).or_else(|| letter(text).or_else(|| symbol(text)).map(other))
    }
}

fn symbol(text: &str) -> Option<(LeadIn, &str)> {
    let first = text.chars().next()?;
    if first.is_alphanumeric() || OPENERS.contains(first) || classify::opens_amid(text) {
        return None;
    }
    let rest = text.trim_start_matches(first);
    // Hyphens and dashes stand within sentences too; two of them are a dash.
    let once = text.len() - rest.len() == first.len_utf8();
    if classify::is_weak(first) && !(once && classify::is_hyphened(text)) {
        return None;
    }
    let rest = rest
        .trim_start_matches(['\u{fe0e}', '\u{fe0f}'])
        .trim_start();
    rest.starts_with(char::is_alphanumeric)
        .then_some(rest)
        .or_else(|| {
            rest.starts_with(['“', '《', '「', '【', '"', '（'])
                .then_some(rest)
        })
        .map(|rest| (LeadIn::Symbol(first), rest))
}

/// The letters that the round and square bullets, arrows and ticks of symbol fonts have.
const LETTERS: &str = "lnuvqpmwØøüžþ§o";

fn letter(text: &str) -> Option<(LeadIn, &str)> {
    let first = text.chars().next()?;
    let behind = &text[first.len_utf8()..];
    let rest = behind.trim_start();
    let parted = rest.len() < behind.len();
    let begins =
        rest.starts_with(|c: char| is_hanzi(c) || "“《「".contains(c) || c.is_ascii_digit());
    (LETTERS.contains(first) && parted && begins).then_some((LeadIn::Letter(first), rest))
}

fn number(text: &str) -> Option<Marked<'_>> {
    const BRACKETS: [(char, char); 7] = [
        ('【', '】'),
        ('[', ']'),
        ('［', '］'),
        ('〔', '〕'),
        ('「', '」'),
        ('（', '）'),
        ('(', ')'),
    ];
    for (open, close) in BRACKETS {
        if let Some(inner) = text.strip_prefix(open)
            && let Some((number, rest)) = numeral::leading(inner.trim_start())
        {
            // The weekly has `（1）` too.
            let digits = inner
                .trim_start()
                .starts_with(|c| numeral::digit(c).is_some());
            if digits && matches!(open, '（' | '(') {
                return None;
            }
            let rest = rest.trim_start().strip_prefix(close)?;
            return Some(Marked {
                lead_in: LeadIn::Number(Form::Bracketed(open)),
                number: Some(number),
                rest: rest.trim_start(),
            });
        }
    }
    let named = ["No.", "NO.", "no.", "№"]
        .into_iter()
        .find_map(|name| text.strip_prefix(name));
    let digits = named.map_or(text, str::trim_start);
    let behind = digits.trim_start_matches(|c| numeral::digit(c).is_some());
    let rest = behind.trim_start();
    let count = digits[..digits.len() - behind.len()].chars().count();
    if named.is_none()
        && let Some(counted) = counting_letter(text)
    {
        return Some(counted);
    }
    let (form, year) = match named {
        Some(_) => (Form::Named, true),
        None => (Form::Bare, is_year(rest)),
    };
    let begins = year || rest.starts_with(|c: char| is_hanzi(c) || "“《「".contains(c));
    let parted = rest.len() < behind.len() && begins;
    ((1..=3).contains(&count) && parted).then_some(Marked {
        lead_in: LeadIn::Number(form),
        number: numeral::leading(digits).map(|(number, _)| number),
        rest,
    })
}

/// A letter that counts, as lists of word processors have: `a) 开工`, `AA. 开工`.
fn counting_letter(text: &str) -> Option<Marked<'_>> {
    let behind = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = &text[..text.len() - behind.len()];
    let (first, length) = (letters.bytes().next()?, letters.len());
    let repeated = letters.bytes().all(|letter| letter == first);
    let close = behind
        .chars()
        .next()
        .filter(|c| matches!(c, ')' | '）' | '.' | '．' | '、'))?;
    let rest = behind[close.len_utf8()..].trim_start();
    let begins =
        rest.starts_with(|c: char| is_hanzi(c) || c.is_ascii_digit() || "“《「".contains(c));
    let nth = u32::from(first.to_ascii_lowercase() - b'a') + 1;
    let round = u32::try_from(length - 1).ok()?;
    (repeated && length <= 3 && begins).then(|| Marked {
        lead_in: LeadIn::Number(Form::Letter(close)),
        number: Some(26 * round + nth),
        rest,
    })
}

/// Whether `text` begins with a year: `2023年`.
fn is_year(text: &str) -> bool {
    text.char_indices().nth(4).is_some_and(|(at, _)| {
        text[..at].chars().all(|c| numeral::digit(c).is_some())
            && text[at..].trim_start().starts_with('年')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_every_kind_are_seen() {
        for (text, lead_in) in [
            ("※开工", LeadIn::Symbol('※')),
            ("►► 开工", LeadIn::Symbol('►')),
            ("- 开工", LeadIn::Symbol('-')),
            ("l 开工", LeadIn::Letter('l')),
            ("01 开工", LeadIn::Number(Form::Bare)),
            ("No.1 开工", LeadIn::Number(Form::Named)),
            ("【1】开工", LeadIn::Number(Form::Bracketed('【'))),
            ("（一）开工", LeadIn::Number(Form::Bracketed('（'))),
            ("a) 开工", LeadIn::Number(Form::Letter(')'))),
        ] {
            let marked = LeadIn::of(text).unwrap();
            assert_eq!((marked.lead_in, marked.rest), (lead_in, "开工"), "{text}");
            assert_eq!(
                marked.number.is_some(),
                text.contains(['1', '一', 'a']),
                "{text}"
            );
        }
        for text in [
            "开工",
            "“开工”",
            "-5℃",
            "——开工",
            "，开工",
            "2023年",
            "line 开工",
            "※",
        ] {
            assert_eq!(LeadIn::of(text), None, "{text}");
        }
    }
}
