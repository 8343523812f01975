//! The theme and the colours of a run, and how they were found.
//! Must not read a theme.

use super::{Report, Surroundings};
use crate::app::doctor::surroundings::word;
use crate::config::theme_for;
use crate::look::Depth;
use crate::store::Finding;

impl Surroundings {
    /// Adds what the reader looks like here, and what is wrong with the theme that is set.
    pub(super) fn examine_looks(&self, report: &mut Report) {
        let looks = self.looks();
        let depth = looks.depth();
        let background = looks.background(self.terminal.answers.unwrap_or_default());
        let set = self.theme.written.as_ref().and(self.theme.name.as_deref());
        let used = match set {
            _ if depth == Depth::None => "monochrome",
            Some(name) => name,
            None => theme_for(background),
        };
        report.groups.push((
            "looks",
            vec![
                ("set", self.theme.name.as_deref().into()),
                ("theme", used.into()),
                ("background", background.map(word).into()),
                ("colours", depth.name().into()),
                ("colours_by", self.counted_by().into()),
            ],
        ));
        if !self.theme.problems.is_empty() {
            let name = self.theme.name.clone().unwrap_or_default();
            let arguments = vec![("name", name), ("n", self.theme.problems.len().to_string())];
            let finding = Finding::wrong("theme-faulty", "config-check", arguments);
            report.findings.push(finding);
        }
    }

    /// What told how many colours there are.
    fn counted_by(&self) -> &'static str {
        if self.screen.colour.is_some() {
            return "settings";
        }
        let (_, told) = Depth::of_environment(|name| self.variable(name).map(str::to_owned));
        told.unwrap_or("assumed")
    }
}
