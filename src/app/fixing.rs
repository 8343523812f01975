//! Fixes as a reader types and reads them: from a field and a text to a fix, and from a fix to words.
//! Must not keep one, nor know who asked.

mod value;

use super::{Exit, Failure};
use crate::config::Language;
use crate::facts::{self, called, names};
use crate::issue::{Fact, Facts, Fix, ItemHead, Stage, Stated, Target};
use crate::query;
use crate::store::{FixChange, Fixable, InForce};
use crate::text::{nearest, normalise};
use serde_json::Value;

/// What of an item can be fixed by typing a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// A fact.
    Fact(Fact),
    /// The headline.
    Headline,
}

/// What a fix is called that is to be undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undone {
    /// That of a field.
    Field(Field),
    /// Joins.
    Join,
    /// Splits.
    Split,
}

impl Field {
    /// Every field, in the order in which they are shown.
    pub const ALL: [Self; 9] = [
        Self::Headline,
        Self::Fact(Fact::Date),
        Self::Fact(Fact::Province),
        Self::Fact(Fact::City),
        Self::Fact(Fact::TotalInvestment),
        Self::Fact(Fact::Projects),
        Self::Fact(Fact::AreaMu),
        Self::Fact(Fact::Stage),
        Self::Fact(Fact::Industries),
    ];

    /// What it may be called, its English name first: as in a query.
    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Headline => &["headline", "标题"],
            Self::Fact(fact) => query::Field::of_fact(fact).names(),
        }
    }

    /// What a fix of it corrects.
    #[must_use]
    pub const fn target(self) -> Target {
        match self {
            Self::Headline => Target::Headline,
            Self::Fact(fact) => Target::Fact(fact),
        }
    }

    /// What it is now, as it would be typed.
    #[must_use]
    pub fn as_typed(self, item: &ItemHead) -> String {
        match self {
            Self::Headline => item.headline.clone(),
            Self::Fact(fact) => match Stated::of(&item.facts, fact) {
                Stated::AreaMu(Some(area)) => format!("{area}亩"),
                stated if self.is_list() => {
                    stated.written().unwrap_or_default().replace('\n', "、")
                }
                stated => stated.written().unwrap_or_default(),
            },
        }
    }

    /// Whether it was changed along with the headline or the extent.
    #[must_use]
    pub fn is_changed_along(self, item: &ItemHead) -> bool {
        self.is_changed(item) && !self.is_corrected(item)
    }

    /// Whether an item is corrected in it.
    #[must_use]
    pub fn is_corrected(self, item: &ItemHead) -> bool {
        item.corrected.has(self.target().field())
    }

    /// Whether it is another than the program had read: corrected, or changed along with the headline or the extent.
    #[must_use]
    pub fn is_changed(self, item: &ItemHead) -> bool {
        item.corrected.was.contains_key(self.target().field())
    }

    /// All that can be typed; nothing where that cannot be listed.
    #[must_use]
    pub fn choices(self) -> Vec<&'static str> {
        match self {
            Self::Fact(Fact::Stage) => Stage::ALL.into_iter().map(Stage::name).collect(),
            Self::Fact(Fact::Industries) => facts::industries(),
            Self::Fact(Fact::Province) => names::all()
                .filter(|name| names::is_province(name))
                .collect(),
            Self::Fact(Fact::City) => names::all()
                .filter(|name| !names::is_province(name) && called::is_city(name))
                .collect(),
            Self::Headline
            | Self::Fact(Fact::Date | Fact::TotalInvestment | Fact::Projects | Fact::AreaMu) => {
                vec![]
            }
        }
    }

    /// Whether it may have several values.
    #[must_use]
    pub const fn is_list(self) -> bool {
        matches!(self, Self::Fact(Fact::Stage | Fact::Industries))
    }

    /// How it is typed, as a sentence.
    #[must_use]
    pub fn form(self, language: Language) -> String {
        language
            .say(&format!("fix.form.{}", self.names()[0]))
            .into_owned()
    }

    /// Its name in messages.
    #[must_use]
    pub fn word(self, language: Language) -> String {
        language
            .say(&format!("fix.field.{}", self.names()[0]))
            .into_owned()
    }
}

impl Undone {
    const JOIN: [&str; 2] = ["join", "合并"];
    const SPLIT: [&str; 2] = ["split", "拆分"];

