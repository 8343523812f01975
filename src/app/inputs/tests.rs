//! Folders, patterns and names as arguments.

use super::*;
use tempfile::TempDir;

/// A folder with these files, which hold a line of text each.
fn folder(files: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "园区周报\n").unwrap();
    }
    folder
}

/// What arguments below `folder` name: paths below it, and codes of failures in brackets.
fn found(folder: &TempDir, arguments: &[&str]) -> Vec<String> {
    let paths: Vec<PathBuf> = arguments
        .iter()
        .map(|argument| folder.path().join(argument))
        .collect();
    let entries = named(paths.iter().map(|path| path.as_os_str())).entries;
    entries
        .into_iter()
        .map(|entry| match entry {
            Ok(Candidate {
                input: Input::File(path),
                ..
            }) => {
                let below = path.strip_prefix(folder.path()).unwrap();
                below.to_str().unwrap().to_owned()
            }
            Ok(_) => "-".to_owned(),
            Err(missing) => format!("[{}]", missing.failure.code),
        })
        .collect()
}

#[test]
fn of_one_name_the_pdf_comes_last() {
    let folder = folder(&["101.pdf", "101.txt", "101.md", "99.pdf", "101-1.txt"]);
    let found = found(&folder, &[""]);
    assert_eq!(
        found,
        ["99.pdf", "101.md", "101.txt", "101.pdf", "101-1.txt"]
    );
}

#[test]
fn a_folder_gives_its_texts_in_natural_order() {
    let folder = folder(&[
        "期10.txt",
        "期9.txt",
        "b/2.MD",
        "b/1.markdown",
        "第三期",
        "2023.1期",
        "scan.docx",
        "issue.PDF",
        "a.json",
        ".hidden.txt",
        ".git/x.txt",
        "c.text",
    ]);
    fs::write(folder.path().join("program"), b"\x7fELF\0\0\0\0").unwrap();
    fs::write(folder.path().join("empty"), b"").unwrap();
    assert_eq!(
        found(&folder, &[""]),
        [
            "2023.1期",
            "b/1.markdown",
            "b/2.MD",
            "c.text",
            "issue.PDF",
            "期9.txt",
            "期10.txt",
            "第三期"
        ]
    );
}

#[test]
fn a_named_file_is_an_input_whatever_it_is() {
    let folder = folder(&["scan.pdf", ".hidden.txt"]);
    let arguments = ["scan.pdf", ".hidden.txt", "missing.txt", "dir/../scan.pdf"];
    assert_eq!(found(&folder, &arguments[..3]), arguments[..3]);
}

#[test]
fn what_is_named_twice_is_there_once() {
    let folder = folder(&["2023/1.txt", "2023/2.txt"]);
    assert_eq!(
        found(
            &folder,
            &["2023/2.txt", "2023", "2023/../2023/1.txt", "2023/*.txt"]
        ),
        ["2023/2.txt", "2023/1.txt"]
    );
    let twice = named(["-", "-"].map(OsStr::new));
    assert_eq!(twice.entries.len(), 1);
}

#[test]
fn a_pattern_is_matched_as_in_a_shell() {
    let folder = folder(&[
        "2023/9.txt",
        "2023/10.txt",
        "2023/q/1.txt",
        "2023/.x.txt",
        "2023/a.pdf",
        "2024/1.txt",
    ]);
    for (pattern, expected) in [
        ("2023/*.txt", &["2023/9.txt", "2023/10.txt"][..]),
        ("2023/?.txt", &["2023/9.txt"]),
        ("202[34]/1*.txt", &["2023/10.txt", "2024/1.txt"]),
        ("**/1.txt", &["2023/q/1.txt", "2024/1.txt"]),
        (
            "2023/*",
            &["2023/9.txt", "2023/10.txt", "2023/a.pdf", "2023/q/1.txt"],
        ),
        ("2025/*.txt", &["[pattern-without-match]"]),
        ("2023/[x.txt", &["2023/[x.txt"]),
    ] {
        assert_eq!(found(&folder, &[pattern]), expected, "{pattern}");
    }
}

