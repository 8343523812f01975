//! Where the reader was left, as the text that the library keeps: names of issue and item, which outlive their rows.
//! Must not fail on what another version wrote; what cannot be read is no session.

use super::state::{Focus, Pane, State};
use crate::issue::{IssueId, IssueNumber, ItemId, ItemKey};
use crate::query::Query;
use crate::store::{Scope, issue_of};
use serde::{Deserialize, Serialize};

/// Where the reader was left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Whether the whole library was listed, and not one issue.
    pub library: bool,
    /// The publication of the issue, by its normalised name.
    pub publication: String,
    /// The issue that was listed, or that the item is from.
    pub issue: IssueNumber,
    /// The selected item, by its normalised headline and which of equals it is.
    pub item: Option<(String, u32)>,
    /// The filter as text.
    pub query: String,
    /// Where the keys went.
    pub focus: Where,
    /// Row of the newest issue at the time.
    pub newest: i64,
    /// Items that the jump led to, the last first.
    #[serde(default)]
    pub jumps: Vec<Jumped>,
}

/// The name of an item: publication, issue, normalised headline, which of equals.
type Jumped = (String, IssueNumber, String, u32);

/// A pane, by a name that stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Where {
    /// The contents.
    Contents,
    /// The body.
    Body,
    /// The filter, over or beside the contents.
    Filter,
}

/// A session with the rows that its names have now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Last {
    /// As it was kept.
    pub session: Session,
    /// Its issue; none if the library holds it no longer.
    pub issue: Option<IssueId>,
    /// Its item; none if there was none, or it is gone.
    pub item: Option<ItemId>,
}

impl Session {
    /// Where the reader is now; none while nothing is open.
    #[must_use]
    pub fn of(state: &State) -> Option<Self> {
        let open = state.open.as_ref()?;
        let selected = open.contents.selected();
        let (publication, issue) = match (selected, open.listing.scope) {
            (Some(item), _) => (item.key.publication.clone(), item.key.issue),
            (None, Scope::Issue(_)) => {
                let label = &open.issue.as_ref()?.label;
                (crate::text::normalise(&label.publication), label.number)
            }
            (None, Scope::Library) => (String::new(), IssueNumber(0)),
        };
        let newest = state.issues.as_deref().unwrap_or_default().first();
        let own = selected.map(|item| issue_of(item.id).0);
        Some(Self {
            library: open.listing.scope == Scope::Library,
            publication,
            issue,
            item: selected.map(|item| (item.key.headline.clone(), item.key.nth)),
            query: open.listing.query.to_string(),
            focus: match state.focus {
                Focus::On(Pane::Contents) => Where::Contents,
                Focus::On(Pane::Body) => Where::Body,
                Focus::Filter { .. } => Where::Filter,
            },
            newest: newest.map_or(own.unwrap_or(0), |issue| issue.id.0),
            jumps: state.jumps.iter().map(jumped).collect(),
        })
    }

    /// As the library keeps it.
    #[must_use]
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// From what the library kept.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// The name of the selected item.
    #[must_use]
    pub fn item_key(&self) -> Option<ItemKey> {
        let (headline, nth) = self.item.clone()?;
        Some(ItemKey {
            publication: self.publication.clone(),
            issue: self.issue,
            headline,
            nth,
        })
    }

    /// The names of the items that the jump led to.
    #[must_use]
    pub fn jumps(&self) -> Vec<ItemKey> {
        let named = |(publication, issue, headline, nth): &Jumped| ItemKey {
            publication: publication.clone(),
            issue: *issue,
            headline: headline.clone(),
            nth: *nth,
        };
        self.jumps.iter().map(named).collect()
    }

    /// The filter.
    #[must_use]
    pub fn query(&self) -> Query {
        self.query.parse().unwrap_or_default()
    }

    /// Where the keys go.
    #[must_use]
    pub const fn focus(&self) -> Focus {
        match self.focus {
            Where::Contents => Focus::On(Pane::Contents),
            Where::Body => Focus::On(Pane::Body),
            Where::Filter => Focus::Filter {
                from: Pane::Contents,
            },
        }
    }
}

fn jumped(key: &ItemKey) -> Jumped {
    let (publication, headline) = (key.publication.clone(), key.headline.clone());
    (publication, key.issue, headline, key.nth)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_reads_back_and_what_is_none_is_none() {
        let session = Session {
            library: true,
            publication: "园区周报".into(),
            issue: IssueNumber(101),
            item: Some(("标题".into(), 1)),
            query: "section:招商 新能源".into(),
            focus: Where::Body,
            newest: 12,
            jumps: vec![("园区周报".into(), IssueNumber(82), "另一标题".into(), 0)],
        };
        assert_eq!(Session::read(&session.text()), Some(session.clone()));
        assert_eq!(session.jumps()[0].headline, "另一标题");
        let before = session
            .text()
            .split(",\"jumps\"")
            .next()
            .unwrap()
            .to_owned()
            + "}";
        assert_eq!(
            Session::read(&before).unwrap().jumps,
            [],
            "an older version's"
        );
        for text in ["", "{}", "[1]", "{\"library\":1}"] {
            assert_eq!(Session::read(text), None);
        }
    }
}
