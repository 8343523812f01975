//! From the runs of a column to its lines, and how far these can reach.
//! Must not look beyond one column of one page.

use super::captions;
use super::columns::Block;
use super::runs::{Run, median};
use super::sheet::Area;

/// How far apart two baselines of one line may be, in ems of the smaller type.
const BASELINE: f32 = 0.4;

/// Share of the lines of a column that must begin at one place for it to be the edge, and no mark that hangs out.
const EDGE: usize = 8;

/// How far a number stands from what is before it to be the page of a line of the contents, in ems: a blank of justified text that a
/// number stands behind is half of one.
const NUMBER_APART: f32 = 1.0;

/// Greatest indent of the first line of a paragraph, in ems.
const INDENT: f32 = 2.5;

/// How far below the line before one stands that is in the same cell, in ems.
const BELOW: f32 = 3.0;

/// A line as printed.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    /// Baseline.
    pub(super) y: f32,
    /// Of most of its characters.
    pub(super) size: f32,
    /// Of all its hanzi; none where they are of several.
    pub(super) style: Option<u32>,
    /// How wide its beginning is that no line end can part.
    pub(super) chunk: f32,
    /// Whether it ends in a number that stands apart.
    pub(super) is_numbered: bool,
    /// Between which places it could have stood: the column, less the pictures beside it.
    pub(super) room: (f32, f32),
    /// Whether a picture stands above it, below the line before.
    pub(super) is_parted: bool,
}

/// A column of one page.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) lines: Vec<Line>,
    /// Which one it is of how many.
    pub(super) place: (usize, usize),
    /// What stands below pictures of the page, each by its place among them.
    pub(super) captions: Vec<(usize, String)>,
}

/// The lines of a part of a page from top to bottom; `images` are those of the page, `body` is the size of the text.
pub(super) fn column(block: Block, images: &[Area], body: f32) -> Column {
    let Block { runs, column } = block;
    // One that stands beside text would be taken for a piece of its line.
    let (beside, mut runs): (Vec<Run>, Vec<Run>) = runs
        .into_iter()
        .partition(|run| captions::says(&run.text) && caption(run, images, body).is_some());
    runs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut rows: Vec<Vec<Run>> = vec![];
    for run in runs {
        let open = rows.last_mut().filter(|row| {
            let first = &row[0];
            run.y - first.y <= BASELINE * run.size.min(first.size)
        });
        match open {
            Some(row) => row.push(run),
            None => rows.push(vec![run]),
        }
    }
    let (mut lines, mut captions) =
        without_captions(rows.into_iter().map(line).collect(), images, body);
    let beside = beside
        .into_iter()
        .filter_map(|run| Some((caption(&run, images, body)?, run.text)));
    captions.extend(beside);
    let (left, right) = edges(&lines);
    let mut cell = Cell::default();
    for line in &mut lines {
        line.room = cell.room(line, room(line, (left, right), images), (left, right));
    }
    for at in 1..lines.len() {
        let (above, below) = (lines[at - 1].y, lines[at].y);
        let parts = |area: &Area| {
            (above..below).contains(&area.middle().1) && area.right > left && area.left < right
        };
        lines[at].is_parted = images.iter().any(parts);
    }
    Column {
        lines,
        place: column,
        captions,
    }
}

/// The picture that a run alone is the caption of.
fn caption(run: &Run, images: &[Area], body: f32) -> Option<usize> {
    captions::of(&line(vec![run.clone()]), None, images, body)
}

/// The lines of the text, and those that belong to pictures.
fn without_captions(
    all: Vec<Line>,
    images: &[Area],
    body: f32,
) -> (Vec<Line>, Vec<(usize, String)>) {
    let (mut lines, mut found): (Vec<Line>, Vec<(usize, String)>) = (vec![], vec![]);
    let mut before: Option<(Line, usize)> = None;
    for line in all {
        let above = before.as_ref().map(|(line, image)| (line, *image));
        let image = captions::of(&line, above, images, body);
        match (image, above) {
            (Some(image), Some((_, other))) if image == other => {
                if let Some((_, caption)) = found.last_mut() {
                    caption.push_str(&line.text);
                }
            }
            (Some(image), _) => found.push((image, line.text.clone())),
            (None, _) => lines.push(line.clone()),
        }
        before = image.map(|image| (line, image));
    }
    (lines, found)
}

/// Runs side by side as one line.
fn line(mut runs: Vec<Run>) -> Line {
    runs.sort_by(|a, b| a.left.total_cmp(&b.left));
    let sizes = runs
        .iter()
        .flat_map(|run| std::iter::repeat_n(run.size, run.count()));
    let size = median(sizes.collect());
    let is_number = |run: &Run| run.text.chars().all(|c| c.is_ascii_digit());
    let is_numbered = match &runs[..] {
        [.., before, last] => is_number(last) && last.left - before.right >= NUMBER_APART * size,
        _ => false,
    };
    let mut styles = runs.iter().map(|run| run.style);
    let style = styles.next().flatten();
    let texts: Vec<&str> = runs.iter().map(|run| run.text.as_str()).collect();
    Line {
        text: texts.join(" "),
        left: runs.first().map_or(0.0, |run| run.left),
        right: runs.iter().map(|run| run.right).fold(0.0, f32::max),
        y: median(runs.iter().map(|run| run.y).collect()),
        size,
        style: style.filter(|style| styles.all(|other| other == Some(*style))),
        chunk: runs.first().map_or(0.0, |run| run.chunk),
        is_numbered,
        room: (0.0, 0.0),
        is_parted: false,
    }
}

