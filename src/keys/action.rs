//! Everything a key can ask for, with the name used in key files and the group under which help lists it.

use super::Context;

/// Something a reader can ask for by a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// One row or line on.
    MoveDown,
    /// One row or line back.
    MoveUp,
    /// To the first row or line.
    First,
    /// To the last row or line.
    Last,
    /// Half a page on.
    HalfPageDown,
    /// Half a page back.
    HalfPageUp,
    /// A page on.
    PageDown,
    /// A page back.
    PageUp,
    /// A page on in the body, at its end to the next unread item.
    ReadOn,
    /// To the next pane, round.
    NextPane,
    /// To the previous pane, round.
    PreviousPane,
    /// To the pane on the left.
    PaneLeft,
    /// To the pane on the right.
    PaneRight,
    /// Opens what is selected.
    Open,
    /// Back, or closes what is open.
    Back,
    /// The next item.
    NextItem,
    /// The previous item.
    PreviousItem,
    /// The first item of the next section.
    NextSection,
    /// The first item of this section, or of the previous one.
    PreviousSection,
    /// The next newer issue.
    NextIssue,
    /// The next older issue.
    PreviousIssue,
    /// Shows what the parser was unsure of.
    Diagnostics,
    /// The next item about which the parser noted something.
    NextDiagnostic,
    /// The one before.
    PreviousDiagnostic,
    /// The next unread item of what is listed, round.
    NextUnread,
    /// The next bookmarked one, round.
    NextBookmarked,
    /// The document that the item was read from, in the viewer of the system.
    Original,
    /// Back to where one has been.
    GoBack,
    /// Forward again.
    GoForward,
    /// Opens the jump.
    Jump,
    /// Opens the list of issues.
    Issues,
    /// Opens the list of bookmarks.
    Bookmarks,
    /// Opens the filter, in its field for keywords.
    Filter,
    /// Opens the filter in its field to find a switch.
    Values,
    /// Takes the filter away.
    ClearFilter,
    /// Opens the saved filters.
    Saved,
    /// Removes a saved filter.
    RemoveSaved,
    /// This issue or the whole library.
    Scope,
    /// Sorts by day, or turns that order round.
    SortByDate,
    /// Sorts by total investment, likewise.
    SortByAmount,
    /// Sorts by land.
    SortByArea,
    /// Sorts by number of projects.
    SortByProjects,
    /// Sorts by place.
    SortByPlace,
    /// Lists as printed again.
    SortAsPrinted,
    /// Finds in the body, as one types.
    Find,
    /// The next hit of the find, else of the filter's words.
    NextHit,
    /// The hit before.
    PreviousHit,
    /// Sets or takes away a bookmark.
    Bookmark,
    /// Puts tags on, or takes them off.
    Tags,
    /// Writes the note.
    Note,
    /// Corrects what was read wrongly of an item.
    Fix,
    /// Has it again as the program has read it.
    AsRead,
    /// Hands the note to the editor of the environment.
    Editor,
    /// Leaves the note as it was.
    Discard,
    /// Marks as read or unread.
    ToggleRead,
    /// Marks all that is listed as read.
    ReadAll,
    /// Takes the last change of marks back.
    Undo,
    /// Makes the change again that was taken back last.
    Redo,
    /// The body alone, or all panes again.
    Zen,
    /// The contents in the place of the body too, or all panes again.
    WideContents,
    /// Underlines the words that facts were read from, or no more.
    FactWords,
    /// Draws the screen anew.
    Redraw,
    /// Gives the terminal back to the shell for a while.
    Suspend,
    /// Opens the help.
    Help,
    /// Ends the program.
    Quit,
}

/// Under which heading help lists an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Moving within a pane or list.
    Move,
    /// Going through items and issues.
    Read,
    /// Getting to an item.
    Find,
    /// What the reader adds.
    Mark,
    /// The program itself.
    Program,
}

impl Group {
    /// Every group, in the order of the help.
    pub const ALL: [Self; 5] = [
        Self::Read,
        Self::Find,
        Self::Mark,
        Self::Move,
        Self::Program,
    ];

