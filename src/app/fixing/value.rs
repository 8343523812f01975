//! What a value of a fact means as it is typed: with a unit, in Chinese or in digits alone.
//! Must not take for a value what may be meant otherwise; it says what would be right.

use super::usage;
use crate::app::Failure;
use crate::facts::called::{self, Called};
use crate::facts::{self, names};
use crate::issue::{Fact, Money, Stage, Stated};
use crate::query;
use crate::text::{nearest, normalise};
use jiff::civil::Date;

/// What stands behind a number of projects.
const PROJECTS: [&str; 3] = ["个项目", "个", "项"];
/// What an item is to state; an empty text is none.
pub(super) fn stated(fact: Fact, text: &str) -> Result<Stated, Failure> {
    /// What `read` makes of a text that is there.
    fn of<T>(
        typed: Typed<'_>,
        read: impl FnOnce(Typed<'_>) -> Result<T, Failure>,
    ) -> Result<Option<T>, Failure> {
        match typed.folded {
            "" => Ok(None),
            _ => read(typed).map(Some),
        }
    }
    let typed = Typed {
        text,
        folded: &normalise(text),
    };
    Ok(match fact {
        Fact::Date => Stated::Date(of(typed, date)?),
        Fact::Province => Stated::Province(of(typed, province)?),
        Fact::City => Stated::City(of(typed, city)?),
        Fact::TotalInvestment => Stated::TotalInvestment(of(typed, money)?),
        Fact::Projects => Stated::Projects(of(typed, projects)?),
        Fact::AreaMu => Stated::AreaMu(of(typed, land)?),
        Fact::Stage => Stated::Stages(stages(typed)?),
        Fact::Industries => Stated::Industries(industries(typed)?),
    })
}

/// A value as it is typed, and folded.
#[derive(Debug, Clone, Copy)]
struct Typed<'t> {
    text: &'t str,
    folded: &'t str,
}

impl Typed<'_> {
    fn refused(self, code: &'static str) -> Failure {
        usage(code, self.text)
    }
}

/// A number without a sign, which `parse` would take.
fn digits(text: &str) -> Option<&str> {
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then_some(text)
}

/// 2023-01-03, 2023/1/3, 2023.1.3, 2023年1月3日.
fn date(typed: Typed<'_>) -> Result<Date, Failure> {
    let parts = typed.folded.trim_end_matches(['日', '号']);
    let parts = parts.split(['-', '/', '.', '年', '月']);
    let parts: Option<Vec<i16>> = parts.map(|part| digits(part)?.parse().ok()).collect();
    let Some(&[year, month, day]) = parts.as_deref() else {
        return Err(typed.refused("fix-date"));
    };
    let first = (1000..=9999)
        .contains(&year)
        .then(|| Date::new(year, i8::try_from(month).ok()?, 1).ok())
        .flatten()
        .ok_or_else(|| typed.refused("fix-date"))?;
    let date = i8::try_from(day).ok();
    let date = date.and_then(|day| Date::new(year, first.month(), day).ok());
    date.ok_or_else(|| {
        let month = first.strftime("%Y-%m");
        let wrong = typed.refused("fix-date-impossible");
        wrong.with("month", month).with("n", first.days_in_month())
    })
}

fn province(typed: Typed<'_>) -> Result<String, Failure> {
    if let [Called::Province(name)] = called::places(typed.text)[..] {
        return Ok(name.to_owned());
    }
    place(
        typed,
        names::is_province,
        ("fix-province", "fix-province-near"),
    )
}

fn city(typed: Typed<'_>) -> Result<String, Failure> {
    let codes = ("fix-city", "fix-city-near");
    // What an item states of a county is the city that it lies in, and so a query asks for that.
    let meant = called::places(typed.text);
    if let [Called::City { city, .. }] = meant[..] {
        return Ok(city.to_owned());
    }
    let within = meant.into_iter().find_map(|place| match place {
        Called::Within { city, province } => Some(city.unwrap_or(province)),
        Called::City { .. } | Called::Province(_) => None,
    });
    match within {
        Some(city) => Err(typed.refused(codes.1).with("near", city)),
        // The four cities that are provinces are stated as those.
        None => place(typed, |name| called::province_of(name).is_some(), codes),
    }
}

