//! Text that pages repeat over or beside what they say: watermarks, stamps, tabs at the edge. Headers and footers are not its business.
//! Must not take a text for one that stands in the flow, however often it comes: nothing else stands in its place or beyond the text.

use super::margins::{MAJORITY, ZONE, size_of_most};
use super::sheet::{Glyph, Sheet};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Fewest pages that a stamp is on at one place.
const LEAST: usize = 3;

/// How exactly a place is the same, in points.
const SAME: f32 = 2.0;

/// How much larger than the text a stamp is that nothing stands in the place of.
const LARGE: f32 = 1.5;

/// Share of both their sides that two characters share which stand in one place.
const SHARED: f32 = 0.3;

/// Share of the characters that stand beyond the edges of the text, at each side.
const OUTLIERS: f32 = 0.01;

/// Characters that are drawn one after the other on a line.
#[derive(Debug)]
struct Text {
    kind: Kind,
    place: (i32, i32),
    glyphs: Range<usize>,
}

/// What a text is, wherever it stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Kind {
    says: String,
    /// In tenths of a point.
    size: i32,
    style: u32,
}

/// The pages of texts at their places.
type Pages<'t> = HashMap<(&'t Kind, (i32, i32)), HashSet<usize>>;

/// Takes the stamps off the pages: what they said, of each page.
pub(super) fn drop(sheets: &mut [Sheet]) -> Vec<Vec<String>> {
    let texts: Vec<Vec<Text>> = sheets.iter().map(|sheet| texts(&sheet.glyphs)).collect();
    let mut pages = Pages::new();
    for (nth, texts) in texts.iter().enumerate() {
        for text in texts {
            let on = pages.entry((&text.kind, text.place)).or_default();
            on.insert(nth);
        }
    }
    pages.retain(|_, on| on.len() >= LEAST);
    if pages.is_empty() {
        return vec![vec![]; sheets.len()];
    }
    let repeats = |text: &&Text| pages.contains_key(&(&text.kind, text.place));
    let stamps = stamps(sheets, &texts, &pages);
    let dropped: Vec<Vec<(String, Range<usize>)>> = texts
        .iter()
        .map(|texts| {
            let stamps = texts
                .iter()
                .filter(|text| stamps.contains(&text.kind) && repeats(text));
            stamps
                .map(|text| (text.kind.says.clone(), text.glyphs.clone()))
                .collect()
        })
        .collect();
    let dropped = dropped.into_iter().zip(sheets);
    dropped
        .map(|(dropped, sheet)| take_off(sheet, dropped))
        .collect()
}

/// Which texts of those that repeat are stamps.
fn stamps<'t>(sheets: &[Sheet], texts: &'t [Vec<Text>], pages: &Pages<'t>) -> HashSet<&'t Kind> {
    let repeats = |text: &&Text| pages.contains_key(&(&text.kind, text.place));
    let flow = Flow::of(sheets, texts, repeats);
    let mut over: HashMap<&Kind, usize> = HashMap::new();
    let mut beside: HashSet<&Kind> = HashSet::new();
    for (sheet, texts) in sheets.iter().zip(texts) {
        let others = flow.others(sheet, texts, repeats);
        let mut found: HashSet<&Kind> = HashSet::new();
        for text in texts
            .iter()
            .filter(|text| repeats(text) && is_amid(text, sheet))
        {
            let glyphs = &sheet.glyphs[text.glyphs.clone()];
            if flow.is_beyond(glyphs) {
                beside.insert(&text.kind);
            }
            if flow.is_large(glyphs) || stands_over(glyphs, &others) {
                found.insert(&text.kind);
            }
        }
        for kind in found {
            *over.entry(kind).or_default() += 1;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "numbers of pages")]
    let is_on_most = |kind: &Kind| {
        let on = pages.iter().filter(|((other, _), _)| *other == kind);
        let most = on.map(|(_, on)| on.len()).max().unwrap_or(0);
        most as f32 >= MAJORITY * sheets.len() as f32
    };
    let over = over
        .into_iter()
        .filter(|(kind, on)| *on > 1 && is_on_most(kind));
    over.map(|(kind, _)| kind).chain(beside).collect()
}

