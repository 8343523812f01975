//! Which of the places of one name is meant, and whether one is: by what else the item names (朝阳, 鼓楼, 和平).
//! Must not know what the item says of the place.

use super::super::gazetteer::{Form, Found, Level, Sense};
use super::cues::Cue;

/// What an item names without doubt.
#[derive(Debug, Default)]
pub(super) struct Context {
    /// In the texts: province, city.
    named: Vec<(&'static str, Option<&'static str>)>,
    /// In the source bracket, where that is a government's or a zone's.
    pub source: Option<Sense>,
    /// In any source bracket: 四川日报.
    pub hint: Option<Sense>,
}

/// How a name stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing<'a> {
    /// The place named right before it; none of a region, or abroad.
    pub before: Option<Sense>,
    /// Whether a word such as 落户 or 在 stands before it.
    pub is_pointed_at: bool,
    /// Whether a clause begins with it.
    pub is_first: bool,
    /// The name.
    pub name: &'a str,
    /// The text behind it.
    pub behind: &'a str,
}

impl Context {
    /// Adds what a name says by itself.
    pub fn add(&mut self, found: &Found) {
        let [first, more @ ..] = found.senses else {
            return;
        };
        let is_plain = first.form != Form::Vague
            && match first.level {
                Level::Province | Level::Prefecture => true,
                Level::County => first.form == Form::Full && more.is_empty(),
                _ => false,
            };
        if let (true, Some(province)) = (is_plain, first.province) {
            let named = (province, first.city);
            if !self.named.contains(&named) {
                self.named.push(named);
            }
        }
    }

    /// Whether the item names nothing without doubt.
    fn is_empty(&self) -> bool {
        self.named.is_empty() && self.source.is_none() && self.hint.is_none()
    }

    /// How far other names speak for a sense; 0 where none does.
    fn support(&self, sense: &Sense) -> u8 {
        let Some(province) = sense.province else {
            return 0;
        };
        let (mut here, mut there) = (0, 0);
        for &(named, city) in &self.named {
            if named == province {
                here = here.max(1);
                if city.is_some() && city == sense.city {
                    here = 3;
                }
            }
        }
        if let Some(source) = &self.source
            && source.province == sense.province
        {
            there = 3;
            if source.city.is_some() && source.city == sense.city {
                there = 6;
            }
        } else if self
            .hint
            .is_some_and(|hint| hint.province == sense.province)
        {
            there = 1;
        }
        here + there
    }
}

/// The sense of a name; none where it is no place, or cannot be told.
pub(super) fn choose(found: &Found, standing: Standing<'_>, context: &Context) -> Option<Sense> {
    // 太子河 is a river, and a district only by its full name.
    if found.senses.iter().any(|sense| sense.level == Level::Word) {
        return None;
    }
    let rated: Vec<(u8, &Sense)> = found
        .senses
        .iter()
        .filter_map(|sense| Some((rate(sense, found, standing, context)?, sense)))
        .collect();
    let &(best, sense) = rated.iter().max_by_key(|(rating, _)| *rating)?;
    let mut equals = rated
        .iter()
        .filter(|(rating, _)| *rating == best)
        .map(|(_, sense)| sense);
    if equals.clone().count() == 1 {
        return Some(*sense);
    }
    // Several places: the province is known where it is one.
    let is_one = equals.all(|other| other.province == sense.province);
    is_one.then_some(Sense {
        city: None,
        level: Level::Province,
        ..*sense
    })
}

/// How much speaks for a sense; none where it is not meant.
fn rate(sense: &Sense, found: &Found, standing: Standing<'_>, context: &Context) -> Option<u8> {
    let evidence = Evidence {
        support: context.support(sense),
        is_within: standing.before.is_some_and(|before| before.holds(sense)),
        is_unknown: context.is_empty(),
        standing,
    };
    let base = match (sense.level, sense.form) {
        (Level::Word | Level::Abroad | Level::Region, _) => return Some(0),
        (Level::Province, _) => 6,
        (Level::Prefecture, Form::Vague) => evidence.speaks_for_prefecture().then_some(4)?,
        (Level::Prefecture, _) => 5,
        (_, Form::Full) => evidence.speaks_for_full(sense, found).then_some(4)?,
        (_, Form::Vague) => evidence.speaks_for_word().then_some(1)?,
        (_, Form::Short) => evidence.speaks_for_short(found, context).then_some(2)?,
    };
    // 开平 is the city of that name before the district.
    let base = if sense.level == Level::District {
        base
    } else {
        base + 1
    };
    Some(base + evidence.support + if evidence.is_within { 10 } else { 0 })
}

/// What speaks for a sense.
struct Evidence<'a> {
    /// Of other names.
    support: u8,
    /// The place named right before holds it.
    is_within: bool,
    /// Nothing else is named.
    is_unknown: bool,
    standing: Standing<'a>,
}

impl Evidence<'_> {
    fn speaks_for_prefecture(&self) -> bool {
        self.support > 0 || self.is_within || self.standing.is_pointed_at
    }

    /// A county by its full name.
    fn speaks_for_full(&self, sense: &Sense, found: &Found) -> bool {
        let mut full = found.senses.iter().filter(|other| other.form == Form::Full);
        let is_only = full.all(|other| other.province == sense.province);
        (is_only || self.support > 0 || self.is_within) && !self.is_part_of_word()
    }

    /// A zone, or a county by its short name.
    fn speaks_for_short(&self, found: &Found, context: &Context) -> bool {
        // 宜宾临港 is not that of Shanghai.
        if self.standing.before.is_some() && !self.is_within {
            return false;
        }
        let is_free = context.source.is_none();
        let is_told = found.senses.len() == 1 || self.standing.is_pointed_at;
        self.is_within || self.support > 0 || (is_free && is_told)
    }

    /// A name that is a word first.
    fn speaks_for_word(&self) -> bool {
        let name = self.standing.name;
        let is_single = name.chars().count() == 2 && name.ends_with(['县', '市']);
        let is_acting = is_single && (self.standing.is_first || self.is_government());
        // 落户福泉, 福泉项目
        let is_pointed_at = self.standing.is_pointed_at && (self.support > 0 || self.is_unknown);
        let is_pointed_at =
            is_pointed_at || (self.support > 0 && Cue::Built.starts(self.standing.behind));
        let is_free = self.standing.before.is_none() || self.is_within;
        let is_meant =
            self.is_within || is_acting || is_pointed_at || (is_single && self.support > 0);
        is_meant && is_free && !self.is_part_of_word()
    }

    fn is_government(&self) -> bool {
        let behind = self.standing.behind;
        behind.starts_with("政府") || behind.starts_with("人民政府")
    }

    /// 县域, 区级: the last word of the name belongs to the next.
    fn is_part_of_word(&self) -> bool {
        let Standing { name, behind, .. } = self.standing;
        name.ends_with(['县', '区', '市']) && behind.starts_with(['域', '级'])
    }
}
