//! What is read of a text, and what is not.

use super::MOST;
use crate::issue::IssueNumber;
use crate::issue::{Fact, Stage};
use crate::query::{
    Added, Condition, Days, Direction, Issues, Key, Mark, Month, Name, Numbers, Order, Place,
    Query, QueryError, QueryProblem, Span, Term,
};
use crate::text::normalise;
use proptest::prelude::*;

fn read(text: &str) -> Query {
    text.parse().unwrap()
}

fn error(text: &str) -> QueryError {
    text.parse::<Query>().unwrap_err()
}

#[test]
fn terms_of_each_kind_are_read_and_written() {
    for text in [
        "",
        "新能源",
        "新能源 -风电",
        "\"AI 算力\"",
        "-\"AI 算力\"",
        "section:招商",
        "section:招商,政策",
        "section:=招商",
        "-section:\"综合 资讯\"",
        "issue:101",
        "issue:82..101",
        "issue:82..,..7,9",
        "issue:2023-01,>=2023-03,latest,last4",
        "has:amount,date,note -has:source",
        "projects:5, 100,3",
        "projects:1000,2..3, 100..200",
        "is:unread is:bookmarked -is:read",
        "section:招商引资 新能源 is:unread",
        "province:江苏,浙江 -city:苏州,上海",
        "amount:>=100亿",
        "amount:<5000万,>5亿美元",
        "-amount:10亿..20.5亿,100亿",
        "projects:>10,<=3,5,10..20",
        "area:>=500亩",
        "area:157.5亩",
        "date:2023-01-03,2023-01,2023",
        "date:2023-01-01..2023-01-07,>=2023-02-01,<2022-01-01",
        "stage:签约,落成/竣工",
        "industry:新能源,汽车 source:江苏省政府",
        "has:date has:province has:city has:amount -has:projects has:area has:stage has:industry",
        "10:30",
        "http://www.parkworld.net",
        "\"-\" -",
        "\"\\\"\\\\\"",
    ] {
        assert_eq!(read(text).to_string(), text.replace("\"-\" -", "- -"));
    }
}

#[test]
fn chinese_names_and_full_width_signs_mean_the_same() {
    for (chinese, english) in [
        ("栏目：招商，政策", "section:招商,政策"),
        ("－风电 ！光伏", "-风电 -光伏"),
        ("!风电", "-风电"),
        ("期:８２…１０１期", "issue:82..101"),
        ("期:82……101", "issue:82..101"),
        ("期号:82。。101", "issue:82..101"),
        ("issue:82-101", "issue:82..101"),
        (
            "是：未读 是:书签 标记:已读",
            "is:unread is:bookmarked is:read",
        ),
        ("ISSUE:7 Is:Unread", "issue:7 is:unread"),
        ("ｔａｇ：跟踪 ＩＳ：ｕｎｒｅａｄ", "tag:跟踪 is:unread"),
        ("ｈａｓ:ＮＯＴＥ 欄目：招商", "has:note section:招商"),
        ("＂甲 乙＂", "\"甲 乙\""),
        ("section:\"综合 资\"讯,政", "section:\"综合 资讯\",政"),
        (
            "省：江蘇 城市：苏州，无锡 省份:上海 市:苏州",
            "province:江苏 city:苏州,无锡 province:上海 city:苏州",
        ),
        (
            "金额：＞＝１００亿 投资:≥5亿",
            "amount:>=100亿 amount:>=5亿",
        ),
        (
            "amount:100 amount:<=3万亿元",
            "amount:100亿 amount:<=30000亿",
        ),
        (
            "amount:10..20亿 amount:5000-8000万美金",
            "amount:10亿..20亿 amount:5000万美元..8000万美元",
        ),
        ("amount:5千万元人民币 三", "amount:5000万 三"),
        (
            "amount:100亿以上 amount:5亿港币以下",
            "amount:>=100亿 amount:<=5亿港元",
        ),
        ("项目:>10个 项目数:3至5", "projects:>10 projects:3..5"),
        (
            "占地:≤10公顷 用地:1万亩 面积:500..600",
            "area:<=150亩 area:10000亩 area:500亩..600亩",
        ),
        (
            "日期:2023年1月3日 date:2023/1/3 date:20230103 date:2023.1.3 date:202301",
            "date:2023-01-03 date:2023-01-03 date:2023-01-03 date:2023-01-03 date:2023-01",
        ),
        ("日期：2023年1月 date:2023年", "date:2023-01 date:2023"),
        ("date:2023-01-01..2023-01-31", "date:2023-01"),
        ("date:2022-12..2023年2月", "date:2022-12-01..2023-02-28"),
        (
            "date:>2023-01 date:<=2024-2 date:2023..",
            "date:>2023-01-31 date:<=2024-02-29 date:>=2023-01-01",
        ),
        (
            "日期:2023年1月1日至2023年1月7日 date:..2023",
            "date:2023-01-01..2023-01-07 date:<=2023-12-31",
        ),
        (
            "阶段:竣工 stage:政策 stage:Signed",
            "stage:落成/竣工 stage:政策发布 stage:签约",
        ),
        (
            "行业:新能源 产业:汽车 来源:政府",
            "industry:新能源 industry:汽车 source:政府",
        ),
        (
            "有:金额 有:总投资 有:行业 has:place 有:来源 has:land 有:土地,笔记",
            "has:amount has:amount has:industry has:province has:source has:area has:area,note",
        ),
    ] {
        assert_eq!(read(chinese).to_string(), english, "{chinese}");
    }
}

