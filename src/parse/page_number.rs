//! A line that numbers a page and does nothing else.
//! Must not know where it stands; whether it is a page number there, `running` says.

use super::numeral;

/// The page that `text` numbers, where it does nothing else: `3`, `- 3 -`, `第 3 页`, `3 / 28`, `第三页`, `Page 3 of 28`, `iii`. A
/// number has at most three digits, and of two one is said to be the sum: years and dates on a line of their own (`2022—2025`)
/// are text.
pub(super) fn page_number(text: &str) -> Option<u32> {
    if text.chars().nth(40).is_some() || is_led(text) {
        return None;
    }
    if let Some(page) = roman(text) {
        return Some(page);
    }
    let word = |c: char| "第页頁共码ofpage".contains(c.to_ascii_lowercase());
    let is_digit = |c: char| numeral::digit(c).is_some();
    let plain = |c: char| is_digit(c) || c.is_whitespace() || is_page_mark(c);
    if !text.chars().all(|c| plain(c) || word(c)) {
        return hanzi_page(text);
    }
    let letters: String = text
        .chars()
        .filter(char::is_ascii_alphabetic)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    if !matches!(
        letters.as_str(),
        "" | "p" | "page" | "of" | "pof" | "pageof"
    ) {
        return None;
    }
    let numbers: Vec<&str> = text
        .split(|c| !is_digit(c))
        .filter(|number| !number.is_empty())
        .collect();
    let digits = |number: &str| number.chars().count();
    let value = |number: &str| numeral::leading(number).map(|(value, _)| value);
    match numbers[..] {
        [page] if digits(page) <= 3 => value(page).filter(|_| is_balanced(text)),
        [page, pages] => {
            let sum = text.contains(['/', '／', '共', 'o']);
            let number = if text.starts_with('共') { pages } else { page };
            (digits(page) <= 3 && digits(pages) <= 3 && sum)
                .then(|| value(number))
                .flatten()
        }
        _ => None,
    }
}

const fn is_page_mark(c: char) -> bool {
    matches!(
        c,
        '-' | '–'
            | '—'
            | '―'
            | '－'
            | '_'
            | '~'
            | '～'
            | '─'
            | '━'
            | '='
            | '＝'
            | '*'
            | '＊'
            | '…'
            | '·'
            | '•'
            | '●'
            | '◆'
            | '|'
            | '｜'
            | '/'
            | '／'
            | ','
            | '，'
            | '.'
            | '．'
            | ':'
            | '：'
            | '('
            | ')'
            | '（'
            | '）'
            | '['
            | ']'
            | '【'
            | '】'
            | '〔'
            | '〕'
            | '<'
            | '>'
            | '《'
            | '》'
    )
}

/// Whether as many brackets are closed as are opened: “（24 -” is a piece of a sentence.
fn is_balanced(text: &str) -> bool {
    let count = |marks: &str| text.chars().filter(|c| marks.contains(*c)).count();
    count("(（[【〔《<") == count(")）]】〕》>")
}

/// Whether `text` begins with a leader, as the rest of a line of the contents does.
fn is_led(text: &str) -> bool {
    let leader: String = text
        .chars()
        .take(3)
        .filter(|c| ".．…⋯·・_".contains(*c))
        .collect();
    (leader.chars().count() == 3 || leader.contains(['…', '⋯']))
        && text.ends_with(|c| numeral::digit(c).is_some())
}

/// `第三页`.
fn hanzi_page(text: &str) -> Option<u32> {
    let inner = text.trim_matches(|c: char| c.is_whitespace() || is_page_mark(c));
    let (page, rest) = numeral::leading(inner.strip_prefix('第')?.trim_start())?;
    matches!(rest.trim(), "页" | "頁").then_some(page)
}

/// Small Roman numerals in the usual decoration, as front matter is numbered.
fn roman(text: &str) -> Option<u32> {
    const ROMAN: &str = "i ii iii iv v vi vii viii ix x xi xii";
    let inner = text.trim_matches(|c: char| c.is_whitespace() || is_page_mark(c));
    let inner = inner.to_ascii_lowercase();
    let at = ROMAN.split(' ').position(|numeral| numeral == inner)?;
    u32::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_in_every_form() {
        for text in [
            "3",
            "- 12 -",
            "·３·",
            "第3页",
            "3 / 28",
            "第 3 页 共 28 页",
            "第3页，共28页",
            "共 28 页 第 3 页",
            "3共28",
            "第三页",
            "Page 3 of 28",
            "P. 3",
            "[3]",
            "— ３ —",
            "iv",
            "页码：3",
        ] {
            assert!(page_number(text).is_some(), "{text}");
        }
        for text in [
            "—",
            "3 个",
            "2022—2025",
            "2022/2025",
            "2023-01-03",
            "2023/1/3",
            "3-5",
            "3 5",
            "1,234",
            "1234",
            "（24 -",
            "第，页",
            "第三",
            "......3",
            "…… 3",
            "of",
            "3 e",
        ] {
            assert!(page_number(text).is_none(), "{text}");
        }
    }
}
