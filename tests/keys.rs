//! One source for the keys: the tables of both READMEs are made from the table of bindings.
//! `PARKWEEKLY_UPDATE_README=1 cargo test --test keys` writes them.
#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

use parkweekly::config::Language;
use parkweekly::keys::{Action, Context, Group, Keymap};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const BEGIN: &str = "<!-- keys: made from assets/keys/default.toml and held equal by a test -->\n";
const END: &str = "<!-- end of keys -->\n";

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

#[test]
fn the_tables_of_the_readmes_are_those_of_the_program() {
    for (name, language) in [
        ("README.md", Language::English),
        ("README.zh-CN.md", Language::Chinese),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let text = fs::read_to_string(&path).unwrap();
        let (before, rest) = text.split_once(BEGIN).unwrap();
        let (shown, after) = rest.split_once(END).unwrap();
        let wanted = table(language);
        if std::env::var_os("PARKWEEKLY_UPDATE_README").is_some() {
            fs::write(&path, format!("{before}{BEGIN}{wanted}{END}{after}")).unwrap();
        } else {
            assert_eq!(
                shown, wanted,
                "{name}: run this test with PARKWEEKLY_UPDATE_README=1"
            );
        }
    }
}
