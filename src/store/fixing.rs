//! Making fixes and undoing them: a change is kept with the marks first, and then the library follows it.
//! Must not judge whether a fix is right.

use super::in_force::{self, InForce};
use super::renamed::{self, Known};
use super::reread::Changed;
use super::{ItemView, Located, Store, StoreError, detached, heads, marks, order};
use crate::issue::{
    Address, Cut, Fix, IssueId, IssueNumber, ItemHead, ItemId, ItemKey, ItemOrdinal, Part, Target,
};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeSet;

/// An item with all that is needed to fix it.
#[derive(Debug, Clone, PartialEq)]
pub struct Fixable {
    /// The item.
    pub view: ItemView,
    /// The fixes that have made it what it is, in the order in which they were made.
    pub fixes: Vec<InForce>,
    /// The item before it in its section, to which it can be joined, and its headline; none where it is the first.
    pub before: Option<(ItemId, String)>,
    /// What has an item of its own begin with each of its paragraphs; none where nothing does.
    pub cuts: Vec<Option<Cut>>,
}

/// A change of one fix: that it is in force, or that it is undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixChange {
    /// The item that it hangs on.
    pub key: ItemKey,
    /// Its headline, kept beside it.
    pub printed: String,
    /// What it is called where it is kept.
    what: String,
    to: Standing,
    /// How it has to stand before; none where that does not matter.
    from: Option<Standing>,
}

/// What becomes of a fix.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Standing {
    /// It is in force with this value, as it is kept.
    InForce(Option<String>),
    /// It is undone, or never was.
    Undone,
}

impl FixChange {
    /// That an item has this fix, in the place of one of the same target.
    #[must_use]
    pub fn make(head: &ItemHead, fix: &Fix) -> Self {
        Self {
            key: head.key.clone(),
            printed: head.headline.clone(),
            what: fix.target().to_string(),
            to: Standing::InForce(fix.value()),
            from: None,
        }
    }

    /// That an item of its own begins with a paragraph.
    #[must_use]
    pub fn cut(cut: &Cut) -> Self {
        let (key, printed, fix, makes) = match cut {
            Cut::Split(key, printed, beginning) => {
                (key, &**printed, Fix::Split(beginning.clone()), true)
            }
            Cut::Unjoin(key, printed) => (key, &**printed, Fix::Join, false),
        };
        Self {
            key: key.clone(),
            printed: printed.to_owned(),
            what: fix.target().to_string(),
            to: if makes {
                Standing::InForce(fix.value())
            } else {
                Standing::Undone
            },
            from: None,
        }
    }

    /// That a fix is undone.
    #[must_use]
    pub fn undo(fix: &InForce) -> Self {
        Self {
            key: fix.key.clone(),
            printed: fix.printed.clone(),
            what: fix.what.clone(),
            to: Standing::Undone,
            from: None,
        }
    }

    /// The same change, of what another one has come to alone: what was changed since stays.
    #[must_use]
    pub fn after(&self, other: &Self) -> Self {
        Self {
            from: Some(other.to.clone()),
            ..self.clone()
        }
    }

    /// Whether both change the same fix.
    #[must_use]
    pub fn is_of(&self, other: &Self) -> bool {
        self.key == other.key && self.what == other.what
    }

    /// Whether a fix is in force afterwards.
    #[must_use]
    pub const fn makes(&self) -> bool {
        matches!(self.to, Standing::InForce(_))
    }
}

/// What fixing came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fixed {
    /// The changes, each with the one that leads back; without those that held already.
    pub steps: Vec<(FixChange, FixChange)>,
    /// The issues that read otherwise now.
    pub followed: Vec<Changed>,
    /// Whether one that was made fits nothing: another program has changed what it is of.
    pub waits: bool,
    /// How many more items than before have marks and are none any more.
    pub left: usize,
    /// How many more corrections than before fit nothing, those made just now left out.
    pub left_fixes: usize,
}

