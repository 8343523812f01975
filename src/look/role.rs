//! What a piece of the screen is, as far as looks go.

// A role that no theme has heard of looks as its parent does: `Role: Parent`, or the text where none is named.
macro_rules! roles {
    ($($(#[doc = $doc:literal])+ $role:ident $(: $parent:ident)?),+ $(,)?) => {
        /// What a piece of the screen is; a theme gives each role a style.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Role {
            $($(#[doc = $doc])+ $role),+
        }

        impl Role {
            /// Every role.
            pub const ALL: &[Self] = &[$(Self::$role),+];

            /// Its name in a theme file: `current-match`.
            #[must_use]
            pub fn name(self) -> String {
                match self {
                    $(Self::$role => kebab(stringify!($role))),+
                }
            }

            /// What it looks like where a theme says nothing of it; none of what looks like the text.
            const fn parent(self) -> Option<Self> {
                match self {
                    $(Self::$role => roles!(@parent $($parent)?)),+
                }
            }
        }
    };
    (@parent) => { None };
    (@parent $parent:ident) => { Some(Self::$parent) };
}

impl Role {
    /// Itself, and what it looks like where a theme says nothing of it, the nearest first.
    pub(super) fn line(self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |role| role.parent())
    }
}

fn kebab(name: &str) -> String {
    let mut kebab = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !kebab.is_empty() {
            kebab.push('-');
        }
        kebab.push(c.to_ascii_lowercase());
    }
    kebab
}

roles! {
    /// Anything without a role of its own.
    Text,
    /// What helps but may be passed over: page numbers, counts.
    Faint,
    /// Border of a pane.
    Border: Faint,
    /// Border of the pane that has the focus.
    BorderActive: Border,
    /// Title of a pane.
    Title: Faint,
    /// Title of the pane that has the focus.
    TitleActive: Title,
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
    SelectedInactive: Selected,
    /// Headline above a body.
    Headline,
    /// Lead of a body.
    Lead: Body,
    /// Paragraphs of a body.
    Body,
    /// Issue, section, page and source of an item.
    Source: Faint,
    /// Characters that matched.
    Match,
    /// The match that was gone to last.
    CurrentMatch: Match,
    /// The sign of a switch that is on.
    SwitchOn: Section,
    /// Text typed into a field.
    Field,
    /// What stands before a field.
    Prompt: TitleActive,
    /// The status bar.
    Status: Faint,
    /// A key in the status bar or the help.
    StatusKey: TitleActive,
    /// Something said to the reader.
    Notice,
    /// Something that failed.
    Error: Notice,
    /// What is wrong with something typed.
    Problem,
    /// The mark of an item that the parser was unsure of, and what is said about that.
    Diagnostic,
    /// The reader's own tags, and their mark in a list.
    Tag,
    /// The reader's own note, and its mark in a list.
    Note: Tag,
    /// What an item states, under its headline.
    Facts,
    /// Words that a fact was read from.
    FactWords: Facts,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_a_name_of_its_own_and_no_line_goes_round() {
        assert_eq!(Role::BorderActive.name(), "border-active");
        let names: std::collections::BTreeSet<String> =
            Role::ALL.iter().map(|role| role.name()).collect();
        assert_eq!(names.len(), Role::ALL.len());
        for role in Role::ALL {
            let all = Role::ALL.len();
            assert!(role.line().take(all + 1).count() <= all, "{role:?}");
            assert!(*role == Role::Text || role.line().all(|one| one != Role::Text));
        }
    }
}