#[test]
fn a_colon_in_a_headline_is_no_field() {
    assert_eq!(
        read("发展论坛：共谋").terms,
        [Term::new(Condition::Word("发展论坛：共谋".into()))]
    );
}

#[test]
fn an_error_says_which_characters_are_at_fault() {
    let unknown = error("新能源 sektion:招商");
    assert_eq!(unknown.at, 4..11);
    assert!(matches!(
        unknown.problem,
        QueryProblem::UnknownField {
            nearest: Some("section"),
            ..
        }
    ));
    assert!(matches!(
        error("甲 -是:坏").problem,
        QueryProblem::UnknownMark { .. }
    ));
    assert_eq!(error("is:坏").at, 3..4);
    assert_eq!(error("is:unread,read").at, 3..14);
    assert!(matches!(
        error("issue:甲").problem,
        QueryProblem::NoNumber { .. }
    ));
    assert_eq!(error("issue:9..7").at, 6..10);
    assert!(matches!(
        error("issue:9..7").problem,
        QueryProblem::Backward { .. }
    ));
    assert!(matches!(
        error("issue:99999999999").problem,
        QueryProblem::NoNumber { .. }
    ));
    assert!(matches!(
        error("section:").problem,
        QueryProblem::NoValue { .. }
    ));
    assert!(matches!(
        error("section:甲,").problem,
        QueryProblem::NoValue { .. }
    ));
    for (text, at, code) in [
        ("甲 amount:>=许多", 9..13, "query-no-amount"),
        ("amount:5元", 7..9, "query-no-amount"),
        ("amount:-5亿", 7..10, "query-no-amount"),
        ("amount:1.亿", 7..10, "query-no-amount"),
        ("amount:9999999999999999亿", 7..24, "query-no-amount"),
        ("amount:1.2.3亿", 7..13, "query-no-amount"),
        ("amount:20亿..10亿", 7..15, "query-backward"),
        ("projects:1.5", 9..12, "query-no-count"),
        ("projects:", 9..10, "query-no-value"),
        ("area:5平米", 5..8, "query-no-land"),
        ("date:7q", 5..7, "query-no-day"),
        ("date:2023-02-30", 5..15, "query-no-day"),
        ("date:2023-01,23-1", 13..17, "query-no-day"),
        ("date:2023..2022", 5..15, "query-backward"),
        ("date:2月5日", 5..9, "query-no-day"),
        ("date:2024-02-", 5..13, "query-no-day"),
        ("date:0000", 5..9, "query-no-day"),
        ("date:2024--2", 5..12, "query-no-day"),
        ("stage:签", 6..7, "query-unknown-stage"),
        ("province:火星", 9..11, "query-unknown-province"),
        ("province:江", 9..10, "query-unknown-province"),
        ("province:苏州", 9..11, "query-other-place"),
        ("甲 province:江苏,昆山", 14..16, "query-place-within"),
        ("city:火星", 5..7, "query-unknown-city"),
        ("city:石家壮", 5..8, "query-unknown-city-near"),
        ("city:江苏", 5..7, "query-other-place"),
        ("city:suzhou", 5..11, "query-several-places"),
        ("city:昆山", 5..7, "query-place-within"),
        ("city:两江新区", 5..9, "query-place-within"),
        ("industry:火星", 9..11, "query-unknown-industry"),
        ("industry:光伏", 9..11, "query-unknown-industry-near"),
        ("amount:5元", 7..9, "query-no-amount"),
        ("amount:5 元", 7..10, "query-no-amount"),
        ("amount:>10b", 7..11, "query-no-amount"),
        ("amount:>", 7..8, "query-no-amount"),
        ("amount:<>100", 7..12, "query-no-amount"),
        ("amount:\"1,00\"", 7..13, "query-no-amount"),
        ("amount: is:unread", 7..8, "query-no-value"),
        ("province: -风电", 9..10, "query-no-value"),
        ("amount: ", 7..8, "query-no-value"),
        ("industry=火星", 8..11, "query-unknown-industry"),
        ("has:价格", 4..6, "query-unknown-added"),
    ] {
        let error = error(text);
        assert_eq!(error.problem.code(), code, "{text}");
        assert_eq!(error.at, at, "{text}");
    }
    for (written, meant) in [
        ("签约仪式", "签约"),
        ("singed", "signed"),
        ("落成竣工", "落成"),
    ] {
        let problem = error(&format!("stage:{written}")).problem;
        assert_eq!(problem.meant().english, meant);
    }
    assert_eq!(error("甲 \"乙 丙").at, 2..6);
    let many = "甲 ".repeat(MOST) + "issue:1,2";
    assert!(matches!(error(&many).problem, QueryProblem::TooMany));
    assert_eq!(error(&many).at, 2 * MOST..2 * MOST + 9);
}

