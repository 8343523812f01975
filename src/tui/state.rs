//! Everything the reader knows: what is open, selected, shown. Plain values without store, channel, clock or terminal.

mod words;

pub use super::latest::Latest;
pub use super::notice::Notice;
pub use super::seen::Seen;

use super::effect::{Arrival, Effect};
use super::finding::{Finding, Sought};
use super::history::History;
use super::layout::Regions;
use super::overlays::{
    Bookmarks, Diagnostics, FixPage, HelpPage, Issues, Jump, NoteField, Saved, Tags, Welcome,
};
use super::panes::{Body, Contents, Filter, Groups, Setting};
use super::trail::Trail;
use crate::app::reading::Origin;
use crate::config::{Language, READ_AFTER};
use crate::issue::{IssueHead, IssueId, ItemHead, ItemId, ItemKey};
use crate::keys::{Context, Key, Keymap};
use crate::look::Page;
use crate::query::Tally;
use crate::store::{Listing, MarkChange, Way};
use crate::text::WidthPolicy;
use ratatui::layout::Size;
use std::time::Duration;
use tui_input::Input;

/// A pane for reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// The list of items.
    Contents,
    /// The text of an item.
    Body,
}

/// Where keys go while there is no overlay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// To a pane for reading.
    On(Pane),
    /// To the filter, which stands beside the others or in the place of one.
    Filter {
        /// Where the focus was before, and goes back to.
        from: Pane,
    },
}

impl Focus {
    /// The pane for reading that has the focus, or had it before the filter.
    #[must_use]
    pub const fn pane(self) -> Pane {
        match self {
            Self::On(pane) | Self::Filter { from: pane } => pane,
        }
    }
}

/// What is laid over the panes.
#[derive(Debug)]
pub enum Overlay {
    /// The jump.
    Jump(Box<Jump>),
    /// The list of issues.
    Issues(Issues),
    /// The list of bookmarks.
    Bookmarks(Bookmarks),
    /// The tags of an item.
    Tags(Box<Tags>),
    /// The saved filters.
    Saved(Box<Saved>),
    /// The note of an item.
    Note(Box<NoteField>),
    /// An item while it is corrected.
    Fix(Box<FixPage>),
    /// What the parser was unsure of.
    Diagnostics(Box<Diagnostics>),
    /// The help.
    Help(HelpPage),
}

/// What is listed and read.
#[derive(Debug)]
pub struct Open {
    /// What is listed, or will be as soon as the answer is there.
    pub listing: Listing,
    /// The issue, where the listing is of one.
    pub issue: Option<IssueHead>,
    /// The list.
    pub contents: Contents,
    /// Its counts; none until they are known.
    pub tally: Option<Tally>,
    /// What was counted: the scope, and the terms that decide what is counted at all.
    pub counted: Option<Listing>,
    /// What its items can be told apart by.
    pub groups: Groups,
    /// The item that is read or previewed.
    pub body: Option<Body>,
}

/// The reader.
#[derive(Debug)]
pub struct State {
    /// Columns and rows of the terminal.
    pub size: Size,
    /// Language of the interface.
    pub language: Language,
    /// How the terminal draws ambiguous characters.
    pub policy: WidthPolicy,
    /// How items are set.
    pub page: Page,
    /// How long an item is on the screen before it counts as read.
    pub read_after: Duration,
    /// What keys mean.
    pub keymap: Keymap,
    /// Where what is read comes from.
    pub origin: Origin,
    /// The library's issues, newest first; none until they are known.
    pub issues: Option<Vec<IssueHead>>,
    /// From which issue to go which way as soon as they are known: a key may be faster.
    pub awaited: Option<(IssueId, Way)>,
    /// What is listed and read; none until it is known, or where there is nothing.
    pub open: Option<Open>,
    /// The item that was selected before the list was sorted.
    pub unsorted: Option<ItemId>,
    /// What has been seen of the item that is read.
    pub seen: Option<Seen>,
    /// The filter pane.
    pub filter: Filter,
    /// What is looked for in items.
    pub finding: Finding,
    /// Where in an item its body is to open, once it is listed.
    pub arriving: Option<(ItemId, Arrival)>,
    /// Where keys go while there is no overlay.
    pub focus: Focus,
    /// Which pane takes more than its place: the body all of the screen while it has the focus, the contents the place of the body
    /// while that has not.
    pub alone: Option<Pane>,
    /// Whether the words that facts were read from are underlined.
    pub underlined: bool,
    /// What is laid over the panes, the top one last: it gets the keys. Answers reach the ones below it too.
    pub overlays: Vec<Overlay>,
    /// What a first start shows.
    pub welcome: Welcome,
    /// Strokes that begin a longer binding.
    pub strokes: Vec<Key>,
    /// What was said last.
    pub notice: Option<Notice>,
    /// Newest requests.
    pub latest: Latest,
    /// Whether another program has changed the library since the list was asked for that is on its way.
    pub stale: bool,
    /// Whether what was listed when the reader was left is being listed again, which may fail.
    pub resuming: bool,
    /// What the reader changed of marks, fixes and saved filters, to be taken back.
    pub history: History,
    /// Where the reader has been.
    pub trail: Trail,
    /// Items that the jump led to, the last first.
    pub jumps: Vec<ItemKey>,
    /// Notes that could not be kept, to be written on or kept again.
    pub drafts: Vec<MarkChange>,
    /// Changed marks that are not known to be on the disk yet.
    pub unkept: usize,
    /// Requests for lists that wait until they are.
    pub held: Vec<Effect>,
}