fn place(
    typed: Typed<'_>,
    is_known: fn(&str) -> bool,
    (unknown, near): (&'static str, &'static str),
) -> Result<String, Failure> {
    let name = names::short(typed.text);
    if is_known(&name) {
        return Ok(name);
    }
    let known = names::all().filter(|name| is_known(name));
    Err(match nearest(&name, known) {
        Some(known) => typed.refused(near).with("near", known),
        None => typed.refused(unknown),
    })
}

/// 280亿元, 280亿, 4.5亿美元, 12,000万元, 1.2万亿元.
fn money(typed: Typed<'_>) -> Result<Money, Failure> {
    query::money(typed.text).ok_or_else(|| typed.refused("fix-amount"))
}

/// 41, 41个, 41个项目. One project is not counted.
fn projects(typed: Typed<'_>) -> Result<u32, Failure> {
    let behind = |unit: &&str| typed.folded.strip_suffix(*unit);
    let number = PROJECTS.iter().find_map(behind).unwrap_or(typed.folded);
    let number = digits(number).and_then(|number| number.parse().ok());
    let number = number.filter(|count| *count >= 2);
    number.ok_or_else(|| typed.refused("fix-projects"))
}

/// 500亩, 33公顷, 0.5平方公里, 20万平方米: in 亩.
fn land(typed: Typed<'_>) -> Result<f64, Failure> {
    query::mu(typed.text).ok_or_else(|| typed.refused("fix-area"))
}

/// Stages, with commas or white space between them; the one that the figures belong to first.
fn stages(typed: Typed<'_>) -> Result<Vec<Stage>, Failure> {
    let mut stages = vec![];
    for word in words(typed) {
        let stage = stage(&word)?;
        if !stages.contains(&stage) {
            stages.push(stage);
        }
    }
    Ok(stages)
}

/// A stage by any name that a query knows it by.
fn stage(word: &str) -> Result<Stage, Failure> {
    query::stage_named(word).ok_or_else(|| {
        let names = || Stage::ALL.into_iter().flat_map(query::stage_names).copied();
        // 签约仪式 is not like 签约 to whom counts characters.
        let inside = names().find(|known| word.contains(known));
        let all: Vec<&str> = Stage::ALL.iter().map(|stage| stage.name()).collect();
        match inside.or_else(|| nearest(word, names())) {
            Some(near) => usage("fix-stage-near", word).with("near", near),
            None => usage("fix-stage", word),
        }
        .with("stages", all.join(" "))
    })
}

/// What separators stand between, folded.
fn words(typed: Typed<'_>) -> impl Iterator<Item = String> {
    let words = typed.text.split(super::separates).map(normalise);
    words.filter(|word| !word.is_empty())
}

/// Industries, with commas or white space between them, in the order in which they are listed.
fn industries(typed: Typed<'_>) -> Result<Vec<String>, Failure> {
    let words: Vec<String> = words(typed)
        .map(|word| facts::called::industry(&word).map_or(word, str::to_owned))
        .collect();
    let known = facts::industries();
    if let Some(word) = words.iter().find(|word| !known.contains(&word.as_str())) {
        let wrong = match nearest(word, known.iter().copied()) {
            Some(near) => usage("fix-industry-near", word).with("near", near),
            None => usage("fix-industry", word),
        };
        return Err(wrong.with("industries", known.join(" ")));
    }
    let stated = known
        .iter()
        .filter(|name| words.iter().any(|word| word == *name));
    Ok(stated.map(|name| (*name).to_owned()).collect())
}

#[cfg(test)]
mod tests {
    use crate::app::fixing::typed;
    use crate::config::Language;
    use crate::issue::Fix;

