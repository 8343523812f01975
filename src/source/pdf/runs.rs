//! From glyphs to runs: characters on one baseline without a wide gap between them.
//! Must not trust the order in which a page is drawn: producers draw quotes, bold type and whole lines in any order.

use super::sheet::{Glyph, Sheet};
use super::{fold, leaders};
use std::collections::HashMap;

/// How far apart two baselines of one line may be, in ems of the smaller type: half of that is what fonts differ by, lines stand a
/// whole em apart at least.
const BASELINE: f32 = 0.35;

/// A gap from which on two characters belong to two runs, in ems: less than the gutter between two columns, more than any space of
/// justified text.
const APART: f32 = 0.5;

/// A gap that is a space, in ems. Word processors and TeX set a quarter of an em between hanzi and Latin where none is.
const SPACE: f32 = 0.28;

/// The same between two characters of Latin, whose spaces are narrower.
const LATIN_SPACE: f32 = 0.16;

/// Fewest characters that stand one below the other to be read from top to bottom.
const LEAST_UPRIGHT: usize = 3;

/// Most of them side by side.
const MOST_UPRIGHT: usize = 3;

/// How far from one to the next, in ems.
const UPRIGHT_PITCH: f32 = 2.5;

/// Most single characters of a page that are looked at; a cover has some ten.
const MOST_SINGLE: usize = 200;

/// How near to another a character is the same one drawn again, in ems: shadows and false bold type stand a few hundredths aside,
/// the dots of a leader a fifth.
const TWICE: f32 = 0.15;

/// Characters on one baseline.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    /// Without white space at its ends.
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    /// Baseline.
    pub(super) y: f32,
    /// Of most of its characters.
    pub(super) size: f32,
    /// Of its hanzi, where there are any, else of its other characters; none where they are of several.
    pub(super) style: Option<u32>,
    /// How wide what stands before its first possible line end is.
    pub(super) chunk: f32,
    /// The blanks in it that may be a part of a gutter.
    pub(super) blanks: Vec<Blank>,
    /// What it is made of, each with whether a space stands before it.
    glyphs: Vec<(Glyph, bool)>,
}

/// A blank within a run, as wide as that behind a full stop at least.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Blank {
    /// How many glyphs stand before it.
    at: usize,
    pub(super) left: f32,
    pub(super) right: f32,
}

impl Run {
    /// How many characters it has.
    pub(super) fn count(&self) -> usize {
        self.text.chars().count()
    }

    /// The two runs that it is where a gutter stands in one of its blanks.
    pub(super) fn parted(&self, gutter: f32) -> Option<[Self; 2]> {
        let blank = self.blanks.iter().find(|blank| blank.has(gutter))?;
        let (before, behind) = self.glyphs.split_at_checked(blank.at)?;
        Some([closed(before)?, closed(behind)?])
    }

    /// Where its first stroke begins: the mark at its beginning may leave half of its square blank.
    pub(super) fn ink_left(&self) -> f32 {
        let first = self.glyphs.first().map(|(glyph, _)| glyph);
        let blank = first
            .filter(|first| is_wide_opening(first.c))
            .map_or(0.0, |first| BLANK_HALF * first.advance);
        self.left + blank
    }

    /// Where its last stroke ends: the mark at its end may leave half of its square blank.
    pub(super) fn ink_right(&self) -> f32 {
        let last = self.glyphs.last().map(|(glyph, _)| glyph);
        let blank = last
            .filter(|last| is_wide_closing(last.c))
            .map_or(0.0, |last| BLANK_HALF * last.advance);
        self.right - blank
    }
}

impl Blank {
    /// Whether a gutter stands in it.
    pub(super) fn has(&self, gutter: f32) -> bool {
        (self.left - 1.0..=self.right + 1.0).contains(&gutter)
    }
}

/// How much of its square a mark of full width leaves blank: those that close something stand in its left half, those that open in the
/// right one.
const BLANK_HALF: f32 = 0.5;

/// The runs of a page, from top to bottom, those of one line from left to right.
pub(super) fn runs(sheet: &Sheet) -> Vec<Run> {
    let mut glyphs = leaders::trimmed(&sheet.glyphs);
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut runs = vec![];
    let mut row: Vec<Glyph> = vec![];
    for glyph in glyphs {
        let belongs = row
            .first()
            .is_none_or(|first| glyph.y - first.y <= BASELINE * glyph.size.min(first.size));
        if !belongs {
            runs.extend(of_row(std::mem::take(&mut row)));
        }
        row.push(glyph);
    }
    runs.extend(of_row(row));
    upright(runs)
}

