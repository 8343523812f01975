//! What is damaged, emptied, lost or a stranger's, and that it is left as it is.

use super::*;
use crate::store::Restoration;
use crate::store::tests::check::kinds;

#[test]
fn an_empty_file_beside_one_that_holds_something_is_damage() {
    for (name, code) in NAMES.into_iter().zip(["library-emptied", "marks-emptied"]) {
        let folder = library();
        fs::write(folder.path().join(name), "").unwrap();
        let before = bytes(folder.path());
        let places = [at(folder.path()), Place::Aside(folder.path().to_owned())];
        for place in places {
            for error in [Store::open(&place).err(), Store::read(&place).err()] {
                // What is read aside does not need the content.
                if name == NAMES[1] || place == at(folder.path()) {
                    assert_eq!(error.unwrap().code(), code);
                }
            }
        }
        assert_eq!(bytes(folder.path()), before);
    }
}

#[test]
fn an_empty_file_is_damage_where_there_is_a_copy_of_the_marks() {
    for (emptied, code) in NAMES.into_iter().zip(["marks-missing", "marks-emptied"]) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(emptied), "").unwrap();
        put_copy(folder.path(), b"whatever it is");
        let error = Store::open(&at(folder.path())).unwrap_err();
        assert_eq!(error.code(), code);
    }
}

#[test]
fn marks_that_are_gone_while_copies_are_there_are_asked_after() {
    let folder = library();
    fs::remove_file(folder.path().join(NAMES[1])).unwrap();
    put_copy(folder.path(), b"whatever it is");
    for place in [at(folder.path()), Place::Aside(folder.path().to_owned())] {
        let error = Store::open(&place).unwrap_err();
        assert_eq!(error.code(), "marks-missing");
    }
    assert!(!folder.path().join(NAMES[1]).exists());
    // The way on for who removed them on purpose.
    fs::remove_dir_all(folder.path().join(FOLDER)).unwrap();
    assert!(Store::open(&at(folder.path())).is_ok());
}

#[test]
fn a_wal_whose_file_is_gone_is_kept() {
    for (name, code) in NAMES.into_iter().zip(["library-emptied", "marks-emptied"]) {
        let folder = library();
        for end in ["-wal", "-journal"] {
            fs::remove_file(folder.path().join(name)).unwrap();
            let left = folder.path().join(format!("{name}{end}"));
            fs::write(&left, "the last pages").unwrap();
            let error = Store::open(&at(folder.path())).unwrap_err();
            assert_eq!(error.code(), code);
            assert_eq!(fs::read(&left).unwrap(), b"the last pages");
            fs::remove_file(&left).unwrap();
            drop(Store::open(&at(folder.path())).unwrap());
        }
    }
}

#[test]
fn what_an_interrupted_start_left_is_swept_away() {
    let folder = tempfile::tempdir().unwrap();
    for left in ["library.sqlite3.new-1-0", "marks.sqlite3.new-1-0-wal"] {
        fs::write(folder.path().join(left), "half").unwrap();
    }
    drop(Store::open(&at(folder.path())).unwrap());
    let files: Vec<_> = bytes(folder.path()).into_keys().collect();
    assert_eq!(files, NAMES.map(|name| folder.path().join(name)));
}

/// Whatever a file is cut to, it is said which one is damaged, and it stays as it is.
#[test]
fn a_file_that_is_cut_off_is_damaged() {
    let folder = library();
    for (n, name) in NAMES.into_iter().enumerate() {
        let path = folder.path().join(name);
        let whole = fs::read(&path).unwrap();
        let code = ["library-damaged", "marks-damaged"][n];
        let pages = (1..whole.len() / PAGE).map(|page| page * PAGE);
        let lengths = [
            1,
            15,
            16,
            17,
            60,
            68,
            72,
            99,
            100,
            101,
            511,
            512,
            513,
            2048,
            PAGE - 1,
        ];
        for length in lengths.into_iter().chain(pages).chain([whole.len() - 1]) {
            fs::write(&path, &whole[..length]).unwrap();
            for open in [Store::open, Store::read] {
                let error = open(&at(folder.path())).unwrap_err();
                let said = format!("{name} cut to {length}: {error}");
                assert_eq!(error.code(), code, "{said}");
                assert!(said.contains(path.to_str().unwrap()), "{said}");
                assert_eq!(fs::read(&path).unwrap(), &whole[..length], "{said}");
            }
        }
        fs::write(&path, &whole).unwrap();
    }
    assert!(Store::open(&at(folder.path())).is_ok());
}

