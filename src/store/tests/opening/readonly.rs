//! What may only be read, and a disk that is full.

use super::*;

#[test]
fn what_is_not_there_is_read_as_nothing_and_not_made() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("none/at all");
    let store = Store::read(&at(&place)).unwrap();
    assert_eq!(store.searcher().unwrap().issues().unwrap(), []);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    fs::create_dir_all(&place).unwrap();
    drop(Store::read(&at(&place)).unwrap());
    assert_eq!(fs::read_dir(&place).unwrap().count(), 0);
}

fn denied() -> StoreError {
    StoreError::CannotOpen {
        path: "here".into(),
        reason: "denied by a test".to_owned(),
    }
}

fn read_only(folder: &Path) -> Store {
    let (connection, files) = open::read_only(&at(folder), denied()).unwrap();
    Store::of(
        open::Opened {
            connection,
            files,
            warning: None,
        },
        &Place::Memory,
    )
}

#[test]
fn a_library_that_may_only_be_read_refuses_every_write_in_the_same_words() {
    let folder = library();
    let before = databases(folder.path());
    let mut store = read_only(folder.path());
    let code = store.read_only().unwrap().code();
    assert_eq!(code, "library-read-only");
    let issue = store.searcher().unwrap().newest().unwrap().unwrap();
    let head = heads(&store, issue).remove(0);
    assert!(head.marks.bookmarked);
    let refused = [
        store
            .set_bookmark(&head.key, &head.headline, false)
            .map(drop),
        store.set_read(&head.key, &head.headline, true).map(drop),
        store.set_place(&head.key, &head.headline, 3),
        store.set_session("{}"),
        store.carry(&[]),
        store.remove(issue).map(drop),
        import_from(&mut store, &plain(8), "new", 1).map(drop),
    ];
    for (n, refused) in refused.into_iter().enumerate() {
        let error = refused.expect_err(&format!("write {n}"));
        assert_eq!(error.code(), code, "write {n}: {error}");
    }
    assert!(store.door().open().unwrap().read_only().is_some());
    assert_eq!(store.copy_marks().unwrap(), crate::store::Copied::Nothing);
    drop(store);
    assert_eq!(databases(folder.path()), before);
}

/// As a version with one migration left them.
fn older(folder: &Path) {
    for (name, schema, sql) in [
        (
            NAMES[0],
            &schema::LIBRARY,
            include_str!("../../../../assets/schema/library-001.sql"),
        ),
        (
            NAMES[1],
            &schema::MARKS,
            include_str!("../../../../assets/schema/marks-001.sql"),
        ),
    ] {
        let connection = Connection::open(folder.join(name)).unwrap();
        connection
            .pragma_update(None, "application_id", schema.application)
            .unwrap();
        connection
            .pragma_update(None, "journal_mode", "WAL")
            .unwrap();
        connection.execute_batch(sql).unwrap();
        connection.pragma_update(None, "user_version", 1).unwrap();
    }
}

#[test]
#[expect(clippy::used_underscore_binding, reason = "the program only holds it")]
fn an_older_schema_that_may_only_be_read_is_brought_up_to_date_in_a_copy() {
    let folder = tempfile::tempdir().unwrap();
    older(folder.path());
    let before = databases(folder.path());
    let store = read_only(folder.path());
    let copies = store.files.reading.as_ref().unwrap()._aside.clone();
    assert_eq!(copies.len(), 2);
    #[cfg(unix)]
    for copy in &copies {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(copy.path()), 0o700);
        for file in fs::read_dir(copy.path()).unwrap() {
            assert_eq!(mode(&file.unwrap().path()), 0o600);
        }
    }
    let searcher = store.searcher().unwrap();
    assert_eq!(searcher.issues().unwrap(), []);
    assert_eq!(databases(folder.path()), before);
    let paths: Vec<PathBuf> = copies.iter().map(|copy| copy.path().to_owned()).collect();
    drop((store, copies));
    // A list that is still read needs its copy.
    assert!(paths.iter().all(|path| path.exists()));
    drop(searcher);
    assert!(paths.iter().all(|path| !path.exists()));
}

