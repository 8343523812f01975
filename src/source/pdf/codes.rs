//! The predefined encodings of composite fonts (ISO 32000, 9.7.5.2), without gaps. hayro loses its step at a code that an encoding
//! does not list, and the code with it: `UniGB-UCS2-H` lists no `·` and no `•`, which every Chinese text has.
//! Must not change what an encoding says of the codes it lists.

use encoding_rs::GBK;
use hayro_cmap::{CMap, CMapName, load_embedded};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{LazyLock, Mutex, PoisonError};

/// What the codes of an encoding are beside what it lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Codes {
    /// UTF-16.
    Unicode,
    /// The bytes of GBK, or of GB 2312, which is a part of it.
    Gbk,
}

/// Encodings without gaps, by their names.
type Whole = HashMap<Vec<u8>, Option<&'static [u8]>>;

/// Begins the name under which an encoding is found as it is, with its gaps.
const AS_IT_IS: &str = "AsItIs-";

impl Codes {
    /// Those of the encoding of this name, where they are characters by themselves.
    pub(super) fn of(name: CMapName<'_>) -> Option<Self> {
        let name = std::str::from_utf8(name.to_bytes()).ok()?;
        let is_unicode =
            name.starts_with("Uni") && (name.contains("-UCS2-") || name.contains("-UTF16-"));
        let is_gbk = name.starts_with("GB") && (name.contains("-EUC-") || name.contains("2K-"));
        match (is_unicode, is_gbk) {
            (true, _) => Some(Self::Unicode),
            (_, true) => Some(Self::Gbk),
            _ => None,
        }
    }

    /// The character that a code is.
    pub(super) fn char(self, code: u32) -> Option<char> {
        let [.., high, low] = code.to_be_bytes();
        let c = match self {
            Self::Unicode => {
                let units = [code >> 16, code & 0xffff].map(u16::try_from);
                let units: Vec<u16> = units
                    .into_iter()
                    .flatten()
                    .skip_while(|unit| *unit == 0)
                    .collect();
                String::from_utf16(&units).ok()?
            }
            Self::Gbk if code <= 0xffff => {
                let bytes = [high, low];
                let bytes = if high == 0 { &bytes[1..] } else { &bytes };
                GBK.decode_without_bom_handling_and_without_replacement(bytes)?
                    .into_owned()
            }
            Self::Gbk => return None,
        };
        let mut chars = c.chars();
        let first = chars.next().filter(|c| !c.is_control())?;
        chars.next().is_none().then_some(first)
    }

    /// The codes of two bytes that may be drawn.
    fn pairs(self) -> impl Iterator<Item = u32> {
        (0..=0xffff_u32).filter(move |code| match self {
            // Two of the others make one character.
            Self::Unicode => !(0xd800..=0xdfff).contains(code),
            Self::Gbk => {
                let [.., lead, trail] = code.to_be_bytes();
                (0x81..=0xfe).contains(&lead) && (0x40..=0xfe).contains(&trail) && trail != 0x7f
            }
        })
    }
}