#[test]
fn a_file_whose_header_is_gone_is_damaged_and_no_strangers() {
    let folder = library();
    for (n, name) in NAMES.into_iter().enumerate() {
        let path = folder.path().join(name);
        let whole = fs::read(&path).unwrap();
        // All of the header; its first words; the name of the program; the whole file but these; all.
        for range in [0..100, 0..16, 68..72, 16..whole.len(), 0..whole.len()] {
            let mut damaged = whole.clone();
            damaged[range].fill(0xA5);
            fs::write(&path, &damaged).unwrap();
            let error = Store::open(&at(folder.path())).unwrap_err();
            assert_eq!(error.code(), ["library-damaged", "marks-damaged"][n]);
            assert_eq!(fs::read(&path).unwrap(), damaged);
        }
        fs::write(&path, &whole).unwrap();
    }
}

/// A stranger's database stays one, whatever stands beside it.
#[test]
fn a_strangers_database_in_a_library_is_no_damage() {
    for name in NAMES {
        let folder = library();
        let path = folder.path().join(name);
        fs::remove_file(&path).unwrap();
        Connection::open(&path)
            .unwrap()
            .execute_batch("CREATE TABLE theirs (a)")
            .unwrap();
        let before = bytes(folder.path());
        let error = Store::open(&at(folder.path())).unwrap_err();
        assert_eq!(error.code(), "library-foreign");
        assert_eq!(bytes(folder.path()), before);
    }
}

/// Whoever looks says the same: it is damaged, and can be mended.
#[test]
fn a_version_that_cannot_be_is_damage() {
    // The greatest that may be of a newer version, and one more.
    let most = i32::try_from(schema::MOST).unwrap();
    for (n, schema) in [&schema::LIBRARY, &schema::MARKS].into_iter().enumerate() {
        let (name, code) = (NAMES[n], ["library-damaged", "marks-damaged"][n]);
        let older = i32::try_from(schema.version).unwrap() - 1;
        for version in [0, older, -1, i32::MIN, most + 1, 1_308_622_852, i32::MAX] {
            let folder = library();
            let path = folder.path().join(name);
            set_version(&path, version);
            let before = bytes(folder.path());
            let error = Store::open(&at(folder.path())).unwrap_err();
            assert_eq!(error.code(), code, "{version}");
            let reason = error.to_string();
            assert!(reason.contains(&version.to_string()), "{reason}");
            assert!(!reason.contains("TABLE"), "{reason}");
            assert_eq!(kinds(folder.path()), ["file-damaged"], "{version}");
            assert_eq!(bytes(folder.path()), before);
            if n == 1 {
                // No mark is lost: the tables are as they were.
                let found = Restoration::of(&at(folder.path()), None).unwrap();
                assert_eq!(found.counts.bookmarks, 1, "{version}");
                found.carry_out().unwrap();
                Store::open(&at(folder.path())).unwrap();
            }
        }
        let folder = library();
        set_version(&folder.path().join(name), most);
        let error = Store::open(&at(folder.path())).unwrap_err();
        assert_eq!(error.code(), "library-newer");
    }
}

fn set_version(path: &Path, version: i32) {
    let file = Connection::open(path).unwrap();
    file.pragma_update(None, "user_version", version).unwrap();
}

#[test]
fn a_page_that_is_damaged_is_found_in_its_file() {
    for (name, which) in NAMES.into_iter().zip([Which::Content, Which::Marks]) {
        let folder = library();
        assert!(Store::find_damage(&at(folder.path())).is_none());
        let path = folder.path().join(name);
        let mut bytes = fs::read(&path).unwrap();
        bytes[PAGE..].fill(0xA5);
        fs::write(&path, bytes).unwrap();
        match Store::find_damage(&at(folder.path())) {
            Some(StoreError::Damaged {
                file: Some(found), ..
            }) => assert_eq!(found, (which, path)),
            found => panic!("{found:?}"),
        }
    }
}
