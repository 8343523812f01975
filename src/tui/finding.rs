//! Finding in the text of items: what is looked for, the field it is typed into, and what was looked for before.
//! Must not search.

use super::cursor::Cursor;
use super::panes::Spot;
use super::state::Focus;
use crate::issue::ItemId;
use crate::store::Way;
use crate::text::Needle;
use tui_input::Input;

/// Finds of a session that are kept to be looked for again.
const MOST: usize = 50;

/// What is looked for in an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sought {
    /// The words of the filter, folded; none where there are no words in it.
    Words(Vec<String>),
    /// What the reader wants to find.
    Text(Needle),
}

impl Sought {
    /// Whether nothing is looked for.
    #[must_use]
    pub const fn is_nothing(&self) -> bool {
        match self {
            Self::Words(words) => words.is_empty(),
            Self::Text(_) => false,
        }
    }
}

/// The find, if there is one.
#[derive(Debug, Default)]
pub struct Finding {
    /// What is looked for, in whatever item is shown.
    pub needle: Option<Needle>,
    /// The field, while it is typed into.
    pub typing: Option<Box<Typing>>,
    /// From which item on another one with a hit is being looked for.
    pub asked: Option<ItemId>,
    /// From which item on no other was found last, and which way.
    pub dry: Option<(ItemId, Way)>,
    /// What was looked for in this session, the last one at the end.
    past: Vec<String>,
}

/// The field while it is typed into, and what to come back to without it.
#[derive(Debug)]
pub struct Typing {
    /// What is typed.
    pub input: Input,
    /// The find before it.
    pub before: Option<Needle>,
    /// Where the focus was.
    pub focus: Focus,
    /// The selected row of the contents.
    pub rows: Cursor,
    /// The item that was shown, and where the screen stood in it; none where its text was not there.
    pub spot: Option<(ItemId, Spot)>,
    /// Which of the past finds stands in the field, counted from the last one, and what was typed before it.
    recalled: Option<(usize, String)>,
}

impl Typing {
    /// An empty field.
    #[must_use]
    pub fn new(
        before: Option<Needle>,
        focus: Focus,
        rows: Cursor,
        spot: Option<(ItemId, Spot)>,
    ) -> Self {
        Self {
            input: Input::default(),
            before,
            focus,
            rows,
            spot,
            recalled: None,
        }
    }
}

impl Finding {
    /// Whether something is to be found, and is not being typed any more.
    #[must_use]
    pub const fn is_on(&self) -> bool {
        self.needle.is_some() && self.typing.is_none()
    }

    /// Keeps what was looked for, as the last of the past finds.
    pub fn remember(&mut self, typed: &str) {
        self.past.retain(|past| past != typed);
        self.past.push(typed.to_owned());
        let over = self.past.len().saturating_sub(MOST);
        self.past.drain(..over);
    }

    /// What was looked for last.
    #[must_use]
    pub fn last(&self) -> Option<&str> {
        self.past.last().map(String::as_str)
    }

    /// Puts the past find into the field that is further back, or less far, and at last what was typed; whether there is one.
    pub fn recall(&mut self, back: bool) -> bool {
        let Some(typing) = &mut self.typing else {
            return false;
        };
        let typed = typing.input.value();
        let now = typing.recalled.as_ref().map(|(n, _)| *n);
        let own = typing.recalled.as_ref().map_or(typed, |(_, own)| own);
        let own = own.to_owned();
        let to = match (now, back) {
            (None, true) => Some(0),
            (None, false) => return false,
            (Some(n), true) => Some(n + 1),
            (Some(n), false) => n.checked_sub(1),
        };
        let text = match to {
            None => own.clone(),
            Some(n) => match self.past.iter().rev().nth(n) {
                Some(past) => past.clone(),
                None => return false,
            },
        };
        typing.recalled = to.map(|n| (n, own));
        typing.input = Input::new(text);
        true
    }

    /// What stands in the field was typed, and not recalled.
    pub fn typed(&mut self) {
        if let Some(typing) = &mut self.typing {
            typing.recalled = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::state::Pane;

    #[test]
    fn past_finds_are_gone_through_and_what_was_typed_comes_back() {
        let mut finding = Finding::default();
        for typed in ["甲", "乙", "甲"] {
            finding.remember(typed);
        }
        assert_eq!(finding.last(), Some("甲"));
        let focus = Focus::On(Pane::Body);
        let mut typing = Typing::new(None, focus, Cursor::default(), None);
        typing.input = Input::new("丙".into());
        finding.typing = Some(Box::new(typing));
        let shown = |finding: &Finding| finding.typing.as_ref().unwrap().input.value().to_owned();
        for (back, went, text) in [
            (false, false, "丙"),
            (true, true, "甲"),
            (true, true, "乙"),
            (true, false, "乙"),
            (false, true, "甲"),
            (false, true, "丙"),
            (false, false, "丙"),
        ] {
            assert_eq!(finding.recall(back), went);
            assert_eq!(shown(&finding), text);
        }
        for n in 0..2 * MOST {
            finding.remember(&n.to_string());
        }
        assert_eq!(finding.past.len(), MOST);
        assert_eq!(finding.last(), Some("99"));
    }
}
