//! Marks wherever they are on the screen: in the list and its counts, in the body, in the bookmarks.
//! Must not ask for anything to be kept.

use super::overlays::Bookmarks;
use super::state::{Open, Overlay, State};
use super::subject::Subject;
use crate::issue::{Change, ItemHead, ItemKey, Marks};
use crate::query::Marked;
use crate::store::MarkChange;
use std::collections::HashMap;

impl State {
    /// Changes the marks of an item wherever it is on the screen, and where it is listed in the counts; whether it is listed.
    pub fn show_marks(&mut self, key: &ItemKey, change: impl Fn(&mut Marks)) -> bool {
        let mut is_listed = false;
        if let Some(Open {
            body,
            contents,
            tally,
            ..
        }) = &mut self.open
        {
            if let Some(body) = body
                && body.view.head.key == *key
            {
                body.change_marks(&change);
            }
            for head in contents.items.iter_mut().filter(|head| head.key == *key) {
                let before = Marked::from(&head.marks);
                change(&mut head.marks);
                is_listed = true;
                let after = Marked::from(&head.marks);
                if let Some(tally) = tally {
                    tally.change(&head.section, before, after);
                }
            }
        }
        for (known, marks) in self.bookmark_rows_mut() {
            if known == key {
                change(marks);
            }
        }
        is_listed
    }

    /// Changes the marks of many items at once wherever they are on the screen. The counts are left as they are.
    pub fn show_all(&mut self, changes: &[MarkChange]) {
        let changes: HashMap<&ItemKey, &Change> =
            changes.iter().map(|one| (&one.key, &one.change)).collect();
        if let Some(open) = &mut self.open {
            if let Some(body) = &mut open.body
                && let Some(change) = changes.get(&body.view.head.key)
            {
                body.change_marks(|marks| change.apply(marks));
            }
            for head in &mut open.contents.items {
                if let Some(change) = changes.get(&head.key) {
                    change.apply(&mut head.marks);
                }
            }
        }
        for (key, marks) in self.bookmark_rows_mut() {
            if let Some(change) = changes.get(key) {
                change.apply(marks);
            }
        }
    }

    /// The same item with the marks that it has on the screen now: another program may have changed them.
    #[must_use]
    pub fn now(&self, subject: Subject) -> Subject {
        match self.head_of(&subject.key) {
            Some(head) => Subject {
                marks: head.marks.clone(),
                ..subject
            },
            None => subject,
        }
    }

    /// An item that is on the screen.
    #[must_use]
    pub fn head_of(&self, key: &ItemKey) -> Option<&ItemHead> {
        let open = self.open.iter();
        let shown = open.flat_map(|open| {
            let body = open.body.iter().map(|body| &body.view.head);
            open.contents.items.iter().chain(body)
        });
        let bookmarked = self.overlays.iter().flat_map(|overlay| match overlay {
            Overlay::Bookmarks(Bookmarks {
                rows: Some(rows), ..
            }) => &rows[..],
            _ => &[],
        });
        let is = |head: &&ItemHead| head.key == *key;
        shown.chain(bookmarked).find(is)
    }

    /// Names and marks of all rows of the bookmarks, if they are open.
    fn bookmark_rows_mut(&mut self) -> impl Iterator<Item = (&ItemKey, &mut Marks)> {
        self.bookmarks_mut().into_iter().flat_map(|list| {
            let rows = list.rows.iter_mut().flatten();
            let rows = rows.map(|head| (&head.key, &mut head.marks));
            let detached = list.detached.iter_mut();
            rows.chain(detached.map(|one| (&one.key, &mut one.marks)))
        })
    }
}
