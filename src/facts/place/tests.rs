//! The rules of §4 on short items of our own, and what holds of any text.

use super::*;
use crate::facts::story::Around;
use crate::issue::{Facts, Item, ItemOrdinal, Passage, TextField};
use proptest::prelude::*;

mod names;

/// Headline, lead (empty where there is none), source (the same), and the place as `province/city`, `–` for none.
type Case<'a> = (&'a str, &'a str, &'a str, &'a str);

fn item(headline: &str, lead: &str, source: &str) -> Item {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Item {
        ordinal: ItemOrdinal(1),
        headline: headline.to_owned(),
        contents_headline: None,
        page: None,
        lead: some(lead),
        paragraphs: vec![],
        source: some(source),
        pictures: vec![],
        facts: Facts::default(),
    }
}

fn place_of(item: &Item, section: &str) -> Place {
    let around = Around {
        section,
        year: Some(2024),
        month: Some(5),
        is_headline_foreign: false,
    };
    read(&Story::of(item, &around))
}

fn shown(place: &Place) -> String {
    let name = |read: &Option<Read<String>>| {
        let name = read.as_ref().map(|read| read.value.clone());
        name.unwrap_or_else(|| "–".to_owned())
    };
    format!("{}/{}", name(&place.province), name(&place.city))
}