impl State {
    /// A reader that has not been told anything yet.
    #[must_use]
    pub fn new(
        size: Size,
        language: Language,
        policy: WidthPolicy,
        keymap: Keymap,
        origin: Origin,
    ) -> Self {
        Self {
            size,
            language,
            policy,
            page: Page::default(),
            read_after: READ_AFTER,
            keymap,
            origin,
            issues: None,
            awaited: None,
            open: None,
            unsorted: None,
            seen: None,
            filter: Filter::default(),
            finding: Finding::default(),
            arriving: None,
            focus: Focus::On(Pane::Contents),
            alone: None,
            underlined: false,
            overlays: vec![],
            welcome: Welcome::Unknown,
            strokes: vec![],
            notice: None,
            latest: Latest::default(),
            stale: false,
            resuming: false,
            history: History::default(),
            trail: Trail::default(),
            jumps: vec![],
            drafts: vec![],
            unkept: 0,
            held: vec![],
        }
    }

    /// How the screen is divided now.
    #[must_use]
    pub fn regions(&self) -> Regions {
        let regions = || Regions::new(self.size, self.focus, self.page);
        match (self.alone, self.focus) {
            (Some(Pane::Body), Focus::On(Pane::Body)) => Regions::zen(self.size, self.page),
            (Some(Pane::Contents), Focus::On(Pane::Contents) | Focus::Filter { .. }) => {
                regions().with_wide_contents()
            }
            _ => regions(),
        }
    }

    /// How items are set on the screen as it is divided.
    #[must_use]
    pub fn setting(&self) -> Setting {
        let regions = self.regions();
        let setting = Setting {
            page: self.page,
            policy: self.policy,
            language: self.language,
            roomy: Setting::is_roomy(regions.body_lines().height),
        };
        if regions.hangs() {
            setting
        } else {
            setting.without_hanging()
        }
    }

    /// Which bindings hold now.
    #[must_use]
    pub fn context(&self) -> Context {
        match (self.overlays.last(), self.focus) {
            (None, _) if self.finding.typing.is_some() => Context::Find,
            (None, Focus::On(_)) => Context::Reader,
            (None, Focus::Filter { .. }) if self.filter.editing.is_some() => Context::Field,
            (None, Focus::Filter { .. }) => Context::Filter,
            (Some(Overlay::Jump(_)), _) => Context::Jump,
            (Some(Overlay::Issues(_) | Overlay::Bookmarks(_)), _) => Context::List,
            (Some(Overlay::Tags(_)), _) => Context::Tags,
            (Some(Overlay::Saved(_)), _) => Context::Saved,
            (Some(Overlay::Note(_)), _) => Context::Note,
            (Some(Overlay::Fix(page)), _) if page.typing.is_some() => Context::FixValue,
            (Some(Overlay::Fix(_)), _) => Context::Fix,
            (Some(Overlay::Diagnostics(_)), _) => Context::Diagnostics,
            (Some(Overlay::Help(_)), _) => Context::Help,
        }
    }

    /// The one field of a line that is typed into, if there is one.
    pub fn field_mut(&mut self) -> Option<&mut Input> {
        match self.context() {
            Context::Jump => self.jump_mut().map(|jump| &mut jump.input),
            Context::Tags => self.tags_mut().map(|tags| &mut tags.field.input),
            Context::Saved => self.saved_mut().map(|saved| &mut saved.input),
            Context::FixValue => {
                let typing = self.fix_mut().and_then(|page| page.typing.as_mut());
                typing.map(|typing| &mut typing.completing.input)
            }
            Context::Find => {
                let typing = self.finding.typing.as_mut();
                typing.map(|typing| &mut typing.input)
            }
            Context::Field => self
                .filter
                .editing
                .as_mut()
                .map(|editing| &mut editing.input),
            Context::Help => self.help_mut().and_then(|page| page.input.as_mut()),
            Context::Reader
            | Context::Filter
            | Context::List
            | Context::Note
            | Context::Fix
            | Context::Diagnostics => None,
        }
    }

