//! Whom a figure belongs to: the object, one of many, a phase, a part (§1).

use super::super::near;
use super::super::numeral::numerals;
use super::labels;
use super::object::{Kind, Object, is_generic};
use super::said::{self, Said};
use super::segments::Frame;
use super::units::is_count;

/// Whom a figure belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// The object itself.
    Object,
    /// Projects by their number, which may be the object.
    Group(Group),
    /// One project that does not have the headline's name.
    Unnamed,
    /// A phase of the object, by its name.
    Phase(&'static str),
    /// Something else: a part, an example, another time.
    Other,
}

/// The words around an amount or an area.
pub(super) struct Words<'a> {
    /// From the beginning of its segment.
    pub before: &'a str,
    /// What its segment says.
    pub said: &'a Said,
    /// Behind its unit, as far as words reach in its segment.
    pub behind: &'a str,
    pub frame: Frame,
    pub is_headline: bool,
    /// The numbers of projects before it in its segment.
    pub group: Group,
}

/// Projects by their number: of several the last, and all of them together (16个甲类项目和6个乙类项目).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Group {
    pub last: u32,
    pub sum: u32,
}

impl Group {
    pub fn of(count: u32) -> Self {
        Self {
            last: count,
            sum: count,
        }
    }

    pub fn add(&mut self, count: u32) {
        self.last = count;
        self.sum = self.sum.saturating_add(count);
    }

    fn some(self) -> Option<Self> {
        (self.last > 0).then_some(self)
    }
}

