//! Columns that line up, by display width.
//! Must not cut a cell: what is too wide for the terminal wraps there.

use crate::text::WidthPolicy;

/// To which side of its column a cell goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

/// The rows as lines, two columns of space between cells. The last cell of a row is not filled up.
pub(super) fn lines(rows: &[Vec<String>], sides: &[Side]) -> Vec<String> {
    let policy = WidthPolicy::default();
    let widths: Vec<usize> = (0..sides.len())
        .map(|n| {
            let cells = rows.iter().filter_map(|row| row.get(n));
            cells.map(|cell| policy.width(cell)).max().unwrap_or(0)
        })
        .collect();
    let line = |row: &Vec<String>| {
        let mut line = String::new();
        for ((cell, width), side) in row.iter().zip(&widths).zip(sides) {
            let fill = " ".repeat(width - policy.width(cell));
            match side {
                Side::Left => line.extend([cell, fill.as_str(), "  "]),
                Side::Right => line.extend([fill.as_str(), cell, "  "]),
            }
        }
        line.trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hanzi_and_digits_line_up() {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let rows = [row(["期", "条", "来源"]), row(["101期", "64", "a.txt"])];
        let lines = lines(&rows, &[Side::Left, Side::Right, Side::Left]);
        assert_eq!(lines, ["期     条  来源", "101期  64  a.txt"]);
    }
}
