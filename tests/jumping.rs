//! How the jump ranks: what is meant is among the first three, at the end of typing and at every key from the third one on.
//! Of the real issues addresses are named, and no sentence.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

mod common;
mod real;
mod sandbox;

use common::Reader;
use parkweekly::issue::ItemId;
use parkweekly::jump::{Index, Query};
use parkweekly::parse::Hints;
use parkweekly::source::decode;
use parkweekly::tui::message::{HitRow, Hits, Message};
use parkweekly::tui::session::Session;
use real::corpus;
use sandbox::Sandbox;
use serde_json::Value;
use std::collections::BTreeSet;

const TWO: &[&str] = &["weekly-007.txt", "weekly-006.txt"];

/// What is typed, and the items one of which is meant, which stand first to third from the third key on.
const REAL: &[(&str, &[&str])] = &[
    // Hanzi.
    ("南京江宁", &["101/1/1"]),
    ("晶科", &["101/1/2"]),
    ("明阳集团", &["101/1/3"]),
    ("纺织服装", &["101/1/4"]),
    ("阜阳太和", &["101/1/6"]),
    ("碳纤维", &["101/1/7"]),
    ("普华永道", &["101/1/14"]),
    ("固态电池", &["101/1/30"]),
    ("量子智算", &["101/2/10"]),
    ("贝特瑞", &["101/1/33"]),
    ("粤芯半导体", &["82/1/21"]),
    ("抽水蓄能", &["82/1/15"]),
    ("同位素", &["82/1/22"]),
    ("传感器大会", &["82/2/10"]),
    // Latin letters and figures.
    ("chg", &["101/2/6"]),
    ("cite", &["82/2/9"]),
    ("186.8", &["101/1/2"]),
    ("1000兆瓦", &["101/1/38"]),
    // Pinyin.
    ("nanjingjiangning", &["101/1/1"]),
    ("nanning", &["101/1/5"]),
    ("fuyang", &["101/1/6"]),
    ("lianyungang", &["101/1/7", "82/2/5"]),
    ("chuzhou", &["101/1/16"]),
    ("linyi", &["101/1/21"]),
    ("tianmen", &["101/1/22"]),
    ("desaixiwei", &["101/1/23"]),
    ("xuchang", &["101/1/29"]),
    ("yancheng", &["101/1/31"]),
    ("jixi", &["101/1/32"]),
    ("anshun", &["101/1/34"]),
    ("qingneng", &["101/3/4"]),
    ("baoding", &["101/3/10"]),
    ("quanzhou", &["82/1/1"]),
    ("mianyang", &["82/1/3"]),
    ("dongying", &["82/1/4"]),
    ("cangzhou", &["82/1/7"]),
    ("heze", &["82/1/10"]),
    ("baotou", &["82/1/16"]),
    ("lanzhou", &["82/1/17"]),
    ("huzhou", &["82/2/3"]),
    // Characters of several readings.
    ("chongqing", &["101/2/12", "101/3/12"]),
    ("lvse", &["101/1/35", "101/1/37", "101/3/9"]),
    ("luse", &["101/1/35", "101/1/37", "101/3/9"]),
    // Initials.
    ("njjn", &["101/1/1"]),
    ("gtdc", &["101/1/30"]),
    ("phyd", &["101/1/14"]),
    ("lzzs", &["101/2/10"]),
    ("dldc", &["101/1/13", "82/1/2"]),
    // Mixtures, and words in any order.
    ("nj江宁", &["101/1/1"]),
    ("比亚迪xuzhou", &["101/1/13"]),
    ("xuzhou 比亚迪", &["101/1/13"]),
    ("byd yichun", &["82/1/2"]),
    ("yichun bydi", &["82/1/2"]),
    ("hefei beijing", &["101/2/3"]),
];

