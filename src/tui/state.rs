//! Everything the reader knows: what is open, selected, shown. Plain values without store, channel, clock or terminal.

use super::effect::{Change, Effect, Ticket};
use super::layout::Regions;
use super::overlays::{Bookmarks, HelpPage, Issues, Jump};
use super::panes::{Body, Contents};
use crate::app::Failure;
use crate::config::Language;
use crate::issue::{IssueHead, IssueId, ItemHead, ItemKey, Marks};
use crate::keys::{Action, Context, Key, Keymap};
use crate::text::WidthPolicy;
use ratatui::layout::Size;
use std::fmt::Display;

/// A pane that can have the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// The list of items.
    Contents,
    /// The text of an item.
    Body,
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
    /// The help.
    Help(HelpPage),
}

/// Something to say to the reader in the status bar, until the next key.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// A word of the locales.
    Word(&'static str),
    /// A mark could not be kept.
    NotKept(Change, Failure),
    /// An effect failed.
    Failure(Failure),
}

/// An issue that is open.
#[derive(Debug)]
pub struct OpenIssue {
    /// Its row.
    pub id: IssueId,
    /// Its contents.
    pub contents: Contents,
    /// The item that is read or previewed.
    pub body: Option<Body>,
}

/// The newest request of each kind; answers to older ones are dropped.
#[derive(Debug, Clone, Copy, Default)]
pub struct Latest {
    /// Requests made so far.
    made: u64,
    /// For the list of issues.
    pub issues: Ticket,
    /// For the contents of an issue.
    pub contents: Ticket,
    /// For the body.
    pub body: Ticket,
    /// For the preview of the jump.
    pub preview: Ticket,
    /// For the bookmarks.
    pub bookmarks: Ticket,
    /// For the jump.
    pub jump: Ticket,
}

impl Latest {
    /// A new ticket.
    pub const fn next(&mut self) -> Ticket {
        self.made += 1;
        Ticket(self.made)
    }
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
    /// What keys mean.
    pub keymap: Keymap,
    /// The library's issues, newest first; none until they are known.
    pub issues: Option<Vec<IssueHead>>,
    /// The issue that is open.
    pub issue: Option<OpenIssue>,
    /// Where keys go while there is no overlay.
    pub focus: Pane,
    /// What is laid over the panes, the top one last: it gets the keys. Answers reach the ones below it too.
    pub overlays: Vec<Overlay>,
    /// Strokes that begin a longer binding.
    pub strokes: Vec<Key>,
    /// What was said last.
    pub notice: Option<Notice>,
    /// Newest requests.
    pub latest: Latest,
    /// Changed marks that are not known to be on the disk yet.
    pub unkept: usize,
    /// Requests for lists that wait until they are.
    pub held: Vec<Effect>,
}

impl State {
    /// A reader that has not been told anything yet.
    #[must_use]
    pub fn new(size: Size, language: Language, policy: WidthPolicy, keymap: Keymap) -> Self {
        Self {
            size,
            language,
            policy,
            keymap,
            issues: None,
            issue: None,
            focus: Pane::Contents,
            overlays: vec![],
            strokes: vec![],
            notice: None,
            latest: Latest::default(),
            unkept: 0,
            held: vec![],
        }
    }

    /// How the screen is divided now.
    #[must_use]
    pub fn regions(&self) -> Regions {
        Regions::new(self.size, self.focus)
    }

    /// Which bindings hold now.
    #[must_use]
    pub fn context(&self) -> Context {
        match self.overlays.last() {
            None => Context::Reader,
            Some(Overlay::Jump(_)) => Context::Jump,
            Some(Overlay::Issues(_) | Overlay::Bookmarks(_)) => Context::List,
            Some(Overlay::Help(_)) => Context::Help,
        }
    }

    /// The sentence for `word`, with the keys of the panes in the place of `%{action-name}`.
    #[must_use]
    pub fn say_keys(&self, word: &str) -> String {
        let keys: Vec<(&str, String)> = Action::ALL
            .into_iter()
            .filter_map(|action| Some((action.name(), self.keymap.shown(Context::Reader, action)?)))
            .collect();
        let arguments: Vec<(&str, &dyn Display)> = keys
            .iter()
            .map(|(name, key)| (*name, key as &dyn Display))
            .collect();
        self.language.say_with(word, &arguments)
    }

    /// Whether the library is known to hold nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.issues.as_ref().is_some_and(Vec::is_empty)
    }

    /// The jump, if it is open.
    pub fn jump_mut(&mut self) -> Option<&mut Jump> {
        self.overlays.iter_mut().find_map(|overlay| match overlay {
            Overlay::Jump(jump) => Some(&mut **jump),
            Overlay::Issues(_) | Overlay::Bookmarks(_) | Overlay::Help(_) => None,
        })
    }

    /// The list of bookmarks, if it is open.
    pub fn bookmarks_mut(&mut self) -> Option<&mut Bookmarks> {
        self.overlays.iter_mut().find_map(|overlay| match overlay {
            Overlay::Bookmarks(bookmarks) => Some(bookmarks),
            Overlay::Jump(_) | Overlay::Issues(_) | Overlay::Help(_) => None,
        })
    }

    /// Changes the marks of an item wherever it is on the screen.
    pub fn show_marks(&mut self, key: &ItemKey, change: impl Fn(&mut Marks)) {
        let opened = self.issue.iter_mut().flat_map(|issue| {
            let body = issue.body.iter_mut().map(|body| &mut body.view.head);
            issue.contents.items.iter_mut().chain(body)
        });
        let listed = self.overlays.iter_mut().flat_map(|overlay| match overlay {
            Overlay::Bookmarks(bookmarks) => bookmarks.rows.as_deref_mut().unwrap_or_default(),
            Overlay::Jump(_) | Overlay::Issues(_) | Overlay::Help(_) => &mut [],
        });
        for head in opened.chain(listed).filter(|head| head.key == *key) {
            change(&mut head.marks);
        }
    }
}

impl OpenIssue {
    /// The selected item.
    #[must_use]
    pub fn selected(&self) -> Option<&ItemHead> {
        self.contents.selected()
    }
}