    /// The key of its heading in the locales.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Move => "group.move",
            Self::Read => "group.read",
            Self::Find => "group.find",
            Self::Mark => "group.mark",
            Self::Program => "group.program",
        }
    }
}

impl Action {
    /// Every action, in the order in which help lists them within a group.
    pub const ALL: [Self; 65] = [
        Self::MoveDown,
        Self::MoveUp,
        Self::First,
        Self::Last,
        Self::HalfPageDown,
        Self::HalfPageUp,
        Self::PageDown,
        Self::PageUp,
        Self::NextPane,
        Self::PreviousPane,
        Self::PaneLeft,
        Self::PaneRight,
        Self::Open,
        Self::ReadOn,
        Self::Zen,
        Self::WideContents,
        Self::FactWords,
        Self::NextItem,
        Self::PreviousItem,
        Self::NextSection,
        Self::PreviousSection,
        Self::NextIssue,
        Self::PreviousIssue,
        Self::Diagnostics,
        Self::NextDiagnostic,
        Self::PreviousDiagnostic,
        Self::NextUnread,
        Self::NextBookmarked,
        Self::Original,
        Self::Filter,
        Self::Values,
        Self::ClearFilter,
        Self::Saved,
        Self::Scope,
        Self::SortByAmount,
        Self::SortByDate,
        Self::SortByArea,
        Self::SortByProjects,
        Self::SortByPlace,
        Self::SortAsPrinted,
        Self::Find,
        Self::NextHit,
        Self::PreviousHit,
        Self::Jump,
        Self::Issues,
        Self::Bookmarks,
        Self::GoBack,
        Self::GoForward,
        Self::Bookmark,
        Self::Tags,
        Self::Note,
        Self::Fix,
        Self::AsRead,
        Self::Editor,
        Self::RemoveSaved,
        Self::ToggleRead,
        Self::ReadAll,
        Self::Undo,
        Self::Redo,
        Self::Help,
        Self::Redraw,
        Self::Suspend,
        Self::Back,
        Self::Discard,
        Self::Quit,
    ];

