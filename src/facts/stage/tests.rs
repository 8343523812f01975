//! The four rules, on items of our own.

use super::words::rows;
use super::*;
use crate::facts::Around;
use crate::facts::tests::item_of;

fn read_in(section: &str, headline: &str, body: &[&str]) -> Read<Stage> {
    let around = Around {
        section,
        year: Some(2023),
        month: Some(1),
        is_headline_foreign: false,
    };
    read(&Story::of(&item_of(headline, body), &around))
}

fn stage(headline: &str, body: &[&str]) -> &'static str {
    read_in("综合资讯", headline, body).value.name()
}

#[test]
fn every_example_of_the_table_gives_what_the_table_says() {
    let wrong: Vec<String> = rows()
        .filter_map(|row| {
            let found = read_in("综合资讯", row.example, &[]).value;
            (Some(found) != row.gives).then(|| format!("{}: {found}", row.example))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_word_of_a_deed_says_so_in_a_headline() {
    for row in rows() {
        let words::Sense::Deed(wanted) = row.sense else {
            continue;
        };
        for word in row.words.split(' ') {
            let headline = format!("南湾水厂{word}");
            assert_eq!(stage(&headline, &[]), wanted.name(), "{headline}");
        }
    }
}

#[test]
fn a_section_of_policies_issues_policies() {
    let read = read_in("惠企政策", "南湾水厂开工", &[]);
    assert_eq!(read.value, Stage::PolicyIssued);
    assert_eq!(read.from[0].field, crate::issue::TextField::Section);
    assert_eq!(read.from[0].characters(), 0..4);
}

#[test]
fn what_is_in_a_name_or_still_to_come_did_not_happen() {
    for (headline, wanted) in [
        ("《竣工验收手册》编写组开工", "开工"),
        ("“投产即达效”服务专班成立", "揭牌/成立"),
        ("水厂“花落”南湾", "签约"),
        ("南湾水厂落户北岭 力争年底投产", "签约"),
        ("南湾水厂即将开工", "规划"),
        ("建成后产能翻番的水厂开工", "开工"),
        ("开工率回升的南湾", "其他"),
        ("南湾自贸区挂牌三周年", "其他"),
        ("南湾光伏并网电站开工", "开工"),
        ("无人机试飞运行基地揭牌", "揭牌/成立"),
        ("南湾水厂尚未开工", "其他"),
    ] {
        assert_eq!(stage(headline, &[]), wanted, "{headline}");
    }
}

#[test]
fn of_several_the_one_that_the_figures_belong_to() {
    for (headline, body, wanted) in [
        ("科创谷揭牌暨12个项目开工", "", "开工"),
        ("科创谷揭牌12个项目开工", "", "开工"),
        ("8个项目签约6个项目开工", "", "签约"),
        ("签约项目8个 开工项目6个", "", "签约"),
        (
            "举行项目开工、签约活动",
            "此次开工、签约项目共14个。",
            "开工",
        ),
        (
            "科创谷揭牌暨项目开工活动",
            "总投资30亿元的9个项目开工。",
            "开工",
        ),
        ("水厂落成并投产", "", "落成/竣工"),
        ("水厂奠基开工", "", "开工"),
        ("科创谷签约设立基金", "基金总规模10亿元。", "签约"),
        ("去年签约落户的水厂开工", "", "开工"),
    ] {
        assert_eq!(stage(headline, &[body]), wanted, "{headline} {body}");
    }
}

#[test]
fn without_a_deed_in_the_headline_the_body_tells_it() {
    for (headline, body, wanted) in [
        ("海川在南湾投资8亿元建水厂", "双方签订投资协议。", "签约"),
        ("南湾举行项目推进会", "当天9个项目开工。", "开工"),
        ("南湾举行项目推进会", "全年力争签约项目300个。", "会议/活动"),
        ("南湾人才对接会举行", "3家企业落户孵化器。", "会议/活动"),
        ("南湾陶瓷博览会举行", "博览会设立6个展馆。", "会议/活动"),
        ("水厂建设忙", "水厂成立于2008年。", "其他"),
        ("水厂建设忙", "此前水厂已签约。", "其他"),
        ("水厂建设忙", "2019年3月，水厂签约。", "其他"),
        ("水厂建设忙", "水厂将分两期于2026年竣工。", "其他"),
        ("南湾举行招商活动", "签订协议5份，项目总投资9亿元。", "签约"),
        ("观察：水厂为何难建", "去年南湾有9个项目开工。", "其他"),
        ("南湾要建成水城", "总体城市设计方案发布。", "规划"),
    ] {
        assert_eq!(stage(headline, &[body]), wanted, "{headline} {body}");
    }
}

#[test]
fn what_was_launched_or_issued_says_what_happened() {
    for (headline, wanted) in [
        ("南湾水厂建设启动", "开工"),
        ("南湾启动水厂扩建工程", "开工"),
        ("南湾启动建设新发展理念示范区", "开工"),
        ("南湾水务基金启动", "揭牌/成立"),
        ("南湾启动节水服务月活动", "会议/活动"),
        ("南湾发布节水办法", "政策发布"),
        ("《南湾节水条例》施行", "政策发布"),
        ("南湾发布水系规划", "规划"),
        ("《南湾水系规划》发布", "规划"),
        ("南湾发布节水白皮书", "其他"),
        ("南湾关于节水的若干措施", "政策发布"),
        ("南湾招商产品发布会举行", "会议/活动"),
        ("政府常务会议通过节水办法", "会议/活动"),
        ("海川公告拟在南湾建水厂", "规划"),
    ] {
        assert_eq!(stage(headline, &[]), wanted, "{headline}");
    }
}

#[test]
fn the_words_it_was_read_from_are_the_deed() {
    let read = read_in("", "年产 ３ 万吨水厂 开工", &[]);
    let words: Vec<_> = read.from.iter().map(Passage::characters).collect();
    assert_eq!(words, vec![10..12]);
}

#[test]
fn a_headline_may_state_several_stages_of_one_event() {
    for (headline, body, wanted) in [
        ("南湾9个项目集中签约开工", "", "签约 开工"),
        ("南湾9个项目开工、签约", "", "开工 签约"),
        ("南湾水厂签约暨揭牌仪式举行", "", "签约 揭牌/成立"),
        ("南湾水厂落成并投产", "", "落成/竣工 投产"),
        (
            "南湾市产业集群建设推进大会暨项目集中开工签约仪式举行",
            "活动集中开工9个项目，总投资80亿元。",
            "开工 签约",
        ),
        ("南湾水厂开工", "去年签约。", "开工"),
        ("去年签约落户的水厂开工", "", "开工"),
        ("科创谷签约设立基金", "", "签约"),
        ("南湾9个项目签约 海川水厂总投资8亿元投产", "", "签约"),
    ] {
        let around = Around {
            section: "招商引资",
            year: Some(2023),
            month: Some(1),
            is_headline_foreign: false,
        };
        let story = Story::of(&item_of(headline, &[body]), &around);
        let first = read(&story).value;
        let all = std::iter::once(first).chain(also(&story, first).value);
        let all: Vec<&str> = all.map(Stage::name).collect();
        assert_eq!(all.join(" "), wanted, "{headline}");
    }
}
