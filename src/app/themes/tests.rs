//! Where themes are found, and what is told of one that is not.

use super::*;
use std::fs;
use tempfile::TempDir;

/// A folder with a settings file and these theme files.
fn folder(files: &[(&str, &str)]) -> (TempDir, Themes) {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("themes")).unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let settings = folder.path().join("config.toml");
    let themes = Themes::beside(Some(&settings), Some(folder.path().join("home")));
    (folder, themes)
}

fn codes(chosen: &Chosen) -> Vec<(&str, &str)> {
    let problems = chosen.problems.iter();
    let named = problems.map(|one| {
        let name = one.path.file_name().unwrap_or_default().to_str().unwrap();
        (name, one.problem.fault.code())
    });
    named.collect()
}

#[test]
fn a_theme_is_named_or_its_file_is() {
    let own = "inherits = \"dark\"\nfaint = 240\n";
    let (_folder, themes) = folder(&[("themes/mine.toml", own), ("other.toml", own)]);
    let mine = themes.of("mine");
    assert_eq!(mine.problems, []);
    assert!(mine.written.is_some());
    for path in ["other.toml", "./other.toml", "themes/mine.toml"] {
        assert_eq!(themes.of(path).written, mine.written, "{path}");
    }
    assert_ne!(themes.of("dark").written, mine.written);
    let names: Vec<String> = themes.all().into_iter().map(|one| one.name).collect();
    assert_eq!(names[0], "dark");
    assert_eq!(names.last().unwrap(), "mine");
}

#[test]
fn a_tilde_is_the_home_folder() {
    let (folder, themes) = folder(&[]);
    fs::create_dir(folder.path().join("home")).unwrap();
    fs::write(folder.path().join("home/t.toml"), "faint = 240\n").unwrap();
    assert!(themes.of("~/t.toml").written.is_some());
}

#[test]
fn an_own_theme_takes_the_place_of_one_that_is_built_in_and_may_inherit_it() {
    let own = "inherits = \"dark\"\nfaint = 240\n";
    let (_folder, themes) = folder(&[("themes/dark.toml", own)]);
    let dark = themes.of("dark");
    assert_eq!(dark.problems, []);
    assert_ne!(dark.written, built_in("dark"));
    let named = themes.all().into_iter().filter(|one| one.name == "dark");
    assert_eq!(named.count(), 1);
}

#[test]
fn what_cannot_be_taken_is_told_where_it_stands_and_nothing_of_it_is_taken() {
    let (folder, themes) = folder(&[
        ("themes/round.toml", "inherits = \"about\"\n"),
        (
            "themes/about.toml",
            "inherits = \"round\"\nfaint = \"gery\"\n",
        ),
        ("themes/alone.toml", "inherits = \"alone\"\n"),
        ("themes/orphan.toml", "inherits = \"drak\"\nmatc = 1\n"),
    ]);
    fs::write(folder.path().join("bytes.toml"), b"faint = \"\xff\"").unwrap();
    for (name, told) in [
        ("drak", &[("config.toml", "theme-near")][..]),
        ("none.toml", &[("config.toml", "theme-missing")]),
        ("bytes.toml", &[("config.toml", "theme-no-text")]),
        ("themes/", &[("config.toml", "theme-folder")]),
        (
            "round",
            &[("about.toml", "theme-circle"), ("about.toml", "colour")],
        ),
        ("alone", &[("alone.toml", "theme-circle")]),
        (
            "orphan",
            &[
                ("orphan.toml", "theme-near"),
                ("orphan.toml", "unknown-near"),
            ],
        ),
    ] {
        let chosen = themes.of(name);
        assert_eq!(codes(&chosen), told, "{name}");
        assert_eq!(chosen.written, None, "{name}");
    }
}

#[test]
fn where_no_settings_file_is_known_there_are_still_themes() {
    let themes = Themes::beside(None, None);
    assert!(themes.of("dark").written.is_some());
    assert_eq!(codes(&themes.of("none"))[0].1, "theme");
}