#[test]
fn what_there_is_instead_is_told() {
    for (text, meant) in [
        ("province:苏州", "city:苏州"),
        ("city:江苏", "province:江苏"),
        ("city:昆山", "city:苏州 昆山"),
        ("province:太仓市", "city:苏州 太仓市"),
        ("city:两江新区", "province:重庆 两江新区"),
        ("city:石家壮", "石家庄"),
        ("industry:光伏", "新能源"),
        ("industry:新能源汽车", "汽车"),
        ("amount:", "amount:>=100亿"),
    ] {
        assert_eq!(error(text).problem.meant().english, meant, "{text}");
    }
    let industries = error("industry:").problem.meant();
    assert!(
        industries.chinese.contains("新能源、电池、汽车、")
            && industries
                .english
                .contains("new-energy, batteries, automotive, ")
    );
    let provinces = error("province:火星").problem.meant();
    assert!(
        provinces.chinese.contains("、内蒙古、")
            && provinces.english.contains(", inner-mongolia, ")
    );
    let fields = error("sektor:甲").problem.meant();
    assert!(fields.chinese.contains("栏目: 期: ") && fields.english.contains("section: issue: "));
}

#[test]
fn places_and_industries_go_by_many_names() {
    for (written, read_as) in [
        ("province:Jiangsu,内蒙", "province:江苏,内蒙古"),
        ("province:=江苏 省:苏", "province:江苏 province:江苏"),
        ("province:\"Inner Mongolia\"", "province:内蒙古"),
        ("city:nanjing,上海市", "city:南京,上海"),
        ("industry:new-energy,Rail", "industry:新能源,轨道交通"),
        ("stage:=signed", "stage:签约"),
    ] {
        assert_eq!(read(written).to_string(), read_as, "{written}");
    }
}

#[test]
fn a_comma_groups_three_digits_and_else_separates() {
    for (written, read_as) in [
        ("amount:>=1,000万", "amount:>=1000万"),
        ("-金额：>=１０，０００万", "-amount:>=10000万"),
        ("amount:1,234,567.89万元", "amount:1234567.89万"),
        ("area:>=1,000亩,5公顷", "area:>=1000亩,75亩"),
        ("projects:>=1,000", "projects:>=1000"),
        ("projects:1,000", "projects:1000"),
        ("projects:5,100", "projects:5100"),
        ("projects:5, 100", "projects:5, 100"),
        ("projects:5、100", "projects:5, 100"),
        ("projects:5,10,20", "projects:5,10,20"),
        ("amount:1,000..2,000", "amount:1000亿..2000亿"),
        ("amount:5亿,100亿", "amount:5亿,100亿"),
        ("issue:82,101", "issue:82,101"),
    ] {
        assert_eq!(read(written).to_string(), read_as, "{written}");
    }
}