fn all_are(section: &str, cases: &[Case<'_>]) {
    let faults: Vec<String> = cases
        .iter()
        .filter_map(|(headline, lead, source, want)| {
            let got = shown(&place_of(&item(headline, lead, source), section));
            (got != *want)
                .then(|| format!("{headline} | {lead} | {source}: want {want}, got {got}"))
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_site_counts_and_not_the_ceremony() {
    all_are(
        "招商引资",
        &[
            ("芜湖市在上海签约18个项目", "", "", "安徽/芜湖"),
            ("芜湖市赴上海、杭州招商签约18个项目", "", "", "安徽/芜湖"),
            ("18个项目在芜湖经开区签约", "", "", "安徽/芜湖"),
            (
                "飞行汽车项目在上海签约",
                "飞行汽车项目在上海签约，落户芜湖市鸠江区。",
                "",
                "安徽/芜湖",
            ),
            (
                "储能基地项目签约仪式举行",
                "签约仪式在北京举行，项目选址于张家口市。",
                "",
                "河北/张家口",
            ),
            ("储能基地开工仪式在怀来县举行", "", "", "河北/张家口"),
            ("盐城(深圳)新能源产业推介会举行", "", "", "江苏/盐城"),
            (
                "中德某园推介会在德国举行",
                "太仓市在慕尼黑举行推介会，推介中德某园。",
                "",
                "江苏/苏州",
            ),
            ("世界储能大会在宁德开幕", "", "", "福建/宁德"),
            (
                "全国算力大会在郑州召开",
                "大会在郑州国际会展中心召开。",
                "工信部网站",
                "河南/郑州",
            ),
        ],
    );
}

#[test]
fn the_home_of_a_firm_or_a_school_is_no_site() {
    all_are(
        "招商引资",
        &[
            (
                "无锡晶华硅片项目在曲靖投产",
                "无锡晶华新材料股份有限公司在曲靖建设的硅片项目投产。",
                "",
                "云南/曲靖",
            ),
            (
                "晶华科技(江苏)有限公司电池项目落户天门",
                "",
                "",
                "湖北/天门",
            ),
            (
                "深圳市晶华科技有限公司与滁州市政府签约",
                "",
                "",
                "安徽/滁州",
            ),
            ("北京航空航天大学某研究院落地合肥", "", "", "安徽/合肥"),
            ("浙江大学昆山创新中心成立", "", "", "江苏/苏州"),
            ("来自宁波的7家企业落户遂宁", "", "", "四川/遂宁"),
            ("宁德时代某基地开工", "", "宜宾市政府网站", "四川/宜宾"),
            (
                "山东援藏项目日喀则电站开工",
                "",
                "山东省政府网站",
                "西藏/日喀则",
            ),
            (
                "北京·沧州渤海新区产业园开工",
                "产业园位于沧州渤海新区。",
                "",
                "河北/沧州",
            ),
            ("某大学(深圳)产业园揭牌", "", "", "广东/深圳"),
            (
                "沧州晶华化工装置投产",
                "沧州晶华化工集团有限公司装置投产，是河北省重点项目。",
                "沧州市政府网站",
                "河北/沧州",
            ),
        ],
    );
}

#[test]
fn wide_matters_have_no_city_or_no_place() {
    all_are(
        "招商引资",
        &[
            ("江苏省一季度重大项目推进会在徐州召开", "", "", "江苏/–"),
            (
                "湖北全省重大项目集中开工",
                "主会场设在黄石市。",
                "湖北省政府网站",
                "湖北/–",
            ),
            (
                "全省重大项目集中开工",
                "主会场设在黄石市。",
                "湖北省政府网站",
                "湖北/–",
            ),
            (
                "某轴承项目奠基仪式在辽宁举行",
                "奠基仪式在大连某园举行。",
                "",
                "辽宁/大连",
            ),
            ("无锡—连云港班列首发", "", "无锡市政府网站", "江苏/–"),
            ("重庆与成都共建产业园", "", "重庆市政府网站", "–/–"),
            ("郑州至列日货运航线开通", "", "", "河南/郑州"),
            ("苏北8个项目集中开工", "", "", "江苏/–"),
            (
                "某集团与江苏省政府签约",
                "双方在南京签署协议。",
                "",
                "江苏/–",
            ),
            (
                "国家创新型城市排名公布，江苏7市上榜",
                "其中南京居第4位。",
                "江苏省政府网站",
                "江苏/–",
            ),
            (
                "四川某基地等46个项目集中开工",
                "其中巴州区8个、恩阳区11个、南江县9个、平昌县5个。",
                "四川省政府网站",
                "四川/巴中",
            ),
            (
                "安徽省与某公司签约",
                "双方在合肥签署协议。",
                "安徽省政府网站",
                "安徽/–",
            ),
            (
                "雅康高速公路通车",
                "公路起于雅安市雨城区，止于康定市。",
                "",
                "四川/–",
            ),
            (
                "某管道工程投产",
                "管道横跨淄博、东营。",
                "山东省政府网站",
                "山东/–",
            ),
            ("从重庆到成都的专列开通", "", "", "–/–"),
            (
                "江西3家基地入选名单",
                "其中有赣州高新区的一家。",
                "江西省政府网站",
                "江西/–",
            ),
            ("重庆四川签署协议", "", "重庆市政府网站", "–/–"),
            (
                "长三角某联盟增至19家",
                "联盟会议在温州举行。",
                "浙江省政府网站",
                "–/–",
            ),
            (
                "全国县域发展前100名公布",
                "江苏昆山市、福建晋江市、湖南长沙县和浙江慈溪市居前。",
                "",
                "–/–",
            ),
        ],
    );
}

#[test]
fn abroad_is_no_place_of_ours() {
    all_are(
        "招商引资",
        &[
            ("江苏某企业在匈牙利投资建厂", "", "江苏省政府网站", "–/–"),
            ("常州某集团墨西哥工厂投产", "", "常州市政府网站", "–/–"),
            ("湘潭首个香港工业园开工", "", "", "湖南/湘潭"),
            ("德国某集团新工厂在太仓投产", "", "", "江苏/苏州"),
            (
                "德国某集团一体化基地开工",
                "项目在湛江市东海岛开工。",
                "",
                "广东/湛江",
            ),
        ],
    );
}

#[test]
fn a_document_has_the_place_of_its_author() {
    all_are(
        "政策法规",
        &[
            ("江苏出台支持苏州工业园区发展的若干措施", "", "", "江苏/–"),
            (
                "《珠海市数字经济条例》施行",
                "",
                "广东省政府网站",
                "广东/珠海",
            ),
            (
                "《某产业行动方案》印发",
                "我省多部门联合印发方案。",
                "山西省政府网站",
                "山西/–",
            ),
            ("科技部印发《某基地管理办法》", "", "科技部网站", "–/–"),
            ("国家发展改革委印发《横琴发展方案》", "", "", "–/–"),
            (
                "国务院批复同意设立哈尔滨新区",
                "",
                "中国政府网",
                "黑龙江/哈尔滨",
            ),
            (
                "《关于支持成都发展的意见》出台",
                "",
                "四川省政府网站",
                "四川/–",
            ),
            ("《广佛同城化规划》发布", "", "佛山市政府网站", "广东/–"),
            ("川渝联合印发《某方案》", "", "重庆市政府网站", "–/–"),
        ],
    );
}

#[test]
fn the_source_decides_only_where_the_text_has_no_place() {
    all_are(
        "综合资讯",
        &[
            ("全市8个重大项目开工", "", "衢州市政府网站", "浙江/衢州"),
            ("某创新园揭牌", "", "苏州工业园区网站", "江苏/苏州"),
            ("某创新园揭牌", "", "四川日报", "–/–"),
            ("某创新园在绍兴揭牌", "", "杭州市政府网站", "浙江/绍兴"),
        ],
    );
}

#[test]
fn what_is_read_is_where_it_was_read() {
    let place = place_of(
        &item("总投资 60 亿元的项目落户 江苏 苏州", "", ""),
        "招商引资",
    );
    let city = place.city.unwrap();
    assert_eq!(city.value, "苏州");
    let words = Passage {
        field: TextField::Headline,
        from: 15,
        to: 20,
    };
    assert_eq!(city.from, [words]);
    assert_eq!(place.province.unwrap().from, city.from);
    let place = place_of(&item("全市项目开工", "", "衢州市政府网站"), "招商引资");
    assert_eq!(place.city.unwrap().from[0].field, TextField::Source);
}

proptest! {
    #[test]
    fn any_text_has_passages_of_its_own(
        headline in "(江苏|苏州|昆山|在|落户|举行|签约|公司|、|《|》|\\(|\\)|匈牙利|[a-zA-Z0-9 ，。①]|\\PC){0,12}",
        lead in "(全省|南京|鼓楼区|和平|赴|大学|至|[ \\n]|\\PC){0,12}",
        source in "(苏州|政府网站|日报|\\PC){0,4}",
    ) {
        let item = item(&headline, &lead, &source);
        let place = place_of(&item, "招商引资");
        for passage in [place.province, place.city].into_iter().flatten().flat_map(|read| read.from) {
            let text = match passage.field {
                TextField::Headline => Some(&item.headline),
                TextField::Lead => item.lead.as_ref(),
                TextField::Source => item.source.as_ref(),
                TextField::Paragraph(_) | TextField::Section => None,
            };
            let length = text.unwrap().chars().count();
            prop_assert!(passage.from < passage.to && passage.characters().end <= length);
        }
    }
}
