//! What is wrong with a library, as values: found by `check` and `doctor`.
//! Must not hold words; they are `finding.KIND` and `mend.MEND` in `assets/locales`.

/// Something that was found about a library, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Stable name: its words are `finding.<kind>`.
    pub kind: &'static str,
    /// Stable name of what to do: its words are `mend.<mend>`.
    pub mend: &'static str,
    /// Whether it is wrong.
    pub level: Level,
    /// What the words are filled in with.
    pub arguments: Vec<(&'static str, String)>,
}

/// What a finding means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// It is to be mended.
    Wrong,
    /// It is as it may be.
    Told,
}

impl Finding {
    /// Something wrong.
    #[must_use]
    pub const fn wrong(
        kind: &'static str,
        mend: &'static str,
        arguments: Vec<(&'static str, String)>,
    ) -> Self {
        Self {
            kind,
            mend,
            level: Level::Wrong,
            arguments,
        }
    }

    /// How many marks wait for their items, where it says that some do: nothing is damaged then, nor lost.
    #[must_use]
    pub fn waiting(&self) -> Option<usize> {
        if !matches!(self.kind, "marks-wait-for-issue" | "marks-wait-for-items") {
            return None;
        }
        let mut arguments = self.arguments.iter();
        let n = arguments.find(|(name, _)| *name == "n")?;
        n.1.parse().ok()
    }

    /// Something to know.
    #[must_use]
    pub const fn told(
        kind: &'static str,
        mend: &'static str,
        arguments: Vec<(&'static str, String)>,
    ) -> Self {
        Self {
            kind,
            mend,
            level: Level::Told,
            arguments,
        }
    }
}
