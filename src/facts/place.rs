//! Where the project stands (§4): names are found by the gazetteer, resolved by what else the item names, and weighed by
//! the part they play. Must not know the other facts.

mod body;
mod cues;
mod role;
mod scene;
mod sense;
mod verdict;
mod words;

use super::Read;
use super::story::Story;

/// A province and a city by their short names.
#[derive(Debug, Default)]
pub(super) struct Place {
    pub province: Option<Read<String>>,
    pub city: Option<Read<String>>,
}

/// The place.
pub(super) fn read(story: &Story) -> Place {
    let scene = scene::Scene::of(story);
    let verdict = verdict::decide(story, &scene);
    let read = |name: Option<&'static str>| {
        name.map(|name| Read {
            value: name.to_owned(),
            from: verdict.from.clone(),
        })
    };
    Place {
        province: read(verdict.province),
        city: read(verdict.city),
    }
}

#[cfg(test)]
mod tests;
