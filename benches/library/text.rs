//! Issues as text, in the form of the weekly: cover, contents, three sections, headlines of 15 to 35 characters, leads and paragraphs.
//! Must be the same in every run.

use super::words::{
    INDUSTRIES, Industry, PLACES, PLACES_BY_NEWS, Place, any, firm, name, skewed, source,
};
use fastrand::Rng;
use std::fmt::Write as _;

/// Names of publications.
const PUBLICATIONS: [&str; 10] = [
    "园区周报",
    "开发区周报",
    "新区周报",
    "港区周报",
    "产业周报",
    "招商周报",
    "高新区周报",
    "经开区周报",
    "县域周报",
    "城市周报",
];

/// Items of each section.
const SECTIONS: [(&str, usize, char); 3] = [
    ("一、招商引资", 35, '●'),
    ("二、综合资讯", 10, '-'),
    ("三、政策法规", 10, '-'),
];

const STAGES: [&str; 14] = [
    "签约",
    "开工",
    "投产",
    "集中签约",
    "集中开工",
    "奠基",
    "竣工",
    "揭牌",
    "落户",
    "封顶",
    "启动建设",
    "正式签约",
    "正式投产",
    "下线",
];

/// Headlines of projects. {P} county, {C} city, {R} province, {Q} another city, {F} firm, {G} another one, {D} and {E} words of the industry, {I} the industry,
/// {S} stage, {A} amount, {N} a small number, {M} a large one, {X} a name, {Y} and {Z} this year and a later one.
const PROJECTS: [&str; 14] = [
    "总投资{A}亿元的{F}{X}{D}项目在{C}{P}{S}",
    "总投资{A}亿元的{D}产业园项目在{C}{S}",
    "{F}{D}生产基地在{C}{P}{S}",
    "{C}{P}{N}个{I}项目集中{S} 总投资{A}亿元",
    "{F}年产{M}万套{D}项目在{C}{P}{S}",
    "{C}在{Q}举办{I}产业推介会 签约{N}个项目",
    "{F}{D}与{E}华东研发中心{S}{C}高新区",
    "{F}与{C}市政府签约共建{D}基地",
    "总投资{A}亿元的{F}{D}二期项目在{P}{X}产业园{S}",
    "{P}{Y}年第一季度重大项目集中{S}活动举行",
    "年产{M}GWh{D}及{E}一体化基地落户{C}经开区",
    "{X}{D}创新园首批{N}家企业入驻{P}",
    "{A}亿元{D}项目“花开”{P} {F}落子{C}",
    "{C}{I}产业链补链强链 {N}个{D}项目{S}",
];

const NEWS: [&str; 9] = [
    "{C}至{Q}国际货运航线开通 每周{N}班",
    "{R}布局建设{N}个{I}产业集群",
    "{P}上线{D}公共服务平台 首批开放设备{M}台",
    "{F}{D}创新中心在{C}揭牌",
    "{C}设立总规模{A}亿元的{I}产业基金",
    "{X}实验室{D}成果在{P}中试",
    "{C}{I}产业人才大会举行 签约{N}个团队",
    "{P}“{X}计划”落地 {N}家{D}企业结对",
    "{C}港{D}专用泊位投用 年通过能力{M}万吨",
];

const POLICIES: [&str; 8] = [
    "《{R}{I}产业高质量发展行动计划（{Y}—{Z}年）》印发",
    "{C}市人民政府办公室出台支持{I}产业发展{N}条措施",
    "《{C}{D}产业发展规划（{Y}—{Z}年）》发布",
    "{R}印发《关于加快{D}产业集聚的实施意见》",
    "《{C}{P}{D}企业用地保障和要素供给办法》发布",
    "《{C}市“{X}”人才引育若干政策》出台",
    "{R}人民政府办公厅关于{I}产业的指导意见",
    "《{P}碳达峰实施方案》印发 {D}列入重点",
];

const LEADS: [&str; 8] = [
    "{T}，总投资{A}亿元的{F}{D}项目在{C}{P}{S}，规划用地{M}亩。",
    "{T}上午，{C}{P}举行{I}项目{S}仪式，{N}个项目同时亮相，涉及{D}、{E}等领域。",
    "{T}，{F}宣布在{C}{P}建设{D}基地，首期投入{A}亿元。",
    "记者{X}{T}从{C}{P}获悉，{G}{X}{D}项目{S}，设计年产能{M}万件。",
    "{T}，{R}相关部门在{C}通报{I}领域进展，{D}增速居前。",
    "{C}{P}近日传来消息，{F}牵头的{D}联合体完成注册。",
    "{T}，{C}与{Q}两地就{D}协作达成一致，{G}、{X}镇等{N}项事宜列入清单。",
    "为推动{I}发展，{R}于{T}公布有关安排，{C}等地先行。",
];