/// The same of what is another word's syllable on the way: it stands first to third at the end.
const REAL_AT_THE_END: &[(&str, &[&str])] = &[
    ("mingyang", &["101/1/3"]),
    ("jingzhou", &["101/1/4"]),
    ("zhangzhou", &["101/1/10"]),
    ("taizhou", &["101/1/24"]),
    ("jiangyin", &["101/1/25"]),
    ("shenyang", &["101/1/26"]),
    ("taicang", &["101/1/28"]),
    ("huangshi", &["101/1/36"]),
    ("chifeng", &["101/1/37"]),
    ("zhuji", &["101/2/8"]),
    ("zhuzhou", &["101/2/11"]),
    ("huaian", &["82/1/14"]),
    ("huai'an", &["82/1/14"]),
    ("xian", &["82/2/8"]),
    ("ganzhou", &["82/2/12"]),
    ("changchun", &["101/1/12"]),
    ("changzhou", &["101/2/2"]),
    ("chaoyang", &["101/1/38"]),
    ("chengdu", &["101/1/14", "101/1/23", "101/3/7", "101/3/11"]),
    ("taihu量子", &["101/2/10"]),
];

/// Headlines in the form of the weekly's, of places whose names are read otherwise than their characters alone, and what is typed for them.
const MADE: &[(&str, &[&str])] = &[
    (
        "重庆两江新区集中签约 12 个重点项目",
        &["chongqing", "cqlj", "重qing"],
    ),
    (
        "长沙望城储能电站开工 总投资 30 亿元",
        &["changsha", "cswc", "cswangcheng"],
    ),
    ("长治高新区 8 个光伏组件项目开工", &["changzhi", "czgx"]),
    (
        "厦门火炬高新区显示面板项目启用",
        &["xiamen", "xmhj", "厦men"],
    ),
    ("蚌埠禹会区传感谷二期竣工", &["bengbu", "bbyh", "蚌bu"]),
    (
        "六安金安区氢能装备制造基地奠基",
        &["luan", "lu'an", "lajaq"],
    ),
    (
        "西藏拉萨经开区清洁能源供应链基地揭牌",
        &["xizang", "xzls", "lasa"],
    ),
    ("乐清湾港区智能电气城启用", &["yueqing", "yqwg"]),
    ("什邡通用航空器维修中心开工", &["shifang", "sfty"]),
    ("铅山县绿色食品加工园签约", &["yanshan", "ysxl"]),
    ("番禺智能网联汽车零部件项目落地", &["panyu", "pyzn"]),
    ("亳州中药材冷链物流港建成", &["bozhou", "bzzyc"]),
    ("黄陂临空园新增 6 家企业", &["huangpi", "hplk"]),
    ("珲春水货加工基地扩建", &["hunchun", "hcsh"]),
    ("单县医用玻璃园开园", &["shanxian", "sxyybl"]),
    ("涡阳县再生铅循环利用项目完工", &["guoyang", "gyxz"]),
    ("洪洞县焦化升级改造项目签约", &["hongtong", "htxjh"]),
    ("荥阳轨道交通装备园集中开工", &["荥yang", "xygdjt"]),
    ("盱眙凹土新材料中试平台启动", &["xuyi", "xyat"]),
    (
        "吕梁绿铝产业基地二期建成",
        &["lvliang", "luliang", "lyuliang", "lvlv"],
    ),
    ("台州湾新区无人机检测中心揭牌", &["taizhouwan", "tzwx"]),
    ("丽水生物基材料项目开工", &["lishui", "lssw"]),
    ("成都东部新区医美城签约", &["chengdudong", "cddb"]),
    ("都匀毛尖茶精深加工项目落地", &["duyun", "dymj"]),
];

/// Each beginning of what is typed that has three characters or more.
fn keys(typed: &str) -> impl Iterator<Item = &str> {
    let ends = typed.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.skip(2.min(typed.chars().count() - 1))
        .map(|end| &typed[..end])
}

/// Places of the first three hits.
fn first(index: &Index, typed: &str) -> Vec<usize> {
    let best = index.find(&Query::new(typed), 3).best.into_iter();
    best.map(|hit| usize::try_from(-hit.item.0).unwrap())
        .collect()
}

fn index<'a>(headlines: impl Iterator<Item = &'a str>) -> Index {
    let mut index = Index::default();
    for (n, headline) in headlines.enumerate() {
        index.push(ItemId(-i64::try_from(n).unwrap()), headline);
    }
    index
}