/// The predefined encoding of a name, without gaps: a code that it does not list is CID 0, which no font draws.
pub(super) fn load(name: CMapName<'_>) -> Option<&'static [u8]> {
    // At most one for each of the 61 names, for as long as the process lives, which reads one document.
    static WHOLE: LazyLock<Mutex<Whole>> = LazyLock::new(Mutex::default);
    if let Some(as_it_is) = name.to_bytes().strip_prefix(AS_IT_IS.as_bytes()) {
        return load_embedded(CMapName::from_bytes(as_it_is));
    }
    let Some(codes) = Codes::of(name) else {
        return load_embedded(name);
    };
    let mut whole = WHOLE.lock().unwrap_or_else(PoisonError::into_inner);
    *whole
        .entry(name.to_bytes().to_vec())
        .or_insert_with(|| Some(Vec::leak(without_gaps(name, codes)?.into_bytes())))
}

/// An encoding on top of the one of that name, which lists what that one does not.
fn without_gaps(name: CMapName<'_>, codes: Codes) -> Option<String> {
    let listed = CMap::parse(load_embedded(name)?, load_embedded)?;
    let name = std::str::from_utf8(name.to_bytes()).ok()?;
    let ordering = match name.get(..5)? {
        "UniCN" => "CNS1",
        "UniJI" => "Japan1",
        "UniKS" => "Korea1",
        _ => "GB1",
    };
    let supplement = listed.metadata().character_collection.as_ref()?.supplement;
    let is_vertical = u8::from(name.ends_with('V'));
    let mut whole = format!(
        "/Registry (Adobe) def /Ordering ({ordering}) def /Supplement {supplement} def\n\
         /CMapName /{name} def /WMode {is_vertical} def\n/{AS_IT_IS}{name} usecmap\n\
         1 beginnotdefrange\n"
    );
    let mut range = |from: u32, to: u32| writeln!(whole, "<{from:04x}> <{to:04x}> 0").ok();
    let mut open: Option<(u32, u32)> = None;
    for code in codes.pairs() {
        if listed.lookup_cid_code(code, 2).is_some() {
            continue;
        }
        open = match open {
            Some((from, to)) if to + 1 == code => Some((from, code)),
            Some((from, to)) => {
                range(from, to)?;
                Some((code, code))
            }
            None => Some((code, code)),
        };
    }
    if let Some((from, to)) = open {
        range(from, to)?;
    }
    whole.push_str("endnotdefrange\n");
    Some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hayro_cmap::WritingMode;

    fn parsed(name: &str) -> CMap {
        CMap::parse(load(CMapName::from_bytes(name.as_bytes())).unwrap(), load).unwrap()
    }

    #[test]
    fn codes_are_characters_where_the_name_says_so() {
        let of = |name: &str| Codes::of(CMapName::from_bytes(name.as_bytes()));
        assert_eq!(of("UniGB-UCS2-H"), Some(Codes::Unicode));
        assert_eq!(of("UniCNS-UTF16-V"), Some(Codes::Unicode));
        assert_eq!(of("GBK-EUC-H"), Some(Codes::Gbk));
        assert_eq!(of("GBK2K-H"), Some(Codes::Gbk));
        assert_eq!(of("Identity-H"), None);
        assert_eq!(of("ETen-B5-H"), None);
        assert_eq!(Codes::Unicode.char(0xb7), Some('·'));
        assert_eq!(Codes::Unicode.char(0xd840_dc00), Some('𠀀'));
        assert_eq!(Codes::Unicode.char(0xd840), None);
        assert_eq!(Codes::Unicode.char(0x0a), None);
        assert_eq!(Codes::Gbk.char(0xa1a4), Some('·'));
        assert_eq!(Codes::Gbk.char(0x41), Some('A'));
        assert_eq!(Codes::Gbk.char(0x8130_8130), None);
    }

    #[test]
    fn what_an_encoding_does_not_list_is_a_code_all_the_same() {
        for (name, unlisted, listed) in [
            ("UniGB-UCS2-H", 0xb7, 0x56ed),
            ("UniGB-UCS2-V", 0xb7, 0x56ed),
            ("GBK-EUC-H", 0xfefe, 0xd4b0),
        ] {
            let as_it_is = load_embedded(CMapName::from_bytes(name.as_bytes())).unwrap();
            let as_it_is = CMap::parse(as_it_is, load_embedded).unwrap();
            let whole = parsed(name);
            assert_eq!(as_it_is.lookup_cid_code(unlisted, 2), None, "{name}");
            assert_eq!(whole.lookup_cid_code(unlisted, 2), Some(0), "{name}");
            let cid = as_it_is.lookup_cid_code(listed, 2);
            assert!(cid.is_some_and(|cid| cid > 0), "{name}");
            assert_eq!(whole.lookup_cid_code(listed, 2), cid, "{name}");
            assert_eq!(
                whole.metadata().character_collection,
                as_it_is.metadata().character_collection,
                "{name}"
            );
            let is_vertical =
                |map: &CMap| map.metadata().writing_mode == Some(WritingMode::Vertical);
            assert_eq!(is_vertical(&whole), is_vertical(&as_it_is), "{name}");
        }
    }
}