const SENTENCES: [&str; 34] = [
    "该项目分{N}期推进，一期建设{D}车间和配套仓库，建筑面积约{M}00平方米，预计{Z}年建成。",
    "全部达产后，可年产{D}{M}万套，实现年销售收入{A}亿元，提供就业岗位{M}个。",
    "{F}主要从事{D}和{E}的研发、生产，在{Q}、{C}等地设有基地。",
    "企业负责人表示，看中的是{P}的配套：{D}、{E}的供应商都在半小时车程之内。",
    "园区为此派出专班，从拿地到开工用了{N}天，图纸审查与基坑支护同步进行。",
    "据介绍，{X}工艺把{D}的能耗降低了百分之{N}，获得专利{N}项。",
    "{C}已聚集{I}企业{M}余家，去年产值增长百分之{N}，规模以上企业占三成。",
    "其中，投资额{A}亿元的{X}{D}项目投资强度每亩超过{M}万元。",
    "项目计划租用标准厂房{M}00平方米，新上{N}条{D}生产线，设备由{G}和{X}{X}公司提供。",
    "当地承诺在土地、用能、{D}人才公寓三方面给予支持，按季度兑现。",
    "签约项目中，{D}类{N}个，由{G}、{G}等投资，{E}类{N}个，其余为{I}服务配套。",
    "{F}与{X}大学{X}、{X}两位教授合作设立联合实验室，主攻{D}可靠性和{E}替代。",
    "下一步，{P}将围绕{I}产业链绘制招商图谱，重点跟踪{Q}{G}、{X}{E}等{N}家企业。",
    "物流方面，{C}到{Q}的班列每周开行{N}列，{D}出口通关时间压缩到{N}小时。",
    "{T}起，符合条件的{D}企业可在线提交材料，{N}个工作日内办结。",
    "方案提出，到{Z}年，{R}{I}产业规模突破{M}0亿元，培育{N}家龙头企业。",
    "方案明确{N}项任务，包括{D}技术攻关、{E}应用示范、标准制定和数据共享。",
    "对新认定的{D}平台，按实际投入的百分之{N}给予补助，最高{A}万元。",
    "{X}镇{D}园区的{N}家小企业以订单入股，约{M}户居民受益。",
    "该基地采用屋顶光伏和余热回收，{D}单位产品碳排放下降百分之{N}。",
    "此前，{F}已在{Q}投用一条{D}试验线，良率稳定在百分之九十以上。",
    "活动现场还发布了{I}需求清单，{D}、{E}等{M}项需求由{G}等企业认领。",
    "{P}相关负责人{X}说，{D}项目落地快，靠的是“{X}”机制：一名干部盯一个项目。",
    "资金由{X}基金、{F}和当地平台公司按{N}比{N}的比例出资。",
    "首批设备来自{Q}，{D}检测线与{E}装配线将在{Z}年上半年调试。",
    "{C}{I}产业联盟同日成立，{F}、{G}、{G}等{M}家单位加入，秘书处设在{P}。",
    "项目周边规划了{X}路、{X}大道和{N}条公交线路，配建学校与{D}展示馆。",
    "按照约定，{F}须在{N}个月内完成{D}产线搬迁，逾期退还补贴。",
    "今年以来，{P}新增{D}项目{N}个，到位资金{A}亿元，{E}占比逐月提高。",
    "{X}号厂房已封顶，{D}洁净车间进入安装阶段，工人两班施工，{X}、{X}两个班组领先。",
    "产品将供应{Q}的{E}企业，部分出口东南亚，运费节约近{N}成。",
    "{X}院{X}认为，{D}与{E}的结合仍需时间，{C}的优势在场景而不在价格。",
    "{P}把{X}河沿线的旧厂房改为{I}孵化器，租金前{N}年减半。",
    "{F}旗下{X}公司负责运营，{D}数据接入{C}统一平台，按月公布。",
];

/// What the places of a template are filled with.
struct Story<'a> {
    place: &'static Place,
    county: &'static str,
    other: &'static Place,
    industry: &'static Industry,
    firm: String,
    stage: &'static str,
    amount: String,
    year: u32,
    month: u32,
    rng: &'a mut Rng,
}

