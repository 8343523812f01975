//! Issues as PDF: what is printed reads as what was written, photos come along, and what cannot be read says why.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

mod paper;
mod sandbox;

use paper::{Paper, photo, print};
use parkweekly::issue::{Diagnostic, Issue, Item};
use parkweekly::parse::{Hints, parse};
use parkweekly::source::pdf::{Fault, Means};
use parkweekly::source::{Damage, Document, SourceError, decode, document};
use sandbox::{PROGRAM, Sandbox, fixtures};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// The fixtures that are printed.
const WEEKLIES: [&str; 2] = ["weekly-006.txt", "weekly-007.txt"];

fn text(name: &str) -> String {
    fs::read_to_string(fixtures().join(name)).unwrap()
}

fn means() -> Means<'static> {
    Means::of(Path::new(PROGRAM))
}

fn read(bytes: &[u8]) -> Result<Document, Fault> {
    match document("周报.pdf", bytes, None, &means()) {
        Ok(document) => Ok(document),
        Err(SourceError::Pdf { fault, .. }) => Err(fault),
        Err(error) => panic!("{error}"),
    }
}

fn issue(document: &Document) -> Issue {
    let mut issues = parse(&document.pages, &Hints::default()).unwrap();
    assert_eq!(issues.len(), 1);
    issues.remove(0)
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// An item without white space, which a printed page does not keep, and without its photos.
fn bare(item: &Item) -> Item {
    let squeeze = |text: &Option<String>| text.as_deref().map(squeezed);
    Item {
        headline: squeezed(&item.headline),
        contents_headline: squeeze(&item.contents_headline),
        lead: squeeze(&item.lead),
        paragraphs: item.paragraphs.iter().map(|text| squeezed(text)).collect(),
        source: squeeze(&item.source),
        pictures: vec![],
        ..item.clone()
    }
}

#[test]
fn what_is_printed_reads_as_what_was_written() {
    for name in WEEKLIES {
        let text = text(name);
        let written = issue(&decode(name, text.as_bytes()).unwrap());
        for columns in [1, 2] {
            let paper = Paper {
                columns,
                ..Paper::default()
            };
            let document = read(&print(&text, paper)).unwrap();
            assert_eq!(
                (document.encoding, &*document.damages, document.lost),
                (None, &[][..], None)
            );
            let printed = issue(&document);
            assert_eq!(
                (
                    &printed.publication,
                    printed.number,
                    printed.year,
                    printed.month,
                    printed.week
                ),
                (
                    &written.publication,
                    written.number,
                    written.year,
                    written.month,
                    written.week
                )
            );
            assert_eq!(
                printed.note.as_deref().map(squeezed),
                written.note.as_deref().map(squeezed)
            );
            for (before, after) in written.sections.iter().zip(&printed.sections) {
                assert_eq!((&after.title, after.page), (&before.title, before.page));
                for (before, after) in before.items.iter().zip(&after.items) {
                    assert_eq!(bare(after), bare(before), "{name}, {columns} columns");
                }
                assert_eq!(after.items.len(), before.items.len());
            }
            assert_eq!(printed.sections.len(), written.sections.len());
        }
    }
}

#[test]
fn what_the_encoding_of_the_font_does_not_list_is_read() {
    // `UniGB-UCS2-H` lists neither of them.
    let dotted = text(WEEKLIES[0]).replace('，', "·").replace('；', "•");
    let written = issue(&decode("x", dotted.as_bytes()).unwrap());
    let document = read(&print(&dotted, Paper::default())).unwrap();
    assert_eq!(document.lost, None);
    let printed = issue(&document);
    let all = |issue: &Issue| {
        issue
            .items()
            .map(|(_, item)| bare(item))
            .collect::<Vec<Item>>()
    };
    assert_eq!(all(&printed), all(&written));
}

#[test]
fn every_page_knows_its_number_and_its_header_is_left_out() {
    let document = read(&print(&text(WEEKLIES[0]), Paper::default())).unwrap();
    assert!(document.pages.len() > 4);
    for (page, number) in document.pages.iter().zip(1..) {
        assert_eq!(page.number, Some(number));
        let is_numbered = |text: &str| text.chars().all(|c| c.is_ascii_digit());
        assert!(
            page.lines.iter().all(|line| !is_numbered(&line.text)),
            "{:?}",
            page.lines
        );
    }
    let running: Vec<&str> = document.pages[3]
        .running
        .iter()
        .map(String::as_str)
        .collect();
    assert_eq!(running, ["园区周报", "2"]);
}

#[test]
fn what_the_parser_notes_is_on_a_page() {
    // A headline that the contents print otherwise.
    let changed = text(WEEKLIES[0]).replacen("航天项目集中签约", "航天工程集中签约", 1);
    let issue = issue(&read(&print(&changed, Paper::default())).unwrap());
    let noted = |diagnostic: &&Diagnostic| diagnostic.problem.kind() == "headline-mismatch";
    let page = issue.diagnostics.iter().find(noted).unwrap().page;
    // Behind the cover: where the contents print it.
    assert_eq!(page, Some(2));
}

#[test]
fn photos_are_those_of_their_items() {
    let document = read(&print(&text(WEEKLIES[0]), Paper::default())).unwrap();
    let issue = issue(&document);
    let first = &issue.sections[0].items;
    for (n, item) in first.iter().enumerate() {
        let [picture] = &item.pictures[..] else {
            panic!("{} has {} pictures", item.headline, item.pictures.len());
        };
        assert_eq!((picture.n, picture.width, picture.height), (1, 640, 320));
        assert_eq!(picture.media_type, "image/jpeg");
        let kept = document
            .pictures
            .iter()
            .find(|(sha256, _)| *sha256 == picture.sha256);
        assert_eq!(kept.unwrap().1, photo(n + 1));
    }
    let others = issue.sections[1..]
        .iter()
        .flat_map(|section| &section.items);
    assert_eq!(others.map(|item| item.pictures.len()).sum::<usize>(), 0);
    let without = Means {
        pictures: false,
        ..means()
    };
    let bytes = print(&text(WEEKLIES[0]), Paper::default());
    let document = parkweekly::source::document("x", &bytes, None, &without).unwrap();
    assert!(document.pictures.is_empty());
    assert!(document.pages.iter().all(|page| page.pictures.is_empty()));
}

#[test]
fn what_gives_no_text_says_why() {
    let mute = Paper {
        tells_characters: false,
        ..Paper::default()
    };
    assert_eq!(
        read(&print(&text(WEEKLIES[0]), mute)).unwrap_err(),
        Fault::NoUnicode
    );
    assert_eq!(read(&paper::without_pages()).unwrap_err(), Fault::NoPages);
    assert_eq!(
        read(&print("", Paper::default())).unwrap_err(),
        Fault::NoText
    );
    assert_eq!(read(b"%PDF-1.7\n").unwrap_err(), Fault::Damaged);
    let gone = Means::of(Path::new("/nowhere/parkweekly"));
    let bytes = print(&text(WEEKLIES[0]), Paper::default());
    let error = document("x", &bytes, None, &gone).unwrap_err();
    assert_eq!(error.code(), "pdf-not-started");
    // A program that is none of ours says nothing that could be understood.
    let other = Means::of(Path::new("/bin/cat"));
    let error = document("x", &bytes, None, &other).unwrap_err();
    assert_eq!(error.code(), "pdf-not-started");
    let stopped = Means {
        goes_on: &|| false,
        ..means()
    };
    let error = document("x", &bytes, None, &stopped).unwrap_err();
    assert_eq!(error.code(), "pdf-interrupted");
}

#[test]
fn what_is_cut_off_is_read_as_far_as_it_goes() {
    let bytes = print(&text(WEEKLIES[0]), Paper::default());
    let end = bytes.len();
    let document = read(&bytes[..end - 40]).unwrap();
    assert_eq!(document.damages, [Damage::CutOff]);
    let all = issue(&decode("x", text(WEEKLIES[0]).as_bytes()).unwrap())
        .items()
        .count();
    assert_eq!(issue(&document).items().count(), all);
    // The table of its objects leads nowhere.
    let lost = String::from_utf8_lossy(&bytes[end - 40..]).replace("startxref\n", "startxref\n9");
    let lost = [&bytes[..end - 40], lost.as_bytes()].concat();
    assert_eq!(read(&lost).unwrap().damages, [Damage::Index]);
    let junk = [b"HTTP/1.1 200 OK\r\n\r\n".as_slice(), &bytes].concat();
    assert_eq!(issue(&read(&junk).unwrap()).items().count(), all);
}

#[test]
fn photos_that_cannot_be_read_are_told() {
    let bytes = print(&text(WEEKLIES[0]), Paper::default());
    let whole = read(&bytes).unwrap();
    let (filter, other) = (b"/DCTDecode", b"/JPXDecode");
    let at = bytes.windows(filter.len()).position(|at| at == filter);
    let at = at.unwrap();
    let broken = [&bytes[..at], other, &bytes[at + filter.len()..]].concat();
    let document = read(&broken).unwrap();
    let page = whole
        .pages
        .iter()
        .position(|page| !page.pictures.is_empty());
    let page = u32::try_from(page.unwrap() + 1).unwrap();
    assert_eq!(document.damages, [Damage::Pictures(1, page)]);
    assert_eq!(document.pictures.len() + 1, whole.pictures.len());
    let sandbox = Sandbox::new();
    let path = sandbox.path("broken.pdf");
    fs::write(&path, broken).unwrap();
    let parsed = json(&sandbox, &["parse", path.to_str().unwrap(), "--json"]);
    let found = parsed["diagnostics"].as_array().unwrap();
    let found = found
        .iter()
        .find(|found| found["kind"] == "pictures-unread");
    assert_eq!(found.unwrap()["page"], page);
}

/// A sandbox with both weeklies printed in it.
fn printed() -> Sandbox {
    let sandbox = Sandbox::new();
    for name in WEEKLIES {
        let to = sandbox.path(&name.replace(".txt", ".pdf"));
        fs::write(to, print(&text(name), Paper::default())).unwrap();
    }
    sandbox
}

fn json(sandbox: &Sandbox, arguments: &[&str]) -> Value {
    let output = sandbox.command(arguments).assert().success();
    serde_json::from_slice(&output.get_output().stdout).unwrap()
}

#[test]
fn pdf_goes_where_text_goes() {
    let sandbox = printed();
    let at = |name: &str| sandbox.path(name).to_str().unwrap().to_owned();
    let parsed = json(&sandbox, &["parse", &at("weekly-006.pdf"), "--json"]);
    assert_eq!(parsed["number"], 6);
    let path = at("weekly-006.pdf");
    let with_password = ["parse", &path, "--json", "--password", "不需要"];
    assert_eq!(json(&sandbox, &with_password), parsed, "asked for none");
    // Its name says nothing: what it is decides.
    fs::copy(sandbox.path("weekly-006.pdf"), sandbox.path("weekly.dat")).unwrap();
    assert_eq!(
        json(&sandbox, &["parse", &at("weekly.dat"), "--json"])["number"],
        6
    );
    let bytes = fs::read(sandbox.path("weekly-006.pdf")).unwrap();
    sandbox
        .command(&["import", "-"])
        .write_stdin(bytes)
        .assert()
        .success();
    fs::create_dir(sandbox.path("folder")).unwrap();
    fs::rename(sandbox.path("weekly-007.pdf"), sandbox.path("folder/7.pdf")).unwrap();
    sandbox
        .command(&["import", &at("folder")])
        .assert()
        .success();
    let issues = sandbox.command(&["issues", "--json"]).assert().success();
    let issues = String::from_utf8(issues.get_output().stdout.clone()).unwrap();
    assert_eq!(issues.lines().count(), 2);
    // Opened without being stored.
    let listed = sandbox.command(&[&at("weekly-006.pdf")]).assert().success();
    let listed = String::from_utf8(listed.get_output().stdout.clone()).unwrap();
    assert!(listed.contains("汕头"), "{listed}");
}

#[test]
fn photos_are_kept_once_and_written_as_they_were() {
    let sandbox = printed();
    let at = |name: &str| sandbox.path(name).to_str().unwrap().to_owned();
    let import = |more: &[&str]| {
        let path = at("weekly-006.pdf");
        let arguments = [&["import", "--json", &path], more].concat();
        json(&sandbox, &arguments)["status"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(import(&[]), "new");
    assert_eq!(import(&[]), "unchanged");
    let shown = json(&sandbox, &["show", "6/1/2", "--json"]);
    assert_eq!(shown["pictures"][0]["type"], "image/jpeg");
    let to = at("photo.jpg");
    let show = ["show", "6/1/2", "--picture", "1", "-o"];
    sandbox.command(&show).arg(&to).assert().success();
    assert_eq!(fs::read(&to).unwrap(), photo(2));
    let piped = sandbox.command(&show).arg("-").assert().success();
    assert_eq!(piped.get_output().stdout, photo(2));
    for (arguments, code) in [
        (vec!["show", "6/1/2", "--picture", "2", "-o", &to], 3),
        (vec!["show", "6/2/1", "--picture", "1", "-o", &to], 3),
        (vec!["show", "6/1", "--picture", "1", "-o", &to], 2),
        (vec!["show", "6/1/2", "--picture", "1"], 2),
        (
            vec![
                "show",
                "6/1/2",
                "--picture",
                "1",
                "-o",
                "/nowhere/photo.jpg",
            ],
            1,
        ),
    ] {
        sandbox.command(&arguments).assert().code(code);
    }
    assert_eq!(fs::read(&to).unwrap(), photo(2), "left alone");
    // A document is not what anybody means to overwrite.
    let document = fs::read(sandbox.path("weekly-006.pdf")).unwrap();
    let over = sandbox.command(&show).arg(at("weekly-006.pdf")).assert();
    over.code(1);
    assert_eq!(fs::read(sandbox.path("weekly-006.pdf")).unwrap(), document);
    // Without pictures it is another reading, and they go.
    assert_eq!(import(&["--no-pictures"]), "replaced");
    let shown = json(&sandbox, &["show", "6/1/2", "--json"]);
    assert_eq!(shown["pictures"], Value::Array(vec![]));
    assert_eq!(import(&[]), "replaced");
    sandbox.command(&["check"]).assert().success();
    sandbox.command(&["check", "--rebuild"]).assert().success();
    sandbox.command(&show).arg(&to).assert().success();
    assert_eq!(
        fs::read(&to).unwrap(),
        photo(2),
        "made again with its pictures"
    );
    let library = sandbox.path("library/library.sqlite3");
    assert!(fs::metadata(library).unwrap().len() > 0);
}

#[test]
fn what_cannot_be_read_is_told_and_leaves_the_library_alone() {
    let sandbox = printed();
    let mute = Paper {
        tells_characters: false,
        ..Paper::default()
    };
    fs::write(sandbox.path("mute.pdf"), print(&text(WEEKLIES[0]), mute)).unwrap();
    let letter = "关于召开会议的通知\n\n各有关单位：\n请于周五到会。";
    fs::write(sandbox.path("letter.pdf"), print(letter, Paper::default())).unwrap();
    let at = |name: &str| sandbox.path(name).to_str().unwrap().to_owned();
    let run = sandbox
        .command(&[
            "import",
            &at("mute.pdf"),
            &at("letter.pdf"),
            &at("weekly-006.pdf"),
            "--json",
        ])
        .assert()
        .code(1);
    let lines = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    let told: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let statuses: Vec<&str> = told
        .iter()
        .map(|one| one["status"].as_str().unwrap())
        .collect();
    assert_eq!(statuses, ["failed", "failed", "new"]);
    assert!(told[0]["error"].to_string().contains("字体"), "{}", told[0]);
}

/// The document is handed to the viewer with the page on which the item stands.
#[cfg(unix)]
#[test]
fn the_original_is_opened_at_the_page_of_the_item() {
    let sandbox = printed();
    let at = |name: &str| sandbox.path(name).to_str().unwrap().to_owned();
    sandbox
        .command(&["import", &at("weekly-006.pdf")])
        .assert()
        .success();
    let pipe = sandbox.path("told");
    assert!(
        std::process::Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let viewer = sandbox.path("viewer");
    fs::write(
        &viewer,
        format!("#!/bin/sh\nprintf '%s\\n' \"$@\" > '{}'\n", pipe.display()),
    )
    .unwrap();
    fs::set_permissions(&viewer, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let named = format!("{} --page={{page}} {{file}}", viewer.display());
    let open = |address: &str| {
        let run = sandbox
            .command(&["open", address])
            .env("PARKWEEKLY_VIEWER", &named)
            .assert();
        run.success();
        // Waits until the viewer has it open.
        fs::read_to_string(&pipe).unwrap()
    };
    let document = read(&fs::read(at("weekly-006.pdf")).unwrap()).unwrap();
    let has =
        |page: &&parkweekly::issue::Page| page.lines.iter().any(|line| line.text.contains("●绍兴"));
    let page = document
        .pages
        .iter()
        .rev()
        .find(has)
        .unwrap()
        .number
        .unwrap();
    assert!(page > 2);
    assert_eq!(
        open("6/1/3"),
        format!("--page={page}\n{}\n", at("weekly-006.pdf"))
    );
    assert_eq!(open("6"), format!("--page=1\n{}\n", at("weekly-006.pdf")));
    // From where it is now it is imported once more, and found.
    fs::rename(at("weekly-006.pdf"), at("moved.pdf")).unwrap();
    sandbox
        .command(&["open", "6"])
        .env("PARKWEEKLY_VIEWER", &named)
        .assert()
        .code(1);
    sandbox
        .command(&["import", &at("moved.pdf")])
        .assert()
        .success();
    assert_eq!(open("6"), format!("--page=1\n{}\n", at("moved.pdf")));
    sandbox
        .command(&["open", "6"])
        .env("PARKWEEKLY_VIEWER", "/nowhere/viewer")
        .assert()
        .code(1);
}
