//! Contents against body: what each disagreement is called, and the line and item it points at.

#![expect(clippy::expect_used, reason = "helpers of tests fail as tests do")]

use parkweekly::issue::{Diagnostic, Issue};
use parkweekly::parse::{Hints, parse};
use parkweekly::source::decode;

fn issue(contents: &str, body: &str) -> Issue {
    let text = format!("某某周报\n总9期\n目录\n{contents}\n{body}");
    let document = decode("x", text.as_bytes()).expect("a text");
    parse(&document.pages, &Hints::default())
        .expect("an issue")
        .remove(0)
}

fn found(diagnostics: &[Diagnostic]) -> Vec<String> {
    diagnostics
        .iter()
        .map(|found| {
            let kind = found.problem.kind();
            let line = found.line.unwrap_or(0);
            match &found.item {
                Some(item) => format!("{kind} {line} {item}"),
                None => format!("{kind} {line}"),
            }
        })
        .collect()
}

fn diagnostics(contents: &str, body: &str) -> Vec<String> {
    found(&issue(contents, body).diagnostics)
}

#[test]
fn width_and_white_space_are_no_mismatch() {
    let listed = "一、甲 1\n●数据港（二期）投产 产值 10 亿元..... 1";
    assert!(diagnostics(listed, "一、甲\n● 数据港(二期)投产产值10亿元\n■文。").is_empty());
}

#[test]
fn a_headline_that_differs_is_a_mismatch_on_the_line_of_the_contents() {
    let listed = "一、甲 1\n●海上风电母港在汕头动工 1\n●轴承实验室签订攻关协 2";
    let body = "一、甲\n●海上风电母港在汕尾动工\n■文。\n●轴承实验室签订攻关协议\n■文。";
    assert_eq!(
        diagnostics(listed, body),
        ["headline-mismatch 5 9/1/1", "headline-mismatch 6 9/1/2"]
    );
    let issue = issue(listed, body);
    let second = &issue.sections[0].items[1];
    assert_eq!(
        second.contents_headline.as_deref(),
        Some("轴承实验室签订攻关协")
    );
    assert_eq!(second.page, Some(2));
}

#[test]
fn items_that_one_side_lacks() {
    let listed = "一、甲 1\n●子项目开工 1\n●丑园区揭牌 2\n●寅论坛举行 3";
    let body = "一、甲\n●子项目开工\n■文。\n●卯平台启用\n■文。\n●寅论坛举行\n■文。";
    assert_eq!(
        diagnostics(listed, body),
        ["missing-in-body 6", "missing-in-contents 11 9/1/2"]
    );
}

#[test]
fn an_item_listed_at_another_place_keeps_its_page() {
    let listed = "一、甲 1\n●子项目开工 1\n●丑园区揭牌 2\n●寅论坛举行 3";
    let body = "一、甲\n●丑园区揭牌\n■文。\n●寅论坛举行\n■文。\n●子项目开工\n■文。";
    assert_eq!(diagnostics(listed, body), ["order-differs 5 9/1/3"]);
    assert_eq!(issue(listed, body).sections[0].items[2].page, Some(1));
}

#[test]
fn an_item_listed_in_another_section_is_out_of_order() {
    let listed = "一、甲 1\n●子项目开工 1\n●丑园区揭牌 2\n二、乙 3\n●寅论坛举行 3";
    let body = "一、甲\n●子项目开工\n■文。\n二、乙\n●寅论坛举行\n■文。\n●丑园区揭牌\n■文。";
    assert_eq!(diagnostics(listed, body), ["order-differs 6 9/2/2"]);
}

#[test]
fn equal_headlines_pair_in_order() {
    let listed = "一、甲 1\n●项目集中签约 1\n●项目集中签约 2";
    let body = "一、甲\n●项目集中签约\n■文。\n●项目集中签约\n■文。";
    let issue = issue(listed, body);
    assert!(issue.diagnostics.is_empty());
    let pages: Vec<_> = issue.items().map(|(_, item)| item.page).collect();
    assert_eq!(pages, [Some(1), Some(2)]);
}

#[test]
fn sections_that_one_side_lacks() {
    let listed = "一、甲 1\n●子项目开工 1\n三、丙 4\n●卯平台启用 4";
    let body = "一、甲\n●子项目开工\n■文。\n二、乙\n●寅论坛举行\n■文。";
    assert_eq!(
        diagnostics(listed, body),
        [
            "section-missing-in-body 6",
            "missing-in-body 7",
            "section-missing-in-contents 11",
            "missing-in-contents 12 9/2/1"
        ]
    );
}

