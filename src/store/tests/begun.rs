//! What a killed program leaves of a WAL that it had only begun: the header, beside an index that knows of no frame.
//! No file with that is damaged, and nothing that reads one may take it for that.

use super::check::{kinds, library};
use super::*;
use crate::store::{Condition, Glance, Present, Restoration, examine, rebuild};
use std::fs;
use std::path::Path;

const NAMES: [&str; 2] = ["library.sqlite3", "marks.sqlite3"];
/// Bytes of the header of a WAL.
const HEADER: usize = 32;

/// A library as it is left where both WALs were only begun; with the bytes that must stay.
fn begun(folder: &Path, change: impl Fn(&mut [u8])) -> Vec<Vec<u8>> {
    let store = library(folder);
    let wal = |name: &str| folder.join(format!("{name}-wal"));
    let headers = NAMES.map(|name| fs::read(wal(name)).unwrap()[..HEADER].to_vec());
    drop(store);
    for (name, mut header) in NAMES.into_iter().zip(headers) {
        change(&mut header);
        fs::write(wal(name), header).unwrap();
        // Nobody has it open: SQLite trusts nothing in it.
        fs::write(folder.join(format!("{name}-shm")), vec![0; 32768]).unwrap();
    }
    bytes(folder)
}

/// The databases and their WALs.
fn bytes(folder: &Path) -> Vec<Vec<u8>> {
    let ends = ["", "-wal"];
    let names = NAMES.iter().flat_map(|name| ends.map(|end| (name, end)));
    names
        .map(|(name, end)| fs::read(folder.join(format!("{name}{end}"))).unwrap())
        .collect()
}

#[test]
fn a_wal_that_was_only_begun_is_no_damage() {
    // As it is, and as a disk leaves it that had not yet written it.
    let changes: [fn(&mut [u8]); 2] = [|_| (), |header| header.fill(0)];
    for change in changes {
        let folder = tempfile::tempdir().unwrap();
        let before = begun(folder.path(), change);
        assert!(kinds(folder.path()).is_empty());
        let (examined, findings) = examine(folder.path()).unwrap();
        let conditions = examined.map(|one| one.condition);
        assert_eq!(conditions, [Condition::Sound; 2]);
        assert!(findings.is_empty(), "{findings:?}");
        let place = Place::Folder(folder.path().to_owned());
        let glance = Glance::open(&place).unwrap();
        let marks = glance.marks(PUBLICATION, IssueNumber(7)).unwrap();
        assert_eq!(marks.len(), 1);
        drop(glance);
        assert_eq!(bytes(folder.path()), before);
    }
}

#[test]
fn whole_marks_are_not_restored_as_damaged_ones() {
    let folder = tempfile::tempdir().unwrap();
    begun(folder.path(), |_| ());
    let place = Place::Folder(folder.path().to_owned());
    let copies = folder.path().join("copies");
    fs::create_dir_all(&copies).unwrap();
    let empty = tempfile::tempdir().unwrap();
    drop(Store::open(&Place::Folder(empty.path().to_owned())).unwrap());
    let copy = copies.join("marks-2026-01-31T080000Z.sqlite3");
    fs::copy(empty.path().join("marks.sqlite3"), copy).unwrap();
    let restoration = Restoration::of(&place, None).unwrap();
    let Present::Whole(counts) = &restoration.present else {
        panic!("{:?}", restoration.present)
    };
    assert_eq!((counts.items, restoration.lost.items), (2, 2));
    let aside = restoration.carry_out().unwrap().set_aside.unwrap();
    assert!(aside.to_str().unwrap().contains(".replaced-"));
}

#[test]
fn sound_content_is_made_again_in_its_place() {
    let folder = tempfile::tempdir().unwrap();
    begun(folder.path(), |_| ());
    let place = Place::Folder(folder.path().to_owned());
    let rebuilt = rebuild(&place, &|| true, &mut |_, _, document, fresh| {
        for claim in &document.issues {
            let former = fresh.former(claim).unwrap();
            fresh.keep(document, claim, &former)?;
        }
        Ok(())
    });
    assert_eq!(rebuilt.unwrap().unwrap().set_aside, None);
    assert!(kinds(folder.path()).is_empty());
}
