//! One source for the keys and for what can be asked: the tables of both READMEs are made from the bindings and from what the help says.
//! `PARKWEEKLY_UPDATE_README=1 cargo test --test keys` writes them.
#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

use parkweekly::app::wording::ASKING;
use parkweekly::config::Language;
use parkweekly::keys::{Action, Context, Group, Keymap};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const BEGIN: &str = "<!-- keys: made from assets/keys/default.toml and held equal by a test -->\n";
const END: &str = "<!-- end of keys -->\n";
const BEGIN_ASKING: &str =
    "<!-- queries: made from what the help says and held equal by a test -->\n";
const END_ASKING: &str = "<!-- end of queries -->\n";

fn table(language: Language) -> String {
    let keymap = Keymap::built_in().unwrap();
    let mut table = match language {
        Language::Chinese => "| 按键 | 作用 |\n|---|---|\n".to_owned(),
        Language::English => "| keys | what they do |\n|---|---|\n".to_owned(),
    };
    for group in Group::ALL {
        for action in Action::ALL
            .into_iter()
            .filter(|action| action.group() == group)
        {
            let keys: Vec<String> = keymap
                .all_shown(Context::Reader, action)
                .into_iter()
                .map(|key| format!("`{key}`"))
                .collect();
            if keys.is_empty() {
                // It is for a field or a list alone.
                continue;
            }
            writeln!(
                table,
                "| {} | {} |",
                keys.join(" "),
                language.say(&action.word(Context::Reader))
            )
            .unwrap();
        }
    }
    table
}

/// What can be asked.
fn asking(language: Language) -> String {
    let mut table = match language {
        Language::Chinese => "| 写法 | 找到 |\n|---|---|\n".to_owned(),
        Language::English => "| written | finds |\n|---|---|\n".to_owned(),
    };
    for asking in ASKING {
        let written: Vec<String> = asking
            .written
            .iter()
            .map(|one| format!("`{one}`"))
            .collect();
        let finds = asking.finds(language);
        writeln!(table, "| {} | {finds} |", written.join(" ")).unwrap();
    }
    table
}

#[test]
fn the_tables_of_the_readmes_are_those_of_the_program() {
    for (name, language) in [
        ("README.md", Language::English),
        ("README.zh-CN.md", Language::Chinese),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        for (begin, end, wanted) in [
            (BEGIN, END, table(language)),
            (BEGIN_ASKING, END_ASKING, asking(language)),
        ] {
            let text = fs::read_to_string(&path).unwrap();
            let (before, rest) = text.split_once(begin).unwrap();
            let (shown, after) = rest.split_once(end).unwrap();
            if std::env::var_os("PARKWEEKLY_UPDATE_README").is_some() {
                fs::write(&path, format!("{before}{begin}{wanted}{end}{after}")).unwrap();
            } else {
                assert_eq!(
                    shown, wanted,
                    "{name}: run this test with PARKWEEKLY_UPDATE_README=1"
                );
            }
        }
    }
}