impl Words<'_> {
    /// Whom the figure belongs to.
    pub fn owner(&self, object: &Object) -> Owner {
        match self.frame {
            Frame::Plain => self.owner_of_plain(object),
            Frame::Part => self.owner_of_part(object),
            Frame::Elsewhen => Owner::Other,
        }
    }

    /// A part has the object's name where the object is one of many: 其中甲项目9亿元.
    fn owner_of_part(&self, object: &Object) -> Owner {
        if object.kind == Kind::Several {
            Owner::Other
        } else if let Some(phase) = self.phase_of(object) {
            Owner::Phase(phase)
        } else if self.phase().is_some() || (self.names(object) && self.speaks_of_project()) {
            Owner::Object
        } else {
            Owner::Other
        }
    }

    fn owner_of_plain(&self, object: &Object) -> Owner {
        if let Some(count) = self.group_behind() {
            return Owner::Group(Group::of(count));
        }
        let own = self.own_subject();
        let is_of_another = ["所在", "平均", "单个"]
            .iter()
            .any(|word| own.contains(word));
        let is_elsewhere = self.name().is_some_and(|name| object.is_other_place(name));
        if is_of_another || is_elsewhere || object.is_surrounded_by(own) {
            return Owner::Other;
        }
        let is_counted = || numerals(own).any(|number| is_count(own, &number).is_some());
        let is_of_one = has_name(own) && !is_counted();
        match self.group.some() {
            Some(group) if !is_of_one => return Owner::Group(group),
            Some(_) if !object.is_named_in(own) => return Owner::Other,
            _ => {}
        }
        if let Some(phase) = self.phase_of(object) {
            return Owner::Phase(phase);
        }
        if self.is_headline {
            return Owner::Object;
        }
        if object.kind == Kind::Several {
            // A name behind it needs no 项目: 总投资15亿元的生产线改造.
            let is_of_one = |name: &str| !is_generic(name.trim_end_matches("项目"));
            let is_of_all = self.is_of_all() && !self.name().is_some_and(is_of_one);
            return if is_of_all {
                Owner::Object
            } else {
                Owner::Other
            };
        }
        let is_generic = (own.ends_with("项目") && !is_of_one) || object.is_called(own);
        if self.names(object) || is_generic || !self.speaks_of_project() {
            Owner::Object
        } else {
            Owner::Unnamed
        }
    }

    /// What the figure's own clause names before its label: 6个项目开工,甲项目占地140亩.
    fn own_subject(&self) -> &str {
        let subject = labels::subject(near::last_of(self.before, LONGEST_SUBJECT));
        subject.rsplit([',', '、', ':']).next().unwrap_or(subject)
    }

    /// The name behind the figure: 总投资5亿元的甲项目.
    fn name(&self) -> Option<&str> {
        let (name, is_joined) = match self.behind.strip_prefix('的') {
            Some(name) => (name, true),
            None => (self.behind, false),
        };
        let clause = name
            .find([',', '、', '。'])
            .map_or(name, |end| &name[..end]);
        match clause.find("项目") {
            Some(at) => Some(&clause[..at + "项目".len()]),
            None => is_joined.then_some(clause),
        }
    }

    /// Whether the object's name stands before the figure, or behind it.
    fn names(&self, object: &Object) -> bool {
        self.said.names(self.before.len())
            || self.name().is_some_and(|name| object.is_named_in(name))
    }

    /// Whether a project or the like is spoken of before the figure, or named behind it.
    fn speaks_of_project(&self) -> bool {
        self.said.speaks_of_project(self.before.len())
            || self
                .name()
                .is_some_and(|name| said::project(name).is_some())
    }

    /// The phase whose figure it is, if the headline does not take that for a project of its own.
    fn phase_of(&self, object: &Object) -> Option<&'static str> {
        self.phase().filter(|told| Some(*told) != object.phase)
    }

    /// The phase that is spoken of.
    fn phase(&self) -> Option<&'static str> {
        let name = self.name().unwrap_or_default();
        let of_name = said::phases(name).next().map(|(_, phase)| phase);
        // 一期投资20亿元,项目总投资50亿元
        let before = || self.said.phase(self.before.len());
        of_name.or_else(|| (!WHOLES.contains(&self.own_subject())).then(before)?)
    }

    /// The number of projects that the figure is said of: 总投资31.6亿元的20个重大项目.
    fn group_behind(&self) -> Option<u32> {
        let rest = self.behind.strip_prefix('的').unwrap_or(self.behind);
        let clause = rest.find([',', '。', ';']).map_or(rest, |end| &rest[..end]);
        let (number, count) = numerals(clause).find_map(|number| {
            let count = is_count(clause, &number)?;
            Some((number, count))
        })?;
        // Nothing but a name in between: 的联东智能制造等7个项目, 的苏相合作区今年三季度33个项目.
        let is_near = clause[..number.range.start].chars().count() <= LONGEST_NAME;
        is_near.then_some(count)
    }

    /// Whether it is said of all that was spoken of: nothing is named before its label, or projects without a name.
    fn is_of_all(&self) -> bool {
        let subject = labels::subject(near::last(self.before));
        if let Some(rest) = subject.strip_suffix("项目") {
            return is_generic(rest) || ALL.iter().any(|word| rest.ends_with(word));
        }
        let own = self.own_subject();
        let clause = subject.trim_end_matches([',', '、', ':', ' ', '的', '(']);
        let is_open = clause.len() < subject.len() || clause.is_empty();
        let points = NOW
            .iter()
            .any(|word| clause.ends_with(word) || own.starts_with(word));
        points || (is_open && !has_name(clause))
    }
}

/// Bytes that a figure's subject has at most: 80 hanzi.
const LONGEST_SUBJECT: usize = 240;

/// Characters that a name has at most between an amount and the number of its projects.
const LONGEST_NAME: usize = 24;

/// Words before 项目 that mean all of them.
const ALL: [&str; 8] = [
    "这批", "此批", "该批", "上述", "以上", "这些", "全部", "所有",
];
/// Words for all of a project, whatever phase was spoken of before.
const WHOLES: [&str; 6] = ["项目", "该项目", "整个项目", "全部", "整体", "项目整体"];
/// Words that stand for what was spoken of.
const NOW: [&str; 3] = ["此次", "本次", "这次"];

/// Whether a text ends with a project that has a name.
fn has_name(text: &str) -> bool {
    text.strip_suffix("项目")
        .is_some_and(|name| !is_generic(name))
}