/// Runs with those of one hanzi each that stand one below the other as one: a title that is set from top to bottom, as covers have it.
fn upright(runs: Vec<Run>) -> Vec<Run> {
    let is_single = |run: &Run| run.glyphs.len() == 1 && run.text.chars().all(is_wide);
    // Text that is set wide has rows of them.
    let is_alone = |run: &Run| {
        let beside = runs
            .iter()
            .filter(|other| (other.y - run.y).abs() <= BASELINE * run.size);
        beside.count() <= MOST_UPRIGHT
    };
    let singles: Vec<usize> = (0..runs.len())
        .filter(|at| is_single(&runs[*at]))
        .take(MOST_SINGLE)
        .collect();
    let singles: Vec<usize> = singles
        .into_iter()
        .filter(|at| is_alone(&runs[*at]))
        .collect();
    let mut stacks: Vec<Vec<usize>> = vec![];
    for at in singles {
        let run = &runs[at];
        let below = stacks.iter_mut().find(|stack| {
            let last = stack.last().map(|last| &runs[*last]);
            last.is_some_and(|last| {
                let gap = run.y - last.y;
                (run.left - last.left).abs() <= 0.2 * run.size
                    && (run.size - last.size).abs() <= 0.5
                    && (0.9 * run.size..=UPRIGHT_PITCH * run.size).contains(&gap)
            })
        });
        match below {
            Some(stack) => stack.push(at),
            None => stacks.push(vec![at]),
        }
    }
    stacks.retain(|stack| stack.len() >= LEAST_UPRIGHT);
    let mut runs: Vec<Option<Run>> = runs.into_iter().map(Some).collect();
    for stack in stacks {
        let text: String = stack
            .iter()
            .filter_map(|at| runs[*at].as_ref())
            .map(|run| run.text.as_str())
            .collect();
        // Where it ends: two that begin side by side are two lines.
        let end = stack
            .last()
            .and_then(|last| runs[*last].as_ref())
            .map(|last| last.y);
        for at in &stack[1..] {
            runs[*at] = None;
        }
        if let (Some(first), Some(end)) = (&mut runs[stack[0]], end) {
            first.text = text;
            first.y = end;
        }
    }
    runs.into_iter().flatten().collect()
}

/// The runs of one line.
fn of_row(mut glyphs: Vec<Glyph>) -> Vec<Run> {
    // The sort is stable: what is drawn in one place stays in the order in which it is drawn.
    glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut glyphs = once(glyphs);
    fold::narrow(&mut glyphs);
    let spread = spread(&glyphs);
    let mut runs: Vec<Run> = vec![];
    let mut open: Vec<(Glyph, bool)> = vec![];
    let mut is_spaced = false;
    for glyph in glyphs {
        if glyph.c.is_whitespace() {
            is_spaced = true;
            continue;
        }
        let before = open.last().map(|(before, _)| *before);
        let size = before.map_or(glyph.size, |before| before.size.max(glyph.size));
        let gap = before.map_or(0.0, |before| glyph.x - before.end());
        if gap > APART * size + spread {
            runs.extend(closed(&open));
            open.clear();
        } else if let Some(before) = before {
            let least = if is_latin(before.c) && is_latin(glyph.c) {
                LATIN_SPACE
            } else {
                SPACE
            };
            is_spaced |= gap > least * size + spread;
        }
        open.push((glyph, is_spaced && !open.is_empty()));
        is_spaced = false;
    }
    runs.extend(closed(&open));
    runs
}

/// The glyphs of a line without those that are drawn a second time in their place.
fn once(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let mut once: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    for glyph in glyphs {
        let near = once.iter().rev().take(8);
        let mut near = near.take_while(|other| glyph.x - other.x <= TWICE * glyph.size);
        if !near.any(|other| other.c == glyph.c) {
            once.push(glyph);
        }
    }
    once
}

/// How far apart the hanzi of a line stand that is set wide, in points; nothing where most of them stand side by side.
fn spread(glyphs: &[Glyph]) -> f32 {
    let pairs = glyphs.iter().zip(glyphs.iter().skip(1));
    let hanzi = pairs.filter(|(a, b)| is_wide(a.c) && is_wide(b.c));
    let mut gaps: Vec<f32> = hanzi.map(|(a, b)| b.x - a.end()).collect();
    if gaps.len() < 4 {
        return 0.0;
    }
    gaps.sort_by(f32::total_cmp);
    gaps[gaps.len() / 2].max(0.0)
}

