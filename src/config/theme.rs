//! Theme files: what they look like, and those that are built in.
//! Must not open a file, or know how many colours there are.

use super::settings::problem::{Fault, Problem, Problems};
use super::settings::table::{Table, integer, parsed};
use crate::look::{Background, Depth, Design, Dress, Modifiers, Role, Tone};
use crate::text::nearest;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::de::DeValue;

/// The themes that are built in, with their files. Their words are `theme.<name>` in the locales.
pub const BUILT_IN: [(&str, &str); 7] = [
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    ("neutral", include_str!("../../assets/themes/neutral.toml")),
    (
        "high-contrast",
        include_str!("../../assets/themes/high-contrast.toml"),
    ),
    (
        "gruvbox-dark",
        include_str!("../../assets/themes/gruvbox-dark.toml"),
    ),
    (
        "gruvbox-light",
        include_str!("../../assets/themes/gruvbox-light.toml"),
    ),
    (BASE, include_str!("../../assets/themes/monochrome.toml")),
];

/// What a theme inherits that names none: with it, what is selected or found shows on every ground.
const BASE: &str = "monochrome";

/// The theme that goes with a background. On an unknown one neither the pale letters of the one nor the deep ones of the other can
/// be counted on, so the letters are the terminal's own there.
#[must_use]
pub const fn theme_for(background: Option<Background>) -> &'static str {
    match background {
        Some(Background::Dark) => "dark",
        Some(Background::Light) => "light",
        None => "neutral",
    }
}

/// A theme as it is written, with what it inherits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// What the roles wear.
    pub design: Design,
    /// Colours by names of its own, for whatever inherits it.
    palette: BTreeMap<String, Tone>,
}

/// Reads a theme file, as far as it can be taken, and tells all that is wrong with the rest of it in the order of the file.
/// `inherited` finds the theme of a name that it inherits.
pub fn read_theme(
    text: &str,
    inherited: &mut dyn FnMut(&str) -> Result<Written, Fault>,
) -> (Written, Vec<Problem>) {
    let mut problems = Problems::of(text);
    let table = parsed(text, &mut problems);
    let mut file = Table::of(table.get_ref());
    let name = file.text("inherits", &mut problems);
    let mut written = match &name {
        None => inherited(BASE).unwrap_or_default(),
        Some((name, at)) => inherited(name).unwrap_or_else(|fault| {
            problems.add(at, "inherits", fault);
            Written::default()
        }),
    };
    let mut colours = file.table("palette", &mut problems);
    for name in colours.names() {
        let tone = taken_tone(&mut colours, &name, &written.palette, &mut problems);
        written.palette.extend(tone.map(|tone| (name, tone)));
    }
    colours.end(&[], &mut problems);
    for role in Role::ALL {
        let Some((key, at, value)) = file.take(&role.name()) else {
            continue;
        };
        let dress = dress(value, (&key, &at), &written.palette, &mut problems);
        written
            .design
            .dresses
            .extend(dress.map(|dress| (*role, dress)));
    }
    file.end(&[], &mut problems);
    (written, problems.all())
}

/// A theme that is built in.
#[must_use]
pub fn built_in(name: &str) -> Option<Written> {
    let mut all = BUILT_IN.into_iter();
    let (_, text) = all.find(|(known, _)| *known == name)?;
    let mut inherited = |base: &str| {
        // What all stand on stands on nothing.
        let base = (base != name).then(|| built_in(base)).flatten();
        Ok(base.unwrap_or_default())
    };
    Some(read_theme(text, &mut inherited).0)
}

/// Where something stands in a theme file: its full name and its place.
type At<'a> = (&'a str, &'a Range<usize>);

/// What a role wears: the name of a colour, or a table.
fn dress(
    value: &DeValue<'_>,
    at: At<'_>,
    palette: &BTreeMap<String, Tone>,
    problems: &mut Problems,
) -> Option<Dress> {
    let DeValue::Table(table) = value else {
        let fg = tone(value, at, palette, problems);
        return fg.map(|fg| Dress {
            fg: Some(fg),
            ..Dress::default()
        });
    };
    let mut table = Table::within(format!("{}.", at.0), table);
    let mut dress = Dress {
        fg: taken_tone(&mut table, "fg", palette, problems),
        bg: taken_tone(&mut table, "bg", palette, problems),
        ..Dress::default()
    };
    for (name, modifier) in Modifiers::NAMES {
        if table.switch(name, problems) == Some(true) {
            dress.modifiers = dress.modifiers.and(modifier);
        }
    }
    for (name, depth) in FEWER {
        let other = table.take(name);
        let other =
            other.and_then(|(key, at, value)| self::dress(value, (&key, &at), palette, problems));
        dress.fewer.extend(other.map(|other| (depth, other)));
    }
    table.end(&[], problems);
    Some(dress)
}

/// Numbers of colours for which a dress or a colour can be written anew.
const FEWER: [(&str, Depth); 2] = [("256", Depth::Palette), ("16", Depth::Sixteen)];

/// The colour under a name of a table.
fn taken_tone(
    table: &mut Table<'_>,
    name: &str,
    palette: &BTreeMap<String, Tone>,
    problems: &mut Problems,
) -> Option<Tone> {
    let (key, at, value) = table.take(name)?;
    tone(value, (&key, &at), palette, problems)
}

/// A colour: by name or number, or a table of those by how many colours there are.
fn tone(
    value: &DeValue<'_>,
    (key, at): At<'_>,
    palette: &BTreeMap<String, Tone>,
    problems: &mut Problems,
) -> Option<Tone> {
    if let DeValue::Table(table) = value {
        let mut table = Table::within(format!("{key}."), table);
        let mut whole = Tone::default();
        for (name, depth) in [("true", Depth::True)].into_iter().chain(FEWER) {
            if let Some(tone) = taken_tone(&mut table, name, palette, problems) {
                whole = whole.with(depth, tone);
            }
        }
        table.end(&[], problems);
        return Some(whole);
    }
    let number = integer(value).map(|number| number.to_string());
    let Some(word) = value.as_str().map(str::to_owned).or(number) else {
        problems.add(at, key, Fault::Kind("colour"));
        return None;
    };
    let found = palette.get(&word).copied().or_else(|| Tone::parse(&word));
    if found.is_none() {
        let names: Vec<String> = Tone::names().collect();
        let known = palette.keys().chain(&names).map(String::as_str);
        let near = nearest(&word, known).map(str::to_owned);
        problems.add(at, key, Fault::Colour(word, near));
    }
    found
}

#[cfg(test)]
mod tests;
