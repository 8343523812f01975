//! Columns: the order in which the parts of a page are read that its gutters make.
//! Must not look for the gutters, nor for what stands across them.

use super::across::{Setting, goes_on, partings, wide};
use super::gutters::middle;
use super::runs::Run;

/// A part of a page that is read from top to bottom before the next.
#[derive(Debug, PartialEq)]
pub(super) struct Block {
    pub(super) runs: Vec<Run>,
    /// Which column it is of how many; a block across the whole page is the first of one.
    pub(super) column: (usize, usize),
}

/// The blocks of a page, while its runs come from top to bottom.
struct Blocks {
    closed: Vec<Block>,
    /// What is open: across the columns, or in each of them.
    wide: Vec<Run>,
    columns: Vec<Vec<Run>>,
}

impl Blocks {
    fn close_columns(&mut self) {
        let count = self.columns.len();
        for (nth, column) in self.columns.iter_mut().enumerate() {
            if !column.is_empty() {
                self.closed.push(Block {
                    runs: std::mem::take(column),
                    column: (nth, count),
                });
            }
        }
    }

    fn close_wide(&mut self) {
        if !self.wide.is_empty() {
            self.closed.push(Block {
                runs: std::mem::take(&mut self.wide),
                column: (0, 1),
            });
        }
    }
}

/// The parts of a page in the order of reading: what stands across the gutters parts those above it from those below it.
pub(super) fn blocks(runs: Vec<Run>, setting: &Setting<'_>) -> Vec<Block> {
    let gutters = setting.gutters;
    if gutters.is_empty() {
        return vec![Block {
            runs,
            column: (0, 1),
        }];
    }
    let pieces = runs.into_iter().flat_map(|run| {
        if setting.is_head(&run) {
            vec![run]
        } else {
            parted(run, gutters)
        }
    });
    let runs: Vec<Run> = pieces.collect();
    let wide = wide(&runs, setting);
    let partings = partings(&runs, setting);
    let mut blocks = Blocks {
        closed: vec![],
        wide: vec![],
        columns: vec![vec![]; gutters.len() + 1],
    };
    let mut last = f32::MIN;
    for (run, is_wide) in runs.iter().zip(wide) {
        if partings.iter().any(|y| (last..run.y).contains(y)) {
            blocks.close_columns();
        }
        last = last.max(run.y);
        if is_wide || goes_on(blocks.wide.last(), run, &runs, setting) {
            blocks.close_columns();
            blocks.wide.push(run.clone());
        } else {
            blocks.close_wide();
            blocks.columns[setting.nth(middle(run))].push(run.clone());
        }
    }
    blocks.close_columns();
    blocks.close_wide();
    blocks.closed
}