impl<'a> Story<'a> {
    fn new(rng: &'a mut Rng, (year, month): (u32, u32)) -> Self {
        let place = &PLACES[skewed(rng, &PLACES_BY_NEWS)];
        let industry = match rng.u32(..2) {
            0 => &INDUSTRIES[rng.usize(..3)],
            _ => &INDUSTRIES[rng.usize(..INDUSTRIES.len())],
        };
        let amount = match rng.u32(..4) {
            0 => format!("{}", rng.u32(1..10)),
            1 => format!("{}.{}", rng.u32(1..300), rng.u32(1..10)),
            _ => format!("{}", rng.u32(10..200)),
        };
        Self {
            place,
            county: any(rng, &place.counties),
            other: &PLACES[rng.usize(..PLACES.len())],
            industry,
            firm: firm(rng),
            stage: skewed(rng, &STAGES),
            amount,
            year,
            month,
            rng,
        }
    }

    /// A template with its places filled.
    fn tell(&mut self, template: &str) -> String {
        let mut told = String::new();
        let mut rest = template;
        while let Some((before, behind)) = rest.split_once('{') {
            told.push_str(before);
            let (slot, behind) = behind.split_once('}').unwrap();
            self.fill(slot, &mut told);
            rest = behind;
        }
        told.push_str(rest);
        told
    }

    fn fill(&mut self, slot: &str, told: &mut String) {
        let rng = &mut *self.rng;
        match slot {
            "P" => told.push_str(self.county),
            "C" => told.push_str(&self.place.city),
            "R" => told.push_str(&self.place.province),
            "Q" => told.push_str(&self.other.city),
            "G" => told.push_str(&firm(rng)),
            "F" => told.push_str(&self.firm),
            "D" => told.push_str(skewed(rng, &self.industry.words)),
            "E" => told.push_str(any(rng, &self.industry.words)),
            "I" => told.push_str(self.industry.name),
            "S" => told.push_str(self.stage),
            "A" => told.push_str(&self.amount),
            "X" => told.push_str(&name(rng)),
            "N" => write!(told, "{}", rng.u32(2..60)).unwrap(),
            "M" => write!(told, "{}", rng.u32(60..900)).unwrap(),
            "Y" => write!(told, "{}", self.year).unwrap(),
            "Z" => write!(told, "{}", self.year + rng.u32(1..6)).unwrap(),
            "T" => write!(told, "{}月{}日", self.month, rng.u32(1..28)).unwrap(),
            other => panic!("no such slot: {other}"),
        }
    }
}

/// An issue: the `number`th of the publication of this place in the list, one a week.
pub fn issue(publication: u32, number: u32) -> String {
    let mut rng = Rng::with_seed(u64::from(publication) << 32 | u64::from(number));
    let weeks = number - 1;
    let (year, month, week) = (2000 + weeks / 48, weeks / 4 % 12 + 1, weeks % 4 + 1);
    let name = PUBLICATIONS[publication as usize];
    let mut contents = String::new();
    let mut body = String::new();
    let mut nth = 0;
    for (title, items, bullet) in SECTIONS {
        writeln!(contents, "{title}\t{}", nth / 3 + 1).unwrap();
        writeln!(body, "{title}\n").unwrap();
        for _ in 0..items {
            let story = &mut Story::new(&mut rng, (year, month));
            let headline = headline(story, title);
            writeln!(contents, "{bullet}{headline}\t{}", nth / 3 + 1).unwrap();
            writeln!(body, "●{headline}\n").unwrap();
            tell_story(story, &mut body);
            nth += 1;
        }
        contents.push('\n');
    }
    format!(
        "{name}\n\n{year}年{month}月{week}期（总{number}期）\n\n园区世界 www.parkworld.net\n\n目录\n\n{contents}\n{body}"
    )
}

fn headline(story: &mut Story<'_>, section: &str) -> String {
    let templates: &[&str] = match section {
        "一、招商引资" => &PROJECTS,
        "二、综合资讯" => &NEWS,
        _ => &POLICIES,
    };
    let template = any(story.rng, templates);
    story.tell(template)
}

/// Lead, one or two paragraphs, and the source behind the last.
fn tell_story(story: &mut Story<'_>, body: &mut String) {
    let lead = any(story.rng, &LEADS);
    writeln!(body, "{}\n", story.tell(lead)).unwrap();
    let paragraphs = 1 + usize::from(story.rng.u32(..3) == 0);
    for nth in 1..=paragraphs {
        body.push('■');
        for _ in 0..story.rng.usize(2..4) {
            let sentence = any(story.rng, &SENTENCES);
            body.push_str(&story.tell(sentence));
        }
        if nth == paragraphs {
            let source = source(story.rng, story.place);
            body.pop();
            write!(body, "（{source}）。").unwrap();
        }
        body.push_str("\n\n");
    }
}