#[test]
fn white_space_stands_where_there_is_one_meaning() {
    for (written, read_as) in [
        ("amount:>= 5亿", "amount:>=5亿"),
        ("amount: >=5亿 甲", "amount:>=5亿 甲"),
        ("amount :>=5亿", "amount:>=5亿"),
        ("金额 ： ＞＝ 5 亿元 甲", "amount:>=5亿 甲"),
        ("amount:>=5 亿", "amount:>=5亿"),
        ("amount:>10 billion", "amount:>100亿"),
        ("amount:>10 billion yuan", "amount:>100亿"),
        ("amount:5 million usd", "amount:500万美元"),
        ("amount:5 million 甲", "amount:500万 甲"),
        ("amount:100亿 以上", "amount:>=100亿"),
        ("amount:10亿 .. 20亿", "amount:10亿..20亿"),
        ("amount>100", "amount:>100亿"),
        ("-amount >= 5亿", "-amount:>=5亿"),
        ("投资≥5亿 projects<10", "amount:>=5亿 projects:<10"),
        ("amount:=>5亿", "amount:>=5亿"),
        ("date>=2023-01 date = 2023", "date:>=2023-01-01 date:2023"),
        ("date:2023年 1月 3日 甲", "date:2023-01-03 甲"),
        (
            "date:2023-01-01 .. 2023-01-07",
            "date:2023-01-01..2023-01-07",
        ),
        (
            "province=江苏 stage = 签约",
            "province:江苏 \"stage\" = 签约",
        ),
        ("projects:>10 个项目 area:>5 亩", "projects:>10 area:>5亩"),
        ("projects:>10 5G", "projects:>10 5G"),
        ("amount:>5 新能源", "amount:>5亿 新能源"),
        ("province: 江苏, 浙江 ，上海", "province:江苏,浙江,上海"),
        ("section: 招商", "section:招商"),
        ("a>b 甲：乙 10:30", "a>b 甲：乙 10:30"),
    ] {
        let read_as = read_as.replace("\"stage\"", "stage");
        assert_eq!(read(written).to_string(), read_as, "{written}");
    }
}

#[test]
fn a_word_is_written_so_that_the_term_before_does_not_take_it() {
    for text in [
        "amount:5亿 \"以上\"",
        "amount:5亿 \"美元\" 美元",
        "projects:>10 \"个\"",
        "province:江苏 \",甲\"",
        "期 \":7\"",
        "amount:5亿 新能源 -以上",
    ] {
        assert_eq!(read(text).to_string(), text);
    }
}

#[test]
fn what_shows_nothing_is_no_word() {
    assert!(read("\u{200b} \"\u{3000}\" \u{3000}").is_empty());
}

fn text() -> impl Strategy<Value = String> {
    "[甲乙ab:：,，、\"＂\\\\=\\-! 期1]{1,8}"
        .prop_filter("not empty when folded", |text| !normalise(text).is_empty())
}

fn issues() -> impl Strategy<Value = Issues> {
    let numbers = (0..200_u32, 0..200_u32, 0..3).prop_map(|(a, more, open)| Numbers {
        first: (open != 1).then_some(IssueNumber(a)),
        last: (open != 2).then_some(IssueNumber(a + more)),
    });
    let month = || (1990..2040_u16, 1..=12_u8).prop_map(|(year, month)| Month { year, month });
    prop_oneof![
        numbers.prop_map(Issues::Numbers),
        month().prop_map(|month| Issues::Months(Span::Between(month, month))),
        month().prop_map(|month| Issues::Months(Span::AtLeast(month))),
        (1..9_u32).prop_map(Issues::Newest),
    ]
}

fn one_of(names: &'static [&'static str]) -> impl Strategy<Value = String> {
    proptest::sample::select(names).prop_map(str::to_owned)
}

/// A span of what `read` reads, of values that `value` makes as they are typed.
fn span<T: std::fmt::Debug>(
    value: impl Strategy<Value = String> + Clone,
    read: impl Fn(&str) -> Option<T>,
) -> impl Strategy<Value = T> {
    let sign = proptest::sample::select(&["", ">=", ">", "<=", "<"]);
    let one = (sign, value.clone()).prop_map(|(sign, value)| format!("{sign}{value}"));
    let two = (value.clone(), value).prop_map(|(first, last)| format!("{first}..{last}"));
    prop_oneof![one, two].prop_filter_map("ends before it begins", move |text| read(&text))
}