    #[test]
    fn a_value_means_the_same_however_it_is_typed() {
        for (text, kept) in [
            ("date=2023-01-03", Some("2023-01-03")),
            ("日期=2023年1月3日", Some("2023-01-03")),
            ("日期＝２０２３／１／３", Some("2023-01-03")),
            ("province=Jiangsu", Some("江苏")),
            ("city=nanjing", Some("南京")),
            ("industry=new-energy", Some("新能源")),
            ("date=", None),
            ("province=江苏省", Some("江苏")),
            ("省=内蒙古自治区", Some("内蒙古")),
            ("city=苏州市", Some("苏州")),
            ("市=苏州", Some("苏州")),
            ("市=天门", Some("天门")),
            ("amount=280亿元", Some("280亿元")),
            ("金额=12,000 万元", Some("12000万元")),
            ("金额=4.5亿美元", Some("4.5亿美元")),
            ("amount=1.2万亿", Some("12000亿元")),
            ("projects=41个", Some("41")),
            ("项目＝４１", Some("41")),
            ("area=500亩", Some("500")),
            ("面积=2公顷", Some("30")),
            ("面积=0.5平方公里", Some("750")),
            ("面积=20万平方米", Some("300")),
            ("面积=2000平方米", Some("3")),
            ("stage=竣工", Some("落成/竣工")),
            ("阶段=signed", Some("签约")),
            ("stage=开工、signed，开工", Some("开工\n签约")),
            ("industry=汽车、新能源", Some("新能源\n汽车")),
            ("headline= 甲市  签约", Some("甲市 签约")),
        ] {
            let fix = typed(text).unwrap();
            assert_eq!(fix.value().as_deref(), kept, "{text}");
            assert_eq!(Fix::read(&fix.target(), kept), Some(fix), "{text}");
        }
    }

    #[test]
    fn what_is_no_value_says_what_would_be_one() {
        for (text, code, hint) in [
            ("date", "fix-form", "date=2023-01-03"),
            ("dates=2023-01-03", "fix-field-near", "Perhaps date?"),
            ("colour=red", "fix-field", "headline date"),
            ("date=yesterday", "fix-date", "2023-01-03"),
            ("date=2023-13-01", "fix-date", "2023-01-03"),
            (
                "date=2023-02-30",
                "fix-date-impossible",
                "2023-02 has 28 days",
            ),
            ("province=苏州", "fix-province", "江苏"),
            ("province=黑龙汪", "fix-province-near", "黑龙江"),
            ("city=乌有", "fix-city", "苏州"),
            ("city=石家壮", "fix-city-near", "石家庄"),
            ("city=昆山", "fix-city-near", "苏州"),
            ("city=江苏", "fix-city", "苏州"),
            ("amount=280", "fix-amount", "亿元"),
            ("amount=280元", "fix-amount", "亿元"),
            ("amount=0亿元", "fix-amount", "亿元"),
            ("amount=-1亿元", "fix-amount", "亿元"),
            ("projects=1", "fix-projects", "2 or more"),
            ("projects=2.5", "fix-projects", "2 or more"),
            ("area=500", "fix-area", "亩"),
            ("area=500平米", "fix-area", "亩"),
            ("stage=签约仪式", "fix-stage-near", "签约"),
            ("stage=开幕", "fix-stage", "奠基"),
            ("stage=签约,开幕", "fix-stage", "奠基"),
            ("industry=新能元", "fix-industry-near", "新能源"),
            ("industry=水", "fix-industry", "新能源"),
            ("headline=", "fix-headline", "--undo headline"),
        ] {
            let failure = typed(text).unwrap_err();
            assert_eq!(failure.code, code, "{text}");
            assert_eq!(failure.exit.code(), 2, "{text}");
            let said = failure.hint(Language::English).unwrap();
            assert!(said.contains(hint), "{text}: {said}");
            for language in Language::ALL {
                let said = failure.message(language) + &failure.hint(language).unwrap();
                assert!(
                    !said.contains("fix-") && !said.contains("%{"),
                    "{text}: {said}"
                );
            }
        }
    }
}
