//! The themes that are built in: that what they colour can be read, and that nothing is told by colour alone.
//!
//! Contrast is that of WCAG 2.1: 4.5 for text, 3 for borders and marks, 7 for text of `high-contrast`. In 256 and in all colours it is
//! held on the terminals' backgrounds named here, where a theme paints none of its own; the letters that a terminal has of its own
//! are its own affair. Of sixteen colours it is held for the palettes of xterm, of VGA (the Linux console too) and of Windows, with
//! the first of them as the background, or the last of a light one. Solarized, whose bright colours are greys, is not among them.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod common;
#[cfg(unix)]
mod terminal;

use common::Reader;
use parkweekly::config::{BUILT_IN, built_in};
use parkweekly::look::{Depth, Look, READABLE, Role, Theme, contrast};
use parkweekly::text::WidthPolicy;
use parkweekly::tui::view::view;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::{Color, Modifier, Style};
use std::collections::HashSet;

/// Contrast of what is no text.
const VISIBLE: f32 = 3.0;

const DARK: [u32; 6] = [
    0x00_0000, 0x0c_0c0c, 0x1e_1e1e, 0x00_2b36, 0x1e_1e2e, 0x28_2c34,
];
const LIGHT: [u32; 5] = [0xff_ffff, 0xfa_fafa, 0xfd_f6e3, 0xef_f1f5, 0xee_eeee];

const PALETTES: [(&str, [u32; 16]); 3] = [
    (
        "xterm",
        [
            0x00_0000, 0xcd_0000, 0x00_cd00, 0xcd_cd00, 0x00_00ee, 0xcd_00cd, 0x00_cdcd, 0xe5_e5e5,
            0x7f_7f7f, 0xff_0000, 0x00_ff00, 0xff_ff00, 0x5c_5cff, 0xff_00ff, 0x00_ffff, 0xff_ffff,
        ],
    ),
    (
        "vga",
        [
            0x00_0000, 0xaa_0000, 0x00_aa00, 0xaa_5500, 0x00_00aa, 0xaa_00aa, 0x00_aaaa, 0xaa_aaaa,
            0x55_5555, 0xff_5555, 0x55_ff55, 0xff_ff55, 0x55_55ff, 0xff_55ff, 0x55_ffff, 0xff_ffff,
        ],
    ),
    (
        "windows",
        [
            0x0c_0c0c, 0xc5_0f1f, 0x13_a10e, 0xc1_9c00, 0x00_37da, 0x88_1798, 0x3a_96dd, 0xcc_cccc,
            0x76_7676, 0xe7_4856, 0x16_c60c, 0xf9_f1a5, 0x3b_78ff, 0xb4_009e, 0x61_d6d6, 0xf2_f2f2,
        ],
    ),
];

fn colour(rgb: u32) -> Color {
    let [_, red, green, blue] = rgb.to_be_bytes();
    Color::Rgb(red, green, blue)
}

/// A terminal as far as colours go.
struct Terminal {
    name: String,
    ground: Color,
    letters: Color,
    palette: Option<[u32; 16]>,
}

impl Terminal {
    /// A colour as the terminal shows it.
    fn shown(&self, colour: Option<Color>, own: Color) -> Color {
        match colour {
            None | Some(Color::Reset) => own,
            Some(Color::Indexed(n)) if n < 16 => {
                let palette = self.palette;
                // One of the sixteen stands in a theme only where there are no more.
                let palette = palette.unwrap();
                self::colour(palette[usize::from(n)])
            }
            Some(colour) => colour,
        }
    }

    /// The contrast of a style here.
    fn contrast(&self, style: Style) -> f32 {
        let (fg, bg) = (
            self.shown(style.fg, self.letters),
            self.shown(style.bg, self.ground),
        );
        contrast(fg, bg).unwrap()
    }
}

fn is_dark(name: &str) -> bool {
    !name.contains("light")
}

