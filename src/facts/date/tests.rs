//! Which day is the event's, on sentences of our own.

use super::*;
use crate::facts::Around;
use crate::facts::tests::item_of;

fn day_in(issue: (Option<u16>, Option<u8>), stage: Stage, headline: &str, body: &[&str]) -> String {
    let around = Around {
        section: "招商引资",
        year: issue.0,
        month: issue.1,
        is_headline_foreign: false,
    };
    let story = Story::of(&item_of(headline, body), &around);
    let found = read(&story, stage);
    found.map_or_else(String::new, |read| read.value.to_string())
}

fn day(text: &str) -> String {
    day_in((Some(2023), Some(1)), Stage::Started, "", &[text])
}

#[test]
fn a_day_is_read_in_every_form() {
    for (text, wanted) in [
        ("1月6日,泵站开工。", "2023-01-06"),
        ("１ 月 ６ 日上午，泵站开工。", "2023-01-06"),
        ("2022 年 11 月 6 日，泵站开工。", "2022-11-06"),
        ("二〇二三年一月十二日，泵站开工。", "2023-01-12"),
        ("一月二十一日，泵站开工。", "2023-01-21"),
        ("2023-01-03，泵站开工。", "2023-01-03"),
        ("2023.1.3，泵站开工。", "2023-01-03"),
        ("2023/01/03 泵站开工。", "2023-01-03"),
        ("元月3日，泵站开工。", "2023-01-03"),
        ("去年12月30日，泵站开工。", "2022-12-30"),
        ("去年12月28日签约的泵站，1月3日开工。", "2023-01-03"),
        ("今年1月2日，泵站开工。", "2023-01-02"),
        ("1月5日至7日，泵站开工。", "2023-01-05"),
        ("1月5日—2月7日，泵站开工。", "2023-01-05"),
        ("1月5—7日，泵站开工。", "2023-01-05"),
        ("1月5、6日，泵站开工。", "2023-01-05"),
        ("5日至7日，泵站开工。", "2023-01-05"),
        ("当地时间1月4日，泵站开工。", "2023-01-04"),
        ("本月8日，泵站开工。", "2023-01-08"),
        ("上月28日，泵站开工。", "2022-12-28"),
        ("5日，泵站开工。", "2023-01-05"),
        ("北岭8日举行泵站开工仪式。", "2023-01-08"),
        // The year that brings it nearest.
        ("12月30日，泵站开工。", "2022-12-30"),
        ("6月30日，泵站开工。", "2023-06-30"),
        ("8月1日，泵站开工。", "2022-08-01"),
        // No day of any calendar.
        ("2月30日，泵站开工。", ""),
        ("13月3日，泵站开工。", ""),
        ("0月0日，泵站开工。", ""),
    ] {
        assert_eq!(day(text), wanted, "{text}");
    }
}

#[test]
fn what_is_not_the_day_of_the_event_is_passed_over() {
    for text in [
        "日前，泵站开工。",
        "1月，泵站开工。",
        "今年一季度，泵站开工。",
        "泵站开工，预计2024年6月1日投用。",
        "泵站开工，力争于3月1日前通水。",
        "泵站开工，将于2月8日安装设备。",
        "泵站开工，工期300日。",
        "自2019年5月20日奠基以来，泵站开工顺利。",
        "泵站2021年5月12日签约，历时19个月。",
        "泵站11月12日签约，历时两个月。",
        "日前，泵站开工。2022年12月8日，双方达成意向。",
        "日前，泵站开工。12月1日投产。",
        "建于2022年12月1日的水厂旁，泵站开工。",
        "截至1月5日，泵站开工准备就绪。",
        "泵站开工。合同有效期至2025年12月31日。",
        "泵站开工，到2025年全部建成。",
        "泵站开工，日处理污水3万吨。",
        "泵站开工，30日内交付图纸。",
        "泵站开工，每月5日发布进度。",
        "1月9日，记者从水务局获悉，泵站开工。",
        "《泵站管理办法(2022年3月1日修订)》",
    ] {
        assert_eq!(day(text), "", "{text}");
    }
}

#[test]
fn of_several_days_the_one_of_the_deed_is_taken() {
    for (stage, text, wanted) in [
        (
            Stage::InOperation,
            "项目2022年12月1日竣工。1月6日，首批产品下线。",
            "2023-01-06",
        ),
        (
            Stage::Signed,
            "1月6日，泵站签约，计划2023年3月1日开工。",
            "2023-01-06",
        ),
        (
            Stage::PolicyIssued,
            "办法经2022年12月9日常务会议审议通过。1月6日印发。",
            "2023-01-06",
        ),
        (
            Stage::PolicyIssued,
            "1月6日，市里公布办法，自2023年3月1日起施行。",
            "2023-01-06",
        ),
        (Stage::PolicyIssued, "办法2023年3月1日正式施行。", ""),
        (Stage::Event, "大会将于2月5日至7日举行。", "2023-02-05"),
    ] {
        let found = day_in((Some(2023), Some(1)), stage, "", &[text]);
        assert_eq!(found, wanted, "{text}");
    }
}

#[test]
fn without_the_issue_s_month_only_a_whole_day_is_known() {
    for issue in [(None, None), (None, Some(1))] {
        for text in [
            "1月6日，泵站开工。",
            "5日，泵站开工。",
            "去年3月5日，泵站开工。",
            "上月5日，泵站开工。",
        ] {
            assert_eq!(day_in(issue, Stage::Started, "", &[text]), "", "{text}");
        }
        let text = "2023年1月6日，泵站开工。";
        assert_eq!(day_in(issue, Stage::Started, "", &[text]), "2023-01-06");
    }
    let year = (Some(2023), None);
    assert_eq!(day_in(year, Stage::Started, "", &["1月6日开工"]), "");
    assert_eq!(
        day_in(year, Stage::Started, "", &["今年1月6日开工"]),
        "2023-01-06"
    );
}

#[test]
fn the_words_it_was_read_from_are_the_day() {
    let text = "泵站于 1 月 5 日至 7 日开工";
    let around = Around {
        section: "",
        year: Some(2023),
        month: Some(1),
        is_headline_foreign: false,
    };
    let story = Story::of(&item_of("", &[text]), &around);
    let from = read(&story, Stage::Started).unwrap().from;
    let words: String = text.chars().collect::<Vec<_>>()[from[0].characters()]
        .iter()
        .collect();
    assert_eq!(words, "1 月 5 日至 7 日");
}
