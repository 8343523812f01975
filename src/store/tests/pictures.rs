//! Photos: kept once, with their documents, found when they are damaged.

use super::*;
use crate::issue::{Picture, Placed};
use crate::source::hash;
use crate::store::{Packed, Status};

/// Pictures of these bytes, by their hash.
fn pictures(all: &[&[u8]]) -> Vec<(String, Vec<u8>)> {
    let pictures = all.iter().map(|bytes| (hash(bytes), bytes.to_vec()));
    pictures.collect()
}

fn picture(bytes: &[u8], n: u32) -> Picture {
    Picture {
        n,
        width: 640,
        height: 360,
        media_type: "image/jpeg".to_owned(),
        sha256: hash(bytes),
        caption: Some("签约现场".to_owned()),
    }
}

/// Imports an issue whose first item shows these pictures, from a document of its own.
fn import_with(store: &mut Store, number: u32, all: &[&[u8]]) -> Imported {
    let mut issue = plain(number);
    let shown: Vec<Picture> = all
        .iter()
        .zip(1..)
        .map(|(bytes, n)| picture(bytes, n))
        .collect();
    issue.sections[0].items[0].pictures.clone_from(&shown);
    let mut pages = pages();
    pages[0].pictures = shown
        .into_iter()
        .map(|picture| Placed { after: 1, picture })
        .collect();
    let bytes = pictures(all);
    let sha256 = format!("document {number}");
    let packed = Packed::from(Kept {
        path: "weekly.pdf",
        sha256: &sha256,
        parser: 1,
        pages: &pages,
    });
    store
        .import_packed(&issue, &packed.showing(&bytes))
        .unwrap()
}

fn kept(store: &Store) -> i64 {
    let sql = "SELECT count(*) FROM picture";
    store
        .connection
        .query_row(sql, [], |row| row.get(0))
        .unwrap()
}

#[test]
fn a_picture_reads_back_with_its_item() {
    let mut store = memory();
    let id = import_with(&mut store, 7, &[b"one", b"two"]).id;
    let item = store.item(heads(&store, id)[0].id).unwrap().unwrap().item;
    assert_eq!(item.pictures, [picture(b"one", 1), picture(b"two", 2)]);
    assert_eq!(store.picture(&hash(b"two")).unwrap().unwrap(), b"two");
    assert_eq!(store.picture(&hash(b"three")).unwrap(), None);
}

#[test]
fn it_is_kept_once_and_as_long_as_a_document_has_it() {
    let mut store = memory();
    let first = import_with(&mut store, 7, &[b"one", b"logo"]).id;
    let second = import_with(&mut store, 8, &[b"two", b"logo"]).id;
    assert_eq!(kept(&store), 3);
    store.remove(first).unwrap();
    assert_eq!(kept(&store), 2);
    assert!(store.picture(&hash(b"logo")).unwrap().is_some());
    // Another copy of the same document without it.
    import_with(&mut store, 8, &[b"two"]);
    assert_eq!(kept(&store), 1);
    store.remove(second).unwrap();
    assert_eq!(kept(&store), 0);
}

#[test]
fn what_is_lost_or_damaged_is_found_and_comes_back() {
    let mut store = memory();
    import_with(&mut store, 7, &[b"one", b"two"]);
    assert_eq!(
        import_with(&mut store, 7, &[b"one", b"two"]).status,
        Status::Unchanged
    );
    for damage in [
        "UPDATE picture SET bytes = x'00' WHERE id = 1",
        "DELETE FROM source_picture WHERE picture = 1; DELETE FROM picture WHERE id = 1",
    ] {
        store.connection.execute_batch(damage).unwrap();
        if damage.starts_with("UPDATE") {
            let read = pictures(&[b"one", b"two"])
                .into_iter()
                .map(|(sha256, _)| store.picture(&sha256));
            assert_eq!(
                read.filter(Result::is_err).count(),
                1,
                "what is damaged is not handed out"
            );
        }
        assert_eq!(
            import_with(&mut store, 7, &[b"one", b"two"]).status,
            Status::Replaced
        );
        assert_eq!(store.picture(&hash(b"one")).unwrap().unwrap(), b"one");
        assert_eq!(store.picture(&hash(b"two")).unwrap().unwrap(), b"two");
    }
}

#[test]
fn a_document_that_has_moved_is_known_to_be_where_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().join("there.pdf");
    std::fs::write(&there, "").unwrap();
    let mut store = memory();
    let mut import = |path: &str| {
        let kept = Kept {
            path,
            sha256: "document",
            parser: 1,
            pages: &pages(),
        };
        store.import(&plain(7), &kept).unwrap();
        let sql = "SELECT path FROM source";
        store
            .connection
            .query_row(sql, [], |row| row.get::<_, String>(0))
            .unwrap()
    };
    assert_eq!(import("/nowhere/weekly.pdf"), "/nowhere/weekly.pdf");
    let there = there.to_str().unwrap();
    assert_eq!(import(there), there);
    assert_eq!(import("/elsewhere/copy.pdf"), there, "it is still there");
}
