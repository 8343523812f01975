//! Nothing is lost: of any text that is read as an issue, every line that is not blank is in the issue, is noise by name, or
//! stands in a diagnostic. And the work grows with the length of the text, not faster.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

mod noise;

use fastrand::Rng;
use noise::{Noise, clean, print};
use parkweekly::issue::{Issue, Page, Problem};
use parkweekly::parse::{Fate, Hints, read};
use parkweekly::source::decode;
use parkweekly::text::normalise;
use std::collections::HashMap;

fn hints() -> Hints {
    Hints {
        name: Some("园区周报7期".to_owned()),
        publication: Some("园区周报".to_owned()),
        ..Hints::default()
    }
}

/// Letters and digits of `text` as they are compared: marks, brackets and leaders are form.
fn letters(text: &str) -> String {
    normalise(text)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// `text` without addresses of links and tags, which are form too.
fn unmarked(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("](") {
        let (before, link) = rest.split_at(at);
        out.push_str(before);
        let end = link.find(')').map_or(link.len(), |end| end + 1);
        let ascii = link[..end].is_ascii() || link[2..].starts_with(['#', '.', '/']);
        rest = if ascii { &link[end..] } else { &link[1..] };
    }
    out.push_str(rest);
    out.replace("<br>", "")
}

/// All that an issue says.
fn content(issue: &Issue) -> String {
    let mut all = vec![issue.note.clone().unwrap_or_default()];
    for section in &issue.sections {
        all.push(section.title.clone());
        for item in &section.items {
            all.push(item.headline.clone());
            all.extend(item.lead.clone());
            all.extend(item.paragraphs.clone());
            all.extend(item.source.clone());
            // A second source is named by neither, as the contract has it.
        }
    }
    letters(&all.join("\n"))
}

/// What the diagnostics quote.
fn quoted(issues: &[Issue]) -> String {
    let problems = issues.iter().flat_map(|issue| &issue.diagnostics);
    let texts = problems.filter_map(|found| match &found.problem {
        Problem::UnknownLine { text } => Some(letters(text)),
        _ => None,
    });
    texts.collect::<Vec<_>>().join("\n")
}

/// The lines of `pages` that an issue read from them neither has, nor names.
fn lost(pages: &[Page]) -> Vec<String> {
    let Ok(reading) = read(pages, &hints()) else {
        return vec![];
    };
    let content: String = reading
        .issues
        .iter()
        .map(content)
        .collect::<Vec<_>>()
        .join("\n");
    let quoted = quoted(&reading.issues);
    let mut fates: HashMap<u32, Vec<Fate>> = HashMap::new();
    for (line, fate) in reading.lines {
        fates.entry(line).or_default().push(fate);
    }
    let lines = pages.iter().flat_map(|page| &page.lines);
    let lines = lines.filter(|line| !line.text.trim().is_empty());
    let lost = lines.filter(|line| {
        let Some(fates) = fates.get(&line.number) else {
            return true;
        };
        let text = letters(&unmarked(&line.text));
        fates.iter().all(|fate| match fate {
            Fate::Heading | Fate::Headline | Fate::Text | Fate::Note => {
                // A piece of a source that is not the first of two, or of a label, is form.
                !content.contains(&text) && !is_form(&text, &content)
            }
            Fate::Unknown => !quoted.contains(&text),
            Fate::Cover | Fate::Contents | Fate::PageNumber | Fate::Running | Fate::Mark => false,
        })
    });
    lost.map(|line| {
        format!(
            "{}: {} {:?}",
            line.number,
            line.text,
            fates.get(&line.number)
        )
    })
    .collect()
}

/// Whether `text` is in `content` but for a numeral before it, a label or a second source behind it.
fn is_form(text: &str, content: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let piece = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
    // What is left out at either end is short: a numeral or a label, and the name of a source.
    (0..=chars.len().min(8)).any(|from| {
        let least = chars.len().saturating_sub(24).max(from);
        (least..=chars.len()).any(|to| content.contains(&piece(from, to)))
    })
}

/// Does something to a text that no form of it foresees: lines are dropped, doubled, swapped, cut, joined, or others put in.
fn mutate(text: &str, rng: &mut Rng) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..rng.usize(1..8) {
        if lines.len() < 4 {
            break;
        }
        let at = rng.usize(..lines.len() - 1);
        match rng.u8(..9) {
            0 => drop(lines.remove(at)),
            1 => lines.insert(at, lines[at].clone()),
            2 => lines.swap(at, at + 1),
            3 => {
                let cut = rng.usize(..=lines[at].chars().count());
                lines[at] = lines[at].chars().take(cut).collect();
            }
            4 => {
                let next = lines.remove(at + 1);
                lines[at].push_str(&next);
            }
            5 => lines.insert(at, STRAY[rng.usize(..STRAY.len())].to_owned()),
            6 => {
                let bare = lines[at].trim_start_matches(['●', '■', '一', '、']).len();
                let marks = lines[at].len() - bare;
                lines[at].drain(..marks);
            }
            7 => {
                let other = rng.usize(..lines.len());
                lines.swap(at, other);
            }
            _ => {
                let end = rng.usize(at..lines.len());
                lines.drain(at..end);
            }
        }
    }
    lines.join("\n")
}

const STRAY: [&str; 24] = [
    "●",
    "■",
    "一、",
    "二、二期",
    "（",
    "）",
    "《",
    "注：",
    "注：内",
    "目录",
    "3",
    "第3页",
    "园区周报",
    "———",
    "- ",
    "1. ",
    "(1)",
    "**",
    "# ",
    "[]()",
    "<br>",
    "。",
    "（网站）",
    "2024年1月1期（总8期）",
];

