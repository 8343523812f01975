//! Which characters a glyph stands for.
//! Must not guess: a glyph that the document says nothing of is unknown.
//!
//! In this order: what hayro tells (`ToUnicode`, the names of glyphs); for fonts of a known character collection the code by the
//! font's encoding to a CID and the CID by `Adobe-GB1-UCS2` or its sisters, which hayro does for fonts that are not embedded alone;
//! the code itself, where the encoding's name says that it is a character.
//! `XeLaTeX`, 方正 and `InDesign` embed such fonts without `ToUnicode`.

use super::codes::{self, Codes};
use hayro_cmap::{BfString, CMap, CMapName, CharacterCollection, CidFamily};
use hayro_interpret::font::Glyph;
use hayro_syntax::Pdf;
use hayro_syntax::object::dict::keys::{
    BASE_FONT, CIDSYSTEMINFO, DESCENDANT_FONTS, ENCODING, ORDERING, REGISTRY, SUBTYPE, TYPE0,
};
use hayro_syntax::object::{self, Array, Dict, Name, Object, ObjectIdentifier};
use std::cell::OnceCell;
use std::collections::HashMap;
use std::rc::Rc;

/// The composite fonts of a document, as far as their glyphs do not say what they stand for.
pub(super) struct Collections<'a> {
    pdf: &'a Pdf,
    /// Those of the page that is being read.
    page: Dict<'a>,
    /// What a name stands for on this page; two fonts of one name may differ from page to page.
    named: HashMap<String, Option<Rc<Mapping>>>,
    /// Every font that was looked into.
    known: HashMap<ObjectIdentifier, Option<Rc<Mapping>>>,
    /// All composite fonts of the document, for those that a form brings along: made when first asked for.
    all: OnceCell<Vec<Dict<'a>>>,
    ucs2: HashMap<&'static str, Option<Rc<CMap>>>,
}

/// From codes to characters.
struct Mapping {
    encoding: CMap,
    unicode: Rc<CMap>,
    codes: Option<Codes>,
}

impl<'a> Collections<'a> {
    pub(super) fn new(pdf: &'a Pdf) -> Self {
        Self {
            pdf,
            page: Dict::empty(),
            named: HashMap::new(),
            known: HashMap::new(),
            all: OnceCell::new(),
            ucs2: HashMap::new(),
        }
    }

    /// From now on glyphs are those of a page with these fonts.
    pub(super) fn turn_to(&mut self, fonts: &Dict<'a>) {
        self.page = fonts.clone();
        self.named.clear();
    }

    /// The characters of a glyph; none where the document does not tell.
    pub(super) fn text(&mut self, glyph: &Glyph<'_>) -> Option<BfString> {
        let told = glyph.as_unicode().filter(is_text);
        told.or_else(|| self.by_collection(glyph))
    }

    fn by_collection(&mut self, glyph: &Glyph<'_>) -> Option<BfString> {
        let Glyph::Outline(outline) = glyph else {
            return None;
        };
        let name = outline.font_data()?.postscript_name?;
        if !self.named.contains_key(&name) {
            let font = self.find(&name);
            let mapping = font.and_then(|font| self.mapping(&font));
            self.named.insert(name.clone(), mapping);
        }
        let mapping = self.named.get(&name)?.as_ref()?;
        mapping.text(glyph.char_code())
    }

    /// The composite font of a name: one of the page, else one of the forms on it.
    fn find(&self, name: &str) -> Option<Dict<'a>> {
        let keys: Vec<Name<'_>> = self.page.keys().collect();
        let here = keys
            .iter()
            .filter_map(|key| self.page.get::<Dict<'a>>(key.as_ref()))
            .find(|font| is_called(font, name));
        here.or_else(|| {
            let all = self.all.get_or_init(|| {
                let objects = self.pdf.objects().into_iter();
                let dicts = objects.filter_map(Object::into_dict);
                dicts.filter(is_composite).collect()
            });
            all.iter().find(|font| is_called(font, name)).cloned()
        })
    }

    fn mapping(&mut self, font: &Dict<'_>) -> Option<Rc<Mapping>> {
        let Some(id) = font.obj_id() else {
            return self.read(font).map(Rc::new);
        };
        if let Some(known) = self.known.get(&id) {
            return known.clone();
        }
        let mapping = self.read(font).map(Rc::new);
        self.known.insert(id, mapping.clone());
        mapping
    }

    /// How the codes of a composite font become characters; none where it is of no known collection.
    fn read(&mut self, font: &Dict<'_>) -> Option<Mapping> {
        let encoding = font.get::<Object<'_>>(ENCODING)?;
        let codes = match &encoding {
            Object::Name(name) => Codes::of(CMapName::from_bytes(name)),
            _ => None,
        };
        let encoding = self::encoding(&encoding)?;
        let descendants = font.get::<Array<'_>>(DESCENDANT_FONTS)?;
        let descendant = descendants.iter::<Dict<'_>>().next()?;
        let told = encoding.metadata().character_collection.clone();
        let told = told.filter(|told| told.family != CidFamily::AdobeIdentity);
        let collection = told.or_else(|| collection(&descendant))?;
        let unicode = self.ucs2(collection.family.ucs2_cmap()?)?;
        Some(Mapping {
            encoding,
            unicode,
            codes,
        })
    }

