//! Leaders that run over what they lead from and to: where a font is wider than its producer thought, the dots of the contents stand
//! amid the last words of the headline and go on behind the page.
//! Must not take a dot from a line that has no leader.

use super::sheet::Glyph;
use std::collections::HashMap;

/// Fewest dots that are drawn one after the other and are a leader; an ellipsis has six at most.
const LEAST: usize = 8;

/// Widest blank that is a space and not the leader itself, in ems.
const WIDEST: f32 = 1.1;

/// Which part of its width the ink of a dot begins behind.
const INK: f32 = 0.25;

/// The glyphs of a page, in the order of drawing, without the dots of leaders that stand where other characters do.
pub(super) fn trimmed(glyphs: &[Glyph]) -> Vec<Glyph> {
    let leaders = leaders(glyphs);
    if leaders.is_empty() {
        return glyphs.to_vec();
    }
    let mut is_kept = vec![true; glyphs.len()];
    for leader in &leaders {
        is_kept[leader.clone()].fill(false);
    }
    let others = Others::of(
        glyphs
            .iter()
            .zip(&is_kept)
            .filter(|(_, is_other)| **is_other)
            .map(|(glyph, _)| *glyph),
    );
    for leader in leaders {
        let dots = &glyphs[leader.clone()];
        let stands_free: Vec<bool> = dots.iter().map(|dot| !others.stand_at(dot)).collect();
        let behind = page(dots, &stands_free, &others);
        for ((at, dot), stands_free) in leader.zip(dots).zip(stands_free) {
            is_kept[at] = stands_free && behind.is_none_or(|page| dot.x < page);
        }
    }
    let kept = glyphs.iter().zip(is_kept).filter(|(_, is_kept)| *is_kept);
    kept.map(|(glyph, _)| *glyph).collect()
}

/// The dots that are drawn one after the other, from left to right on a line.
fn leaders(glyphs: &[Glyph]) -> Vec<std::ops::Range<usize>> {
    let mut leaders = vec![];
    let mut from = 0;
    for at in 0..glyphs.len() {
        let goes_on = at > from && {
            let (before, dot) = (&glyphs[at - 1], &glyphs[at]);
            before.c == dot.c && (before.y - dot.y).abs() < 0.1 * dot.size && before.x < dot.x
        };
        if !goes_on {
            from = at;
        }
        let is_last = glyphs.get(at + 1).is_none_or(|next| {
            let dot = &glyphs[at];
            next.c != dot.c || (next.y - dot.y).abs() >= 0.1 * dot.size || next.x <= dot.x
        });
        if is_last && is_dot(glyphs[at].c) && at + 1 - from >= LEAST {
            leaders.push(from..at + 1);
        }
    }
    leaders
}

/// Where the page stands that a leader runs over: a number with dots of it before and behind.
fn page(dots: &[Glyph], stand_free: &[bool], others: &Others) -> Option<f32> {
    let (first, last) = (dots.first()?, dots.last()?);
    let page = others.last_before(last)?;
    let is_digit = page.c.is_ascii_digit() || ('０'..='９').contains(&page.c);
    let begins_before = dots
        .iter()
        .zip(stand_free)
        .any(|(dot, stands_free)| *stands_free && dot.x < page.x);
    (is_digit && page.x > first.x && begins_before).then_some(page.x)
}

/// The other characters of a page by the height of their line, from left to right.
struct Others {
    rows: HashMap<i64, Vec<Glyph>>,
}

impl Others {
    fn of(glyphs: impl Iterator<Item = Glyph>) -> Self {
        let mut rows: HashMap<i64, Vec<Glyph>> = HashMap::new();
        for glyph in
            glyphs.filter(|glyph| !glyph.c.is_whitespace() || glyph.advance <= WIDEST * glyph.size)
        {
            rows.entry(height(&glyph)).or_default().push(glyph);
        }
        for row in rows.values_mut() {
            row.sort_by(|a, b| a.x.total_cmp(&b.x));
        }
        Self { rows }
    }

    /// The rows on the line of a dot, which may be a little higher or lower.
    fn beside(&self, dot: &Glyph) -> impl Iterator<Item = &Vec<Glyph>> {
        let height = height(dot);
        (height - 1..=height + 1).filter_map(|height| self.rows.get(&height))
    }

    fn stand_at(&self, dot: &Glyph) -> bool {
        let ink = INK.mul_add(dot.advance, dot.x);
        self.beside(dot).any(|row| {
            let end = row.partition_point(|other| other.x <= ink);
            end.checked_sub(1).is_some_and(|at| ink < row[at].end())
        })
    }

    /// The last one that is no space and begins before a dot ends.
    fn last_before(&self, dot: &Glyph) -> Option<Glyph> {
        let last = |row: &Vec<Glyph>| {
            let end = row.partition_point(|other| other.x < dot.end());
            row[..end]
                .iter()
                .rev()
                .find(|other| !other.c.is_whitespace())
                .copied()
        };
        self.beside(dot)
            .filter_map(last)
            .max_by(|a, b| a.x.total_cmp(&b.x))
    }
}

/// The height of a line, in points.
#[expect(clippy::cast_possible_truncation, reason = "a height on paper")]
fn height(glyph: &Glyph) -> i64 {
    glyph.y.round() as i64
}

fn is_dot(c: char) -> bool {
    ".．·・…⋯‥".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Characters of a width from a place on, on one line.
    fn text(text: &str, from: f32, advance: f32) -> Vec<Glyph> {
        let one = |(nth, c): (u16, char)| Glyph {
            c,
            x: advance.mul_add(f32::from(nth), from),
            y: 0.0,
            size: 10.0,
            advance,
            style: 0,
        };
        (0..).zip(text.chars()).map(one).collect()
    }

    fn read(parts: &[Vec<Glyph>]) -> String {
        let mut glyphs = trimmed(&parts.concat());
        glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
        glyphs.iter().map(|glyph| glyph.c).collect()
    }

    #[test]
    fn a_leader_begins_behind_the_words_and_ends_before_the_page() {
        let headline = text("签约总投资4.5亿元", 0.0, 10.0);
        let leader = text("...............", 73.0, 10.0);
        let page = text("12", 190.0, 10.0);
        assert_eq!(
            read(&[headline, leader, page]),
            "签约总投资4.5亿元.........12"
        );
        // The words end in a number, behind which the leader begins.
        let headline = text("签约总投资4.5", 0.0, 10.0);
        let leader = text("...............", 63.0, 10.0);
        let page = text("12", 230.0, 10.0);
        assert_eq!(
            read(&[headline, leader, page]),
            "签约总投资4.5.............12"
        );
    }

    #[test]
    fn what_stands_beside_each_other_is_left() {
        let headline = text("总投资4.5亿元", 0.0, 10.0);
        let leader = text("..........", 80.0, 5.0);
        let page = text("3", 140.0, 5.0);
        let line = "总投资4.5亿元..........3";
        assert_eq!(read(&[headline, leader, page]), line);
        // Digits that stand closer than they are wide, and a point between them.
        let headline: Vec<Glyph> = text("48.26", 0.0, 5.0);
        let wide = headline.into_iter().map(|glyph| Glyph {
            advance: 10.0,
            ..glyph
        });
        let leader = text("..........", 80.0, 5.0);
        assert_eq!(read(&[wide.collect(), leader]), "48.26..........");
        // No leader: two lines that are drawn over each other are not told apart here.
        let over = [text("园区.周报", 0.0, 10.0), text("...", 2.0, 10.0)];
        assert_eq!(read(&over).matches('.').count(), 4);
    }
}