/// The terminals that a theme is for.
fn terminals(name: &str, depth: Depth) -> Vec<Terminal> {
    let is_for = |light| name == "neutral" || is_dark(name) != light;
    if depth == Depth::Sixteen {
        let both = PALETTES.iter().flat_map(|(terminal, palette)| {
            let [black, white] = [0, 15].map(|n| colour(palette[n]));
            let grounds = [(black, colour(palette[7]), false), (white, black, true)];
            grounds.map(|(ground, letters, light)| {
                let name = format!("{terminal}, light: {light}");
                let palette = Some(*palette);
                (
                    light,
                    Terminal {
                        name,
                        ground,
                        letters,
                        palette,
                    },
                )
            })
        });
        let all = both.filter(|(light, _)| is_for(*light));
        return all.map(|(_, terminal)| terminal).collect();
    }
    let dark = DARK.iter().map(|ground| (*ground, 0xff_ffff, false));
    let light = LIGHT.iter().map(|ground| (*ground, 0, true));
    let all = dark.chain(light).filter(|(.., light)| is_for(*light));
    all.map(|(ground, letters, _)| Terminal {
        name: format!("{ground:06x}"),
        ground: colour(ground),
        letters: colour(letters),
        palette: None,
    })
    .collect()
}

/// What a role must stand out by.
fn least(name: &str, role: Role) -> f32 {
    match role {
        Role::Border | Role::BorderActive | Role::UnreadMark | Role::BookmarkMark => VISIBLE,
        _ if name == "high-contrast" => 7.0,
        _ => READABLE,
    }
}

/// Every theme at every number of colours.
fn themes() -> impl Iterator<Item = (&'static str, Depth, Theme)> {
    BUILT_IN.into_iter().flat_map(|(name, _)| {
        let written = built_in(name).unwrap();
        [Depth::Sixteen, Depth::Palette, Depth::True]
            .map(|depth| (name, depth, written.design.theme(depth)))
    })
}

/// What others stand on.
const GROUNDS: [Role; 6] = [
    Role::Text,
    Role::Selected,
    Role::SelectedInactive,
    Role::Headline,
    Role::Lead,
    Role::Status,
];

#[test]
fn every_role_can_be_read_on_every_ground() {
    let mut low = vec![];
    for (name, depth, theme) in themes() {
        for terminal in terminals(name, depth) {
            for ground in GROUNDS {
                for role in Role::ALL {
                    let style = theme.on(theme.style(ground), *role);
                    let found = terminal.contrast(style);
                    if found < least(name, *role) {
                        let terminal = &terminal.name;
                        low.push(format!(
                            "{name} {depth:?} on {terminal}: {role:?} on {ground:?}: {found:.2}"
                        ));
                    }
                }
            }
        }
    }
    assert!(low.is_empty(), "{}:\n{}", low.len(), low.join("\n"));
}

#[test]
fn what_is_selected_or_faint_differs_from_the_rest() {
    for (name, depth, theme) in themes() {
        let [text, selected, inactive] =
            [Role::Text, Role::Selected, Role::SelectedInactive].map(|role| theme.style(role));
        assert_ne!(selected, text, "{name} {depth:?}");
        assert_ne!(inactive, text, "{name} {depth:?}");
        assert_ne!(inactive, selected, "{name} {depth:?}");
        // Not where the letters are all the terminal's own, nor where its few colours leave no grey that is sure to show.
        if depth > Depth::Sixteen && !["neutral", "monochrome"].contains(&name) {
            let faint = theme.style(Role::Faint);
            for terminal in terminals(name, depth) {
                let letters = terminal.shown(text.fg, terminal.letters);
                let apart = contrast(letters, faint.fg.unwrap()).unwrap();
                assert!(apart > 1.5, "{name} {depth:?}: {apart:.2}");
            }
        }
    }
}

