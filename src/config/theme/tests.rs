//! What a theme file says, and what is told of one that is wrong.

use super::*;

fn read(text: &str) -> (Written, Vec<Problem>) {
    read_theme(text, &mut |name| {
        built_in(name).ok_or(Fault::Theme(name.to_owned(), None))
    })
}

fn dress(written: &Written, role: Role) -> &Dress {
    &written.design.dresses[&role]
}

fn tone(text: &str) -> Option<Tone> {
    Tone::parse(text)
}

#[test]
fn nothing_is_wrong_with_the_themes_that_are_built_in() {
    for (name, text) in BUILT_IN {
        assert_eq!(read(text).1, [], "{name}");
        let written = built_in(name).unwrap();
        // What monochrome says holds in all of them.
        assert!(
            written.design.dresses.contains_key(&Role::Selected),
            "{name}"
        );
    }
}

#[test]
fn three_lines_make_a_theme() {
    let (written, problems) = read(
        "inherits = \"dark\"\nselected = { fg = \"black\", bg = \"sand\", bold = true }\nmatch = \"leaf\"\n\
         [palette]\nsand = { true = \"#d7c9a0\", 16 = \"yellow\" }\n",
    );
    assert_eq!(problems, []);
    let selected = dress(&written, Role::Selected);
    assert_eq!(selected.fg, tone("black"));
    let sand = Tone::default()
        .with(Depth::True, tone("#d7c9a0").unwrap())
        .with(Depth::Sixteen, tone("yellow").unwrap());
    assert_eq!(selected.bg, Some(sand));
    // A colour that the inherited theme has a name for, and what it says of the rest.
    let dark = built_in("dark").unwrap();
    let leaf = dress(&dark, Role::Tag).fg;
    assert!(leaf.is_some());
    assert_eq!(dress(&written, Role::Match).fg, leaf);
    assert_eq!(dress(&written, Role::Lead), dress(&dark, Role::Lead));
}

#[test]
fn a_theme_that_inherits_none_tells_by_other_than_colours_what_it_says_nothing_of() {
    let (written, problems) = read("text = { fg = 250, bg = \"#102030\" }\n");
    assert_eq!(problems, []);
    let monochrome = built_in("monochrome").unwrap();
    let selected = dress(&monochrome, Role::Selected);
    assert_ne!(*selected, Dress::default());
    assert_eq!(dress(&written, Role::Selected), selected);
}

#[test]
fn for_fewer_colours_all_of_a_style_can_be_written_anew() {
    let (written, problems) = read(
        "notice = { fg = \"#000\", bg = \"#fff\", 16 = { reversed = true }, 256 = \"red\" }\n",
    );
    assert_eq!(problems, []);
    let fewer = &dress(&written, Role::Notice).fewer;
    assert_eq!(fewer[&Depth::Palette].fg, tone("red"));
    assert_eq!(fewer[&Depth::Sixteen].bg, None);
    assert_ne!(fewer[&Depth::Sixteen].modifiers, Modifiers::default());
}

#[test]
fn all_that_is_wrong_is_told_at_once_with_its_place() {
    let (_, problems) = read(
        "inherits = \"drak\"\nmatc = \"red\"\nfaint = \"gery\"\nsection = { fg = \"cyann\", bolt = true }\ntag = true\n\
         note = { bold = 1, fg = { 16 = \"#12\", 8 = 1 } }\nread = 256\n[palette]\ngrey = []\n",
    );
    let told: Vec<_> = problems
        .iter()
        .map(|one| (one.line, one.column, one.key.as_str(), one.fault.code()))
        .collect();
    assert_eq!(
        told,
        [
            (1, 12, "inherits", "theme"),
            (2, 1, "matc", "unknown-near"),
            (3, 9, "faint", "colour"),
            (4, 18, "section.fg", "colour-near"),
            (4, 27, "section.bolt", "unknown-near"),
            (5, 7, "tag", "kind"),
            (6, 17, "note.bold", "kind"),
            (6, 32, "note.fg.16", "colour"),
            (6, 39, "note.fg.8", "unknown"),
            (7, 8, "read", "colour"),
            (9, 8, "palette.grey", "kind"),
        ]
    );
}