fn days() -> impl Strategy<Value = Days> {
    let day = "20[0-9]{2}(-0[1-9](-[0-2][1-8])?)?";
    let span = span(day, |text| crate::query::days::days(text).ok());
    prop_oneof![span, (1_u32..1000).prop_map(Days::Back)]
}

fn order() -> impl Strategy<Value = Order> {
    let direction = proptest::sample::select(&[Direction::Ascending, Direction::Descending]);
    let key = proptest::sample::select(&Key::ALL);
    let by = (key, direction).prop_map(|(key, direction)| Order::By(key, direction));
    prop_oneof![Just(Order::Printed), by]
}

fn stated() -> impl Strategy<Value = Condition> {
    use crate::query::quantity;
    use proptest::collection::vec;
    let number = || "[0-9]{1,5}(\\.[0-9]{1,3})?";
    let amount = (number(), "(百|千|)(万|亿|万亿)(元|美元|日元|)").prop_map(|(n, unit)| n + &unit);
    let land = (number(), "(亩|万亩|公顷|)").prop_map(|(n, unit)| n + &unit);
    prop_oneof![
        vec(one_of(&["新能源", "汽车", "人工智能"]), 1..3).prop_map(Condition::Industry),
        vec(one_of(&["江苏", "海南"]).prop_map(Place), 1..3).prop_map(Condition::Province),
        vec(one_of(&["苏州", "上海", "海南"]).prop_map(Place), 1..3).prop_map(Condition::City),
        vec(proptest::sample::select(&Stage::ALL), 1..3).prop_map(Condition::Stage),
        vec(span(amount, |text| quantity::amounts(text).ok()), 1..3).prop_map(Condition::Amount),
        vec(span(land, |text| quantity::land(text).ok()), 1..3).prop_map(Condition::Area),
        vec(span("[0-9]{1,6}", |text| quantity::counts(text).ok()), 1..3)
            .prop_map(Condition::Projects),
        vec(days(), 1..3).prop_map(Condition::Date),
        vec(days(), 1..3).prop_map(Condition::Issued),
    ]
}

fn term() -> impl Strategy<Value = Term> {
    let name = || (text(), any::<bool>()).prop_map(|(text, whole)| Name { text, whole });
    let fact = proptest::sample::select(&[
        Fact::Date,
        Fact::Province,
        Fact::City,
        Fact::TotalInvestment,
        Fact::Projects,
        Fact::AreaMu,
        Fact::Stage,
        Fact::Industries,
    ]);
    let added = prop_oneof![
        fact.prop_map(Added::Fact),
        proptest::sample::select(&[Added::Note, Added::Tag, Added::Source, Added::Fix]),
    ];
    let condition = prop_oneof![
        text().prop_map(Condition::Word),
        proptest::collection::vec(name(), 1..3).prop_map(Condition::Section),
        proptest::collection::vec(name(), 1..3).prop_map(Condition::Publication),
        proptest::collection::vec(name(), 1..3).prop_map(Condition::Source),
        proptest::collection::vec(issues(), 1..3).prop_map(Condition::Issue),
        proptest::sample::select(&Mark::ALL).prop_map(Condition::Is),
        proptest::collection::vec(added, 1..3).prop_map(Condition::Has),
        stated(),
    ];
    (any::<bool>(), condition).prop_map(|(negated, condition)| Term { negated, condition })
}

/// Terms of which some are groups, as reading makes them: of several sides, or turned round and of several terms.
fn grouped() -> impl Strategy<Value = Term> {
    term().prop_recursive(3, 24, 4, |inner| {
        let side = |least| {
            let terms = proptest::collection::vec(inner.clone(), least..4);
            terms.prop_map(Query::of)
        };
        let sides = (any::<bool>(), proptest::collection::vec(side(1), 2..4));
        let sides = sides.prop_map(|(negated, sides)| Term {
            negated,
            condition: Condition::Any(sides),
        });
        let whole = side(2).prop_map(|side| Term {
            negated: true,
            condition: Condition::Any(vec![side]),
        });
        prop_oneof![sides, whole]
    })
}