    /// The name in key files: `move-down`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::MoveDown => "move-down",
            Self::MoveUp => "move-up",
            Self::First => "first",
            Self::Last => "last",
            Self::HalfPageDown => "half-page-down",
            Self::HalfPageUp => "half-page-up",
            Self::PageDown => "page-down",
            Self::PageUp => "page-up",
            Self::ReadOn => "read-on",
            Self::NextPane => "next-pane",
            Self::PreviousPane => "previous-pane",
            Self::PaneLeft => "pane-left",
            Self::PaneRight => "pane-right",
            Self::Open => "open",
            Self::Back => "back",
            Self::NextItem => "next-item",
            Self::PreviousItem => "previous-item",
            Self::NextSection => "next-section",
            Self::PreviousSection => "previous-section",
            Self::NextIssue => "next-issue",
            Self::PreviousIssue => "previous-issue",
            Self::Diagnostics => "diagnostics",
            Self::NextDiagnostic => "next-diagnostic",
            Self::PreviousDiagnostic => "previous-diagnostic",
            Self::NextUnread => "next-unread",
            Self::NextBookmarked => "next-bookmarked",
            Self::Original => "original",
            Self::GoBack => "go-back",
            Self::GoForward => "go-forward",
            Self::Jump => "jump",
            Self::Issues => "issues",
            Self::Bookmarks => "bookmarks",
            Self::Bookmark => "bookmark",
            Self::Tags => "tags",
            Self::Note => "note",
            Self::Fix => "fix",
            Self::AsRead => "as-read",
            Self::Editor => "editor",
            Self::Discard => "discard",
            Self::ToggleRead => "toggle-read",
            Self::ReadAll => "read-all",
            Self::Undo => "undo",
            Self::Redo => "redo",
            Self::Filter => "filter",
            Self::Values => "values",
            Self::ClearFilter => "clear-filter",
            Self::Saved => "saved",
            Self::RemoveSaved => "remove-saved",
            Self::Scope => "scope",
            Self::SortByDate => "sort-date",
            Self::SortByAmount => "sort-amount",
            Self::SortByArea => "sort-area",
            Self::SortByProjects => "sort-projects",
            Self::SortByPlace => "sort-place",
            Self::SortAsPrinted => "sort-printed",
            Self::Find => "find",
            Self::NextHit => "next-hit",
            Self::PreviousHit => "previous-hit",
            Self::Zen => "zen",
            Self::WideContents => "wide-contents",
            Self::FactWords => "fact-words",
            Self::Redraw => "redraw",
            Self::Suspend => "suspend",
            Self::Help => "help",
            Self::Quit => "quit",
        }
    }

    /// The action of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.name() == name)
    }

    /// Where help lists it.
    #[must_use]
    pub const fn group(self) -> Group {
        match self {
            Self::MoveDown
            | Self::MoveUp
            | Self::First
            | Self::Last
            | Self::HalfPageDown
            | Self::HalfPageUp
            | Self::PageDown
            | Self::PageUp
            | Self::NextPane
            | Self::PreviousPane
            | Self::PaneLeft
            | Self::PaneRight => Group::Move,
            Self::ReadOn
            | Self::Zen
            | Self::WideContents
            | Self::FactWords
            | Self::Open
            | Self::NextItem
            | Self::PreviousItem
            | Self::NextSection
            | Self::PreviousSection
            | Self::NextIssue
            | Self::PreviousIssue
            | Self::Diagnostics
            | Self::NextDiagnostic
            | Self::PreviousDiagnostic
            | Self::NextUnread
            | Self::NextBookmarked
            | Self::Original => Group::Read,
            Self::Filter
            | Self::Values
            | Self::ClearFilter
            | Self::Saved
            | Self::Scope
            | Self::SortByDate
            | Self::SortByAmount
            | Self::SortByArea
            | Self::SortByProjects
            | Self::SortByPlace
            | Self::SortAsPrinted
            | Self::Find
            | Self::NextHit
            | Self::PreviousHit
            | Self::Jump
            | Self::Issues
            | Self::Bookmarks
            | Self::GoBack
            | Self::GoForward => Group::Find,
            Self::Bookmark
            | Self::Tags
            | Self::Note
            | Self::Fix
            | Self::AsRead
            | Self::Editor
            | Self::RemoveSaved
            | Self::ToggleRead
            | Self::ReadAll
            | Self::Undo
            | Self::Redo => Group::Mark,
            Self::Redraw | Self::Suspend | Self::Help | Self::Back | Self::Discard | Self::Quit => {
                Group::Program
            }
        }
    }

    /// The key of the sentence that explains what it does in `context`, in the locales.
    #[must_use]
    pub fn word(self, context: Context) -> String {
        format!("action.{}{}", self.name(), self.variant(context))
    }

    /// The key of the one or two words that the status bar shows for it, in the locales.
    #[must_use]
    pub fn short_word(self, context: Context) -> String {
        format!("short.{}{}", self.name(), self.variant(context))
    }

    /// What its words are told apart by, where it does something else than in the panes.
    const fn variant(self, context: Context) -> &'static str {
        match (self, context) {
            (Self::Open, Context::List | Context::Jump | Context::Diagnostics) => "-in-list",
            (Self::Open, Context::Filter) => "-in-filter",
            (Self::Open | Self::MoveDown | Self::MoveUp, Context::Field) => "-in-field",
            (Self::Open | Self::Back | Self::MoveDown | Self::MoveUp, Context::Tags) => "-in-tags",
            (Self::Open, Context::Saved) => "-in-saved",
            (Self::Open | Self::Back, Context::Note) => "-in-note",
            (Self::Open, Context::Fix) => "-in-fix",
            (Self::Open | Self::Back | Self::MoveDown | Self::MoveUp, Context::FixValue) => {
                "-in-fix-value"
            }
            (Self::Open | Self::Back | Self::MoveDown | Self::MoveUp, Context::Find) => "-in-find",
            (Self::Find, Context::Help) => "-in-help",
            _ => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn names_are_unique_and_read_back() {
        let names: HashSet<_> = Action::ALL.iter().map(|action| action.name()).collect();
        assert_eq!(names.len(), Action::ALL.len());
        for action in Action::ALL {
            assert_eq!(Action::from_name(action.name()), Some(action));
        }
    }
}
