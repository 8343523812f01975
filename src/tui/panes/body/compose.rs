//! An item as pieces of text of one kind each.
//! Must not know how they are broken into lines, scrolled, matched or drawn.

use super::setting::Setting;
use crate::app::wording::issue_title;
use crate::issue::{Item, Marks};
use crate::look::{Glyphs, Role};
use crate::store::ItemView;

/// Columns before each line of the reader's note: a bar, and a space.
const BAR: u16 = 2;

/// Which columns before the lines of a piece are blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Indent {
    /// None.
    None,
    /// So many before the first.
    First(u16),
    /// So many before each.
    Each(u16),
    /// As many before each as there are beside the longest, which ends where the lines of the page end.
    Right,
}

impl Indent {
    /// Columns before the first line, known before it is set.
    pub const fn first(self) -> u16 {
        match self {
            Self::First(columns) | Self::Each(columns) => columns,
            Self::None | Self::Right => 0,
        }
    }
}

/// A piece of text of one kind: the headline, a paragraph.
#[derive(Debug)]
pub(super) struct Block {
    pub role: Role,
    pub text: String,
    pub indent: Indent,
    /// Characters of the item's own text before it: what places are counted in.
    pub start: u32,
}

impl Block {
    /// Whether it is the item's own text, and not what the reader says about it in one language or another, or has added.
    pub const fn counts(&self) -> bool {
        matches!(self.role, Role::Headline | Role::Lead | Role::Body)
    }
}

/// The pieces of an item.
pub(super) fn blocks(view: &ItemView, width: u16, setting: &Setting) -> Vec<Block> {
    let item = &view.item;
    let Setting {
        policy, language, ..
    } = *setting;
    let indent = Indent::First(setting.indent(width));
    let mut blocks: Vec<Block> = vec![];
    let mut push = |text: String, indent: Indent, role: Role| {
        let start = blocks.last().map_or(0, |last: &Block| {
            let own = if last.counts() {
                last.text.chars().count()
            } else {
                0
            };
            last.start
                .saturating_add(u32::try_from(own).unwrap_or(u32::MAX))
        });
        blocks.push(Block {
            role,
            text,
            indent,
            start,
        });
    };
    push(item.headline.clone(), Indent::None, Role::Headline);
    push(known_line(view, width, setting), Indent::None, Role::Source);
    if !view.diagnostics.is_empty() {
        let sign = Glyphs::for_width(policy.ambiguous).diagnostic;
        let noted = language.say_with("body.diagnostics", &[("n", &view.diagnostics.len())]);
        push(format!("{sign} {noted}"), Indent::None, Role::Diagnostic);
    }
    let Marks { tags, note, .. } = &view.head.marks;
    if !tags.is_empty() {
        let sign = Glyphs::for_width(policy.ambiguous).tag;
        let tags: Vec<String> = tags.iter().map(|tag| format!("{sign}{tag}")).collect();
        push(tags.join(" "), Indent::None, Role::Tag);
    }
    if let Some(note) = note {
        // A tab has no width of its own.
        push(
            note.as_str().replace('\t', " "),
            Indent::Each(BAR),
            Role::Note,
        );
    }
    if let Some(lead) = &item.lead {
        push(lead.clone(), indent, Role::Lead);
    }
    let last = item.paragraphs.len().saturating_sub(1);
    // A picture that stood between two paragraphs is no hole in the text.
    let paragraphs = item.paragraphs.iter().enumerate();
    for (n, paragraph) in paragraphs.filter(|(_, paragraph)| !paragraph.trim().is_empty()) {
        let text = if n == last {
            Item::closed(paragraph).into_owned()
        } else {
            paragraph.clone()
        };
        push(text, indent, Role::Body);
    }
    if let Some(source) = &item.source {
        push(
            format!("{}{source}", language.say("body.source")),
            Indent::Right,
            Role::Source,
        );
    }
    blocks
}

/// What is known of an item beside its text, in one line where that can be: its issue and the date of that, its section, the
/// place and the day of what it tells, its page. On a narrow page what the frame says too is left out first.
fn known_line(view: &ItemView, width: u16, setting: &Setting) -> String {
    let Setting {
        policy, language, ..
    } = *setting;
    let number = language.say_with("issue.number", &[("n", &view.head.key.issue)]);
    let named = format!("{} {number}", view.head.publication);
    let dated = issue_title(language, &view.issue);
    let facts = &view.item.facts;
    let place = [&facts.province, &facts.city].into_iter().flatten();
    let place = place.map(String::as_str).collect::<String>();
    let behind = [
        Some(view.head.section.clone()),
        Some(place).filter(|place| !place.is_empty()),
        facts.date.map(|date| date.to_string()),
        view.item
            .page
            .map(|page| language.say_with("issue.page", &[("n", &page)])),
    ];
    let behind = behind.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let mut lines = [dated, named, number]
        .into_iter()
        .map(|issue| format!("{issue} · {behind}"));
    let fits = |line: &String| policy.width(line) <= usize::from(width);
    lines.find(fits).unwrap_or(behind)
}