#[test]
fn without_colours_all_is_told_otherwise() {
    let monochrome = built_in("monochrome").unwrap().design;
    let told = monochrome.theme(Depth::None);
    for depth in [Depth::Sixteen, Depth::Palette, Depth::True] {
        assert_eq!(monochrome.theme(depth), told, "it names no colour");
    }
    let style = |role| told.style(role);
    for role in Role::ALL {
        assert!(style(*role).fg.is_none() && style(*role).bg.is_none());
    }
    let all_differ = |roles: &[Role]| {
        for (n, role) in roles.iter().enumerate() {
            for other in &roles[..n] {
                assert_ne!(style(*role), style(*other), "{role:?} and {other:?}");
            }
        }
    };
    all_differ(&[Role::Read, Role::Unread]);
    all_differ(&[Role::Text, Role::Selected, Role::SelectedInactive]);
    all_differ(&[Role::Body, Role::Match, Role::CurrentMatch]);
    all_differ(&[Role::Title, Role::TitleActive]);
    all_differ(&[Role::Status, Role::Notice, Role::Error]);
    for ground in [Role::Selected, Role::SelectedInactive, Role::Headline] {
        let ground = style(ground);
        for role in [Role::Read, Role::Unread, Role::Text] {
            let on = |role| told.on(ground, role);
            assert_ne!(on(Role::Match), on(role), "a match on {ground:?}");
            assert_ne!(on(Role::CurrentMatch), on(Role::Match));
        }
    }
}

/// Screens on which everything stands somewhere.
const SCRIPTS: [&str; 8] = [
    "",
    "b J J enter",
    "f 项 目 enter",
    "f 项 目 enter tab n n",
    "f q u e r y :",
    "ctrl-p 厦 门",
    "?",
    "b J J b '",
];

/// Readers of this size on these screens.
fn readers(width: u16, height: u16) -> Vec<Reader> {
    let readers = SCRIPTS.iter().map(|script| {
        let mut reader = Reader::open(width, height, &["weekly-007.txt", "weekly-006.txt"]);
        reader.keys(script);
        reader
    });
    readers.collect()
}

/// What the readers show in a theme.
fn frames(readers: &[Reader], theme: &Theme) -> Vec<Buffer> {
    let look = Look::new(theme.clone(), WidthPolicy::default());
    let frames = readers.iter().map(|reader| {
        let Size { width, height } = reader.state.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        view(&reader.state, &look, &mut buffer);
        buffer
    });
    frames.collect()
}

#[test]
fn every_character_of_a_screen_can_be_read() {
    let readers = readers(120, 40);
    for (name, depth, theme) in themes() {
        let frames = frames(&readers, &theme);
        let cells = frames.iter().flat_map(Buffer::content);
        let cells = cells.filter(|cell| !cell.symbol().trim().is_empty());
        let drawn: HashSet<(bool, Style)> = cells
            .map(|cell| {
                let is_letter = cell.symbol().chars().any(char::is_alphanumeric);
                (is_letter, cell.style())
            })
            .collect();
        assert!(drawn.len() > 8, "{name}");
        for terminal in terminals(name, depth) {
            for (is_letter, style) in &drawn {
                let least = if *is_letter { READABLE } else { VISIBLE };
                let found = terminal.contrast(*style);
                let terminal = &terminal.name;
                assert!(
                    found >= least,
                    "{name} {depth:?} on {terminal}: {style:?} {found:.2}"
                );
            }
        }
    }
}

#[test]
fn a_background_of_its_own_leaves_nothing_of_the_terminals() {
    for (width, height) in [(120, 40), (80, 24), (40, 12), (15, 3)] {
        let readers = readers(width, height);
        for (name, depth, theme) in themes() {
            let is_painted = theme.style(Role::Text).bg.is_some();
            let paints = ["high-contrast", "gruvbox-dark", "gruvbox-light"].contains(&name);
            assert_eq!(is_painted, paints, "{name}");
            let frames = frames(&readers, &theme);
            for cell in frames.iter().flat_map(Buffer::content).filter(|_| paints) {
                assert!(
                    cell.bg != Color::Reset && cell.fg != Color::Reset,
                    "{name} {depth:?} {width}x{height}: {:?}",
                    cell.symbol()
                );
            }
        }
    }
}