    /// What is called so.
    ///
    /// # Errors
    /// Nothing is.
    pub fn named(name: &str) -> Result<Self, Failure> {
        let folded = normalise(name);
        if Self::JOIN.contains(&folded.as_str()) {
            return Ok(Self::Join);
        }
        if Self::SPLIT.contains(&folded.as_str()) {
            return Ok(Self::Split);
        }
        field(name).map(Self::Field)
    }

    /// The fact that is meant, if it is one.
    #[must_use]
    pub const fn fact(self) -> Option<Fact> {
        match self {
            Self::Field(Field::Fact(fact)) => Some(fact),
            _ => None,
        }
    }

    /// Whether a fix of this target is meant.
    #[must_use]
    pub fn is(self, target: &Target) -> bool {
        match (self, target) {
            (Self::Join, Target::Join)
            | (Self::Split, Target::Split(_))
            | (Self::Field(Field::Headline), Target::Headline) => true,
            (Self::Field(Field::Fact(own)), Target::Fact(fact)) => own == *fact,
            _ => false,
        }
    }
}

/// The fix that is typed as `FIELD=VALUE`; an empty value is that the item states none.
///
/// # Errors
/// What cannot be understood of it, with what would be right.
pub fn typed(text: &str) -> Result<Fix, Failure> {
    let Some((name, value)) = text.split_once(['=', '＝']) else {
        let written = vec![("written", text.to_owned())];
        return Err(Failure::new("fix-form", written).ending(Exit::Usage));
    };
    fix(field(name)?, value)
}

/// The fix of a field by a value as it is typed.
///
/// # Errors
/// As [`typed`].
pub fn fix(field: Field, value: &str) -> Result<Fix, Failure> {
    let fix = match field {
        Field::Headline => Fix::headline(value).ok_or_else(|| usage("fix-headline", value)),
        Field::Fact(fact) => value::stated(fact, value).map(Fix::Fact),
    };
    fix.map_err(|failure| failure.ending(Exit::Usage))
}

fn field(name: &str) -> Result<Field, Failure> {
    let folded = normalise(name);
    let found = Field::ALL
        .into_iter()
        .find(|field| field.names().contains(&folded.as_str()));
    found.ok_or_else(|| {
        let names = Field::ALL.into_iter().flat_map(Field::names);
        match nearest(&folded, names.copied()) {
            Some(near) => usage("fix-field-near", name).with("near", near),
            None => usage("fix-field", name),
        }
    })
}

fn usage(code: &'static str, written: &str) -> Failure {
    Failure::new(code, vec![("written", written.trim().to_owned())]).ending(Exit::Usage)
}

/// Whether a character separates the values of a field that may have several ([`Field::is_list`]).
#[must_use]
pub fn separates(c: char) -> bool {
    c.is_whitespace() || ",，、;；".contains(c)
}

/// The changes that have an item be as these fixes say: none where it is so, what undoes a fix where the program had read that.
/// A city brings its province along, and a province takes away a city of another, unless that is said, too. What items begin and
/// end with is not asked for here; that is [`split`] and [`join`].
#[must_use]
pub fn changes(item: &ItemHead, made: &[InForce], fixes: &[Fix]) -> Vec<FixChange> {
    let fixes = fixes.iter().cloned().chain(along(item, fixes));
    let changes = fixes.filter_map(|fix| {
        if !is_as_read(&fix, item) {
            return Some(FixChange::make(item, &fix));
        }
        let target = fix.target();
        let is_of = |one: &&InForce| one.fix.as_ref().map(Fix::target) == Some(target.clone());
        made.iter().find(is_of).map(FixChange::undo)
    });
    changes.collect()
}

/// Refuses fixes that contradict each other: a city in a province that it does not lie in.
///
/// # Errors
/// They do.
pub fn agree(fixes: &[Fix]) -> Result<(), Failure> {
    let stated = fixes.iter().filter_map(|fix| match fix {
        Fix::Fact(stated) => Some(stated),
        _ => None,
    });
    let (mut province, mut city) = (None, None);
    for one in stated {
        match one {
            Stated::Province(Some(name)) => province = Some(name),
            Stated::City(Some(name)) => city = Some(name),
            _ => {}
        }
    }
    if let (Some(province), Some(city)) = (province, city)
        && let Some(home) = called::province_of(city)
        && home != province
    {
        let failure = usage("fix-city-elsewhere", city);
        return Err(failure
            .with("city", city)
            .with("home", home)
            .with("province", province));
    }
    Ok(())
}

