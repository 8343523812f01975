//! Where a text is hardly Chinese: what a wrong encoding made of it, here or before it was saved.
//! Must not change a character, and must not doubt rare words: only stretches of what nobody writes.

use super::everyday::is_known;
use super::{Doubt, Encoding};
use crate::issue::{Line, Page};

/// Letters that are looked at together: in fewer a few rare names weigh too much.
const STRETCH: u32 = 40;
/// One unknown letter in so many makes a stretch doubtful. (Measured: issues have less than one in a thousand, and none one
/// in fifty; the mildest wrong reading, GB 2312 as EUC-JP, one in six.)
const UNKNOWN_OF_STRETCH: u32 = 8;
/// Letters of a line that can be judged by itself.
const LINE: u32 = 8;
/// The same for such a line.
const UNKNOWN_OF_LINE: u32 = 3;

/// What is left of U+FFFD where UTF-8 was read as GBK: three hanzi that are each in use.
const REPLACED: &str = "锟斤拷";

/// What a line has.
struct Weighed {
    number: u32,
    letters: u32,
    unknown: u32,
}

impl Weighed {
    fn of(line: &Line, encoding: Encoding) -> Self {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let (mut letters, mut unknown) = (0_usize, 0_usize);
        for c in line.text.chars().filter(|c| !c.is_ascii()) {
            // A Unicode text may hold any alphabet; an encoding for Chinese that gives another one is the wrong one.
            let counts =
                is_hanzi(c) || !encoding.is_unicode() && (c.is_alphabetic() || is_of_gb_user(c));
            letters += usize::from(counts);
            unknown += usize::from(counts && !is_known(c));
        }
        unknown += line.text.matches(REPLACED).count() * 3;
        Self {
            number: line.number,
            letters: count(letters),
            unknown: count(unknown),
        }
    }

    const fn is_doubtful(&self) -> bool {
        self.letters >= LINE && self.unknown * UNKNOWN_OF_LINE >= self.letters
    }
}

/// Where the text on `pages`, read as `encoding`, is hardly Chinese, if anywhere.
pub(super) fn of(pages: &[Page], encoding: Encoding) -> Option<Doubt> {
    let lines = pages.iter().flat_map(|page| &page.lines);
    let lines: Vec<Weighed> = lines
        .map(|line| Weighed::of(line, encoding))
        .filter(|line| line.letters > 0)
        .collect();
    let mut doubt: Option<Doubt> = None;
    for stretch in stretches(&lines) {
        let sum = |of: fn(&Weighed) -> u32| stretch.iter().map(of).sum::<u32>();
        let (letters, unknown) = (sum(|line| line.letters), sum(|line| line.unknown));
        let whole = letters >= STRETCH && unknown * UNKNOWN_OF_STRETCH >= letters;
        for line in stretch {
            if whole && line.unknown > 0 || line.is_doubtful() {
                let doubt = doubt.get_or_insert(Doubt {
                    lines: 0,
                    line: line.number,
                });
                doubt.lines += 1;
            }
        }
    }
    doubt
}

/// The lines in groups of at least [`STRETCH`] letters; too few at the end go with those before them.
fn stretches(lines: &[Weighed]) -> Vec<&[Weighed]> {
    let (mut ends, mut letters) = (vec![], 0);
    for (n, line) in lines.iter().enumerate() {
        letters += line.letters;
        if letters >= STRETCH {
            ends.push(n + 1);
            letters = 0;
        }
    }
    ends.pop();
    ends.push(lines.len());
    let begins = std::iter::once(0).chain(ends.iter().copied());
    begins
        .zip(&ends)
        .map(|(from, to)| &lines[from..*to])
        .collect()
}

