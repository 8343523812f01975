//! The real issues as PDF of several producers, against the same issues as text; and documents that mean harm.
//! Must not print a sentence of them: a failure names the file, the address and the field.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

mod paper;
mod real;

use fastrand::Rng;
use paper::{Paper, print};
use parkweekly::issue::{Issue, Item};
use parkweekly::parse::{Hints, parse};
use parkweekly::source::pdf::Means;
use parkweekly::source::{Document, SourceError, document, read};
use real::corpus;
use std::fs;
use std::path::{Path, PathBuf};

const PROGRAM: &str = env!("CARGO_BIN_EXE_parkweekly");

/// File, the issue in it, and how many photos it has, one an item of the first section.
const READABLE: [(&str, &str, usize); 6] = [
    ("a1_chromium_101", "101", 38),
    ("b2_libreoffice_82", "082", 22),
    ("c1_typst_82", "082", 22),
    ("d1_twocol_wqy_101", "101", 38),
    ("e4_encrypted_82", "082", 22),
    ("f2_gb1_no_tounicode_101", "101", 0),
];

fn open(path: &Path) -> Result<Document, SourceError> {
    document(
        "x",
        &fs::read(path).unwrap(),
        None,
        &Means::of(Path::new(PROGRAM)),
    )
}

fn issue(document: &Document) -> Issue {
    let mut issues = parse(&document.pages, &Hints::default()).unwrap();
    assert_eq!(issues.len(), 1);
    issues.remove(0)
}

/// The fields of an item that do not come from the contents, without white space, each with its name.
fn fields(item: &Item) -> Vec<(&'static str, String)> {
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    let or_none = |text: &Option<String>| text.as_deref().map(bare).unwrap_or_default();
    vec![
        ("headline", bare(&item.headline)),
        ("page", format!("{:?}", item.page)),
        ("lead", or_none(&item.lead)),
        (
            "paragraphs",
            item.paragraphs
                .iter()
                .map(|text| bare(text) + "\n")
                .collect(),
        ),
        ("source", or_none(&item.source)),
    ]
}

#[test]
fn the_real_documents_read_as_their_texts() {
    let Some(corpus) = corpus() else {
        return;
    };
    for (name, number, photos) in READABLE {
        let text = issue(&read(&corpus.join(format!("issue-{number}.txt"))).unwrap());
        let document = open(&corpus.join(format!("pdf/{name}.pdf"))).unwrap();
        assert_eq!(
            (&*document.damages, document.lost),
            (&[][..], None),
            "{name}"
        );
        let printed = issue(&document);
        assert_eq!(printed.number, text.number, "{name}");
        assert_eq!(printed.site, text.site, "{name}");
        let pairs = text.sections.iter().zip(&printed.sections);
        for (before, after) in pairs {
            assert_eq!(
                (&after.title, after.page),
                (&before.title, before.page),
                "{name}"
            );
            assert_eq!(
                after.items.len(),
                before.items.len(),
                "{name} {}",
                after.ordinal
            );
            for (a, b) in before.items.iter().zip(&after.items) {
                for ((field, a), (_, b)) in fields(a).into_iter().zip(fields(b)) {
                    let place = format!("{name} {}/{} {field}", after.ordinal, b.len());
                    assert!(a == b, "{place} differs");
                }
            }
        }
        let shown: Vec<usize> = printed
            .items()
            .map(|(_, item)| item.pictures.len())
            .collect();
        assert_eq!(shown.iter().sum::<usize>(), photos, "{name}");
        assert!(shown.iter().take(photos).all(|count| *count == 1), "{name}");
        assert_eq!(document.pictures.len(), photos, "{name}");
    }
}