#[test]
fn headlines_of_the_real_issues_are_among_the_first_three_at_every_key() {
    let Some(corpus) = corpus() else { return };
    let mut rows: Vec<(String, String)> = vec![];
    for number in [101, 82] {
        let bytes = std::fs::read(corpus.join(format!("issue-{number:03}.txt"))).unwrap();
        let document = decode("weekly", &bytes).unwrap();
        let issues = parkweekly::parse::parse(&document.pages, &Hints::default()).unwrap();
        let issue = &issues[0];
        for (s, section) in issue.sections.iter().enumerate() {
            for (i, item) in section.items.iter().enumerate() {
                let address = format!("{number}/{}/{}", s + 1, i + 1);
                rows.push((address, item.headline.clone()));
            }
        }
    }
    assert_eq!(rows.len(), 111);
    let index = index(rows.iter().map(|(_, headline)| headline.as_str()));
    let mut missed = vec![];
    let each = REAL
        .iter()
        .flat_map(|(typed, wanted)| keys(typed).map(move |typed| (typed, *wanted)));
    let asked = each.chain(REAL_AT_THE_END.iter().copied());
    for (typed, wanted) in asked {
        let found = first(&index, typed);
        let found: Vec<&str> = found.iter().map(|n| rows[*n].0.as_str()).collect();
        if !found.iter().any(|address| wanted.contains(address)) {
            missed.push(format!("{typed}: {found:?}, and not {wanted:?}"));
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

/// Headlines about other places, in which the same words stand.
fn others() -> Vec<String> {
    let places =
        "南京 苏州 无锡 武汉 合肥 郑州 济南 青岛 西安 昆明 贵阳 南宁 沈阳 大连 银川 兰州 海口 福州";
    let works = [
        "集中签约 12 个重点项目",
        "经开区风电场项目开工",
        "工业园智能制造基地落户",
        "出台制造业高质量发展行动方案",
        "碳纤维中试线启动",
        "轨道交通装备基地完工",
    ];
    let places = places.split(' ');
    let all = places.flat_map(|place| works.map(|work| format!("{place}{work}")));
    all.collect()
}

#[test]
fn places_of_other_readings_are_among_the_first_three_at_every_key() {
    let others = others();
    let made = MADE.iter().map(|(headline, _)| *headline);
    // Behind all others, which are newer: what is found first is not found first because it is.
    let index = index(others.iter().map(String::as_str).chain(made));
    let mut missed = vec![];
    for (n, (headline, queries)) in MADE.iter().enumerate() {
        for typed in queries.iter().flat_map(|typed| keys(typed)) {
            let found = first(&index, typed);
            if !found.contains(&(others.len() + n)) {
                missed.push(format!("{typed}: {found:?}, and not {headline}"));
            }
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn where_the_jump_led_is_proposed_before_anything_is_typed() {
    let mut reader = Reader::open(120, 40, TWO);
    reader.keys("ctrl-p").types("xiamen").keys("enter");
    let there = reader
        .state
        .open
        .as_ref()
        .unwrap()
        .selected()
        .unwrap()
        .key
        .clone();
    reader.keys("ctrl-p");
    let rows = reader.state.jump_mut().unwrap().rows.clone().unwrap();
    assert_eq!((&rows[0].head.key, rows[0].is_recent), (&there, true));
    assert!(!rows[1].is_recent && reader.screen().contains("最近 ·"));
    // They are kept with where the reader was left.
    let session = Session::of(&reader.state).unwrap();
    assert_eq!(Session::read(&session.text()).unwrap().jumps(), [there]);
    // One that is led to again is there once.
    reader.keys("enter ctrl-p");
    let rows = reader.state.jump_mut().unwrap().rows.clone().unwrap();
    assert!(rows[0].is_recent && !rows[1].is_recent);
}

#[test]
fn a_key_takes_the_jump_to_the_issue_that_is_read_and_back() {
    let mut reader = Reader::open(120, 40, TWO);
    let hits = |reader: &mut Reader| {
        let jump = reader.state.jump_mut().unwrap();
        let rows = jump.rows.as_ref().unwrap();
        rows.iter()
            .map(|row| row.head.key.issue.0)
            .collect::<BTreeSet<u32>>()
    };
    reader.keys("ctrl-p").types("xm");
    assert_eq!(hits(&mut reader), BTreeSet::from([6, 7]));
    reader.shows("跳转 · 全库");
    reader.keys("ctrl-o");
    assert_eq!(hits(&mut reader), BTreeSet::from([7]));
    reader.shows("跳转 · 7期");
    reader.types("没有这样的");
    reader.shows("Ctrl-O 到全库里找");
    reader.keys("ctrl-o");
    reader.shows("少写几个字");
}

#[test]
fn hits_that_come_after_the_newest_leave_the_one_that_was_gone_to_selected() {
    let mut reader = Reader::open(120, 40, TWO);
    reader.keys("ctrl-p").types("xm");
    let jump = reader.state.jump_mut().unwrap();
    let rows = jump.rows.clone().unwrap();
    let (ticket, total) = (reader.state.latest.jump, rows.len());
    let some = |rows: &[HitRow], is_whole| Hits {
        rows: rows.to_vec(),
        total: rows.len(),
        is_whole,
    };
    reader.tell(Message::Hits(ticket, some(&rows[1..3], false)));
    reader.shows("1/2…");
    reader
        .keys("down")
        .tell(Message::Hits(ticket, some(&rows, true)));
    reader.shows(&format!("3/{total} "));
    // Who has gone nowhere sees the best.
    reader.keys("esc ctrl-p").types("xm");
    let ticket = reader.state.latest.jump;
    reader.tell(Message::Hits(ticket, some(&rows[1..3], false)));
    reader.tell(Message::Hits(ticket, some(&rows, true)));
    reader.shows(&format!("1/{total} "));
}

#[test]
fn the_command_gives_the_ranking_with_scores_and_what_matched() {
    let sandbox = Sandbox::with_issues();
    let lines = |arguments: &[&str]| -> Vec<Value> {
        let output = sandbox.run(arguments);
        assert!(output.status.success(), "{output:?}");
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    };
    let all = lines(&["jump", "--json", "xm"]);
    assert!(all.len() > 2);
    let two = lines(&["jump", "--json", "--limit", "2", "xm"]);
    assert_eq!(two, all[..2]);
    for line in &all {
        let headline: Vec<char> = line["headline"].as_str().unwrap().chars().collect();
        let matched = line["matched"].as_array().unwrap();
        assert!(!matched.is_empty() && line["score"].is_i64());
        let last = matched.last().unwrap().as_u64().unwrap();
        assert!(usize::try_from(last).unwrap() < headline.len());
        assert!(line["id"].is_string() && line["facts"].is_object());
    }
    // The same order as text, address first.
    let text = sandbox.run(&["jump", "xm"]);
    let text = String::from_utf8(text.stdout).unwrap();
    let addresses: Vec<&str> = text
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    let ids: Vec<&str> = all
        .iter()
        .map(|line| line["id"].as_str().unwrap())
        .collect();
    assert_eq!(addresses, ids);
}

#[test]
fn the_command_ends_with_what_there_is_to_say() {
    let sandbox = Sandbox::with_issues();
    for (arguments, code, said) in [
        (&["jump", "qvqvqv"][..], 3, "没有标题含有"),
        (&["jump"], 2, ""),
        (&["jump", " ", "\u{200b}"], 2, "没有写要找什么"),
        (&["jump", &"南".repeat(10_000)], 3, "没有标题含有"),
        (&["jump", &"zzq9 ".repeat(5_000)], 3, "没有标题含有"),
        (&["jump", "\u{1b}[31m"], 3, "没有标题含有"),
        (&["jump", "--limit", "x", "a"], 2, ""),
    ] {
        let output = sandbox
            .command(arguments)
            .env("PARKWEEKLY_LANG", "zh")
            .output()
            .unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{error}");
        assert!(error.contains(said) && output.stdout.is_empty(), "{error}");
    }
    let empty = Sandbox::new().run(&["jump", "njjn"]);
    assert_eq!(empty.status.code(), Some(3));
}
