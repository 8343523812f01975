//! The characters that Chinese text is made of, by which a wrong reading of its bytes gives itself away.
//! Must not judge a text: an issue of rare characters is an issue.

use encoding_rs::{BIG5, Encoding, GBK};
use std::ops::RangeInclusive;
use std::sync::LazyLock;

/// Units of 64 characters in the Basic Multilingual Plane.
const WORDS: usize = 0x1_0000 / 64;

/// A bit for each character of the Basic Multilingual Plane. The two Chinese standards put their signs and their most
/// frequent hanzi first, in rows of their own, so the table is read off their code charts.
static EVERYDAY: LazyLock<Vec<u64>> = LazyLock::new(|| {
    // Signs, digits and letters; the 3,755 hanzi of the first level of GB 2312.
    table([0xa1..=0xa3, 0xb0..=0xd7])
});

/// The same with all of GB 2312: other alphabets, and the 3,008 hanzi of its second level, which names and terms have.
static KNOWN: LazyLock<Vec<u64>> = LazyLock::new(|| table([0xa1..=0xa9, 0xb0..=0xf7]));

/// What these rows of GB 2312 hold, the frequent characters of Big5, and ASCII.
fn table(rows: [RangeInclusive<u8>; 2]) -> Vec<u64> {
    let mut bits = vec![0; WORDS];
    for rows in rows {
        add(&mut bits, GBK, rows, &[0xa1..=0xfe]);
    }
    // The same and the 5,401 frequent hanzi of Big5.
    add(&mut bits, BIG5, 0xa1..=0xc6, &[0x40..=0x7e, 0xa1..=0xfe]);
    for c in ('!'..='~').chain("\t\n\r\u{c} \u{3000}".chars()) {
        set(&mut bits, c);
    }
    bits
}

/// Adds what the double bytes of these rows and columns stand for.
fn add(
    bits: &mut [u64],
    chart: &'static Encoding,
    rows: RangeInclusive<u8>,
    columns: &[RangeInclusive<u8>],
) {
    for row in rows {
        for column in columns.iter().cloned().flatten() {
            let double = [row, column];
            let (text, lost) = chart.decode_without_bom_handling(&double);
            if !lost {
                text.chars().for_each(|c| set(bits, c));
            }
        }
    }
}

fn set(bits: &mut [u64], c: char) {
    if let Some(word) = bits.get_mut(c as usize / 64) {
        *word |= 1 << (c as u32 % 64);
    }
}

/// Whether `c` is a sign, a letter or a frequent hanzi, simplified or traditional.
pub(super) fn is_everyday(c: char) -> bool {
    is_set(&EVERYDAY, c)
}

/// Whether `c` is one of those, or a hanzi that is rarer and still in use.
pub(super) fn is_known(c: char) -> bool {
    is_set(&KNOWN, c)
}

fn is_set(bits: &[u64], c: char) -> bool {
    bits.get(c as usize / 64)
        .is_some_and(|word| word >> (c as u32 % 64) & 1 == 1)
}

/// The share of `text` that [`is_everyday`], from 0 to 1.
pub(super) fn share(text: &str) -> f64 {
    let (mut all, mut everyday) = (0_u32, 0_u32);
    for c in text.chars() {
        all += 1;
        everyday += u32::from(is_everyday(c));
    }
    f64::from(everyday) / f64::from(all.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_text_is_everyday_and_what_wrong_readings_give_is_not() {
        for text in [
            "园区周报，２０２４年",
            "園區週報：開工",
            "GDP 11.5%（一）“、”",
        ] {
            assert!(share(text) > 0.99, "{text}");
        }
        for c in ['饡', '\u{e000}', '\u{fffd}', '한', '\u{1f600}', '\0'] {
            assert!(!is_everyday(c), "{c}");
        }
        assert!(share("") < 0.01);
        // Rare earths and a surname: terms of an issue, not damage.
        assert!("镧铈镨钕钐铕钆铽镝钬铒铥镱镥亓臧".chars().all(is_known));
        assert!("鍥尯鍛ㄦ姤".chars().filter(|c| !is_known(*c)).count() >= 2);
    }
}
