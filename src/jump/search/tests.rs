//! Searches of small indexes, each with what a reader expects first; and all of them against a plain scan.

use super::super::readings::spellings;
use super::super::segments::{Token, segments};
use super::*;
use proptest::prelude::*;

fn index(headlines: &[&str]) -> Index {
    let mut index = Index::default();
    for (n, headline) in headlines.iter().enumerate() {
        index.push(ItemId(i64::try_from(n).unwrap()), headline);
    }
    index
}

fn found(headlines: &[&str], typed: &str) -> Vec<i64> {
    index(headlines)
        .find(&Query::new(typed), 10)
        .best
        .into_iter()
        .map(|hit| hit.item.0)
        .collect()
}

#[test]
fn what_stands_there_as_typed_comes_before_what_is_spread() {
    assert_eq!(
        found(
            &["南通大学与京东共建研究院", "南京一季度开工 30 个项目"],
            "南京"
        ),
        [1, 0]
    );
}

#[test]
fn among_equals_the_newer_comes_first() {
    assert_eq!(found(&["港口扩建开工", "港口扩建开工"], "港口"), [0, 1]);
}

#[test]
fn words_are_and_in_any_order_and_width_and_case_do_not_count() {
    assert_eq!(
        found(&["苏州建成 AI 算力中心", "无锡建成算力中心"], "ai苏州"),
        [0_i64; 0]
    );
    assert_eq!(
        found(&["苏州建成 AI 算力中心", "无锡建成算力中心"], "ai 苏州"),
        [0]
    );
    assert_eq!(found(&["１１ＧＷ 组件项目"], "11gw"), [0]);
}

#[test]
fn an_empty_query_gives_the_newest() {
    let hits = index(&["甲", "乙", "丙"]).find(&Query::new("  "), 2);
    assert_eq!((hits.best.len(), hits.total), (2, 3));
}

#[test]
fn highlights_are_positions_in_the_printed_headline() {
    let headline = "徐州 ２０ GW 项目";
    let hits = index(&[headline]).find(&Query::new("20gw"), 1);
    assert_eq!(hits.best[0].printed(headline), [3, 4, 6, 7]);
}

#[test]
fn the_total_counts_what_is_not_scored_too() {
    let headlines = vec!["新项目签约"; SCORED + 50];
    let hits = index(&headlines).find(&Query::new("项目"), 200);
    assert_eq!((hits.best.len(), hits.total), (200, SCORED + 50));
}

#[test]
fn pinyin_initials_and_mixtures_find_what_hanzi_find() {
    let headlines = [
        "南京江宁集中签约 12 个项目",
        "南京市江宁区新开工产业园",
        "南昌市进贤县建成钢构产业园",
        "比亚迪动力电池项目投产合肥",
        "固态电池生产线落户重庆",
        "西安建成 AI 算力中心",
        "厦门港扩建",
        "长安大道改造完成",
        "绿色化工园揭牌",
    ];
    for (typed, wanted) in [
        ("njjn", &[0, 1][..]),
        ("nanjing", &[0, 1]),
        ("nj江宁", &[0, 1]),
        ("nanj", &[0, 1]),
        ("bydhefei", &[3]),
        ("byd hefei", &[3]),
        ("hefei byd", &[3]),
        ("gtdc", &[4]),
        ("chongqing", &[4]),
        ("xian", &[5]),
        ("xi'an", &[5]),
        ("ai suanli", &[5]),
        ("xm", &[6]),
        ("xiamen", &[6]),
        ("changan", &[7]),
        ("lvse", &[8]),
        ("luse", &[8]),
        ("lyuse", &[8]),
        ("lvs", &[8]),
    ] {
        let found = found(&headlines, typed);
        assert!(found.starts_with(wanted), "{typed}: {found:?}");
    }
}

#[test]
fn a_whole_syllable_comes_before_one_that_it_begins() {
    assert_eq!(found(&["上海港扩建", "上海赣江园"], "gan"), [1, 0]);
    assert_eq!(found(&["恒州建成", "和州建成"], "he"), [1, 0]);
    // Of several places the whole one is shown.
    let headline = "恒力与和州签约";
    let hits = index(&[headline]).find(&Query::new("he"), 1);
    assert_eq!(hits.best[0].printed(headline), [3]);
}