impl Fixed {
    /// Whether an item of this name, which stood in this issue, is there still.
    #[must_use]
    pub fn has(&self, issue: IssueId, key: &ItemKey) -> bool {
        let own = self.followed.iter().find(|one| one.after == issue);
        own.is_none_or(|own| own.items.iter().any(|item| item.key == *key))
    }

    /// Where an item stands now; nowhere where it is none any more.
    #[must_use]
    pub fn stands(&self, before: ItemId) -> Option<ItemId> {
        let issue = order::issue_of(before);
        let Some(own) = self.followed.iter().find(|one| one.before == issue) else {
            return Some(before);
        };
        let item = own.items.iter().find(|one| one.before == before);
        item.map(|one| one.after)
    }
}

impl Store {
    /// Makes fixes of an item, all or nothing, each in the place of one of the same target.
    ///
    /// # Errors
    /// The marks cannot be written; or they are, and the library cannot be: it follows once it can.
    pub fn fix(&mut self, head: &ItemHead, fixes: &[Fix]) -> Result<Fixed, StoreError> {
        let changes = fixes.iter().map(|fix| FixChange::make(head, fix));
        self.fix_each(&changes.collect::<Vec<_>>())
    }

    /// Undoes those fixes that have made an item what it is, and those of it that do not fit it as it is, all or nothing; of one
    /// that is named, only of this target or, of splits and joins, of all of them.
    ///
    /// # Errors
    /// As [`Store::fix`].
    pub fn undo_fixes(
        &mut self,
        item: ItemId,
        wanted: impl Fn(&Target) -> bool,
    ) -> Result<Fixed, StoreError> {
        let key = self.item(item)?.map(|view| view.head.key);
        let mut undone = self.fixes()?;
        undone.retain(|one| {
            let target = one.what.parse();
            let is_waiting = one.items.is_empty() && Some(&one.key) == key.as_ref();
            (is_waiting || one.items.contains(&item)) && target.is_ok_and(|target| wanted(&target))
        });
        let changes = undone.iter().map(FixChange::undo);
        self.fix_each(&changes.collect::<Vec<_>>())
    }

    /// Makes all of these changes, or none, and has the library follow them. Where an item has another name by now they go there.
    ///
    /// # Errors
    /// As [`Store::fix`]; and where one has another standing than it is to be changed from ([`FixChange::after`]).
    pub fn fix_each(&mut self, changes: &[FixChange]) -> Result<Fixed, StoreError> {
        let names: BTreeSet<(String, IssueNumber)> = changes
            .iter()
            .map(|one| (one.key.publication.clone(), one.key.issue))
            .collect();
        let before = waiting(&self.connection, &names)?;
        let before_fixes = waiting_fixes(&self.connection, &names)?;
        let transaction = self.begin_marks()?;
        let now = marks::now();
        let mut steps = vec![];
        for one in changes {
            let one = match renamed::known_as(&transaction, &one.key)? {
                Some(Known { key, printed }) => FixChange {
                    key,
                    printed,
                    ..one.clone()
                },
                None => one.clone(),
            };
            let stands = standing(&transaction, &one)?;
            if stands == one.to {
                continue;
            }
            if one.from.as_ref().is_some_and(|from| *from != stands) {
                return Err(StoreError::FixChanged);
            }
            set(&transaction, &one, &now)?;
            let forth = FixChange { from: None, ..one };
            let back = FixChange {
                to: stands,
                ..forth.clone()
            };
            steps.push((forth, back));
        }
        transaction.commit()?;
        let followed = self.follow_fixes()?;
        let made = steps.iter().map(|(forth, _)| forth);
        let mut waits = false;
        for FixChange { key, what, .. } in made.filter(|one| one.makes()) {
            waits |= !in_force::fits(&self.connection, key, what)?;
        }
        Ok(Fixed {
            steps,
            left: waiting(&self.connection, &names)?.saturating_sub(before),
            left_fixes: waiting_fixes(&self.connection, &names)?
                .saturating_sub(before_fixes + usize::from(waits)),
            followed,
            waits,
        })
    }

