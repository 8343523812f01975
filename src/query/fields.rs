//! The names of fields and marks, in both languages.

/// What a term with a colon asks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The section's title.
    Section,
    /// The issue's number.
    Issue,
    /// What the reader marked.
    Is,
    /// A tag of the reader's.
    Tag,
    /// What the reader added.
    Has,
}

/// What a reader adds to an item in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// A note.
    Note,
    /// A tag, whichever.
    Tag,
}

/// What an item can be marked as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Not read.
    Unread,
    /// Read.
    Read,
    /// Bookmarked.
    Bookmarked,
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 5] = [Self::Section, Self::Issue, Self::Is, Self::Tag, Self::Has];

    /// The names it goes by; the first one is written.
    #[must_use]
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Section => &["section", "栏目"],
            Self::Issue => &["issue", "期", "期号"],
            Self::Is => &["is", "是", "标记"],
            Self::Tag => &["tag", "标签"],
            Self::Has => &["has", "有"],
        }
    }

    /// The field of a normalised name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let known = |field: &Self| field.names().contains(&name);
        Self::ALL.into_iter().find(known)
    }
}

impl Mark {
    /// Every mark.
    pub const ALL: [Self; 3] = [Self::Unread, Self::Read, Self::Bookmarked];

    /// The names it goes by; the first one is written.
    #[must_use]
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Unread => &["unread", "未读"],
            Self::Read => &["read", "已读"],
            Self::Bookmarked => &["bookmarked", "书签", "有书签"],
        }
    }

    /// The mark of a normalised name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let known = |mark: &Self| mark.names().contains(&name);
        Self::ALL.into_iter().find(known)
    }

    /// Whether an item with these marks is one.
    #[must_use]
    pub const fn holds(self, read: bool, bookmarked: bool) -> bool {
        match self {
            Self::Unread => !read,
            Self::Read => read,
            Self::Bookmarked => bookmarked,
        }
    }
}

impl Added {
    /// Everything.
    pub const ALL: [Self; 2] = [Self::Note, Self::Tag];

    /// The names it goes by; the first one is written.
    #[must_use]
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Note => &["note", "笔记", "批注"],
            Self::Tag => &["tag", "标签"],
        }
    }

    /// What goes by a normalised name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let known = |added: &Self| added.names().contains(&name);
        Self::ALL.into_iter().find(known)
    }
}