fn take_off(sheet: &mut Sheet, dropped: Vec<(String, Range<usize>)>) -> Vec<String> {
    let mut is_kept = vec![true; sheet.glyphs.len()];
    let mut says: Vec<String> = vec![];
    for (text, glyphs) in dropped {
        is_kept[glyphs].fill(false);
        if !says.contains(&text) {
            says.push(text);
        }
    }
    let mut kept = is_kept.into_iter();
    sheet.glyphs.retain(|_| kept.next().unwrap_or(true));
    says
}

/// The texts of a page that say something.
fn texts(glyphs: &[Glyph]) -> Vec<Text> {
    let mut texts = vec![];
    let mut from = 0;
    for at in 1..=glyphs.len() {
        let goes_on = glyphs
            .get(at)
            .is_some_and(|glyph| follows(&glyphs[at - 1], glyph));
        if goes_on {
            continue;
        }
        let part = &glyphs[from..at];
        let says: String = part
            .iter()
            .map(|glyph| glyph.c)
            .filter(|c| !c.is_whitespace())
            .collect();
        if says.chars().any(char::is_alphabetic) {
            let first = part[0];
            texts.push(Text {
                kind: Kind {
                    says,
                    size: rounded(10.0 * first.size),
                    style: first.style,
                },
                place: (rounded(first.x / SAME), rounded(first.y / SAME)),
                glyphs: from..at,
            });
        }
        from = at;
    }
    texts
}

/// Whether a character goes on with the text of the one before.
fn follows(before: &Glyph, glyph: &Glyph) -> bool {
    let gap = glyph.x - before.end();
    glyph.style == before.style
        && (glyph.size - before.size).abs() < 0.1
        && (glyph.y - before.y).abs() < 0.1 * glyph.size
        && (-0.5 * glyph.size..3.0 * glyph.size).contains(&gap)
}

#[expect(clippy::cast_possible_truncation, reason = "a length on paper")]
fn rounded(length: f32) -> i32 {
    length.round() as i32
}

/// Whether a text stands where neither headers nor footers do.
fn is_amid(text: &Text, sheet: &Sheet) -> bool {
    let y = sheet.glyphs[text.glyphs.start].y;
    (ZONE * sheet.height..=(1.0 - ZONE) * sheet.height).contains(&y)
}

/// What the text of a document looks like that is not repeated.
struct Flow {
    body: f32,
    left: f32,
    right: f32,
}

impl Flow {
    fn of(sheets: &[Sheet], texts: &[Vec<Text>], repeats: impl Fn(&&Text) -> bool + Copy) -> Self {
        let all = sheets.iter().flat_map(|sheet| &sheet.glyphs);
        let body = size_of_most(all.map(|glyph| (glyph.size, 1)));
        let flow = Self {
            body,
            left: f32::MIN,
            right: f32::MAX,
        };
        let pages = sheets.iter().zip(texts);
        let glyphs: Vec<Glyph> = pages
            .flat_map(|(sheet, texts)| flow.others(sheet, texts, repeats))
            .collect();
        let edge = |mut places: Vec<f32>| {
            places.sort_by(f32::total_cmp);
            #[expect(
                clippy::cast_precision_loss,
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a share of them"
            )]
            let at = (OUTLIERS * places.len() as f32) as usize;
            places.get(at).copied()
        };
        Self {
            left: edge(glyphs.iter().map(|glyph| glyph.x).collect()).unwrap_or(f32::MIN),
            right: edge(glyphs.iter().map(|glyph| -glyph.end()).collect())
                .map_or(f32::MAX, |right| -right),
            ..flow
        }
    }

    /// The characters of a page that belong to no text that is repeated.
    fn others(
        &self,
        sheet: &Sheet,
        texts: &[Text],
        repeats: impl Fn(&&Text) -> bool,
    ) -> Vec<Glyph> {
        let mut is_other = vec![true; sheet.glyphs.len()];
        for text in texts.iter().filter(repeats) {
            is_other[text.glyphs.clone()].fill(false);
        }
        let others = sheet.glyphs.iter().zip(is_other);
        let others = others.filter(|(glyph, is_other)| {
            *is_other && glyph.c.is_alphanumeric() && !self.is_large(&[**glyph])
        });
        others.map(|(glyph, _)| *glyph).collect()
    }

    fn is_large(&self, glyphs: &[Glyph]) -> bool {
        glyphs.iter().all(|glyph| glyph.size > LARGE * self.body)
    }

    /// Whether a text stands beyond the edges of all others.
    fn is_beyond(&self, glyphs: &[Glyph]) -> bool {
        let room = 0.5 * self.body;
        glyphs.iter().all(|glyph| glyph.end() < self.left - room)
            || glyphs.iter().all(|glyph| glyph.x > self.right + room)
    }
}

