//! An item as pieces of text of one kind each.
//! Must not know how they are broken into lines, scrolled, matched or drawn.

use super::setting::Setting;
use crate::config::Language;
use crate::issue::{Item, Marks};
use crate::look::{Glyphs, Role};
use crate::store::ItemView;

/// Columns before each line of the reader's note: a bar, and a space.
const BAR: u16 = 2;

/// A piece of text of one kind: the headline, a paragraph.
#[derive(Debug)]
pub(super) struct Block {
    pub role: Role,
    pub text: String,
    /// Columns before its first line; of a note, before each.
    pub indent: u16,
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
    let indent = setting.indent(width);
    let mut blocks: Vec<Block> = vec![];
    let mut push = |text: String, indent: u16, role: Role| {
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
    push(item.headline.clone(), 0, Role::Headline);
    push(place_line(view, language), 0, Role::Source);
    if !view.diagnostics.is_empty() {
        let sign = Glyphs::for_width(policy.ambiguous).diagnostic;
        let noted = language.say_with("body.diagnostics", &[("n", &view.diagnostics.len())]);
        push(format!("{sign} {noted}"), 0, Role::Diagnostic);
    }
    let Marks { tags, note, .. } = &view.head.marks;
    if !tags.is_empty() {
        let sign = Glyphs::for_width(policy.ambiguous).tag;
        let tags: Vec<String> = tags.iter().map(|tag| format!("{sign}{tag}")).collect();
        push(tags.join(" "), 0, Role::Tag);
    }
    if let Some(note) = note {
        // A tab has no width of its own.
        push(note.as_str().replace('\t', " "), BAR, Role::Note);
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
            0,
            Role::Source,
        );
    }
    blocks
}

/// Publication, issue, section and page of an item.
fn place_line(view: &ItemView, language: Language) -> String {
    let mut parts = vec![
        format!(
            "{} {}",
            view.head.publication,
            language.say_with("issue.number", &[("n", &view.head.key.issue)])
        ),
        view.head.section.clone(),
    ];
    parts.extend(
        view.item
            .page
            .map(|page| language.say_with("issue.page", &[("n", &page)])),
    );
    parts.join(" · ")
}
