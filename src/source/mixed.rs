//! Texts of which some lines are in UTF-8 and others in GB18030, as where one file was added to another.
//! Must not take damage for an encoding: both have to be there beyond doubt, and then each line is read in its own.

use super::everyday::is_everyday;
use super::{Encoding, Others};
use std::borrow::Cow;

/// Everyday characters outside ASCII that each of the two encodings shows in lines that can be in no other.
const CERTAIN: usize = 4;
/// Of the characters outside ASCII on such a line so many in ten are everyday.
const EVERYDAY_OF_TEN: usize = 9;

/// A text in two encodings.
#[derive(Debug)]
pub(super) struct Mixed {
    pub text: String,
    /// That of most lines.
    pub encoding: Encoding,
    /// The lines in the other one.
    pub others: Others,
}

/// A line read in one of the two encodings.
struct Reading<'a> {
    text: Cow<'a, str>,
    /// Its characters outside ASCII, and how many of them are everyday.
    wide: usize,
    everyday: usize,
}

impl<'a> Reading<'a> {
    fn of(line: &'a [u8], encoding: Encoding) -> Self {
        let text = encoding.decode_line(line);
        let wide = || text.chars().filter(|c| !c.is_ascii());
        let everyday = wide().filter(|c| is_everyday(*c)).count();
        Self {
            wide: wide().count(),
            everyday,
            text,
        }
    }

    /// Whether more of it is everyday than of the other reading.
    const fn is_better(&self, other: &Self) -> bool {
        self.everyday * other.wide > other.everyday * self.wide
    }

    /// Whether it can be relied on.
    const fn is_certain(&self) -> bool {
        self.everyday * 10 >= self.wide * EVERYDAY_OF_TEN
    }
}

/// The text of `bytes`, which are not UTF-8 throughout, if they are in two encodings.
pub(super) fn read(bytes: &[u8]) -> Option<Mixed> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let lines = || bytes.split_inclusive(|byte| matches!(byte, b'\n' | b'\r'));
    let is_utf_8 = |line: &[u8]| !line.is_ascii() && std::str::from_utf8(line).is_ok();
    // A text in one encoding is known by that at once.
    if !lines().any(is_utf_8) {
        return None;
    }
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2);
    let (mut utf_8, mut gb) = (vec![], vec![]);
    let mut certain = [0, 0];
    let (mut number, mut before, mut last) = (1, None, b'\n');
    for line in lines() {
        if line == b"\n" && last == b'\r' {
            text.push('\n');
            last = b'\n';
            continue;
        }
        if line.is_ascii() {
            text.extend(line.iter().map(|byte| char::from(*byte)));
        } else {
            let readings = [
                Reading::of(line, Encoding::UTF_8),
                Reading::of(line, Encoding::GB18030),
            ];
            let valid = is_utf_8(line);
            let better = match () {
                () if readings[0].is_better(&readings[1]) => Some(0),
                () if readings[1].is_better(&readings[0]) => Some(1),
                () => None,
            };
            if let Some(at) = better
                && valid == (at == 0)
                && readings[at].is_certain()
            {
                certain[at] += readings[at].everyday;
            }
            let chosen = better.or(before).unwrap_or(usize::from(!valid));
            before = Some(chosen);
            [&mut utf_8, &mut gb][chosen].push(number);
            text.push_str(&readings[chosen].text);
        }
        last = line.last().copied().unwrap_or_default();
        number += 1;
    }
    if certain.iter().any(|characters| *characters < CERTAIN) {
        return None;
    }
    let (encoding, other, lines) = if utf_8.len() >= gb.len() {
        (Encoding::UTF_8, Encoding::GB18030, gb)
    } else {
        (Encoding::GB18030, Encoding::UTF_8, utf_8)
    };
    Some(Mixed {
        text,
        encoding,
        others: Others {
            encoding: other,
            lines: u32::try_from(lines.len()).unwrap_or(u32::MAX),
            line: lines.first().copied().unwrap_or(1),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::decode;

    const LINES: [&str; 5] = [
        "园区周报\r\n",
        "苏州高新区 12 个智能制造项目集中签约，总投资约 86.5 亿元。\n",
        "\n",
        "■ 签约项目涵盖半导体、新材料和医疗器械三个方向。\r",
        "航空产业园二期开工 A320\n",
    ];

    /// The lines, those of these numbers in GBK.
    fn mixed(in_gbk: &[usize]) -> Vec<u8> {
        let line = |(n, line): (usize, &&str)| {
            if in_gbk.contains(&(n + 1)) {
                encoding_rs::GBK.encode(line).0.into_owned()
            } else {
                line.as_bytes().to_vec()
            }
        };
        LINES.iter().enumerate().flat_map(line).collect()
    }

    #[test]
    fn each_line_is_read_in_its_own_encoding() {
        let (utf_8, gb) = (Encoding::UTF_8, Encoding::GB18030);
        for (in_gbk, encoding, other, line, lines) in [
            (&[1, 2][..], utf_8, gb, 1, 2),
            (&[4, 5], utf_8, gb, 4, 2),
            (&[5], utf_8, gb, 5, 1),
            (&[1, 2, 4], gb, utf_8, 5, 1),
        ] {
            let document = decode("期.txt", &mixed(in_gbk)).unwrap();
            let text: Vec<&str> = document.pages[0]
                .lines
                .iter()
                .map(|line| &*line.text)
                .collect();
            assert_eq!(text, LINES.map(str::trim_end), "{in_gbk:?}");
            assert_eq!(document.encoding, Some(encoding));
            let others = Others {
                encoding: other,
                lines,
                line,
            };
            assert_eq!(document.others, Some(others), "{in_gbk:?}");
            assert_eq!((document.lost, document.doubt), (None, None));
        }
    }

    #[test]
    fn a_text_in_one_encoding_is_not_mixed() {
        // 联通 in GBK is valid UTF-8 by chance.
        let chance = encoding_rs::GBK.encode("联通\n园区周报\n").0.into_owned();
        for bytes in [mixed(&[1, 2, 3, 4, 5]), mixed(&[]), chance] {
            assert_eq!(decode("期.txt", &bytes).unwrap().others, None);
        }
    }

    #[test]
    fn damage_is_no_other_encoding() {
        for in_gbk in [&[][..], &[1, 2, 4, 5]] {
            let whole = mixed(in_gbk);
            for at in 0..whole.len() {
                for byte in [b'?', 0xff, 0xb0] {
                    let mut damaged = whole.clone();
                    damaged[at] = byte;
                    damaged.remove(at / 2);
                    let document = decode("期.txt", &damaged).unwrap();
                    assert_eq!(document.others, None, "{at} {byte}");
                }
            }
        }
    }
}