#[test]
fn what_of_them_cannot_be_read_says_why() {
    let Some(corpus) = corpus() else {
        return;
    };
    for (name, code) in [
        ("e1_no_tounicode_82", "pdf-no-unicode"),
        ("e3_scanned_82", "pdf-scanned"),
        ("e5_password_82", "pdf-password-needed"),
    ] {
        let error = open(&corpus.join(format!("pdf/{name}.pdf"))).unwrap_err();
        assert_eq!(error.code(), code, "{name}");
    }
    let locked = fs::read(corpus.join("pdf/e5_password_82.pdf")).unwrap();
    let wrong = Means {
        password: Some("wrong"),
        ..Means::of(Path::new(PROGRAM))
    };
    let error = document("x", &locked, None, &wrong).unwrap_err();
    assert_eq!(error.code(), "pdf-password-wrong");
    let right = Means {
        password: Some("secret"),
        ..wrong
    };
    let opened = issue(&document("x", &locked, None, &right).unwrap());
    assert_eq!(opened.items().count(), 47);
}

#[test]
fn documents_that_mean_harm_come_to_an_end() {
    let Some(corpus) = corpus() else {
        return;
    };
    for (name, codes) in [
        ("billion_forms", ["pdf-too-long"].as_slice()),
        ("bomb_1g", &["pdf-too-much-memory", "pdf-too-long"]),
        ("hugeimg", &["pdf-no-text", "pdf-scanned"]),
        ("selfform", &["pdf-no-text"]),
        ("treeloop", &["pdf-no-text", "pdf-no-pages"]),
    ] {
        let error = open(&corpus.join(format!("hostile/{name}.pdf"))).unwrap_err();
        assert!(codes.contains(&error.code()), "{name}: {}", error.code());
    }
}

/// How many mutated documents are tried: fewer where every change of the program is checked.
fn mutations() -> u64 {
    let asked = std::env::var("PARKWEEKLY_MUTATIONS").ok();
    let is_server = std::env::var("CI").as_deref() == Ok("true");
    let usual = if is_server { 50 } else { 500 };
    asked.and_then(|asked| asked.parse().ok()).unwrap_or(usual)
}

/// The documents that are mutated: ours, and the real ones where they are at hand.
fn originals() -> Vec<Vec<u8>> {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/weekly-006.txt");
    let text = fs::read_to_string(fixture).unwrap();
    let mut originals = vec![print(&text, Paper::default())];
    let folder = std::env::var_os("PARKWEEKLY_CORPUS").map(PathBuf::from);
    for (name, ..) in READABLE {
        let path = folder
            .as_ref()
            .map(|folder| folder.join(format!("pdf/{name}.pdf")));
        originals.extend(path.and_then(|path| fs::read(path).ok()));
    }
    originals
}

/// Bytes changed as transfers and editors change them, and as one does who looks for a way in.
fn mutated(bytes: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..rng.usize(1..40) {
        let at = rng.usize(0..bytes.len());
        let end = bytes.len().min(at + rng.usize(1..200));
        match rng.u8(0..7) {
            0 => bytes[at] = rng.u8(..),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let copy = bytes[at..end].to_vec();
                bytes.splice(at..at, copy);
            }
            3 => bytes[at..end].fill(rng.u8(..)),
            4 => bytes[at] ^= 1 << rng.u8(0..8),
            // Numbers are lengths, places and names of objects.
            5 => {
                if let Some(digit) = bytes[at..end].iter_mut().find(|byte| byte.is_ascii_digit()) {
                    *digit = b'0' + rng.u8(0..10);
                }
            }
            _ if rng.u8(0..8) == 0 => bytes.truncate(at.max(10)),
            _ => bytes[at..end].reverse(),
        }
        if bytes.len() < 10 {
            break;
        }
    }
    bytes
}

#[test]
fn any_damage_is_read_or_refused() {
    let originals = originals();
    let means = Means::of(Path::new(PROGRAM));
    for seed in 0..mutations() {
        let mut rng = Rng::with_seed(seed);
        let original = rng.choice(&originals).unwrap();
        let bytes = mutated(original, &mut rng);
        match document("x", &bytes, None, &means) {
            Ok(document) => {
                // Whatever it is by now, the parser takes it.
                let _ = parse(&document.pages, &Hints::default());
                let lines = document.pages.iter().flat_map(|page| &page.lines);
                for line in lines {
                    assert_eq!(
                        parkweekly::text::clean(&line.text),
                        line.text,
                        "seed {seed}"
                    );
                }
            }
            Err(error) => assert_ne!(error.code(), "pdf-not-started", "seed {seed}"),
        }
    }
}