#[test]
fn what_only_stands_in_a_wal_is_read_too() {
    let (whole, cut) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut store = Store::open(&at(whole.path())).unwrap();
    let id = import(&mut store, &plain(7)).id;
    let head = heads(&store, id).remove(0);
    store.set_bookmark(&head.key, &head.headline, true).unwrap();
    for file in fs::read_dir(whole.path()).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), cut.path().join(file.file_name())).unwrap();
    }
    drop(store);
    let store = read_only(cut.path());
    assert!(heads(&store, id)[0].marks.bookmarked);
    let glance = Glance::open(&at(cut.path())).unwrap();
    let kept = Kept {
        path: "x",
        sha256: "x",
        parser: 1,
        pages: &[],
    };
    assert!(glance.look(&plain(7), &kept).unwrap().before.is_some());
}

/// What stands in the WAL of one file stays there while the other is refused.
#[test]
fn a_library_that_is_refused_keeps_its_wal() {
    let (whole, cut) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut store = Store::open(&at(whole.path())).unwrap();
    let id = import(&mut store, &plain(7)).id;
    let head = heads(&store, id).remove(0);
    store.set_bookmark(&head.key, &head.headline, true).unwrap();
    store
        .connection
        .pragma_update(Some("main"), "user_version", 99)
        .unwrap();
    for name in NAMES {
        for end in ["", "-wal"] {
            let name = format!("{name}{end}");
            fs::copy(whole.path().join(&name), cut.path().join(&name)).unwrap();
        }
    }
    let before = bytes(cut.path());
    assert_eq!(before.len(), 4);
    let refused = Store::open(&at(cut.path())).unwrap_err();
    assert_eq!(refused.code(), "library-newer");
    let mut after = bytes(cut.path());
    // They only say where in the WAL what stands.
    after.retain(|path, _| !path.to_str().unwrap().ends_with("-shm"));
    assert_eq!(after, before);
}

/// The disk is full for one of the two files: told as that, the library whole, what was confirmed there.
#[test]
fn a_full_disk_is_told_and_costs_nothing_that_was_confirmed() {
    let folder = library();
    for database in ["main", "marks"] {
        let mut store = Store::open(&at(folder.path())).unwrap();
        let issue = store.searcher().unwrap().newest().unwrap().unwrap();
        let pages = number(&store.connection, &format!("{database}.page_count"));
        let limit = format!("{database}.max_page_count = {}", pages + 2);
        number(&store.connection, &limit);
        let error = if database == "main" {
            let large = issue_of_many(500);
            import_from(&mut store, &large, "large", 1).unwrap_err()
        } else {
            let head = heads(&store, issue).remove(0);
            (0..)
                .find_map(|nth| {
                    let key = crate::issue::ItemKey {
                        nth,
                        ..head.key.clone()
                    };
                    store.set_read(&key, &head.headline, true).err()
                })
                .unwrap()
        };
        assert_eq!(error.code(), "library-no-room", "{error}");
        drop(store);
        let store = Store::open(&at(folder.path())).unwrap();
        for database in ["main", "marks"] {
            let sql = format!("PRAGMA {database}.integrity_check");
            let found: String = store
                .connection
                .query_row(&sql, [], |row| row.get(0))
                .unwrap();
            assert_eq!(found, "ok");
        }
        assert_eq!(store.searcher().unwrap().issues().unwrap().len(), 1);
        assert!(heads(&store, issue)[0].marks.bookmarked);
    }
}

fn issue_of_many(items: usize) -> Issue {
    let headlines: Vec<String> = (0..items).map(|n| format!("某市第{n}个项目开工")).collect();
    let headlines: Vec<&str> = headlines.iter().map(String::as_str).collect();
    issue(9, &[("招商", &headlines)])
}
