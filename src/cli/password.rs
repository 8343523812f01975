//! The passwords of encrypted documents: the one on the command line, else those that are typed, without an echo.
//! Must not write one anywhere, nor ask where nobody sits before a terminal.

use crate::app::wording;
use crate::config::Language;
use signal_hook::consts::SIGINT;
use signal_hook::low_level::raise;
use std::collections::HashMap;
use std::fmt::Debug;
use std::io::{ErrorKind, IsTerminal as _};
use std::sync::{Mutex, PoisonError};

/// How often the password of one document is asked for.
const TRIES: u32 = 3;

/// What was typed in this run: documents of one publication have one password as a rule.
pub(super) struct Passwords {
    language: Language,
    typed: Mutex<Typed>,
}

#[derive(Default)]
struct Typed {
    passwords: Vec<String>,
    /// How often each document was asked for, by its name.
    asked: HashMap<String, u32>,
}

impl Debug for Passwords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passwords")
    }
}

impl Passwords {
    /// Asks in this language.
    pub fn new(language: Language) -> Self {
        Self {
            language,
            typed: Mutex::default(),
        }
    }

    /// The next password to be tried for the document of this name, of which so many were: those that were typed for others, then what
    /// is typed now. None where nobody can be asked, or nothing is typed.
    pub fn next(&self, name: &str, tries: u32) -> Option<String> {
        // One question at a time.
        let mut typed = self.typed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = typed.passwords.get(usize::try_from(tries).ok()?) {
            return Some(known.clone());
        }
        if !std::io::stderr().is_terminal() {
            return None;
        }
        let asked = typed.asked.entry(name.to_owned()).or_default();
        *asked += 1;
        if *asked > TRIES {
            return None;
        }
        let key = if *asked == 1 {
            "password.question"
        } else {
            "password.again"
        };
        let path = wording::input_name(self.language, name);
        let question = self.language.say_with(key, &[("path", &path)]);
        match rpassword::prompt_password(question) {
            Ok(password) if !password.is_empty() => {
                typed.passwords.push(password.clone());
                Some(password)
            }
            Ok(_) => None,
            Err(error) => {
                // Ctrl-C is a key while nothing is echoed.
                if error.kind() == ErrorKind::Interrupted {
                    let _ = raise(SIGINT);
                }
                None
            }
        }
    }
}
