//! The columns of an import's lines, which are written one by one: what is known before is as wide as it will be, the rest as
//! wide as it was so far.
//! Must not cut a cell.

use crate::text::WidthPolicy;

/// Columns that the longest name takes up at most; a longer one pushes the rest of its line.
const NAME: usize = 40;
/// What stands between two cells.
const GAP: &str = "  ";

/// The widths of the columns so far.
#[derive(Debug)]
pub(super) struct Columns {
    name: usize,
    status: usize,
    title: usize,
    items: usize,
}

impl Columns {
    /// For files of these names and for these words.
    pub fn of(
        names: impl Iterator<Item = String>,
        statuses: impl IntoIterator<Item = String>,
    ) -> Self {
        let widest = |texts: &mut dyn Iterator<Item = String>| {
            texts.map(|text| width(&text)).max().unwrap_or(0)
        };
        Self {
            name: widest(&mut names.filter(|name| width(name) <= NAME)),
            status: widest(&mut statuses.into_iter()),
            title: 0,
            items: 0,
        }
    }

    /// The line of a file.
    pub fn file(
        &mut self,
        name: &str,
        status: &str,
        title: &str,
        items: &str,
        notes: &[String],
    ) -> String {
        self.title = self.title.max(width(title));
        let cells = [
            left(name, self.name),
            left(status, self.status),
            left(title, self.title),
        ];
        self.line(cells.into(), items, notes)
    }

    /// The line of one of several issues of a file.
    pub fn issue(&mut self, title: &str, status: &str, items: &str, notes: &[String]) -> String {
        self.title = self.title.max(width(title));
        let cells = [left(title, self.title), left(status, self.status)];
        let line = self.line(cells.into(), items, notes);
        format!("{GAP}{line}")
    }

    fn line(&mut self, mut cells: Vec<String>, items: &str, notes: &[String]) -> String {
        self.items = self.items.max(width(items));
        let fill = " ".repeat(self.items - width(items));
        cells.push(format!("{fill}{items}"));
        cells.extend_from_slice(notes);
        cells.join(GAP).trim_end().to_owned()
    }
}

fn width(text: &str) -> usize {
    WidthPolicy::default().width(text)
}

/// `text`, filled up to so many columns.
fn left(text: &str, columns: usize) -> String {
    let fill = columns.saturating_sub(width(text));
    format!("{text}{}", " ".repeat(fill))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hanzi_and_letters_line_up_and_a_long_name_pushes() {
        let owned = |text: &str| text.to_owned();
        let long = "x".repeat(NAME + 1);
        let names = ["园区.txt", "a.txt", &long].map(owned);
        let mut columns = Columns::of(names.into_iter(), ["新增", "unchanged"].map(owned));
        let lines = [
            columns.file("园区.txt", "新增", "园区周报 101期", "64 条", &[]),
            columns.file(
                "a.txt",
                "unchanged",
                "周报 7期",
                "4 条",
                &["2 处".to_owned()],
            ),
            columns.file(&long, "新增", "周报 7期", "14 条", &[]),
            columns.issue("周报 7期", "新增", "4 条", &[]),
        ];
        assert_eq!(lines[0], "园区.txt  新增       园区周报 101期  64 条");
        assert_eq!(lines[1], "a.txt     unchanged  周报 7期         4 条  2 处");
        assert_eq!(
            lines[2],
            format!("{long}  新增       周报 7期        14 条")
        );
        assert_eq!(lines[3], "  周报 7期        新增        4 条");
    }
}
