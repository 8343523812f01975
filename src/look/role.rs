//! What a piece of the screen is, as far as looks go.

use serde::Deserialize;

macro_rules! roles {
    ($($(#[doc = $doc:literal])+ $role:ident),+ $(,)?) => {
        /// What a piece of the screen is; a theme gives each role a style.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Role {
            $($(#[doc = $doc])+ $role),+
        }

        impl Role {
            /// Every role.
            pub const ALL: &[Self] = &[$(Self::$role),+];
        }
    };
}

roles! {
    /// Anything without a role of its own.
    Text,
    /// What helps but may be passed over: page numbers, counts.
    Faint,
    /// Border of a pane.
    Border,
    /// Border of the pane that has the focus.
    BorderActive,
    /// Title of a pane.
    Title,
    /// Title of the pane that has the focus.
    TitleActive,
    /// Heading of a section.
    Section,
    /// Headline of an unread item in a list.
    Unread,
    /// Headline of a read item in a list.
    Read,
    /// The mark of an unread item.
    UnreadMark,
    /// The mark of a bookmark.
    BookmarkMark,
    /// The selected row where the keys go.
    Selected,
    /// The selected row of a pane without the focus.
    SelectedInactive,
    /// Headline above a body.
    Headline,
    /// Lead of a body.
    Lead,
    /// Paragraphs of a body.
    Body,
    /// Source and place of an item.
    Source,
    /// Characters that matched.
    Match,
    /// The match that was gone to last.
    CurrentMatch,
    /// The sign of a switch that is on.
    SwitchOn,
    /// Text typed into a field.
    Field,
    /// What stands before a field.
    Prompt,
    /// The status bar.
    Status,
    /// A key in the status bar or the help.
    StatusKey,
    /// Something said to the reader.
    Notice,
    /// Something that failed.
    Error,
    /// What is wrong with something typed.
    Problem,
    /// The mark of an item that the parser was unsure of, and what is said about that.
    Diagnostic,
    /// The reader's own tags, and their mark in a list.
    Tag,
    /// The reader's own note, and its mark in a list.
    Note,
}