    /// An item as it can be fixed, by its name: its row may be another's by now. None where it is not there.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn fixable(&self, key: &ItemKey) -> Result<Option<Fixable>, StoreError> {
        let item = heads::item_named(&self.connection, key)?;
        let view = item.map(|item| self.item(item)).transpose()?.flatten();
        let Some(view) = view.filter(|view| view.head.key == *key) else {
            return Ok(None);
        };
        let item = view.head.id;
        let mut fixes = self.fixes()?;
        fixes.retain(|one| one.items.contains(&item));
        let before = match view.head.ordinal.0.checked_sub(1) {
            None | Some(0) => None,
            Some(before) => self.headline_at(&view.head, ItemOrdinal(before))?,
        };
        let cuts = in_force::cuts(&self.connection, &view.head)?;
        Ok(Some(Fixable {
            view,
            fixes,
            before,
            cuts,
        }))
    }

    /// The item at another place of an item's section.
    fn headline_at(
        &self,
        head: &ItemHead,
        at: ItemOrdinal,
    ) -> Result<Option<(ItemId, String)>, StoreError> {
        let address = Address {
            part: Part::Item(head.section_ordinal, at),
            ..head.address()
        };
        // Another program may have taken it away meanwhile.
        let Ok(Located::Item(id)) = self.locate(&address) else {
            return Ok(None);
        };
        let view = self.item(id)?;
        Ok(view.map(|view| (id, view.head.headline)))
    }
}

/// How many fixes of these issues fit none of their items.
fn waiting_fixes(
    connection: &Connection,
    names: &BTreeSet<(String, IssueNumber)>,
) -> Result<usize, StoreError> {
    let counts = names.iter().map(|(publication, number)| {
        let (_, waiting) = in_force::count(connection, publication, *number)?;
        Ok(waiting)
    });
    counts.sum()
}

/// How many items of these issues have marks and are none.
fn waiting(
    connection: &Connection,
    names: &BTreeSet<(String, IssueNumber)>,
) -> Result<usize, StoreError> {
    let counts = names.iter().map(|(publication, number)| {
        let detached = detached::of_issue(connection, publication, *number)?;
        Ok(detached.len())
    });
    counts.sum()
}

/// How the fix stands that is to be changed.
fn standing(connection: &Connection, one: &FixChange) -> Result<Standing, StoreError> {
    let key = &one.key;
    let mut statement = connection.prepare_cached(
        "SELECT value FROM marks.fix WHERE publication = ?1 AND number = ?2 AND headline = ?3 AND nth = ?4 \
         AND what = ?5 AND present = 1",
    )?;
    let named = params![
        key.publication,
        key.issue.0,
        key.headline,
        key.nth,
        one.what
    ];
    let value = statement.query_row(named, |row| row.get(0)).optional()?;
    Ok(value.map_or(Standing::Undone, Standing::InForce))
}

/// Makes a change, which is later than the one before, whatever the clock says.
fn set(connection: &Connection, one: &FixChange, now: &str) -> Result<(), StoreError> {
    let FixChange { key, what, .. } = one;
    let Standing::InForce(value) = &one.to else {
        connection
            .prepare_cached(
                "UPDATE marks.fix SET present = 0, changed_at = later(changed_at, ?6) \
                 WHERE publication = ?1 AND number = ?2 AND headline = ?3 AND nth = ?4 AND what = ?5",
            )?
            .execute(params![
                key.publication,
                key.issue.0,
                key.headline,
                key.nth,
                what,
                now
            ])?;
        return Ok(());
    };
    connection
        .prepare_cached(
            "INSERT INTO marks.mark (publication, number, headline, nth, printed) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![
            key.publication,
            key.issue.0,
            key.headline,
            key.nth,
            one.printed
        ])?;
    connection
        .prepare_cached(
            "INSERT INTO marks.fix (publication, number, headline, nth, what, value, present, changed_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, ?7) ON CONFLICT DO UPDATE SET \
             value = excluded.value, present = 1, changed_at = later(changed_at, excluded.changed_at)",
        )?
        .execute(params![
            key.publication,
            key.issue.0,
            key.headline,
            key.nth,
            what,
            value,
            now
        ])?;
    Ok(())
}