#[test]
fn the_likelier_reading_comes_first() {
    assert_eq!(found(&["那年建成", "南安建成"], "nanan"), [1]);
    assert_eq!(found(&["县城", "西安"], "xian"), [1, 0]);
}

#[test]
fn only_the_rows_that_are_named_are_looked_at() {
    let mut index = Index::default();
    for (id, headline) in [(9, "甲乙"), (7, "甲丙"), (5, "甲丁"), (3, "甲戊")] {
        index.push(ItemId(id), headline);
    }
    for (within, wanted) in [
        (5..=7, &[7, 5][..]),
        (4..=8, &[7, 5]),
        (10..=20, &[]),
        (0..=3, &[3]),
        (9..=9, &[9]),
    ] {
        let mut search = index.search(&Query::new("甲"), &Within::Items(within.clone()));
        while search.step() {}
        let found: Vec<i64> = search.hits(9).best.iter().map(|hit| hit.item.0).collect();
        assert_eq!(found, wanted, "{within:?}");
    }
}

#[test]
fn words_that_are_longer_than_there_are_bits_mean_what_they_say() {
    let headline = "新城港区扩建".repeat(20);
    let other = format!("{headline}完");
    let headlines = [headline.as_str(), other.as_str()];
    assert_eq!(found(&headlines, &other), [1]);
    assert_eq!(found(&headlines, &headline), [0, 1]);
    let gappy = "新港区扩建".repeat(20);
    assert_eq!(found(&headlines, &gappy), [0, 1]);
    assert_eq!(found(&headlines, &"甲".repeat(10_000)), [0_i64; 0]);
    // Forty letters and more are pinyin still.
    let typed = "xinchenggangqukuojian".repeat(4);
    assert_eq!(found(&headlines, &typed), [0, 1]);
}

#[test]
fn it_goes_on_step_by_step_and_has_the_newest_first() {
    let mut index = Index::default();
    for n in 0..STEP + 10 {
        index.push(ItemId(i64::try_from(n).unwrap()), "甲乙");
    }
    let mut search = index.search(&Query::new("甲"), &Within::All);
    assert!(search.step() && !search.is_far_from_done());
    assert_eq!(search.hits(3).total, STEP);
    assert_eq!(search.hits(3).best[0].item, ItemId(0));
    assert!(search.step() && !search.step());
    assert_eq!(search.hits(3).total, STEP + 10);
}

/// Whether tokens stand in a headline, side by side or in order, looked up one by one.
fn stands(tokens: &[Token], headline: &[char], contiguous: bool) -> bool {
    let means = |token: &Token, c: char| match token {
        Token::Literal(own) => *own == c,
        Token::Syllable(letters) => spellings(c).contains(letters),
        Token::Begun(letters) => {
            *letters == c.to_string() || spellings(c).iter().any(|way| way.starts_with(letters))
        }
    };
    if contiguous {
        let mut parts = headline.windows(tokens.len());
        return parts.any(|part| tokens.iter().zip(part).all(|(token, c)| means(token, *c)));
    }
    let mut rest = headline.iter();
    tokens.iter().all(|token| rest.any(|c| means(token, *c)))
}

proptest! {
    #[test]
    fn finds_exactly_what_a_plain_scan_finds(
        headlines in proptest::collection::vec("[南难京江宁西安县重绿ab1 ]{0,12}", 0..20),
        typed in "[南京江anjingxilvcho1 ]{0,7}"
    ) {
        let folded: Vec<Vec<char>> = headlines.iter().map(|row| crate::text::normalise(row).chars().collect()).collect();
        let rows: Vec<&str> = headlines.iter().map(String::as_str).collect();
        let query = Query::new(&typed);
        let has = |row: &[char], contiguous| {
            let mut words = query.words().iter();
            words.all(|word| segments(word).iter().any(|tokens| stands(tokens, row, contiguous)))
        };
        let wanted = folded.iter().filter(|row| has(row, false)).count();
        let hits = index(&rows).find(&query, 100);
        prop_assert_eq!(hits.total, wanted);
        prop_assert_eq!(hits.best.len(), wanted, "the scorer agrees with the pass");
        for hit in &hits.best {
            let row = usize::try_from(hit.item.0).unwrap();
            prop_assert_eq!(hit.contiguous, has(&folded[row], true));
            prop_assert!(query.is_empty() || !hit.printed(rows[row]).is_empty());
        }
    }
}
