//! The jump: hits for what was typed, the newest first while there are more to come; before anything is typed, where it led before.
//! Must not rank; that is [`crate::jump`].

use super::Finder;
use crate::jump::{self, Query};
use crate::query;
use crate::store::{Anchor, Listing, StoreError};
use crate::tui::effect::{Jump, Ticket};
use crate::tui::message::{HitRow, Hits};
use crate::tui::overlays::jump::LIMIT;
use crate::tui::worker::headlines::within;
use std::collections::HashMap;
use std::sync::atomic::Ordering;

impl Finder {
    /// All hits; those that are known before are handed to `part`, once.
    pub(super) fn jump(
        &mut self,
        ticket: Ticket,
        jump: &Jump,
        part: &mut impl FnMut(Hits),
    ) -> Result<Hits, StoreError> {
        self.headlines.follow(&self.searcher)?;
        let query = Query::new(&jump.typed);
        if query.is_empty() {
            return self.proposed(jump);
        }
        let mut is_told = false;
        while self.headlines.is_awaited() {
            if !is_told && !self.headlines.index().is_empty() {
                let mut search = self.headlines.index().search(&query, &within(jump.scope));
                while search.step() {}
                part(self.rows(&search.hits(LIMIT), false)?);
                is_told = true;
            }
            self.stop_for_newer(ticket)?;
            self.headlines.read_on(&self.searcher)?;
        }
        let mut search = self.headlines.index().search(&query, &within(jump.scope));
        while search.step() {
            self.stop_for_newer(ticket)?;
            if !is_told && search.is_far_from_done() {
                part(self.rows(&search.hits(LIMIT), false)?);
                is_told = true;
            }
        }
        self.rows(&search.hits(LIMIT), true)
    }

    /// Ends what a newer jump has made useless.
    fn stop_for_newer(&self, Ticket(own): Ticket) -> Result<(), StoreError> {
        if self.newest.jump.load(Ordering::Relaxed) > own {
            return Err(StoreError::Stopped);
        }
        Ok(())
    }

    /// Hits with the heads of their items.
    fn rows(&self, hits: &jump::Hits, is_whole: bool) -> Result<Hits, StoreError> {
        let ids: Vec<_> = hits.best.iter().map(|hit| hit.item).collect();
        let heads = self.searcher.heads_by_id(&ids)?.into_iter();
        let mut heads: HashMap<_, _> = heads.map(|head| (head.id, head)).collect();
        let rows = hits.best.iter().filter_map(|hit| {
            let head = heads.remove(&hit.item)?;
            Some(HitRow {
                matched: hit.printed(&head.headline),
                head,
                is_recent: false,
            })
        });
        Ok(Hits {
            rows: rows.collect(),
            total: hits.total,
            is_whole,
        })
    }

    /// Where the jump led before, as far as that is there, and then the first items as printed.
    fn proposed(&self, jump: &Jump) -> Result<Hits, StoreError> {
        let listing = Listing {
            scope: jump.scope,
            query: query::Query::default(),
        };
        let is_within = within(jump.scope);
        let mut recent = vec![];
        for key in &jump.recent {
            let item = self.searcher.item_named(key)?;
            recent.extend(item.filter(|item| is_within.has(*item)));
        }
        let first = self.searcher.run(&listing, Anchor::Top, LIMIT)?;
        let mut others = first.items;
        others.retain(|head| !recent.contains(&head.id));
        let recent = self.searcher.heads_by_id(&recent)?.into_iter();
        let recent = recent.map(|head| (head, true));
        let rows = recent.chain(others.into_iter().map(|head| (head, false)));
        let rows: Vec<_> = rows
            .take(LIMIT)
            .map(|(head, is_recent)| HitRow {
                matched: vec![],
                head,
                is_recent,
            })
            .collect();
        Ok(Hits {
            total: rows.len(),
            rows,
            is_whole: true,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample;
    use crate::store::{Scope, issue_of};

    fn finder() -> Finder {
        Finder::new(sample::open().unwrap().searcher().unwrap())
    }

    fn typed(text: &str) -> Jump {
        Jump {
            typed: text.to_owned(),
            scope: Scope::Library,
            recent: vec![],
        }
    }

    #[test]
    fn the_newest_hits_are_there_before_all_headlines_are_read() {
        let mut finder = finder();
        let mut parts = vec![];
        let jump = typed("项目");
        let all = finder.jump(Ticket(1), &jump, &mut |hits| parts.push(hits));
        let all = all.unwrap();
        assert!(all.is_whole && all.total == all.rows.len());
        let [part] = &parts[..] else {
            panic!("{} parts", parts.len())
        };
        assert!(!part.is_whole && part.total < all.total);
        // Once they are read, all is known at once.
        finder
            .jump(Ticket(2), &jump, &mut |_| panic!("a part"))
            .unwrap();
    }

    #[test]
    fn a_newer_jump_stops_an_older_one_and_goes_on_with_what_was_read() {
        let mut finder = finder();
        finder.newest.jump.store(2, Ordering::Relaxed);
        let stopped = finder.jump(Ticket(1), &typed("项"), &mut |_| {});
        assert!(matches!(stopped, Err(StoreError::Stopped)));
        let hits = finder.jump(Ticket(2), &typed("项目"), &mut |_| {});
        assert!(hits.unwrap().is_whole);
    }

    #[test]
    fn what_the_jump_led_to_is_proposed_first_and_what_is_gone_is_not() {
        let mut finder = finder();
        let all = finder.jump(Ticket(1), &typed(""), &mut |_| {}).unwrap();
        assert!(all.rows.iter().all(|row| !row.is_recent));
        let last = all.rows.last().unwrap().head.clone();
        let mut gone = last.key.clone();
        gone.headline.push('无');
        let mut jump = typed(" ");
        jump.recent = vec![gone, last.key.clone(), all.rows[1].head.key.clone()];
        let hits = finder.jump(Ticket(2), &jump, &mut |_| {}).unwrap();
        let is_recent: Vec<bool> = hits.rows.iter().map(|row| row.is_recent).collect();
        assert_eq!(is_recent[..3], [true, true, false]);
        assert_eq!(hits.rows[0].head, last);
        assert_eq!(hits.rows.len(), all.rows.len(), "none of them twice");
        jump.scope = Scope::Issue(issue_of(last.id));
        let within = finder.jump(Ticket(3), &jump, &mut |_| {}).unwrap();
        assert!(within.rows[0].is_recent);
    }
}
