//! What a settings file says, and what is told of one that is wrong.

use super::*;
use crate::keys::{Action, Context, Found, Key};

fn defaults() -> Config {
    Config::new(Keymap::built_in().unwrap())
}

fn key(name: &str) -> Key {
    name.parse().unwrap()
}

#[test]
fn the_commented_files_say_the_defaults_and_nothing_else() {
    for text in [
        include_str!("../../../assets/config/zh.toml"),
        include_str!("../../../assets/config/en.toml"),
    ] {
        let read = defaults().read(text);
        assert_eq!(read.problems, []);
        assert!(read.config == defaults());
        // What is commented out would be taken too.
        let keys: Vec<&str> = text
            .lines()
            .filter_map(|line| line.strip_prefix("# "))
            .filter(|line| line.starts_with("[keys") || line.starts_with("quit ="))
            .collect();
        let keys = keys.join("\n");
        assert!(keys.contains("quit"));
        let read = defaults().read(&keys);
        assert_eq!(read.problems, []);
        assert!(read.config == defaults());
    }
}

#[test]
fn both_files_hold_every_setting() {
    let names = |text: &str| -> Vec<String> {
        let names = text.lines().filter(|line| !line.starts_with('#'));
        let names = names.filter(|line| !line.is_empty());
        names.map(str::to_owned).collect()
    };
    let [zh, en] = [
        include_str!("../../../assets/config/zh.toml"),
        include_str!("../../../assets/config/en.toml"),
    ];
    assert_eq!(names(zh), names(en));
    // And there is no setting that they do not hold.
    let mut problems = Problems::of("");
    defaults().read_into("", &mut problems);
    let table: toml::Table = zh.parse().unwrap();
    for name in problems
        .asked
        .iter()
        .filter(|name| !name.starts_with("keys"))
    {
        let mut parts = name.split('.');
        let value = table.get(parts.next().unwrap());
        let value = parts.fold(value, |value, part| value?.get(part));
        assert!(value.is_some(), "{name}");
    }
}

#[test]
fn what_is_written_is_taken_and_the_rest_stays() {
    let read = defaults().read(
        "language = \"en\"\n[page]\nmeasure = 0\nspacing = \"thin\"\nhang = false\n[screen]\nambiguous = 2\ntheme = \"my.toml\"\n\
         [keys.reader]\nquit = [\"ctrl-q\"]\nnext-item = []\n",
    );
    assert_eq!(read.problems, []);
    let config = read.config;
    assert_eq!(config.language, Some(Language::English));
    let expected = Page {
        measure: None,
        spacing: Spacing::Thin,
        hang: false,
        ..Page::default()
    };
    assert_eq!(config.page, expected);
    assert_eq!(config.screen.ambiguous, Some(Ambiguous::Wide));
    assert_eq!(config.screen.theme.unwrap().name, "my.toml");
    let find = |name: &str| config.keymap.find(Context::Reader, &[key(name)]);
    assert_eq!(find("ctrl-q"), Found::Action(Action::Quit));
    assert_eq!((find("q"), find("J")), (Found::Nothing, Found::Nothing));
    assert_eq!(find("K"), Found::Action(Action::PreviousItem));
}

#[test]
fn all_that_is_wrong_is_told_at_once_with_its_place() {
    let text = "langauge = \"zh\"\n[page]\nmeasure = 5\nhang = 1\nspacing = \"wide\"\nindent = \"two\"\n[screen]\nambiguous = 3\n\
                [kees]\n[keys.reader]\nquit = [\"q\", \"nokey\"]\nfly = [\"x\"]\n[keys.list]\nback = []\n[keys.help]\nmove-up = [\"j\"]\n";
    let read = defaults().read(text);
    let told: Vec<_> = read
        .problems
        .iter()
        .map(|one| (one.line, one.key.as_str(), one.fault.code()))
        .collect();
    assert_eq!(
        told,
        [
            (1, "langauge", "unknown-near"),
            (3, "page.measure", "number"),
            (4, "page.hang", "kind"),
            (5, "page.spacing", "word"),
            (6, "page.indent", "kind"),
            (8, "screen.ambiguous", "word"),
            (9, "kees", "unknown-near"),
            (11, "keys.reader.quit", "key"),
            (12, "keys.reader.fly", "unknown"),
            (14, "keys.list.back", "no-way-out"),
            (16, "keys.help.move-up", "conflict"),
        ]
    );
    // Nothing of it is taken.
    assert!(read.config == defaults());
}

