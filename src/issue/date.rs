//! The date of an issue, as far as it is printed: year, month, and which issue of the month.
//! Must not be mistaken for a day: the week is a count of issues.

use super::IssueLabel;

/// 2023年1月1期, as far as it is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct IssueDate {
    /// 1900–2200.
    pub year: Option<u16>,
    /// 1–12.
    pub month: Option<u8>,
    /// Issue of the month, 1–6.
    pub week: Option<u8>,
}

impl From<&IssueLabel> for IssueDate {
    fn from(label: &IssueLabel) -> Self {
        Self {
            year: label.year,
            month: label.month,
            week: label.week,
        }
    }
}