/// Where the lines of a column begin and end.
fn edges(lines: &[Line]) -> (f32, f32) {
    let mut lefts: Vec<f32> = lines.iter().map(|line| line.left).collect();
    lefts.sort_by(f32::total_cmp);
    // The leftmost place at which several lines begin.
    let least = (lines.len() / EDGE).max(1);
    // Sorted: so many stand together where the last of them is near the first.
    let together = |places: &&[f32]| places[places.len() - 1] - places[0] <= 2.0;
    let edge = lefts.windows(least).find(together).map(|places| places[0]);
    let left = edge.or(lefts.first().copied()).unwrap_or_default();
    let right = lines.iter().map(|line| line.right).fold(left, f32::max);
    (left, right)
}

/// Widens the room of lines to what columns of their kind have in the whole issue: a page of short lines does not show it.
pub(super) fn widen(line: &mut Line, widest: f32, own: f32) {
    // Not where a picture keeps the line from going there.
    if own < widest {
        let (left, right) = line.room;
        if right - left >= own - 1.0 {
            line.room = (left, left + widest);
        }
    }
}

/// How wide a column is.
pub(super) fn width(column: &Column) -> f32 {
    let (left, right) = edges(&column.lines);
    right - left
}

/// Between which places a line could have stood.
fn room(line: &Line, (left, right): (f32, f32), images: &[Area]) -> (f32, f32) {
    let height = line.y - 0.4 * line.size;
    let beside = images
        .iter()
        .filter(|area| (area.top..=area.bottom).contains(&height));
    let mut room = (left, right);
    for area in beside {
        // Pictures keep some distance from the text.
        if area.left >= line.right - 1.0 {
            room.1 = room.1.min(area.left - 0.5 * line.size);
        } else if area.right <= line.left + 1.0 {
            room.0 = room.0.max(area.right);
        }
    }
    (room.0, room.1.max(line.right))
}

/// The cell of a table that lines stand in beside a picture: they keep to it below the picture, too.
#[derive(Default)]
struct Cell {
    room: Option<(f32, f32)>,
    /// Where the last line of it stands.
    y: f32,
}

impl Cell {
    /// The room of the next line, which has its `own` in a column from `left` to `right`.
    fn room(&mut self, line: &Line, own: (f32, f32), (left, right): (f32, f32)) -> (f32, f32) {
        let is_beside = own.0 > left + line.size || own.1 < right - line.size;
        let keeps_to = |room: &(f32, f32)| {
            let indent = line.left - room.0;
            (-1.0..=INDENT * line.size).contains(&indent)
                && line.right <= room.1 + 1.0
                && line.y - self.y <= BELOW * line.size
        };
        self.room = if is_beside {
            Some(own)
        } else {
            self.room.filter(keeps_to)
        };
        self.y = line.y;
        self.room.unwrap_or(own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::pdf::runs::{self, tests};

    fn column_of(lines: &[(&str, f32, f32)], images: &[Area]) -> Column {
        let glyphs = lines
            .iter()
            .flat_map(|(text, x, y)| tests::line(text, *x, *y, 10.0));
        let runs = runs::runs(&tests::sheet(glyphs.collect()));
        column(
            Block {
                runs,
                column: (0, 1),
            },
            images,
            10.0,
        )
    }

    #[test]
    fn runs_of_one_baseline_are_a_line_from_left_to_right() {
        let column = column_of(
            &[
                ("园区周报", 50.0, 100.0),
                ("12", 300.0, 101.0),
                ("次行", 50.0, 120.0),
            ],
            &[],
        );
        let texts: Vec<&str> = column.lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(texts, ["园区周报 12", "次行"]);
        assert!(column.lines[0].is_numbered);
        assert_eq!(column.lines[1].room, (50.0, 310.0));
        assert!((width(&column) - 260.0).abs() < 0.01);
    }

    #[test]
    fn a_picture_beside_a_line_leaves_it_less_room() {
        let photo = Area {
            left: 200.0,
            top: 80.0,
            right: 300.0,
            bottom: 110.0,
        };
        let lines = [
            ("短行在图左边", 50.0, 100.0),
            ("一行在图片之下并且延伸到页面的右边缘去", 50.0, 120.0),
        ];
        let column = column_of(&lines, &[photo]);
        assert_eq!(column.lines[0].room, (50.0, 195.0));
        assert!(column.lines[1].room.1 > 235.0);
    }

    #[test]
    fn a_mark_that_hangs_out_is_no_edge() {
        let mut lines: Vec<(&str, f32, f32)> = vec![("●标题", 40.0, 90.0)];
        lines.extend((0..20_u8).map(|nth| ("正文一行", 60.0, 100.0 + 12.0 * f32::from(nth))));
        let column = column_of(&lines, &[]);
        assert!((column.lines[3].room.0 - 60.0).abs() < 0.01);
    }
}