/// What is told of a text: line, column, key, code.
fn places(text: &str) -> Vec<(usize, usize, String, &'static str)> {
    let told = defaults().read(text).problems.into_iter();
    told.map(|one| (one.line, one.column, one.key, one.fault.code()))
        .collect()
}

#[test]
fn of_keys_all_that_can_be_known_is_told_beside_what_names_none() {
    let reader = |line, column, action, code| (line, column, format!("keys.reader.{action}"), code);
    assert_eq!(
        places(
            "[keys.reader]\nquit = [\"j\", \"nokey\"]\nzen = [\"ctrl-i\", \"ctrl-shift-x\"]\nopen = \"o\"\n\
             jump = [\"g g g\", \"ctrl-p\"]\nundo = [\"g\"]\nfind = [\"enter\"]\n"
        ),
        [
            reader(2, 9, "quit", "conflict"),
            reader(2, 14, "quit", "key"),
            reader(3, 8, "zen", "sent"),
            reader(3, 18, "zen", "sent"),
            reader(4, 8, "open", "kind"),
            reader(5, 9, "jump", "begun"),
            reader(6, 9, "undo", "begins"),
            reader(6, 9, "undo", "begins"),
            reader(6, 9, "undo", "begins"),
            reader(6, 9, "undo", "begins"),
            reader(6, 9, "undo", "begins"),
        ]
    );
    // Whether a key leads out is not known while its list is faulty; where it is empty it is, and where that stands.
    assert_eq!(
        places("[keys.list]\nback = [\"nokey\"]\n[keys.help]\nback = []\n"),
        [
            (2, 9, "keys.list.back".to_owned(), "key"),
            (4, 8, "keys.help.back".to_owned(), "no-way-out"),
        ]
    );
}

#[test]
fn a_name_that_is_unknown_here_is_told_with_the_place_where_it_exists() {
    let near = |text: &str| match defaults().read(text).problems.remove(0).fault {
        Fault::Unknown(near) => near,
        other => panic!("{other:?}"),
    };
    for (text, meant) in [
        ("colour = 16\n", Some("screen.colour")),
        ("[page]\ntheme = \"dark\"\n", Some("screen.theme")),
        ("[reader]\n", Some("keys.reader")),
        ("[keys.reeder]\n", Some("reader")),
        ("[page]\nmesure = 10\n", Some("measure")),
        ("nothing-like-it = 1\n", None),
    ] {
        assert_eq!(near(text).as_deref(), meant, "{text}");
    }
    let told = defaults().read("[keys.foo]\n").problems;
    let Fault::Context(contexts) = &told[0].fault else {
        panic!("{told:?}");
    };
    assert_eq!(contexts.len(), Context::ALL.len());
}

#[test]
fn what_is_no_toml_is_told_and_the_rest_is_read() {
    let read = defaults().read("language = \"en\"\n[page\nindent = 3\n");
    assert!(
        read.problems
            .iter()
            .any(|one| one.fault.code() == "syntax" && one.line == 2)
    );
    assert_eq!(read.config.language, Some(Language::English));
}

#[test]
fn how_long_an_item_is_there_before_it_is_read_is_set_in_milliseconds() {
    let read = defaults().read("[reading]\nread-after = 0\n");
    assert_eq!(
        (read.problems.len(), read.config.read_after),
        (0, Duration::ZERO)
    );
    let read = defaults().read("[reading]\nread-after = 60001\n");
    assert_eq!(read.problems.len(), 1);
    assert_eq!(read.config.read_after, READ_AFTER);
}