#[test]
fn a_section_under_another_title_keeps_its_items() {
    let listed = "一、甲 1\n●子项目开工 1\n二、政策法规 4\n●卯办法印发 4";
    let body = "一、甲\n●子项目开工\n■文。\n二、政策解读\n●卯办法印发\n■文。";
    assert_eq!(
        diagnostics(listed, body),
        [
            "section-missing-in-body 6",
            "section-missing-in-contents 11"
        ]
    );
    let issue = issue(listed, body);
    assert_eq!(issue.sections[1].page, Some(4));
    assert_eq!(issue.sections[1].items[0].page, Some(4));
}

/// Two sections whose items the other side lists under one heading.
const APART: &str = "一、甲 1\n●子项目开工 1\n●丑园区揭牌 2\n二、乙 3\n●寅论坛在汕头举行 3\n●卯办法印发 4\n三、丙 5\n●辰 5";
const TOGETHER: &str =
    "一、甲 1\n●子项目开工 1\n●丑园区揭牌 2\n●寅论坛在汕尾举行 3\n●卯办法印发 4\n三、丙 5\n●辰 5";

/// The body of which `contents` are the contents.
fn body(contents: &str) -> String {
    let lines = contents.lines().map(|line| {
        let text = line.trim_end_matches(|c: char| c == ' ' || c.is_ascii_digit());
        let paragraph = if text.starts_with('●') {
            "\n■文。"
        } else {
            ""
        };
        format!("{text}{paragraph}")
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_heading_lost_in_the_contents_is_one_disagreement() {
    assert_eq!(
        diagnostics(TOGETHER, &body(APART)),
        [
            "headline-mismatch 7 9/2/1",
            "section-missing-in-contents 16"
        ]
    );
    let issue = issue(TOGETHER, &body(APART));
    let pages: Vec<_> = issue.sections.iter().map(|section| section.page).collect();
    assert_eq!(pages, [Some(1), None, Some(5)]);
    assert_eq!(issue.sections[1].items[0].page, Some(3));
}

#[test]
fn a_heading_lost_in_the_body_is_one_disagreement() {
    assert_eq!(
        diagnostics(APART, &body(TOGETHER)),
        ["section-missing-in-body 7", "headline-mismatch 8 9/1/3"]
    );
}

#[test]
fn the_first_heading_lost_in_the_contents_is_one_disagreement() {
    let listed = APART.split_once('\n').expect("lines").1;
    let body = body(APART).replace("汕尾", "汕头");
    assert_eq!(
        diagnostics(listed, &body),
        ["section-missing-in-contents 11"]
    );
}

#[test]
fn what_moved_within_a_section_without_its_heading_is_out_of_order() {
    let moved = APART.replace(
        "●子项目开工 1\n●丑园区揭牌 2",
        "●丑园区揭牌 2\n●子项目开工 1",
    );
    let moved = moved.replace("●卯办法印发 4", "●卯办法印发 4\n●巳 4");
    let moved = moved.replace("●辰 5", "●未 5");
    let listed = TOGETHER
        .replace("●辰 5", "●巳 4\n●未 5")
        .replace("汕尾", "汕头");
    assert_eq!(
        diagnostics(&listed, &body(&moved)),
        [
            "order-differs 6 9/1/1",
            "order-differs 10 9/2/3",
            "section-missing-in-contents 17",
        ]
    );
}

#[test]
fn an_issue_without_contents_says_so_once() {
    let document =
        decode("x", "某某周报\n总9期\n一、甲\n●子\n■文。\n●丑\n".as_bytes()).expect("a text");
    let issue = parse(&document.pages, &Hints::default())
        .expect("an issue")
        .remove(0);
    assert_eq!(
        found(&issue.diagnostics),
        ["no-contents 0", "empty-item 6 9/1/2"]
    );
}

#[test]
fn a_stray_line_is_kept_in_its_diagnostic() {
    let body = "一、甲\n本期要点如下：\n●子项目开工\n■文。";
    let issue = issue("一、甲 1\n●子项目开工 1", body);
    assert_eq!(found(&issue.diagnostics), ["unknown-line 7"]);
    let json = serde_json::to_value(&issue.diagnostics[0]).expect("JSON");
    assert_eq!(json["args"]["text"], "本期要点如下：");
}
