//! Numbers in digits, full-width digits or hanzi.
//! Only small ones: section numerals, years, issue numbers; amounts are another module's work.

/// The value of one digit, ASCII or full-width.
pub(super) fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        _ => None,
    }
}

fn hanzi(c: char) -> Option<u32> {
    "〇一二三四五六七八九"
        .chars()
        .position(|known| known == c)
        .or_else(|| (c == '零').then_some(0))
        .and_then(|value| u32::try_from(value).ok())
}

const fn unit(c: char) -> Option<u32> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        _ => None,
    }
}

/// Whether `c` is a digit or a hanzi of a number.
pub(super) fn is_numeral(c: char) -> bool {
    digit(c).or_else(|| hanzi(c)).or_else(|| unit(c)).is_some()
}

/// The number that `text` begins with, and the rest: `101期` → 101, `二〇二三年` → 2023, `二十一、` → 21.
pub(super) fn leading(text: &str) -> Option<(u32, &str)> {
    let run = |test: fn(char) -> bool| text.find(|c: char| !test(c)).unwrap_or(text.len());
    let digits = run(|c| digit(c).is_some());
    let end = if digits > 0 {
        digits
    } else {
        run(|c| hanzi(c).is_some() || unit(c).is_some())
    };
    Some((value(&text[..end])?, &text[end..]))
}

/// The number that `text` ends with.
pub(super) fn trailing(text: &str) -> Option<u32> {
    let run = |test: fn(char) -> bool| text.trim_end_matches(test).len();
    let digits = run(|c| digit(c).is_some());
    let start = if digits < text.len() {
        digits
    } else {
        run(|c| hanzi(c).is_some() || unit(c).is_some())
    };
    value(&text[start..])
}

/// The value of a text of digits alone, or of hanzi alone: by place (二十一) or digit for digit (二〇二三).
fn value(text: &str) -> Option<u32> {
    if text.is_empty() {
        return None;
    }
    if !text.contains(|c| unit(c).is_some()) {
        return text.chars().try_fold(0_u32, |sum, c| {
            sum.checked_mul(10)?
                .checked_add(digit(c).or_else(|| hanzi(c))?)
        });
    }
    let (mut sum, mut last) = (0_u32, None);
    for c in text.chars() {
        if let Some(unit) = unit(c) {
            sum = sum.checked_add(unit.checked_mul(last.take().unwrap_or(1))?)?;
        } else {
            last = Some(hanzi(c)?);
        }
    }
    sum.checked_add(last.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_and_hanzi_are_read() {
        assert_eq!(leading("101期"), Some((101, "期")));
        assert_eq!(leading("１２期"), Some((12, "期")));
        assert_eq!(leading("二〇二三年"), Some((2023, "年")));
        assert_eq!(leading("十、"), Some((10, "、")));
        assert_eq!(leading("二十一、"), Some((21, "、")));
        assert_eq!(leading("一百零一期"), Some((101, "期")));
        assert_eq!(leading("期"), None);
        assert_eq!(leading("99999999999"), None);
        assert_eq!(trailing("（2023"), Some(2023));
        assert_eq!(trailing("第十二"), Some(12));
        assert_eq!(trailing("第"), None);
    }
}