#[test]
fn characters_never_have_the_colour_of_what_is_behind_them() {
    // Of two colours that are near each other sixteen have only one.
    let text = "text = { fg = \"#101010\", bg = \"#0c0c0c\" }\nnotice = { fg = \"#fefefe\", bg = \"#ffffff\" }\n\
                selected = { fg = \"#c00000\", bg = \"#c80000\" }\nmatch = \"#0a0a0a\"\ntag = \"#cc0000\"\n";
    let (written, problems) =
        parkweekly::config::read_theme(text, &mut |_| Ok(built_in("monochrome").unwrap()));
    assert_eq!(problems, []);
    for depth in [Depth::Sixteen, Depth::Palette, Depth::True] {
        let theme = written.design.theme(depth);
        for ground in GROUNDS {
            for role in Role::ALL {
                let style = theme.on(theme.style(ground), *role);
                assert_ne!(style.fg, style.bg, "{depth:?} {role:?} on {ground:?}");
            }
        }
    }
}

#[test]
fn on_reversed_video_only_a_match_breaks_the_ground() {
    let written = built_in("dark").unwrap();
    let theme = written.design.theme(Depth::Sixteen);
    let ground = theme.style(Role::Selected);
    assert!(ground.add_modifier.contains(Modifier::REVERSED));
    assert_eq!(theme.on(ground, Role::Match), theme.style(Role::Match));
    let tag = theme.on(ground, Role::Tag);
    assert!(tag.fg.is_none() && tag.add_modifier.contains(Modifier::REVERSED));
}

/// The reader on a terminal that says it is dark, with these settings and variables, and all it wrote for its first frame.
#[cfg(unix)]
fn written(settings: &str, variables: &[(&str, &str)]) -> (terminal::Session, String) {
    let library = terminal::library();
    let file = library.path().join("config.toml");
    std::fs::write(&file, settings).unwrap();
    let mut command = portable_pty::CommandBuilder::new(terminal::PROGRAM);
    for name in ["NO_COLOR", "COLORTERM", "COLORFGBG", "STY", "WT_SESSION"] {
        command.env_remove(name);
    }
    command.env("PARKWEEKLY_CONFIG", &file);
    for (name, value) in variables {
        command.env(name, value);
    }
    let session = terminal::Session::read_by(80, 24, command, &library);
    let written = String::from_utf8_lossy(&session.written).into_owned();
    (session, written)
}

#[cfg(unix)]
#[test]
fn as_many_colours_are_drawn_as_there_are() {
    let none = ("NO_COLOR", "1");
    for (settings, variables, drawn, not) in [
        ("", &[][..], "38;5;81;", "38;2;"),
        (
            "",
            &[("COLORTERM", "truecolor")],
            "38;2;108;197;224",
            "38;5;",
        ),
        ("[screen]\ncolour = 16\n", &[], "38;5;6;", "38;5;81;"),
        ("", &[none], "\x1b[7m", "38;"),
        ("[screen]\ncolour = \"none\"\n", &[], "\x1b[7m", "38;"),
        // What is set comes before the environment.
        (
            "[screen]\ncolour = \"true\"\n",
            &[none],
            "38;2;108;197;224",
            "38;5;",
        ),
        (
            "[screen]\ntheme = \"gruvbox-light\"\n",
            &[],
            "48;5;230m",
            "48;5;81",
        ),
    ] {
        let (_, written) = written(settings, variables);
        assert!(written.contains(drawn), "{settings} {variables:?}");
        assert!(!written.contains(not), "{settings} {variables:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_theme_that_cannot_be_taken_is_told_in_the_reader() {
    let (mut session, written) = written("[screen]\ntheme = \"drak\"\n", &[]);
    assert!(written.contains("38;5;81;"), "the default theme is there");
    session.until_shows("drak");
    session.press("q");
    assert_eq!(session.until_given_back().exit_code(), 0);
}
