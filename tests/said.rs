//! What the screen says to a reader: the welcome, the help and what is looked for in it, notices; each in one language, and whole.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;
mod sandbox;

use common::{Reader, fixture, import, library};
use parkweekly::app::reading::Origin;
use parkweekly::config::{Config, Language};
use parkweekly::keys::{Action, Context, Keymap};
use parkweekly::look::Role;
use parkweekly::store::{Place, Store};
use parkweekly::text::{Ambiguous, WidthPolicy};
use parkweekly::tui::effect::{Ask, Effect};
use parkweekly::tui::overlays::Welcome;
use parkweekly::tui::state::Notice;
use parkweekly::tui::worker::Writer;
use ratatui::style::Color;
use sandbox::Sandbox;
use std::path::Path;

fn first(width: u16, height: u16, language: Language, store: Store, origin: Origin) -> Reader {
    let language = (language, Ambiguous::Narrow);
    Reader::first(width, height, language, Writer::new(store), origin)
}

fn chinese(width: u16, height: u16) -> Reader {
    let store = library(&["weekly-007.txt"]);
    first(width, height, Language::Chinese, store, Origin::Library)
}

#[test]
fn a_first_start_names_the_keys_once_and_any_key_acts() {
    let folder = tempfile::tempdir().unwrap();
    let open = || Store::open(&Place::Folder(folder.path().to_owned())).unwrap();
    let mut store = open();
    import(&mut store, &["weekly-007.txt"]);
    let mut reader = first(80, 24, Language::Chinese, store, Origin::Library);
    insta::assert_snapshot!("welcome", reader.frame());
    assert_eq!(reader.selected(), "7/1/1");
    reader.keys("j");
    assert_eq!(reader.selected(), "7/1/2", "the key does what it does");
    assert!(!reader.screen().contains("欢迎"));
    assert!(reader.wanted.contains(&Effect::Greeted));
    reader.keys("q");
    let told = |effect: &&Effect| **effect == Effect::Greeted;
    assert_eq!(reader.wanted.iter().filter(told).count(), 1);
    drop(reader);
    let again = first(80, 24, Language::Chinese, open(), Origin::Library);
    assert_eq!(again.state.welcome, Welcome::Over, "it is not the first");
}

#[test]
fn the_sample_is_a_first_start_too_and_keeps_nothing_else() {
    let store = library(&["weekly-007.txt"]);
    let mut reader = first(80, 24, Language::Chinese, store, Origin::Sample);
    reader.shows("欢迎");
    reader.keys("j");
    let kept = |effect: &Effect| matches!(effect, Effect::Ask(Ask::Session(_)));
    assert!(!reader.wanted.iter().any(kept));
    assert!(reader.wanted.contains(&Effect::Greeted));
}

#[test]
fn the_welcome_fits_every_screen() {
    for language in Language::ALL {
        for (width, height) in [(20, 6), (30, 8), (40, 12), (80, 24), (120, 40), (200, 60)] {
            let store = library(&["weekly-007.txt"]);
            let reader = first(width, height, language, store, Origin::Library);
            for action in ["open", "read-on", "filter", "help", "quit"] {
                let word = language.say(&format!("short.{action}")).into_owned();
                reader.shows(&word);
            }
            if width >= 80 {
                reader.shows(&language.say("welcome.keys"));
            }
        }
    }
}

#[test]
fn the_welcome_shows_keys_as_they_are_bound() {
    let mut reader = chinese(80, 24);
    let config = Config::new(Keymap::built_in().unwrap());
    let read = config.read("[keys.reader]\nread-on = [\"V\"]\nquit = [\"ctrl-q\"]\n");
    assert_eq!(read.problems, []);
    reader.state.keymap = read.config.keymap;
    reader.shows("V 往下读");
    reader.shows("Ctrl-Q 退出");
}

/// The rows of the help that are on the screen, without headings.
fn help(reader: &Reader) -> Vec<String> {
    let screen = reader.screen();
    let rows = screen
        .lines()
        .filter(|row| row.starts_with('│'))
        .skip(1)
        .map(|row| row.trim_matches(['│', ' ']));
    let rows = rows.filter(|row| !row.is_empty() && row.contains("  "));
    rows.map(str::to_owned).collect()
}