/// A run as the pieces that stand in different columns.
fn parted(run: Run, gutters: &[f32]) -> Vec<Run> {
    let mut pieces = vec![run];
    for gutter in gutters {
        let last = pieces
            .last()
            .filter(|last| last.left < *gutter && last.right > *gutter);
        if let Some(parts) = last.and_then(|last| last.parted(*gutter)) {
            pieces.pop();
            pieces.extend(parts);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::pdf::across::room;
    use crate::source::pdf::gutters::tests::{FILLER, columns, page};
    use crate::source::pdf::runs::tests;
    use crate::source::pdf::sheet::Area;

    fn heading(y: f32) -> Run {
        let mut run = tests::run("二、综合资讯", y);
        run.size = 26.0;
        run
    }

    const SETTING: Setting<'_> = Setting {
        gutters: &[300.0],
        images: &[],
        body: 20.0,
        heads: &[],
        room: 0.0,
    };

    #[test]
    fn columns_are_read_one_after_the_other_and_what_crosses_them_parts_them() {
        let mut lines = columns(&[50.0, 330.0], 2);
        lines.push((50.0, 180.0, "一、招商引资栏目的标题横跨两栏之上并且很长"));
        lines.extend([(330.0, 220.0, "右"), (50.0, 221.0, "左")]);
        let (_, runs) = page(&lines);
        let blocks = blocks(runs, &SETTING);
        let read: Vec<(usize, usize)> = blocks.iter().map(|block| block.column).collect();
        assert_eq!(read, [(0, 2), (1, 2), (0, 1), (0, 2), (1, 2)]);
        assert_eq!(blocks[3].runs[0].text, "左");
        assert_eq!(blocks[0].runs.len(), 2);
    }

    #[test]
    fn a_heading_below_balanced_columns_stands_across_them() {
        let read = |rows: u8, right: &[f32]| {
            let mut lines: Vec<(f32, f32, &str)> = (0..rows)
                .map(|row| (50.0, 100.0 + 30.0 * f32::from(row), FILLER))
                .collect();
            lines.extend(right.iter().map(|y| (330.0, *y, FILLER)));
            let (_, mut runs) = page(&lines);
            runs.push(heading(100.0 + 30.0 * f32::from(rows)));
            let blocks = blocks(runs, &SETTING);
            blocks.iter().map(|block| block.column).collect::<Vec<_>>()
        };
        assert_eq!(read(3, &[100.0, 130.0]), [(0, 2), (1, 2), (0, 1)]);
        assert_eq!(
            read(9, &[100.0]),
            [(0, 2), (1, 2)],
            "the last column ends early"
        );
        assert_eq!(
            read(3, &[100.0, 130.0, 160.0, 190.0]),
            [(0, 2), (1, 2)],
            "it is not alone"
        );
    }

    fn places(blocks: &[Block]) -> Vec<(usize, usize)> {
        blocks.iter().map(|block| block.column).collect()
    }

    #[test]
    fn headlines_of_a_size_that_stands_across_are_not_parted() {
        let mut lines = columns(&[50.0, 330.0], 2);
        lines.push((50.0, 200.0, "短标题"));
        let (_, mut runs) = page(&lines);
        runs[4].size = 26.0;
        let within = blocks(runs.clone(), &SETTING);
        assert_eq!(places(&within), [(0, 2), (1, 2)]);
        let setting = Setting {
            heads: &[26.0],
            ..SETTING
        };
        assert_eq!(places(&blocks(runs, &setting)), [(0, 2), (1, 2), (0, 1)]);
    }

    #[test]
    fn the_last_line_of_a_paragraph_across_the_columns_stands_across_them() {
        let wide = "导语横跨两栏一直写到右边的栏末为止总共有二十五个字";
        let mut lines = vec![(50.0, 40.0, wide), (50.0, 70.0, "余下。")];
        lines.extend(columns(&[50.0, 330.0], 2));
        let (_, runs) = page(&lines);
        let read = blocks(runs, &SETTING);
        assert_eq!(places(&read), [(0, 1), (0, 2), (1, 2)]);
        assert_eq!(read[0].runs.len(), 2);
    }

    #[test]
    fn pieces_of_a_line_that_a_space_parts_at_the_gutter_stand_across_it() {
        let mut lines = columns(&[50.0, 350.0], 10);
        lines.extend([
            (90.0, 40.0, "导语的这一行在此处"),
            (284.0, 40.0, "有一个空格"),
        ]);
        let (_, runs) = page(&lines);
        let setting = Setting {
            gutters: &[280.0],
            room: room(std::iter::once((&*runs, &[280.0][..]))),
            ..SETTING
        };
        assert!(setting.room > 30.0, "{}", setting.room);
        let read = blocks(runs.clone(), &setting);
        assert_eq!(places(&read), [(0, 1), (0, 2), (1, 2)]);
        let apart = Setting {
            room: 0.0,
            ..setting
        };
        assert_eq!(places(&blocks(runs, &apart)), [(0, 2), (1, 2)]);
    }

    #[test]
    fn a_photo_across_the_columns_parts_them_unless_text_stands_beside_it() {
        let mut lines = columns(&[50.0, 330.0], 2);
        let below = columns(&[50.0, 330.0], 2).into_iter();
        lines.extend(below.map(|(x, y, text)| (x, y + 300.0, text)));
        let photo = |left: f32| Area {
            left,
            top: 150.0,
            right: 530.0,
            bottom: 370.0,
        };
        let read = |lines: &[(f32, f32, &str)], photo: Area| {
            let setting = Setting {
                images: &[photo],
                ..SETTING
            };
            places(&blocks(page(lines).1, &setting))
        };
        let parted = [(0, 2), (1, 2), (0, 2), (1, 2)];
        assert_eq!(read(&lines, photo(50.0)), parted);
        assert_eq!(read(&lines, photo(270.0)), [(0, 2), (1, 2)]);
        lines.insert(4, (50.0, 250.0, "旁"));
        assert_eq!(read(&lines, photo(100.0)), [(0, 2), (1, 2)]);
    }
}
