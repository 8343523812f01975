//! The marks whose item the library does not hold, an issue at a time.
//! Must not take one for damage: it waits for its item, and nothing of it is lost.

use super::rows::{Read, read};
use crate::store::finding::Finding;
use crate::store::order;
use rusqlite::{Connection, params};
use std::collections::BTreeMap;
use std::path::Path;

/// What makes a mark one that the reader set on purpose, in SQL; reading alone sets the others.
const DELIBERATE: &str = "(bookmarked = 1 OR note IS NOT NULL OR EXISTS (SELECT 1 FROM tag \
    WHERE tag.publication = mark.publication AND tag.number = mark.number AND tag.headline = mark.headline \
    AND tag.nth = mark.nth AND tag.present = 1))";

/// What makes a mark one that an import is carrying to another name, in SQL: it, or whoever opens the library next, settles it.
const ON_THE_WAY: &str = "EXISTS (SELECT 1 FROM carried WHERE (carried.publication, carried.number, carried.headline, carried.nth) \
    = (mark.publication, mark.number, mark.headline, mark.nth) OR (carried.former_publication, carried.former_number, \
    carried.former_headline, carried.former_nth) = (mark.publication, mark.number, mark.headline, mark.nth))";

/// The marks that wait.
#[derive(Default)]
struct Waiting {
    /// How many of each issue, by normalised publication and number.
    issues: BTreeMap<(String, i64), u32>,
    /// Read states and places.
    quiet: u32,
}

/// What is to be said of marks that wait; `library` is none where there is no content at all.
pub(super) fn check(marks: &Connection, library: Option<&Connection>, path: &Path) -> Vec<Finding> {
    let held = Held(library);
    let mut waiting = Waiting::default();
    let sql = format!(
        "SELECT publication, number, headline, nth, {DELIBERATE}, read OR place IS NOT NULL FROM mark \
         WHERE NOT {ON_THE_WAY}"
    );
    let Read { error, .. } = read(marks, &sql, |row| {
        let name: (String, i64, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        let (is_deliberate, is_read) = (row.get(4)?, row.get(5)?);
        if (is_deliberate || is_read) && !held.item(&name) {
            if is_deliberate {
                *waiting.issues.entry((name.0, name.1)).or_default() += 1;
            } else {
                waiting.quiet += 1;
            }
        }
        Ok(())
    });
    let mut findings: Vec<Finding> = waiting
        .issues
        .into_iter()
        .map(|((publication, number), n)| {
            let kind = if held.issue(&publication, number) {
                "marks-wait-for-items"
            } else {
                "marks-wait-for-issue"
            };
            let arguments = vec![
                ("n", n.to_string()),
                ("issue", format!("{publication} {number}")),
                ("address", format!("{publication}:{number}")),
            ];
            Finding::wrong(kind, kind, arguments)
        })
        .collect();
    if waiting.quiet > 0 {
        let arguments = vec![("n", waiting.quiet.to_string())];
        findings.push(Finding::told("marks-quiet", "nothing", arguments));
    }
    findings.extend(error.map(|reason| {
        let arguments = vec![
            ("path", path.display().to_string()),
            ("table", "mark".to_owned()),
            ("reason", reason),
        ];
        Finding::wrong("table-unreadable", "restore-marks", arguments)
    }));
    findings
}

/// What the library holds. What cannot be read of it is told with the content, and no mark waits for it.
struct Held<'a>(Option<&'a Connection>);

impl Held<'_> {
    fn issue(&self, publication: &str, number: i64) -> bool {
        let sql = "SELECT 1 FROM publication CROSS JOIN issue ON issue.publication = publication.id \
                   WHERE publication.key = ?1 AND issue.number = ?2";
        self.0.is_some_and(|library| {
            let held = library.prepare_cached(sql);
            held.and_then(|mut held| held.exists(params![publication, number]))
                .unwrap_or(true)
        })
    }

    fn item(&self, (publication, number, headline, nth): &(String, i64, String, i64)) -> bool {
        let sql = format!(
            "SELECT 1 FROM publication \
             CROSS JOIN issue ON issue.publication = publication.id AND issue.number = ?2 \
             CROSS JOIN item ON {} AND item.key_headline = ?3 AND item.key_nth = ?4 WHERE publication.key = ?1",
            order::items_of_sql("item.id", "issue.id")
        );
        self.0.is_some_and(|library| {
            let held = library.prepare_cached(&sql);
            held.and_then(|mut held| held.exists(params![publication, number, headline, nth]))
                .unwrap_or(true)
        })
    }
}