#[test]
fn groups_and_sides_read_as_they_belong_together() {
    for (text, canonical) in [
        ("锂电 OR 光伏", "(锂电 OR 光伏)"),
        ("锂电|光伏", "锂电|光伏"),
        ("锂电 | 光伏 ｜ 风电", "(锂电 OR 光伏 OR 风电)"),
        ("锂电 或 光伏 签约", "(锂电 OR 光伏 签约)"),
        ("(锂电 OR 光伏) 签约", "(锂电 OR 光伏) 签约"),
        ("（锂电 OR 光伏）签约", "(锂电 OR 光伏) 签约"),
        ("(锂电 光伏) AND 签约", "锂电 光伏 签约"),
        ("-(锂电 光伏)", "-(锂电 光伏)"),
        ("！（锂电 OR 光伏）", "-(锂电 OR 光伏)"),
        ("-(锂电)", "-锂电"),
        ("-(-锂电)", "锂电"),
        ("((锂电))", "锂电"),
        ("()锂电 ( )", "锂电"),
        (
            "(section:招商,政策 OR amount:>=1亿) -x",
            "(section:招商,政策 OR amount:>=1亿) -x",
        ),
        ("(项目(一期) OR 二期)", "(\"项目(一期)\" OR 二期)"),
        ("项目(一期)", "\"项目(一期)\""),
        ("or \"OR\" \"锂电)\"", "or \"OR\" \"锂电)\""),
        ("锂电 || 光伏 && x", "(锂电 OR 光伏 x)"),
        ("(锂电 -)", "锂电 -"),
    ] {
        let query: Query = text.parse().unwrap();
        assert_eq!(query.to_string(), canonical, "{text}");
        assert_eq!(canonical.parse::<Query>().unwrap(), query, "{text}");
    }
    let deep = "(".repeat(10_000);
    for (text, at, problem) in [
        ("甲 (锂电", 2..3, QueryProblem::OpenGroup),
        ("甲 锂电)", 4..5, QueryProblem::CloseAlone),
        ("(甲) tag:乙） 丙", 9..10, QueryProblem::CloseAlone),
        (")", 0..1, QueryProblem::CloseAlone),
        ("-) 甲", 1..2, QueryProblem::CloseAlone),
        ("OR 锂电", 0..2, QueryProblem::EmptySide),
        ("锂电 OR", 3..5, QueryProblem::EmptySide),
        ("(锂电 | ) 甲", 4..5, QueryProblem::EmptySide),
        ("锂电 OR OR 光伏", 6..8, QueryProblem::EmptySide),
        (&deep, 16..17, QueryProblem::TooDeep),
    ] {
        let error = text.parse::<Query>().unwrap_err();
        assert_eq!((error.at, error.problem), (at, problem), "{text}");
    }
}

#[test]
fn an_order_is_named_beside_the_terms_and_is_none_of_them() {
    for (text, canonical) in [
        ("sort:amount", "sort:amount"),
        ("排序:金额 锂电", "锂电 sort:amount"),
        ("锂电 sort：日期升序 签约", "锂电 签约 sort:date-asc"),
        ("sort: place 锂电 OR 光伏", "(锂电 OR 光伏) sort:place"),
        ("sort:area sort:-area", "sort:area-asc"),
        ("sort:amount sort:printed", ""),
    ] {
        let query: Query = text.parse().unwrap();
        assert_eq!(query.to_string(), canonical, "{text}");
        assert_eq!(canonical.parse::<Query>().unwrap(), query, "{text}");
        assert!(query.terms.len() < 3);
    }
    for (text, at, code) in [
        ("锂电 sort:", 8..9, "query-no-value"),
        ("锂电 sort:钱", 8..9, "query-unknown-order"),
        ("(锂电 sort:date)", 9..13, "query-order-inside"),
        ("-sort:date", 6..10, "query-order-inside"),
    ] {
        let error = text.parse::<Query>().unwrap_err();
        assert_eq!((error.at, error.problem.code()), (at, code), "{text}");
    }
}

proptest! {
    #[test]
    fn every_query_reads_back_from_its_text(terms in proptest::collection::vec(grouped(), 0..4), order in order()) {
        let query = Query { terms, order };
        prop_assert_eq!(query.to_string().parse::<Query>().unwrap(), query);
    }

    #[test]
    fn every_text_is_a_query_that_reads_back_or_an_error_inside_of_it(text in "(is|amount|date|area|stage|金额|)([甲乙ab:：,，\"\\\\=\\-!. 期1is><亿月日90()（）]| OR | AND ){0,16}") {
        match text.parse::<Query>() {
            Ok(query) => prop_assert_eq!(query.to_string().parse::<Query>().unwrap(), query),
            Err(error) => prop_assert!(error.at.start < error.at.end && error.at.start <= text.chars().count()),
        }
    }
}