#[test]
fn the_help_narrows_to_what_is_typed() {
    let mut reader = Reader::open(72, 61, &["weekly-007.txt"]);
    reader.keys("?");
    let whole = reader.screen();
    reader.shows("/ 查找");
    reader.keys("/").types("书签");
    insta::assert_snapshot!("help-searched", reader.frame());
    assert!(help(&reader).iter().all(|row| row.contains("书签")));
    // What is a key of the help else is typed.
    reader.keys("esc /").types("jump");
    reader.shows("跳转");
    reader.shows("jump");
    reader.keys("esc");
    assert_eq!(reader.screen(), whole, "Esc clears");
    reader.keys("esc");
    assert!(reader.state.overlays.is_empty(), "and then closes");
}

#[test]
fn the_help_knows_what_can_be_asked_and_how_it_is_written() {
    let found = |language, typed: &str| {
        let store = library(&["weekly-007.txt"]);
        let mut reader = Reader::with(80, 40, language, Ambiguous::Narrow, store);
        reader.keys("? /").types(typed);
        help(&reader).join("\n")
    };
    for (language, typed, row) in [
        (Language::English, "province", "province:江苏,浙江"),
        (Language::English, "stage", "签约 signed"),
        (Language::English, "industry", "新能源"),
        (Language::English, "query", "amount:>=100亿"),
        (Language::English, "yuan", "amount:>=100亿"),
        (Language::English, "hectare", "area:>=500亩"),
        (Language::English, "day happened", "date:2023-01-03"),
        (Language::Chinese, "金额", "amount:>=100亿"),
        (Language::Chinese, "奠基", "stage:签约,开工"),
        (Language::Chinese, "筛选式", "city:苏州"),
        (Language::Chinese, "城市", "city:苏州"),
    ] {
        let rows = found(language, typed);
        assert!(rows.contains(row), "{typed}: {rows}");
    }
    // From a field of the filter it is on the first page.
    let mut reader = Reader::open(80, 24, &["weekly-007.txt"]);
    reader.keys("f f1");
    reader.shows("section:招商,政策");
}

#[test]
fn the_field_of_the_help_is_edited_as_others_are() {
    let mut reader = Reader::open(80, 24, &["weekly-007.txt"]);
    reader
        .keys("? /")
        .types("amount")
        .keys("ctrl-u")
        .types("province");
    reader.shows("province:江苏,浙江");
    reader.keys("ctrl-w").types("city");
    reader.shows("city:苏州");
    reader.keys("ctrl-a").types("x");
    reader.shows("xcity");
}

#[test]
fn a_letter_that_is_no_key_of_the_help_does_nothing() {
    let mut reader = Reader::open(72, 61, &["weekly-007.txt"]);
    reader.keys("?");
    let whole = reader.screen();
    reader.keys("u i t");
    assert_eq!(reader.state.overlays.len(), 1);
    reader.keys("j k");
    assert_eq!(reader.screen(), whole);
}

#[test]
fn hanzi_begin_the_search_and_keys_are_found_too() {
    let mut reader = Reader::open(72, 61, &["weekly-007.txt"]);
    reader.keys("?").types("标签");
    let rows = help(&reader);
    // The names of all fields are longer than a row.
    let has = |row: &String| row.contains("标签") || row.trim_end().ends_with('标');
    assert!(rows.iter().all(has), "{rows:#?}");
    assert!(!help(&reader).is_empty());
    reader.keys("esc /").types("CTRL－P");
    assert!(help(&reader).iter().all(|row| row.contains("Ctrl-P")));
    reader.keys("esc /").types("全部 已读");
    assert!(
        help(&reader).iter().any(|row| row.contains("已读")),
        "two words"
    );
    reader.keys("backspace backspace backspace backspace backspace");
    reader.shows("›");
    reader.types("石油钻井");
    reader.shows("帮助里没有这个");
    reader.keys("enter down pagedown");
    reader.shows("帮助里没有这个");
}

#[test]
fn the_help_is_searched_on_the_smallest_screen() {
    for language in Language::ALL {
        let store = library(&["weekly-007.txt"]);
        let mut reader = Reader::with(20, 6, language, Ambiguous::Narrow, store);
        reader.keys("? /").types("ctrl-p");
        reader.shows("Ctrl-P");
        reader.types("zz");
        let nothing = language.say("help.nothing").into_owned();
        let begin: String = nothing.chars().take(6).collect();
        reader.shows(&begin);
    }
}

