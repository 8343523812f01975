//! The pager through which long output goes on a terminal: `$PAGER`, else `less` where there is one.
//! Must not lose output unsaid: where no pager can be started, it goes to the terminal itself; where a shell was to start one and
//! could not, the run fails.

use std::ffi::OsString;
use std::process::{Child, Command, Stdio};

/// The pager of this environment, as the settings know it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pager {
    command: Option<OsString>,
    /// What `less` is told by the environment already.
    less: Vec<&'static str>,
}

impl Pager {
    /// What the environment says.
    pub(super) fn of(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let told = ["LESS", "LESSCHARSET"];
        Self {
            command: variable("PAGER"),
            less: told
                .into_iter()
                .filter(|name| variable(name).is_some())
                .collect(),
        }
    }

    /// Starts it; none where there is none to start, or `PAGER` is empty or `cat`.
    pub(super) fn start(&self) -> Option<Child> {
        let chosen = match &self.command {
            Some(command) => command.to_str()?.trim(),
            None => "less",
        };
        if chosen.is_empty() || chosen == "cat" {
            return None;
        }
        let mut command = if chosen.contains(|c: char| "|&;<>()$`\"'\\*?[#~".contains(c)) {
            let mut shell = Command::new("sh");
            shell.args(["-c", chosen]);
            shell
        } else {
            let mut words = chosen.split_whitespace();
            let mut command = Command::new(words.next()?);
            command.args(words);
            command
        };
        // F: what fits the screen is only shown; R: colours pass; X: what was shown stays. The text is UTF-8 in any locale.
        for (name, value) in [("LESS", "FRX"), ("LESSCHARSET", "utf-8")] {
            if !self.less.contains(&name) {
                command.env(name, value);
            }
        }
        command.stdin(Stdio::piped()).spawn().ok()
    }
}