/// The changes that undo a fix of an item, with what goes along.
#[must_use]
pub fn undone(item: &Fixable, fix: &InForce) -> Vec<FixChange> {
    let along = match fix.fix.as_ref().map(Fix::target) {
        Some(Target::Fact(fact)) => undone_along(&item.view.head, fact),
        _ => None,
    };
    let is_along = |one: &&InForce| {
        let target = one.fix.as_ref().map(Fix::target);
        along.is_some_and(|fact| target == Some(Target::Fact(fact)))
    };
    let along = item.fixes.iter().find(is_along);
    [fix]
        .into_iter()
        .chain(along)
        .map(FixChange::undo)
        .collect()
}

/// What goes along where the correction of a place is undone: that of its other part, where both would contradict each other.
#[must_use]
pub fn undone_along(item: &ItemHead, undone: Fact) -> Option<Fact> {
    let corrected = &item.corrected;
    let (city, province) = (&item.facts.city, item.facts.province.as_deref());
    let (other, is_so) = match (undone, corrected.before(undone)?) {
        (Fact::City, Stated::City(Some(city))) => {
            (Fact::Province, called::province_of(&city) == province)
        }
        (Fact::Province, Stated::Province(read)) => {
            let home = city.as_ref().and_then(|city| called::province_of(city));
            (Fact::City, city.is_none() || home == read.as_deref())
        }
        _ => return None,
    };
    (!is_so && corrected.has(Target::Fact(other).field())).then_some(other)
}

/// What goes along with a place that is corrected.
fn along(item: &ItemHead, fixes: &[Fix]) -> Option<Fix> {
    let says = |fact| fixes.iter().any(|fix| fix.target() == Target::Fact(fact));
    let along = fixes.iter().find_map(|fix| match fix {
        Fix::Fact(Stated::City(Some(city))) if !says(Fact::Province) => {
            let province = called::province_of(city)?.to_owned();
            let is_other = item.facts.province.as_ref() != Some(&province);
            is_other.then_some(Stated::Province(Some(province)))
        }
        Fix::Fact(Stated::Province(province)) if !says(Fact::City) => {
            let city = item.facts.city.as_ref()?;
            let is_other = called::province_of(city) != province.as_deref();
            is_other.then_some(Stated::City(None))
        }
        _ => None,
    });
    along.map(Fix::Fact)
}

/// Whether a fix would have an item be as it is, or where that is corrected as the program has read it.
fn is_as_read(fix: &Fix, item: &ItemHead) -> bool {
    let corrected = &item.corrected;
    let target = fix.target();
    let is_corrected = corrected.has(target.field());
    match fix {
        Fix::Fact(stated) if is_corrected => {
            let fact = stated.fact();
            let before = corrected.before(fact);
            before.unwrap_or_else(|| Stated::of(&Facts::default(), fact)) == *stated
        }
        Fix::Fact(stated) => Stated::of(&item.facts, stated.fact()) == *stated,
        Fix::Headline(text) if is_corrected => {
            corrected.was.get(target.field()).and_then(Value::as_str) == Some(text)
        }
        Fix::Headline(text) => item.headline == *text,
        Fix::Join | Fix::Split(_) => false,
    }
}

/// The change that has an item of its own begin with the paragraph `n` of an item, from 1: a split, or that what was joined there
/// is so no longer.
///
/// # Errors
/// There is none, or nothing in it could be a headline.
pub fn split(item: &Fixable, n: usize) -> Result<FixChange, Failure> {
    let cut = n.checked_sub(1).and_then(|at| item.cuts.get(at)?.as_ref());
    let paragraphs = item.view.item.paragraphs.len();
    cut.map(FixChange::cut)
        .ok_or_else(|| usage("fix-split", &n.to_string()).with("n", paragraphs))
}

/// The change that has an item be a part of the one before it: a join, or that it is split off no longer.
#[must_use]
pub fn join(item: &Fixable) -> FixChange {
    let key = &item.view.head.key;
    let is_own = |one: &&InForce| match &one.fix {
        Some(Fix::Split(beginning)) => beginning.key(&one.key) == *key,
        _ => false,
    };
    let split = item.fixes.iter().find(is_own);
    split.map_or_else(
        || FixChange::make(&item.view.head, &Fix::Join),
        FixChange::undo,
    )
}