/// The names and words of a locale file: key, and the lines under it.
fn entries(file: &str) -> Vec<(String, Vec<String>)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/locales");
    let text = std::fs::read_to_string(path.join(file)).unwrap();
    let mut entries: Vec<(String, Vec<String>)> = vec![];
    for line in text.lines() {
        if line.starts_with(' ') {
            entries.last_mut().unwrap().1.push(line.to_owned());
        } else if let Some(key) = line.strip_suffix(':') {
            entries.push((key.to_owned(), vec![]));
        }
    }
    entries
}

#[test]
fn every_word_exists_in_both_languages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/locales");
    let mut count = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        for (key, lines) in entries(&name) {
            for language in ["  zh:", "  en:"] {
                let lines = lines.iter().filter(|line| line.starts_with(language));
                assert_eq!(lines.count(), 1, "{key} in {name}: {language}");
            }
            count += 1;
        }
    }
    assert!(count > 500, "{count}");
}

fn solid(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn notices_are_whole_where_one_line_is_too_short() {
    let names = entries("reader.yml").into_iter().map(|(key, _)| key);
    let names: Vec<String> = names.filter(|key| key.starts_with("notice.")).collect();
    assert!(names.len() > 40);
    for language in Language::ALL {
        let store = library(&["weekly-007.txt"]);
        let mut reader = Reader::with(40, 12, language, Ambiguous::Narrow, store);
        for name in &names {
            let notice = Notice::Word(name.clone().leak());
            let (text, _) = notice.worded(&reader.state);
            reader.state.notice = Some(notice);
            let screen = solid(&reader.screen());
            assert!(
                screen.contains(&solid(&text)),
                "{text} is not in\n{}",
                reader.screen()
            );
        }
    }
}

#[test]
fn a_notice_that_is_longer_still_is_cut_and_the_next_key_takes_it_away() {
    let mut reader = Reader::open(40, 12, &["weekly-007.txt"]);
    let plain = reader.screen();
    reader.state.notice = Some(Notice::Followed("园区开工".repeat(60)));
    let rows: Vec<String> = reader.screen().lines().map(str::to_owned).collect();
    assert!(rows[11].ends_with('…'), "{rows:?}");
    let same = plain
        .lines()
        .zip(&rows)
        .take(7)
        .all(|(before, now)| before == now);
    assert!(same, "half of the screen at the most");
    reader.keys("ctrl-l");
    assert_eq!(reader.screen(), plain);
}

/// The screens of the reader, each with the keys that lead there from a start.
const SCREENS: [&str; 17] = [
    "",
    "enter",
    "f",
    "f 氢",
    "f 无 此 字",
    "ctrl-p",
    "ctrl-p 园",
    "ctrl-p 鑫 鑫",
    "o",
    "'",
    "b '",
    "t",
    "e",
    "!",
    "?",
    "? G",
    "? / z z z",
];

/// What stands on the screen in roles of the interface alone: runs of cells of one role.
fn interface(reader: &Reader) -> Vec<(Role, String)> {
    let (buffer, _) = reader.buffer();
    let mut runs: Vec<(Role, String)> = vec![];
    for y in 0..buffer.area.height {
        let (mut x, mut before) = (0, None);
        while x < buffer.area.width {
            let cell = &buffer[(x, y)];
            let role = |colour| match colour {
                Color::Indexed(n) => Role::ALL.get(usize::from(n)).copied(),
                _ => None,
            };
            let ground = role(cell.bg)
                .filter(|role| matches!(role, Role::Status | Role::Notice | Role::Error));
            let role = ground
                .or(role(cell.fg))
                .filter(|role| is_of_interface(*role));
            match role {
                Some(role) if before == Some(role) => {
                    runs.last_mut().unwrap().1.push_str(cell.symbol());
                }
                Some(role) => runs.push((role, cell.symbol().to_owned())),
                None => {}
            }
            before = role;
            let columns = WidthPolicy::default().grapheme(cell.symbol());
            x += u16::try_from(columns.max(1)).unwrap();
        }
    }
    runs
}

const fn is_of_interface(role: Role) -> bool {
    matches!(
        role,
        Role::Faint
            | Role::Title
            | Role::TitleActive
            | Role::Prompt
            | Role::SwitchOn
            | Role::Status
            | Role::StatusKey
            | Role::Notice
            | Role::Error
            | Role::Problem
            | Role::Diagnostic
    )
}

fn is_hanzi(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// What may stand in either language: what the issue says, names of keys and of what is written.
fn common_words() -> String {
    let keymap = Keymap::built_in().unwrap();
    let mut words = std::fs::read_to_string(fixture("weekly-007.txt")).unwrap();
    words.push_str("parkweekly import section issue is has tag unread read bookmarked note 无此字 鑫鑫 zzz 新能源 风电 招商 政策 跟踪 重点");
    for context in Context::ALL {
        for action in Action::ALL {
            words.push_str(&keymap.all_shown(context, action).join(" "));
        }
    }
    words
}

#[test]
fn each_language_says_everything_itself_and_nothing_is_cut() {
    let common = common_words();
    for language in Language::ALL {
        let is_foreign = |c: char| match language {
            Language::Chinese => c.is_ascii_alphabetic(),
            Language::English => is_hanzi(c),
        };
        for script in SCREENS {
            let store = library(&["weekly-007.txt"]);
            let mut reader = Reader::with(80, 24, language, Ambiguous::Narrow, store);
            reader.keys(script);
            for (role, text) in interface(&reader) {
                let words = text.split(|c| !is_foreign(c));
                for word in words.filter(|word| word.chars().count() > 1) {
                    assert!(
                        common.contains(word),
                        "{word} in {language:?} after {script}:\n{}",
                        reader.screen()
                    );
                }
                let is_title = matches!(role, Role::Title | Role::TitleActive);
                assert!(
                    is_title || !text.contains('…'),
                    "{text} is cut in {language:?} after {script}:\n{}",
                    reader.screen()
                );
            }
        }
    }
}

#[test]
fn labels_are_whole_at_80_columns() {
    for language in Language::ALL {
        let shows = |script: &str, words: &[&str]| {
            let store = library(&["weekly-007.txt"]);
            let mut reader = Reader::with(80, 24, language, Ambiguous::Narrow, store);
            reader.keys(script);
            for word in words {
                reader.shows(&language.say(word));
            }
        };
        shows("", &["pane.contents", "pane.body", "short.help"]);
        let filter = [
            "pane.filter",
            "pane.library",
            "filter.words",
            "filter.issues",
            "filter.text",
            "filter.unread",
            "filter.bookmarked",
            "filter.sections",
        ];
        shows("f", &filter);
        shows("ctrl-p", &["overlay.jump"]);
        shows("o", &["overlay.issues"]);
        shows("'", &["overlay.bookmarks"]);
        shows("!", &["overlay.diagnostics"]);
        shows("?", &["overlay.help", "short.find-in-help"]);
    }
}

#[test]
fn the_help_of_every_command_fits_80_columns() {
    let sandbox = Sandbox::new();
    let policy = WidthPolicy::default();
    let mut seen = 0;
    for language in ["zh", "en"] {
        let mut waiting = vec![vec![]];
        while let Some(command) = waiting.pop() {
            let mut arguments: Vec<&str> = vec!["--lang", language];
            let of: Vec<String> = command;
            arguments.extend(of.iter().map(String::as_str));
            arguments.push("--help");
            let output = sandbox.run(&arguments);
            let text = String::from_utf8(output.stdout).unwrap();
            assert!(output.status.success() && !text.is_empty(), "{of:?}");
            for line in text.lines() {
                assert!(policy.width(line) <= 80, "{of:?} in {language}: {line}");
            }
            seen += 1;
            if of.len() < 2 {
                let below = below(&text)
                    .into_iter()
                    .map(|name| [&of[..], &[name]].concat());
                waiting.extend(below);
            }
        }
    }
    assert!(seen > 40, "{seen}");
}

/// The commands that a help lists under its heading for commands.
fn below(help: &str) -> Vec<String> {
    let mut lines = help.lines();
    lines.find(|line| line.starts_with("命令") || line.starts_with("Commands"));
    let lines = lines.take_while(|line| line.starts_with("  "));
    let names = lines.filter_map(|line| {
        let name = line.strip_prefix("  ")?;
        // A sentence goes on further in.
        name.split(' ').next()
    });
    let is_name =
        |name: &&str| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    let names = names.filter(|name| *name != "help").filter(is_name);
    names.map(str::to_owned).collect()
}
