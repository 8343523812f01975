//! Findings that say the same, once: one damaged page is met by every look at what stands on it.
//! Must not leave out a finding of which another does not tell.

use crate::store::finding::Finding;

/// The kind of what SQLite says of the pages of a file, one finding a complaint.
const OF_PAGES: &str = "file-damaged";

/// Each of the findings once, and of the complaints about the pages of one file the first, with the number of the others as `n`.
pub(super) fn condensed(findings: Vec<Finding>) -> Vec<Finding> {
    let mut condensed: Vec<(Finding, usize)> = vec![];
    for finding in findings {
        let is_of_pages = |one: &Finding| {
            one.kind == OF_PAGES && finding.kind == OF_PAGES && path(one) == path(&finding)
        };
        if condensed.iter().any(|(one, _)| *one == finding) {
            continue;
        }
        match condensed.iter_mut().find(|(one, _)| is_of_pages(one)) {
            Some((_, others)) => *others += 1,
            None => condensed.push((finding, 0)),
        }
    }
    let counted = condensed.into_iter().map(|(mut finding, others)| {
        if others > 0 {
            finding.arguments.push(("n", others.to_string()));
        }
        finding
    });
    counted.collect()
}

fn path(finding: &Finding) -> Option<&str> {
    let mut arguments = finding.arguments.iter();
    let path = arguments.find(|(name, _)| *name == "path");
    path.map(|(_, path)| path.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_one_page_is_said_once() {
        let of = |kind, path: &str, reason: &str| {
            let arguments = vec![("path", path.to_owned()), ("reason", reason.to_owned())];
            Finding::wrong(kind, "restore-marks", arguments)
        };
        let one = of(OF_PAGES, "marks", "page 2");
        let other = of(OF_PAGES, "library", "page 3");
        let table = of("table-unreadable", "marks", "malformed");
        let found = condensed(vec![
            one.clone(),
            of(OF_PAGES, "marks", "page 4"),
            other.clone(),
            table.clone(),
            of(OF_PAGES, "marks", "page 5"),
            table.clone(),
        ]);
        let mut counted = one;
        counted.arguments.push(("n", "2".to_owned()));
        assert_eq!(found, [counted, other, table]);
    }
}