    fn ucs2(&mut self, name: CMapName<'static>) -> Option<Rc<CMap>> {
        let key = match name {
            CMapName::AdobeGb1Ucs2 => "GB1",
            CMapName::AdobeCns1Ucs2 => "CNS1",
            CMapName::AdobeJapan1Ucs2 => "Japan1",
            CMapName::AdobeKorea1Ucs2 => "Korea1",
            _ => return None,
        };
        let read = || CMap::parse(codes::load(name)?, codes::load).map(Rc::new);
        self.ucs2.entry(key).or_insert_with(read).clone()
    }
}

impl Mapping {
    fn text(&self, code: u32) -> Option<BfString> {
        let cid = (1..=4).find_map(|length| self.encoding.lookup_cid_code(code, length))?;
        let told = self.unicode.lookup_bf_string(cid).filter(is_text);
        told.or_else(|| Some(BfString::Char(self.codes?.char(code)?)))
    }
}

/// Whether a glyph's text says something: some documents map what they do not know to U+0000 or U+FFFD.
fn is_text(text: &BfString) -> bool {
    let says = |c: char| c != '\0' && c != super::sheet::UNKNOWN;
    match text {
        BfString::Char(c) => says(*c),
        BfString::String(text) => !text.is_empty() && text.chars().all(says),
    }
}

fn is_composite(font: &Dict<'_>) -> bool {
    font.get::<Name<'_>>(SUBTYPE).as_deref() == Some(TYPE0)
}

/// Whether `font` is a composite font of that name, the prefix of a subset (`ABCDEF+`) aside.
fn is_called(font: &Dict<'_>, name: &str) -> bool {
    let called = font.get::<Name<'_>>(BASE_FONT);
    is_composite(font) && called.is_some_and(|called| without_prefix(called.as_str()) == name)
}

fn without_prefix(name: &str) -> &str {
    match name.split_once('+') {
        Some((prefix, rest)) if prefix.len() == 6 => rest,
        _ => name,
    }
}

fn encoding(object: &Object<'_>) -> Option<CMap> {
    match object {
        Object::Name(name) => match CMapName::from_bytes(name) {
            CMapName::IdentityH => Some(CMap::identity_h()),
            CMapName::IdentityV => Some(CMap::identity_v()),
            name => CMap::parse(codes::load(name)?, codes::load),
        },
        Object::Stream(stream) => CMap::parse(&stream.decoded_data().ok()?, codes::load),
        _ => None,
    }
}

fn collection(descendant: &Dict<'_>) -> Option<CharacterCollection> {
    let info = descendant.get::<Dict<'_>>(CIDSYSTEMINFO)?;
    let registry = info.get::<object::String<'_>>(REGISTRY)?;
    let ordering = info.get::<object::String<'_>>(ORDERING)?;
    Some(CharacterCollection {
        family: CidFamily::from_registry_ordering(registry.as_bytes(), ordering.as_bytes()),
        supplement: 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefix_of_a_subset_is_no_part_of_a_name() {
        assert_eq!(without_prefix("ABCDEF+FandolSong"), "FandolSong");
        assert_eq!(without_prefix("A+B"), "A+B");
        assert_eq!(without_prefix("FZSSJW--GB1-0"), "FZSSJW--GB1-0");
    }

    #[test]
    fn what_stands_for_nothing_is_no_text() {
        assert!(is_text(&BfString::Char('园')));
        assert!(!is_text(&BfString::Char('\0')));
        assert!(!is_text(&BfString::String(String::new())));
        assert!(!is_text(&BfString::String("\u{fffd}".to_owned())));
    }

    #[test]
    fn cids_of_the_chinese_collections_are_characters() {
        let parsed = |name| CMap::parse(codes::load(name).unwrap(), codes::load).unwrap();
        let of = |encoding: CMapName<'static>, unicode, code| {
            let mapping = Mapping {
                encoding: parsed(encoding),
                unicode: Rc::new(parsed(unicode)),
                codes: Codes::of(encoding),
            };
            mapping.text(code)
        };
        // 园 in GBK, in UCS-2 and in Big5 (園).
        let simplified = CMapName::AdobeGb1Ucs2;
        assert_eq!(
            of(CMapName::GbkEucH, simplified, 0xd4b0),
            Some(BfString::Char('园'))
        );
        assert_eq!(
            of(CMapName::UniGbUcs2H, simplified, 0x56ed),
            Some(BfString::Char('园'))
        );
        assert_eq!(
            of(CMapName::UniGbUcs2H, simplified, 0xb7),
            Some(BfString::Char('·')),
            "not listed"
        );
        let traditional = CMapName::AdobeCns1Ucs2;
        assert_eq!(
            of(CMapName::ETenB5H, traditional, 0xb6e9),
            Some(BfString::Char('園'))
        );
    }
}
