//! What `marks import` writes: a line a file, with what gave way in it.
//! Must not cut a note: it may be the last place where it stands.

use super::ErrorObject;
use crate::issue::{Address, IssueNumber, Note, Tag};
use crate::store::{GivenWay, Lost, LostQuery, Merged};
use serde::Serialize;

/// What a file of marks came to.
#[derive(Serialize)]
pub(in crate::cli) struct MergedLine<'a> {
    path: &'a str,
    /// `merged` or `failed`.
    status: &'static str,
    changed: usize,
    unchanged: usize,
    /// Of bookmarks, tags and notes, items that the library does not hold.
    waiting: usize,
    notes_replaced: usize,
    given_way: Vec<GivenWayObject<'a>>,
    /// Saved queries that gave way.
    queries: Vec<LostQueryObject<'a>>,
    /// The copy of the marks as they were before; null where nothing gave way.
    copy: Option<String>,
    error: Option<ErrorObject>,
    /// Whether nothing was written, only tried.
    dry_run: bool,
}

/// A saved query that is another now, or saved no more.
#[derive(Serialize)]
struct LostQueryObject<'a> {
    name: &'a str,
    before: &'a str,
    after: Option<&'a str>,
}

/// A mark that was there and is no more.
#[derive(Serialize)]
struct GivenWayObject<'a> {
    id: Option<Address>,
    /// What the marks were called that had no item.
    name: Option<String>,
    publication: &'a str,
    issue: IssueNumber,
    headline: &'a str,
    #[serde(flatten)]
    lost: LostObject<'a>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum LostObject<'a> {
    Bookmark,
    Tag {
        tag: &'a Tag,
    },
    Fix {
        what: String,
        before: Option<&'a str>,
        /// Whether one is in force still.
        fixed: bool,
        after: Option<&'a str>,
    },
    Note {
        before: &'a Note,
        after: Option<&'a Note>,
    },
}

impl<'a> MergedLine<'a> {
    pub fn merged(path: &'a str, merged: &'a Merged, dry_run: bool) -> Self {
        let is_note = |one: &&GivenWay| matches!(one.lost, Lost::Note { .. });
        let copy = merged.copy.as_ref();
        Self {
            path,
            status: "merged",
            changed: merged.changed,
            unchanged: merged.unchanged,
            waiting: merged.waiting,
            notes_replaced: merged.given_way.iter().filter(is_note).count(),
            given_way: merged.given_way.iter().map(GivenWayObject::new).collect(),
            queries: merged.queries.iter().map(LostQueryObject::new).collect(),
            copy: copy.map(|path| path.to_string_lossy().into_owned()),
            error: None,
            dry_run,
        }
    }

    pub const fn failed(path: &'a str, error: ErrorObject, dry_run: bool) -> Self {
        Self {
            path,
            status: "failed",
            changed: 0,
            unchanged: 0,
            waiting: 0,
            notes_replaced: 0,
            given_way: vec![],
            queries: vec![],
            copy: None,
            error: Some(error),
            dry_run,
        }
    }
}

impl<'a> LostQueryObject<'a> {
    fn new(lost: &'a LostQuery) -> Self {
        Self {
            name: &lost.name,
            before: &lost.before,
            after: lost.after.as_deref(),
        }
    }
}

impl<'a> GivenWayObject<'a> {
    fn new(one: &'a GivenWay) -> Self {
        Self {
            id: one.address.clone(),
            name: one.name.as_ref().map(ToString::to_string),
            publication: &one.key.publication,
            issue: one.key.issue,
            headline: &one.headline,
            lost: match &one.lost {
                Lost::Bookmark => LostObject::Bookmark,
                Lost::Tag(tag) => LostObject::Tag { tag },
                Lost::Fix {
                    target,
                    before,
                    after,
                } => LostObject::Fix {
                    what: target.field().to_owned(),
                    before: before.as_deref(),
                    fixed: after.is_some(),
                    after: after.as_ref().and_then(|after| after.as_deref()),
                },
                Lost::Note { before, after } => LostObject::Note {
                    before,
                    after: after.as_ref(),
                },
            },
        }
    }
}