#[test]
fn every_line_of_ten_thousand_mutated_issues_is_accounted_for() {
    let clean = clean();
    let mut checked = 0;
    for seed in 0..10_000_u64 {
        let mut rng = Rng::with_seed(seed);
        // Most of the time goes into long texts; a few items show all there is to see.
        let mut issue = clean[rng.usize(..clean.len())].clone();
        for section in &mut issue.sections {
            let from = rng.usize(..section.items.len());
            section.items.drain(..from);
            section.items.truncate(3);
        }
        let mut noise = Noise::mixed(&mut rng);
        noise.extremes = false;
        let (text, _) = print(&issue, noise, &mut rng);
        let text = mutate(&text, &mut rng);
        let Ok(document) = decode("mutated", text.as_bytes()) else {
            continue;
        };
        let lost = lost(&document.pages);
        assert!(
            lost.is_empty(),
            "#{seed} {noise:?}\n{}\n---\n{text}",
            lost.join("\n")
        );
        checked += usize::from(read(&document.pages, &hints()).is_ok());
    }
    assert!(checked > 9_000, "only {checked} were issues");
}

#[test]
fn no_text_at_all_is_too_strange() {
    let alphabet: Vec<char> = "●■○-*1234567890.、一二三十第页目录注：（）()《》“”。，； \t\n\n\n\u{3000}#[]<>!|\\&~—…·年月期总园区周报项目abc网站\u{c}"
        .chars()
        .collect();
    for seed in 0..10_000 {
        let mut rng = Rng::with_seed(seed);
        let length = rng.usize(..300);
        let text: String = (0..length)
            .map(|_| alphabet[rng.usize(..alphabet.len())])
            .collect();
        let text = format!("园区周报\n总7期\n●{text}");
        let Ok(document) = decode("strange", text.as_bytes()) else {
            continue;
        };
        let lost = lost(&document.pages);
        assert!(lost.is_empty(), "#{seed}\n{}\n---\n{text}", lost.join("\n"));
    }
}

/// CPU time of this thread, in clock ticks or finer, that reading `text` takes.
fn effort(text: &str) -> f64 {
    let document = decode("long", text.as_bytes()).unwrap();
    let start = cpu_time::ThreadTime::now();
    let _ = read(&document.pages, &hints());
    start.elapsed().as_secs_f64()
}

/// A text of `size` repetitions takes no more than its share of the time that four times as many take.
fn is_linear(name: &str, text: impl Fn(usize) -> String, size: usize) {
    // Twice, for the first run pays for the tables.
    effort(&text(size / 8));
    let (once, four) = (effort(&text(size)), effort(&text(4 * size)));
    assert!(
        four < 9.0 * once + 0.05,
        "{name}: {once:.3} s for {size}, {four:.3} s for four times as many"
    );
}

#[test]
fn the_work_is_linear_in_the_text() {
    let item = "●海上风电母港在汕头动工\n母港占地一千亩，\n分两期建设。\n■项目总投资三亿元，用地百余亩（山海政府网站）。\n";
    let head = "园区周报\n总7期\n";
    let listed = "●海上风电母港在汕头动工.....3\n";
    let many = |piece: &'static str| move |n: usize| format!("{head}{}", piece.repeat(n));
    is_linear("items", many(item), 1_000);
    is_linear("bullets of one character", many("●子\n"), 8_000);
    is_linear("bullets alone", many("●\n"), 8_000);
    is_linear("paragraphs", many("■\n子\n"), 8_000);
    is_linear(
        "points",
        |n| format!("{head}●子\n■文：\n{}", "●其一\n".repeat(n)),
        8_000,
    );
    is_linear(
        "broken lines",
        |n| format!("{head}●子\n■{}", "项目总投资三亿元，\n".repeat(n)),
        8_000,
    );
    is_linear(
        "open brackets",
        |n| format!("{head}●子\n■{}", "（项目总投资\n".repeat(n)),
        8_000,
    );
    is_linear(
        "bare lines",
        |n| format!("{head}●子\n{}", "项目总投资\n\n".repeat(n)),
        8_000,
    );
    is_linear(
        "one line",
        |n| format!("{head}●子\n■{}", "项目总投资三亿元。".repeat(n)),
        20_000,
    );
    is_linear(
        "one headline",
        |n| format!("{head}●{}", "项目总投资三亿元".repeat(n)),
        20_000,
    );
    is_linear("headings", many("一、甲\n●子\n■文。\n"), 2_000);
    is_linear("headers", many("园区周报\n总7期\n●子\n"), 4_000);
    is_linear(
        "contents",
        |n| {
            format!(
                "{head}目录\n一、甲 1\n{}一、甲\n{}",
                listed.repeat(n),
                item.repeat(n)
            )
        },
        500,
    );
    is_linear(
        "strange contents",
        |n| {
            let listed: Vec<String> = (0..n)
                .map(|n| format!("●项目{n}开工 {}\n", n % 900))
                .collect();
            let items: Vec<String> = (0..n).map(|n| format!("●工程{n}动土\n■文。\n")).collect();
            let (listed, items) = (listed.concat(), items.concat());
            format!("{head}目录\n一、甲 1\n{listed}一、甲\n{items}")
        },
        500,
    );
    is_linear(
        "markup",
        |n| {
            format!(
                "{head}# x\n●子\n■{}",
                "[a](b)<br>![c](d)\\-**e** ".repeat(n)
            )
        },
        8_000,
    );
}
