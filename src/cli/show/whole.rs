//! The items of an issue or a section, all read at once with what was noted about each.
//! Must not ask for the issue again at every item: its diagnostics may be as many as its items.

use crate::cli::output::Stop;
use crate::issue::{
    Diagnostic, Issue, IssueId, IssueLabel, Item, ItemOrdinal, Part, SectionOrdinal,
};
use crate::store::{ItemView, Store};
use std::collections::HashMap;

/// Where an item stands in its issue.
type Standing = (SectionOrdinal, ItemOrdinal);

/// The items of the issue in order, of one section if one is `wanted`. How far they were read is not asked for.
pub(super) fn views(
    store: &Store,
    id: IssueId,
    wanted: Option<SectionOrdinal>,
) -> Result<Vec<ItemView>, Stop> {
    let heads = store.searcher()?.heads(id)?;
    let Some(issue) = store.issue(id)? else {
        return Ok(vec![]);
    };
    let label = IssueLabel {
        publication: issue.publication.clone(),
        number: issue.number,
        year: issue.year,
        month: issue.month,
        week: issue.week,
    };
    let (mut items, mut noted) = apart(issue);
    let heads = heads.into_iter();
    let heads = heads.filter(|head| wanted.is_none_or(|wanted| head.section_ordinal == wanted));
    Ok(heads
        .filter_map(|head| {
            let standing = (head.section_ordinal, head.ordinal);
            // Where another program has just replaced the issue, what is no longer the same item is passed over.
            let item = items.remove(&standing)?;
            let address = head.address();
            let diagnostics = noted.remove(&standing).unwrap_or_default().into_iter();
            (item.headline == head.headline).then(|| ItemView {
                issue: label.clone(),
                item,
                diagnostics: diagnostics
                    .map(|found| Diagnostic {
                        item: Some(address.clone()),
                        ..found
                    })
                    .collect(),
                place: 0,
                head,
            })
        })
        .collect())
}

/// The items of an issue, and what was noted about each.
fn apart(issue: Issue) -> (HashMap<Standing, Item>, HashMap<Standing, Vec<Diagnostic>>) {
    let mut items = HashMap::new();
    for section in issue.sections {
        for item in section.items {
            items.insert((section.ordinal, item.ordinal), item);
        }
    }
    let mut noted: HashMap<Standing, Vec<Diagnostic>> = HashMap::new();
    for found in issue.diagnostics {
        if let Some(Part::Item(section, item)) = found.item.as_ref().map(|at| at.part) {
            noted.entry((section, item)).or_default().push(found);
        }
    }
    (items, noted)
}