/// Whether one of the characters stands where another one does.
fn stands_over(glyphs: &[Glyph], others: &[Glyph]) -> bool {
    let share = |(a, b): (f32, f32), (c, d): (f32, f32)| {
        let shared = b.min(d) - a.max(c);
        shared > SHARED * (b - a).min(d - c)
    };
    let along = |glyph: &Glyph| (glyph.x, glyph.end());
    // From the top of a hanzi to its foot.
    let across = |glyph: &Glyph| {
        (
            0.8f32.mul_add(-glyph.size, glyph.y),
            0.1f32.mul_add(glyph.size, glyph.y),
        )
    };
    glyphs.iter().any(|glyph| {
        others
            .iter()
            .any(|other| share(along(glyph), along(other)) && share(across(glyph), across(other)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(says: &str, x: f32, y: f32, size: f32) -> Vec<Glyph> {
        let one = |(nth, c): (u16, char)| Glyph {
            c,
            x: size.mul_add(f32::from(nth), x),
            y,
            size,
            advance: size,
            style: 1,
        };
        (0..).zip(says.chars()).map(one).collect()
    }

    /// Pages of text, each another one, with what each has besides.
    fn pages(besides: &[Vec<Glyph>]) -> Vec<Sheet> {
        let page = |(nth, beside): (u32, &Vec<Glyph>)| {
            let mut glyphs = vec![];
            for n in 0..20_u8 {
                let other = char::from_u32(0x4e00 + nth * 20 + u32::from(n)).unwrap();
                let line = format!("{other}总投资三亿元的工厂");
                glyphs.extend(text(
                    &line,
                    100.0,
                    15.0f32.mul_add(f32::from(n), 250.0),
                    10.0,
                ));
            }
            glyphs.extend(beside.iter().copied());
            Sheet {
                width: 600.0,
                height: 800.0,
                glyphs,
                ..Sheet::default()
            }
        };
        (0..).zip(besides).map(page).collect()
    }

    fn read(sheet: &Sheet) -> String {
        sheet.glyphs.iter().map(|glyph| glyph.c).collect()
    }

    #[test]
    fn a_watermark_amid_the_text_is_none_of_it() {
        let mark = text("内部资料", 110.0, 402.0, 40.0);
        let mut sheets = pages(&[vec![], mark.clone(), mark.clone(), mark]);
        let before: Vec<String> = sheets.iter().map(read).collect();
        let dropped = drop(&mut sheets);
        assert_eq!(
            dropped,
            [vec![], vec!["内部资料"], vec!["内部资料"], vec!["内部资料"]]
        );
        for (sheet, before) in sheets.iter().zip(before) {
            assert_eq!(read(sheet), before.replace("内部资料", ""));
        }
    }

    #[test]
    fn a_tab_at_the_edge_is_none_of_the_text_though_few_pages_have_it() {
        let tab = [
            text("招", 560.0, 300.0, 10.0),
            text("商", 560.0, 312.0, 10.0),
        ]
        .concat();
        let without = || vec![vec![]; 8];
        let mut sheets = pages(&[vec![tab; 3], without()].concat());
        assert_eq!(drop(&mut sheets)[0], ["招", "商"]);
        assert!(!read(&sheets[0]).contains("招"));
    }

    #[test]
    fn what_stands_in_the_flow_is_text_however_often_it_comes() {
        let source = text("来源：园区网站", 100.0, 600.0, 10.0);
        let mut sheets = pages(&vec![source; 6]);
        assert_eq!(drop(&mut sheets), vec![Vec::<String>::new(); 6]);
        assert!(read(&sheets[0]).ends_with("来源：园区网站"));
        // Nor is a text on two pages that stands over another one.
        let over = text("签约", 110.0, 402.0, 10.0);
        let mut sheets = pages(&[over.clone(), over, vec![], vec![]]);
        assert!(drop(&mut sheets).concat().is_empty());
    }
}
