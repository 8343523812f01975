//! Issues of one name, and content that was written twice because it could not be found.

use super::*;
use crate::store::order;

#[test]
fn another_issue_with_the_name_of_one_that_is_there_is_not_stored() {
    let folder = tempfile::tempdir().unwrap();
    drop(library(folder.path()));
    let mut puts = vec![];
    rebuild(
        &at(folder.path()),
        &|| true,
        &mut |_, _, document, fresh| {
            let claim = &document.issues[0];
            // Both documents read as number 8, and as number 9.
            for number in [8, 9] {
                puts.push(fresh.put(document, Some(claim), &plain(number), 1)?);
            }
            Ok(())
        },
    )
    .unwrap();
    assert_eq!(puts, [Put::Made, Put::Made, Put::Held, Put::Held]);
}

/// Empties an index of the content: what it led to is not found any more, and can be written a second time.
fn empty_index(folder: &Path, name: &str) {
    let path = folder.join("library.sqlite3");
    let root: u32 = rusqlite::Connection::open(&path)
        .unwrap()
        .query_row(
            "SELECT rootpage FROM sqlite_schema WHERE name = ?1",
            [name],
            |row| row.get(0),
        )
        .unwrap();
    let root = usize::try_from(root).unwrap();
    let mut bytes = fs::read(&path).unwrap();
    let page = &mut bytes[(root - 1) * 4096..root * 4096];
    page.fill(0);
    // A leaf of an index without a cell, whose content begins at the end of the page.
    page[..8].copy_from_slice(&[10, 0, 0, 0, 0, 0x10, 0, 0]);
    fs::write(path, bytes).unwrap();
}

const INDICES: [&str; 4] = [
    "sqlite_autoindex_publication_1",
    "sqlite_autoindex_source_1",
    "sqlite_autoindex_issue_1",
    "issue_source",
];

#[test]
fn nothing_is_imported_into_content_in_which_it_could_not_be_found() {
    for index in INDICES {
        let folder = tempfile::tempdir().unwrap();
        drop(library(folder.path()));
        empty_index(folder.path(), index);
        let before = fs::read(folder.path().join("library.sqlite3")).unwrap();
        let mut store = Store::open(&at(folder.path())).unwrap();
        // Not at the second try either.
        for number in [7, 9] {
            let refused = import_from(&mut store, &plain(number), "another", 1).unwrap_err();
            assert_eq!(refused.code(), "library-damaged", "{index}: {refused}");
        }
        drop(store);
        let after = fs::read(folder.path().join("library.sqlite3")).unwrap();
        assert!(after == before, "{index}");
    }
}

#[test]
fn what_was_written_twice_is_merged_and_the_newest_reading_stays() {
    let folder = tempfile::tempdir().unwrap();
    drop(library(folder.path()));
    for index in &INDICES[..3] {
        empty_index(folder.path(), index);
    }
    let library = rusqlite::Connection::open(folder.path().join("library.sqlite3")).unwrap();
    // Issue 7 once more, of a second publication of that name and a second document, a year later.
    let later = order::issue_id(order::Standing {
        date: (Some(2023), Some(1), Some(1)),
        publication: 2,
        number: IssueNumber(7),
    })
    .unwrap();
    library
        .execute_batch(&format!(
            "PRAGMA foreign_keys = OFF; \
             INSERT INTO publication SELECT 2, key, name FROM publication NOT INDEXED WHERE id = 1; \
             INSERT INTO source SELECT 9, 'later.txt', sha256, pages, number, year, month, week, decoding \
             FROM source NOT INDEXED WHERE id = 1; \
             INSERT INTO issue SELECT {later}, 2, number, year, month, week, publisher, site, note, '2999-01-01T00:00:00Z', \
             items, 9, parser, diagnostics, diagnostic_count, fixes, parsed, indexed FROM issue NOT INDEXED WHERE number = 7;",
            later = later.0
        ))
        .unwrap();
    drop(library);
    let mut seen = vec![];
    let rebuilt = rebuild(
        &at(folder.path()),
        &|| true,
        &mut |_, _, document, fresh| {
            seen.push((
                document.path.clone().unwrap(),
                document.issues.len(),
                document.is_merged,
            ));
            for claim in &document.issues {
                let read = fresh.put(document, Some(claim), &plain(claim.label.number.0), 2)?;
                assert_eq!(read, Put::Made);
            }
            Ok(())
        },
    );
    let rebuilt = rebuilt.unwrap().unwrap();
    assert_eq!((rebuilt.merged, rebuilt.set_aside.is_some()), (1, true));
    seen.sort();
    assert_eq!(
        seen,
        [
            ("later.txt".to_owned(), 1, false),
            ("weekly.txt".to_owned(), 0, true),
            ("weekly.txt".to_owned(), 1, false),
        ]
    );
    let store = Store::open(&at(folder.path())).unwrap();
    assert_eq!(numbers(&store), [8, 7]);
    let publications: u32 = store
        .connection
        .query_row("SELECT count(*) FROM publication", [], |row| row.get(0))
        .unwrap();
    assert_eq!(publications, 1);
    drop(store);
    assert_eq!(super::super::check::kinds(folder.path()), [""; 0]);
}