#[test]
fn a_pattern_may_be_written_in_any_way() {
    let folder = folder(&[
        "a/1.txt",
        "a/b/2.txt",
        "a/b/3.md",
        "c/4.txt",
        "a/5.docx",
        "{x,y}.txt",
    ]);
    for (pattern, expected) in [
        ("./a/*.txt", &["a/1.txt"][..]),
        ("a/./b/*.txt", &["a/b/2.txt"]),
        ("a//b//*.txt", &["a/b/2.txt"]),
        ("*//*.txt", &["a/1.txt", "c/4.txt"]),
        ("a/*/", &["a/b/2.txt", "a/b/3.md"]),
        ("a/*/../b/*.md", &["[pattern-without-match]"]),
        ("{a,c}/*.txt", &["a/1.txt", "c/4.txt"]),
        ("a/{b/2,1}.txt", &["a/b/2.txt", "a/1.txt"]),
        ("a/**/*.{txt,md}", &["a/1.txt", "a/b/2.txt", "a/b/3.md"]),
        ("{c,none}/4.txt", &["c/4.txt", "none/4.txt"]),
        ("{x,y}.txt", &["{x,y}.txt"]),
    ] {
        assert_eq!(found(&folder, &[pattern]), expected, "{pattern}");
    }
    assert_eq!(found(&folder, &["{a,c}"]).len(), 4, "folders too");
}

#[test]
fn who_says_that_a_file_is_an_issue_is_known() {
    let folder = folder(&["a/1.txt", "a/2.txt", "a/3.txt"]);
    let path = |name: &str| folder.path().join(name);
    let arguments = [path("a"), path("a/2.txt"), path("a/3*")];
    let entries = named(arguments.iter().map(|path| path.as_os_str())).entries;
    let origins: Vec<Origin> = entries
        .into_iter()
        .map(|entry| entry.unwrap().origin)
        .collect();
    assert_eq!(origins, [Origin::Folder, Origin::Named, Origin::Folder]);
}

#[test]
fn a_file_whose_name_is_a_pattern_is_that_file() {
    let folder = folder(&["期[1].txt", "期1.txt"]);
    assert_eq!(found(&folder, &["期[1].txt"]), ["期[1].txt"]);
}

#[test]
fn a_folder_without_texts_is_named() {
    let folder = folder(&["a/scan.docx", "b/1.txt"]);
    assert_eq!(
        found(&folder, &["a", "b"]),
        ["[folder-without-texts]", "b/1.txt"]
    );
}

#[test]
fn one_file_is_single_and_what_may_be_many_is_not() {
    let folder = folder(&["a/1.txt"]);
    let single = |arguments: &[&str]| {
        let paths: Vec<PathBuf> = arguments
            .iter()
            .map(|path| folder.path().join(path))
            .collect();
        named(paths.iter().map(|path| path.as_os_str())).single
    };
    assert!(single(&["a/1.txt"]) && single(&["missing"]));
    assert!(!single(&["a"]) && !single(&["a/*"]) && !single(&["a/1.txt", "a/1.txt"]));
    assert!(named([OsStr::new("-")]).single);
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_loops_are_not() {
    use std::os::unix::fs::symlink;
    let folder = folder(&["a/1.txt", "b/2.txt"]);
    let path = |name: &str| folder.path().join(name);
    symlink(path("a"), path("a/again")).unwrap();
    symlink(path("b"), path("a/b")).unwrap();
    symlink(path("nowhere"), path("a/broken.txt")).unwrap();
    symlink(path("nowhere"), path("a/broken")).unwrap();
    assert_eq!(
        found(&folder, &["a"]),
        ["a/1.txt", "a/b/2.txt", "[source-not-found]"]
    );
    assert_eq!(
        found(&folder, &["a/**/*.txt"]).len(),
        3,
        "each file once: 1.txt, 2.txt and the broken link"
    );
    // Two links back up would be two to the power of as many paths as a name may have links.
    symlink(path("a"), path("a/too")).unwrap();
    assert_eq!(found(&folder, &["a/**/*.txt"]).len(), 3);
}

#[cfg(unix)]
#[test]
fn folders_that_link_to_each_other_are_walked_once() {
    use std::os::unix::fs::symlink;
    const FOLDERS: usize = 12;
    let folder = tempfile::tempdir().unwrap();
    let path = |name: String| folder.path().join(name);
    for n in 0..FOLDERS {
        fs::create_dir(path(format!("{n}"))).unwrap();
        fs::write(path(format!("{n}/{n}.txt")), "园区周报\n").unwrap();
        // Every way through all of them would be 12! long.
        for to in 0..FOLDERS {
            symlink(path(format!("{to}")), path(format!("{n}/to{to}"))).unwrap();
        }
        // A link to itself is a loop to the system.
        symlink("loop.txt", path(format!("{n}/loop.txt"))).unwrap();
    }
    for argument in ["", "**/*.txt"] {
        let found = found(&folder, &[argument]);
        assert_eq!(found.len(), FOLDERS, "{found:?}");
        assert!(!found.iter().any(|path| path.starts_with('[')));
    }
}