pub(super) fn is_hanzi(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether `c` stands for one of the codes that GBK leaves to its users; nobody's font has it. (Bullets of Word are private
/// characters too, of another range.)
const fn is_of_gb_user(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{e765}')
}

#[cfg(test)]
mod tests {
    use crate::source::{Document, decode, decode_as};

    const TEXT: &str = "苏州高新区 12 个智能制造项目集中签约，总投资约 86.5 亿元。\n\
        签约项目涵盖半导体、新材料和医疗器械三个方向，预计明年底全部投产。\n\
        \n\
        ■ 园区将为每个项目配备专员，办理用地、环评和用工手续。\n\
        ● 航空产业园二期开工\n";

    fn gbk(text: &str) -> Vec<u8> {
        encoding_rs::GBK.encode(text).0.into_owned()
    }

    fn doubted(document: &Document) -> (u32, u32) {
        let doubt = document.doubt.unwrap();
        (doubt.line, doubt.lines)
    }

    #[test]
    fn a_wrong_encoding_is_doubted_from_its_first_line_on() {
        for (bytes, label) in [
            (gbk(TEXT), "big5"),
            (gbk(TEXT), "euc-kr"),
            (gbk(TEXT), "shift_jis"),
            (gbk(TEXT), "windows-1252"),
            (TEXT.as_bytes().to_vec(), "gbk"),
            (TEXT.as_bytes().to_vec(), "windows-1252"),
        ] {
            let asked = Some(label.parse().unwrap());
            let document = decode_as("期.txt", &bytes, asked).unwrap();
            assert_eq!(doubted(&document).0, 1, "{label}");
            assert!(doubted(&document).1 >= 3, "{label}");
        }
    }

    #[test]
    fn a_wrong_reading_that_was_saved_is_doubted_too() {
        let wrong = encoding_rs::GBK.decode(TEXT.as_bytes()).0.into_owned();
        let line = wrong.lines().next().unwrap();
        let saved = format!("{TEXT}{line}\n{TEXT}");
        assert_eq!(
            doubted(&decode("期.txt", saved.as_bytes()).unwrap()),
            (6, 1)
        );
        let replaced = format!("{TEXT}园区锟斤拷锟斤拷锟斤拷签约\n");
        assert_eq!(
            doubted(&decode("期.txt", replaced.as_bytes()).unwrap()),
            (6, 1)
        );
    }

    #[test]
    fn codes_that_gbk_leaves_to_its_users_are_doubted_and_bullets_of_word_are_not() {
        let mut bytes = gbk(TEXT);
        bytes.extend(gbk("园区签约"));
        bytes.extend(b"\xaa\xa1\xaa\xa2\xf8\xa1\xf8\xa2\n");
        let document = decode("期.txt", &bytes).unwrap();
        assert_eq!(document.encoding.unwrap().name(), "gb18030");
        assert_eq!(doubted(&document), (6, 1));
        let bullets =
            "\u{f06c}\u{f0b7}\u{f0d8}\u{f06c}\u{f0b7}\u{f0d8}\u{f06c}\u{f0b7}\n".repeat(9);
        let bytes = encoding_rs::GB18030.encode(&bullets).0.into_owned();
        let document = decode_as("期.txt", &bytes, Some("gb18030".parse().unwrap())).unwrap();
        assert_eq!(document.doubt, None);
    }

    #[test]
    fn rare_words_other_alphabets_and_short_lines_are_not_doubted() {
        for text in [
            TEXT,
            "稀土：镧铈镨钕钷钐铕钆铽镝钬铒铥镱镥\n",
            "臺中工業園區三座新廠動工，總投資約 40 億元，廠房預計明年底完工，可提供八百個職位。\n",
            "𬭁𬬻𬭊\n㐂\n",
            "Индустриальный парк «Великий камень»\n공업단지 개발 계획\nÉlysée, Zürich, São Paulo\n",
            "🏭🏭🏭🏭🏭🏭🏭🏭🏭🏭\n•••••••••••••••\n",
        ] {
            assert_eq!(
                decode("期.txt", text.as_bytes()).unwrap().doubt,
                None,
                "{text}"
            );
        }
    }
}