/// A run of glyphs, each with whether a space stands before it; none where there are none.
fn closed(glyphs: &[(Glyph, bool)]) -> Option<Run> {
    let (first, _) = glyphs.first()?;
    let mut text = String::with_capacity(glyphs.len() * 3);
    let mut blanks = vec![];
    let mut end: Option<f32> = None;
    for (at, (glyph, is_spaced)) in glyphs.iter().enumerate() {
        // One that was parted from another begins with none.
        if *is_spaced && at > 0 {
            text.push(' ');
        }
        let half = BLANK_HALF * glyph.advance;
        let right = if is_wide_opening(glyph.c) {
            glyph.x + half
        } else {
            glyph.x
        };
        if let Some(left) = end
            && right - left >= BLANK_HALF * glyph.size
        {
            blanks.push(Blank { at, left, right });
        }
        end = Some(if is_wide_closing(glyph.c) {
            glyph.end() - half
        } else {
            glyph.end()
        });
        text.push(glyph.c);
    }
    let right = glyphs.iter().map(|(glyph, _)| glyph.end());
    let mut counted = glyphs
        .iter()
        .filter(|(glyph, _)| is_wide(glyph.c))
        .peekable();
    let hanzi: Vec<Glyph> = counted.by_ref().map(|(glyph, _)| *glyph).collect();
    let all: Vec<Glyph> = glyphs.iter().map(|(glyph, _)| *glyph).collect();
    let telling = if hanzi.is_empty() { &all } else { &hanzi };
    Some(Run {
        text,
        left: first.x,
        right: right.fold(first.x, f32::max),
        y: median(all.iter().map(|glyph| glyph.y).collect()),
        size: median(telling.iter().map(|glyph| glyph.size).collect()),
        style: style(telling),
        chunk: chunk(glyphs),
        blanks,
        glyphs: glyphs.to_vec(),
    })
}

/// How wide the beginning of a run is that cannot be parted by a line end: a hanzi with the marks that cling to it, a word of Latin.
fn chunk(glyphs: &[(Glyph, bool)]) -> f32 {
    let mut end = 0;
    while let Some((glyph, is_spaced)) = glyphs.get(end) {
        let before = end.checked_sub(1).map(|before| glyphs[before].0.c);
        let clings = match before {
            None => true,
            Some(_) if *is_spaced => false,
            Some(before) => {
                opens(before) || closes(glyph.c) || (is_latin(before) && is_latin(glyph.c))
            }
        };
        if !clings {
            break;
        }
        end += 1;
    }
    match (
        glyphs.first(),
        end.checked_sub(1).and_then(|last| glyphs.get(last)),
    ) {
        (Some((first, _)), Some((last, _))) => last.end() - first.x,
        _ => 0.0,
    }
}

/// Whether no line ends behind `c`.
fn opens(c: char) -> bool {
    "“‘《〈（(【「『〔●■◆○□▲".contains(c)
}

/// Whether no line begins with `c`.
fn closes(c: char) -> bool {
    "”’》〉）)】」』〕，。、；：！？…—·％%,.;:!?".contains(c)
}

fn is_wide_closing(c: char) -> bool {
    "。，、；：！？）》”’】」』〕".contains(c)
}

fn is_wide_opening(c: char) -> bool {
    "（《“‘【「『〔".contains(c)
}

fn is_latin(c: char) -> bool {
    c.is_ascii_graphic()
}

