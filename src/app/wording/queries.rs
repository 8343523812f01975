//! What can be asked in a query, by examples with what they find: one source of the help and of both READMEs.
//! Must not know where it is shown.

use crate::config::Language;
use crate::facts::called::industries_in_english;
use crate::facts::industries;
use crate::issue::Stage;
use crate::query::{Field, stage_names};
use std::fmt::Display;

/// Something that can be asked.
#[derive(Debug, Clone, Copy)]
pub struct Asking {
    /// As one writes it, in one way or another.
    pub written: &'static [&'static str],
    /// The field that it is about; none of a bare word.
    pub field: Option<Field>,
    word: &'static str,
}

const fn bare(written: &'static [&'static str], word: &'static str) -> Asking {
    Asking {
        written,
        field: None,
        word,
    }
}

const fn of(written: &'static [&'static str], field: Field, word: &'static str) -> Asking {
    Asking {
        written,
        field: Some(field),
        word,
    }
}

/// Everything that can be asked.
pub const ASKING: [Asking; 20] = [
    bare(&["新能源 电池"], "query.words"),
    bare(&["-风电", "!风电"], "query.not"),
    bare(&["(section:招商 OR 签约)"], "query.or"),
    of(&["section:招商,政策"], Field::Section, "query.section"),
    of(&["issue:82..101"], Field::Issue, "query.issue"),
    of(&["issued:2023-01"], Field::Issued, "query.issued"),
    of(
        &["publication:园区周报"],
        Field::Publication,
        "query.publication",
    ),
    of(&["is:unread"], Field::Is, "query.is"),
    of(&["tag:跟踪,重点"], Field::Tag, "query.tag"),
    of(&["has:note"], Field::Has, "query.has"),
    of(&["province:江苏,浙江"], Field::Province, "query.province"),
    of(&["city:苏州"], Field::City, "query.city"),
    of(&["amount:>=100亿"], Field::Amount, "query.amount"),
    of(&["projects:>10"], Field::Projects, "query.projects"),
    of(&["area:>=500亩"], Field::Area, "query.area"),
    of(&["date:2023-01-03"], Field::Date, "query.date"),
    of(&["stage:签约,开工"], Field::Stage, "query.stage"),
    of(&["industry:新能源"], Field::Industry, "query.industry"),
    of(&["source:江苏省政府"], Field::Source, "query.source"),
    of(&["sort:amount"], Field::Sort, "query.sort"),
];

impl Asking {
    /// What it finds, with examples in back quotes.
    #[must_use]
    pub fn finds(&self, language: Language) -> String {
        let between = match language {
            Language::Chinese => "、",
            Language::English => ", ",
        };
        let stages = Stage::ALL.map(|stage| stage_named(language, stage));
        let english = industries_in_english().map(Some);
        let industries = industries().into_iter().zip(english);
        let industries = industries.map(|(name, english)| called(language, name, english));
        let industries = industries.collect::<Vec<_>>().join(between);
        let stages = stages.join(between);
        let lists: [(&str, &dyn Display); 2] = [("stages", &stages), ("industries", &industries)];
        language.say_with(self.word, &lists)
    }
}

/// A stage by its name, which is Chinese; for others with the name that it goes by in their language.
fn stage_named(language: Language, stage: Stage) -> String {
    called(language, stage.name(), stage_names(stage).last().copied())
}

/// The same of any name.
fn called(language: Language, name: &str, own: Option<&str>) -> String {
    match own.filter(|_| language == Language::English) {
        Some(own) => format!("{name} `{own}`"),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Query;

    #[test]
    fn every_field_is_asked_about_as_it_is_written() {
        for field in Field::ALL {
            let asking = ASKING.iter().find(|asking| asking.field == Some(field));
            let name = field.names()[0];
            let example = asking.unwrap().written[0];
            assert!(example.starts_with(&format!("{name}:")), "{example}");
        }
        for asking in ASKING {
            for written in asking.written {
                let query: Query = written.parse().unwrap();
                assert_eq!(
                    query.to_string().replace('!', "-"),
                    written.replace('!', "-")
                );
            }
        }
    }

    #[test]
    fn what_is_found_names_all_stages_and_industries_and_its_examples_can_be_asked() {
        for language in Language::ALL {
            let all: Vec<String> = ASKING.iter().map(|one| one.finds(language)).collect();
            let all = all.join("\n");
            assert!(!all.contains("%{"), "{all}");
            for stage in Stage::ALL {
                assert!(all.contains(stage.name()));
            }
            for industry in industries() {
                assert!(all.contains(industry));
            }
            for asking in ASKING {
                let text = asking.finds(language);
                for example in text.split('`').skip(1).step_by(2) {
                    let name = asking.field.map_or("", |field| field.names()[0]);
                    let is_whole = name.is_empty() || example.starts_with(name);
                    let query = if is_whole {
                        example.to_owned()
                    } else {
                        format!("{name}:{example}")
                    };
                    assert!(query.parse::<Query>().is_ok(), "{query}");
                }
            }
        }
    }
}
