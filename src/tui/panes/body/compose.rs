//! An item as pieces of text of one kind each.
//! Must not know how they are broken into lines, scrolled, matched or drawn.

use super::setting::Setting;
use super::stated;
use crate::app::wording::{self, issue_title};
use crate::issue::{Item, Marks, TextField};
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
    /// Which of the item's texts it is; none of what the reader says about the item, or has added.
    pub field: Option<TextField>,
    /// Bytes that stand before that text.
    pub label: usize,
    pub indent: Indent,
    /// Characters of the item's own text before it: what places are counted in.
    pub start: u32,
}

impl Block {
    /// What the reader says about the item, or has added.
    const fn said(role: Role, text: String, indent: Indent) -> Self {
        Self {
            role,
            text,
            field: None,
            label: 0,
            indent,
            start: 0,
        }
    }

    /// One of the item's texts.
    fn of(field: TextField, role: Role, text: &str, indent: Indent) -> Self {
        Self {
            field: Some(field),
            ..Self::said(role, text.to_owned(), indent)
        }
    }

    /// Whether it is the item's own text, and not what the reader says about it in one language or another, or has added.
    pub const fn counts(&self) -> bool {
        matches!(self.role, Role::Headline | Role::Lead | Role::Body)
    }
}

/// The pieces of an item.
pub(super) fn blocks(view: &ItemView, width: u16, setting: &Setting) -> Vec<Block> {
    let mut blocks = vec![Block::of(
        TextField::Headline,
        Role::Headline,
        &view.item.headline,
        Indent::None,
    )];
    let facts = stated::line(view, width, setting);
    blocks.extend(facts.map(|facts| Block::said(Role::Facts, facts, Indent::None)));
    let known = known_line(view, width, setting);
    blocks.push(Block::said(Role::Source, known, Indent::None));
    blocks.extend(added(view, setting));
    blocks.extend(texts(view, width, setting));
    let mut start = 0_u32;
    for block in &mut blocks {
        block.start = start;
        if block.counts() {
            let own = block.text.chars().count();
            start = start.saturating_add(u32::try_from(own).unwrap_or(u32::MAX));
        }
    }
    blocks
}

/// What was noted about the item, and what the reader has added.
fn added(view: &ItemView, setting: &Setting) -> Vec<Block> {
    let glyphs = Glyphs::for_width(setting.policy.ambiguous);
    let mut blocks = vec![];
    let corrected = wording::fixes::summary(setting.language, &view.head);
    blocks.extend(corrected.map(|text| Block::said(Role::Source, text, Indent::None)));
    if !view.diagnostics.is_empty() {
        let count = view.diagnostics.len();
        let noted = setting
            .language
            .say_with("body.diagnostics", &[("n", &count)]);
        let text = format!("{} {noted}", glyphs.diagnostic);
        blocks.push(Block::said(Role::Diagnostic, text, Indent::None));
    }
    let Marks { tags, note, .. } = &view.head.marks;
    if !tags.is_empty() {
        let tags: Vec<String> = tags
            .iter()
            .map(|tag| format!("{}{tag}", glyphs.tag))
            .collect();
        blocks.push(Block::said(Role::Tag, tags.join(" "), Indent::None));
    }
    if let Some(note) = note {
        // A tab has no width of its own.
        let text = note.as_str().replace('\t', " ");
        blocks.push(Block::said(Role::Note, text, Indent::Each(BAR)));
    }
    blocks
}

/// Lead, paragraphs and source.
fn texts(view: &ItemView, width: u16, setting: &Setting) -> Vec<Block> {
    let item = &view.item;
    let indent = Indent::First(setting.indent(width));
    let mut blocks = vec![];
    if let Some(lead) = &item.lead {
        blocks.push(Block::of(TextField::Lead, Role::Lead, lead, indent));
    }
    let last = item.paragraphs.len().saturating_sub(1);
    // A picture that stood between two paragraphs is no hole in the text.
    let paragraphs = item.paragraphs.iter().enumerate();
    for (n, paragraph) in paragraphs.filter(|(_, paragraph)| !paragraph.trim().is_empty()) {
        let text = if n == last {
            &Item::closed(paragraph)
        } else {
            paragraph.as_str()
        };
        let field = TextField::Paragraph(u32::try_from(n).unwrap_or(u32::MAX));
        blocks.push(Block::of(field, Role::Body, text, indent));
    }
    if let Some(source) = &item.source {
        let label = setting.language.say("body.source");
        let text = format!("{label}{source}");
        blocks.push(Block {
            label: label.len(),
            ..Block::of(TextField::Source, Role::Source, &text, Indent::Right)
        });
    }
    if !item.pictures.is_empty() {
        let pictures = wording::pictures(setting.language, &item.pictures);
        blocks.push(Block::said(Role::Source, pictures, Indent::Right));
    }
    blocks
}

/// What is known of an item beside its text, in one line where that can be: its issue and the date of that, its section, its
/// page. On a narrow page what the frame says too is left out first.
fn known_line(view: &ItemView, width: u16, setting: &Setting) -> String {
    let Setting {
        policy, language, ..
    } = *setting;
    let number = language.say_with("issue.number", &[("n", &view.head.key.issue)]);
    let named = format!("{} {number}", view.head.publication);
    let dated = issue_title(language, &view.issue);
    let behind = [
        Some(view.head.section.clone()),
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