/// Whether `c` takes a whole em as a rule.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The middle one of some numbers; 0 of none.
pub(super) fn median(mut numbers: Vec<f32>) -> f32 {
    numbers.sort_by(f32::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or_default()
}

/// The style of nearly all of some glyphs: a fallback font may draw a rare hanzi.
fn style(glyphs: &[Glyph]) -> Option<u32> {
    let mut counts: HashMap<u32, usize> = HashMap::new();
    for glyph in glyphs {
        *counts.entry(glyph.style).or_default() += 1;
    }
    let (style, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (100 * count >= 95 * glyphs.len()).then_some(style)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Characters from `x` on, an em of `size` each, half of one for ASCII.
    pub fn line(text: &str, x: f32, y: f32, size: f32) -> Vec<Glyph> {
        let mut x = x;
        let glyphs = text.chars().map(|c| {
            let advance = if c.is_ascii() { size / 2.0 } else { size };
            let glyph = Glyph {
                c,
                x,
                y,
                size,
                advance,
                style: 0,
            };
            x += advance;
            glyph
        });
        glyphs.collect()
    }

    /// A run of type of 10 points from 50 to 150 that is made of nothing.
    pub fn run(text: &str, y: f32) -> Run {
        Run {
            text: text.to_owned(),
            left: 50.0,
            right: 150.0,
            y,
            size: 10.0,
            style: None,
            chunk: 10.0,
            blanks: vec![],
            glyphs: vec![],
        }
    }

    pub fn sheet(glyphs: Vec<Glyph>) -> Sheet {
        Sheet {
            width: 600.0,
            height: 800.0,
            glyphs,
            ..Sheet::default()
        }
    }

    fn texts(glyphs: Vec<Glyph>) -> Vec<String> {
        let runs = runs(&sheet(glyphs));
        runs.into_iter().map(|run| run.text).collect()
    }

    #[test]
    fn the_order_of_drawing_says_nothing() {
        let mut glyphs = line("园区周报", 10.0, 100.0, 10.0);
        glyphs.extend(line("第二行", 10.0, 115.0, 10.0));
        glyphs.reverse();
        glyphs.swap(0, 5);
        assert_eq!(texts(glyphs), ["园区周报", "第二行"]);
    }

    #[test]
    fn baselines_that_fonts_differ_by_are_one_line() {
        let mut glyphs = line("投资", 10.0, 100.0, 10.0);
        glyphs.extend(line("280", 30.0, 101.5, 9.0));
        glyphs.extend(line("亿元", 43.5, 99.0, 10.0));
        assert_eq!(texts(glyphs), ["投资280亿元"]);
    }

    #[test]
    fn a_gap_is_a_space_or_parts_two_runs() {
        let mut glyphs = line("开工", 10.0, 100.0, 10.0);
        glyphs.extend(line("总投资", 33.5, 100.0, 10.0));
        glyphs.extend(line("另栏", 75.0, 100.0, 10.0));
        assert_eq!(texts(glyphs), ["开工 总投资", "另栏"]);
        // A quarter of an em between hanzi and Latin is none; between two words of Latin it is one.
        let mut glyphs = line("约", 10.0, 100.0, 10.0);
        glyphs.extend(line("28", 22.5, 100.0, 10.0));
        glyphs.extend(line("GW", 34.5, 100.0, 10.0));
        assert_eq!(texts(glyphs), ["约28 GW"]);
    }

    #[test]
    fn a_line_that_is_set_wide_has_no_space_between_all_its_hanzi() {
        let wide: Vec<Glyph> = (0_u8..)
            .zip("园区世界编印".chars())
            .flat_map(|(nth, c)| line(&c.to_string(), 10.0 + 15.0 * f32::from(nth), 100.0, 10.0))
            .collect();
        assert_eq!(texts(wide), ["园区世界编印"]);
    }

    #[test]
    fn a_title_from_top_to_bottom_is_one() {
        let mut glyphs = vec![];
        for (n, c) in (0_u8..).zip("园区周报".chars()) {
            glyphs.extend(line(
                &c.to_string(),
                100.0,
                100.0 + 24.0 * f32::from(n),
                20.0,
            ));
        }
        glyphs.extend(line("二〇二二年八月", 200.0, 124.0, 20.0));
        assert_eq!(texts(glyphs), ["园区周报", "二〇二二年八月"]);
        // The last characters of paragraphs stand far apart.
        let mut glyphs = line("园", 100.0, 100.0, 10.0);
        glyphs.extend(line("区", 100.0, 150.0, 10.0));
        glyphs.extend(line("周", 100.0, 200.0, 10.0));
        assert_eq!(texts(glyphs), ["园", "区", "周"]);
    }

    #[test]
    fn what_is_drawn_twice_is_read_once() {
        let mut bold = line("园园区", 10.0, 100.0, 10.0);
        bold.extend(line("园园区", 10.4, 100.3, 10.0));
        bold.extend(line("园园区", 10.0, 100.0, 10.0));
        assert_eq!(texts(bold), ["园园区"]);
        let leader: Vec<Glyph> = (0_u8..6)
            .flat_map(|nth| line(".", 10.0 + 2.0 * f32::from(nth), 100.0, 10.0))
            .collect();
        assert_eq!(texts(leader), ["......"]);
    }

    #[test]
    fn a_run_is_parted_where_a_gutter_stands_in_the_blank_of_a_mark() {
        let mut glyphs = line("总投资。", 10.0, 100.0, 10.0);
        glyphs.extend(line("另栏", 53.0, 100.0, 10.0));
        let run = &runs(&sheet(glyphs))[0];
        assert_eq!(run.text, "总投资。 另栏");
        let [left, right] = run.parted(50.0).unwrap();
        assert_eq!((&*left.text, &*right.text), ("总投资。", "另栏"));
        assert_eq!((left.ink_right(), right.left), (45.0, 53.0));
        assert_eq!(run.parted(25.0), None);
    }

    #[test]
    fn a_run_knows_what_of_it_goes_to_the_next_line_together() {
        let chunk = |text: &str| runs(&sheet(line(text, 0.0, 100.0, 10.0)))[0].chunk;
        for (text, width) in [
            ("园区", 10.0),
            ("“园区”", 20.0),
            ("11GW高效", 20.0),
            ("区，开", 20.0),
        ] {
            assert!(
                (chunk(text) - width).abs() < 0.01,
                "{text}: {}",
                chunk(text)
            );
        }
    }
}