    /// Whether the library is known to hold nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.issues.as_ref().is_some_and(Vec::is_empty)
    }

    /// What the whole of what is read is called: the library, or the files that were named.
    #[must_use]
    pub const fn library_word(&self) -> &'static str {
        match self.origin {
            Origin::Library | Origin::Sample => "pane.library",
            Origin::Files => "pane.files",
        }
    }

    /// A number of what is listed, with a sign behind it while that is still looked for: until then it is that of what was listed before.
    #[must_use]
    pub fn so_far(&self, count: String) -> String {
        let is_listed = self.latest.list == self.latest.listed;
        let is_known = self
            .open
            .as_ref()
            .is_none_or(|open| is_listed && open.counted.as_ref() == Some(&open.listing.counted()));
        if is_known { count } else { count + " …" }
    }

    /// The words that the list is filtered by, folded.
    #[must_use]
    pub fn needles(&self) -> Vec<String> {
        self.open
            .as_ref()
            .map(|open| open.listing.query.needles())
            .unwrap_or_default()
    }

    /// What is looked for in items: what the reader wants to find, else the words that the list is filtered by.
    #[must_use]
    pub fn sought(&self) -> Sought {
        match &self.finding.needle {
            Some(needle) => Sought::Text(needle.clone()),
            None => Sought::Words(self.needles()),
        }
    }

    /// The jump, if it is open.
    pub fn jump_mut(&mut self) -> Option<&mut Jump> {
        self.overlays.iter_mut().find_map(|overlay| match overlay {
            Overlay::Jump(jump) => Some(&mut **jump),
            _ => None,
        })
    }

    /// The diagnostics, if they are open.
    pub fn diagnostics_mut(&mut self) -> Option<&mut Diagnostics> {
        self.overlays.iter_mut().find_map(|overlay| match overlay {
            Overlay::Diagnostics(diagnostics) => Some(&mut **diagnostics),
            _ => None,
        })
    }

    /// The list of bookmarks, if it is open.
    pub fn bookmarks_mut(&mut self) -> Option<&mut Bookmarks> {
        self.overlays.iter_mut().find_map(|overlay| match overlay {
            Overlay::Bookmarks(bookmarks) => Some(bookmarks),
            _ => None,
        })
    }

    /// The tags of an item, if they are being typed.
    pub fn tags_mut(&mut self) -> Option<&mut Tags> {
        self.overlays.iter_mut().find_map(|overlay| match overlay {
            Overlay::Tags(tags) => Some(&mut **tags),
            _ => None,
        })
    }

    /// The saved filters, if they are open.
    pub fn saved_mut(&mut self) -> Option<&mut Saved> {
        self.overlays.iter_mut().find_map(|overlay| match overlay {
            Overlay::Saved(saved) => Some(&mut **saved),
            _ => None,
        })
    }

    /// The item that is corrected, if one is.
    pub fn fix_mut(&mut self) -> Option<&mut FixPage> {
        self.overlays.iter_mut().find_map(|overlay| match overlay {
            Overlay::Fix(page) => Some(&mut **page),
            _ => None,
        })
    }

    /// The help, if it is open.
    pub fn help_mut(&mut self) -> Option<&mut HelpPage> {
        self.overlays.iter_mut().find_map(|overlay| match overlay {
            Overlay::Help(page) => Some(page),
            _ => None,
        })
    }

    /// The note of an item, if it is being written.
    pub fn note_mut(&mut self) -> Option<&mut NoteField> {
        self.overlays.iter_mut().find_map(|overlay| match overlay {
            Overlay::Note(note) => Some(&mut **note),
            _ => None,
        })
    }
}

impl Open {
    /// What was counted is not so any more.
    pub fn uncount(&mut self) {
        self.counted = None;
        self.groups.forget_counts();
    }

    /// The selected item.
    #[must_use]
    pub fn selected(&self) -> Option<&ItemHead> {
        self.contents.selected()
    }

    /// The text of the selected item, if it is there.
    pub fn shown_mut(&mut self) -> Option<&mut Body> {
        let selected = self.contents.selected()?.id;
        self.body
            .as_mut()
            .filter(|body| body.view.head.id == selected)
    }
}
