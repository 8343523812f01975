//! A writer of issues as they come out of viewers, converters and scanners: an issue and a seed give a text, and what a
//! parser has to make of it.
//! Must not use the parser but for the clean issues that it begins with.
#![allow(
    dead_code,
    unused_imports,
    reason = "each test file uses its own part of it"
)]

mod print;
mod score;

pub use print::{number_line, print};
pub use score::score;

use fastrand::Rng;
use parkweekly::issue::Issue;
use parkweekly::parse::{Hints, parse};
use std::path::Path;

/// The clean issues that noise is made of.
pub fn clean() -> Vec<Issue> {
    let files = ["assets/sample/weekly.txt", "tests/fixtures/weekly-007.txt"];
    let read = |file: &&str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let document = parkweekly::source::read(&path).unwrap();
        parse(&document.pages, &Hints::default()).unwrap().remove(0)
    };
    files.iter().map(read).collect()
}

/// What is done to an issue. Everything off is the form of the real ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a kind of noise, and all may come together"
)]
pub struct Noise {
    /// A byte order mark, CRLF.
    pub bom: bool,
    pub crlf: bool,
    /// Zero-width and other invisible characters between the others.
    pub invisible: bool,
    /// Digits and letters in full width.
    pub full_width: bool,
    /// White space before lines.
    pub indent: Indent,
    /// Blank lines.
    pub gaps: Gaps,
    /// Lines a page; 0 for no pages.
    pub page: usize,
    /// What ends a page.
    pub footer: Footer,
    pub form_feed: bool,
    pub header: Header,
    /// Columns at which lines are wrapped; 0 for none.
    pub wrap: usize,
    /// Whether lines have that many half characters, whatever their width.
    pub by_characters: bool,
    /// Whether words of Latin are kept whole, and marks off the start of lines.
    pub careful_wrap: bool,
    /// Headlines are set larger, so that fewer of their characters fit.
    pub large_headlines: bool,
    /// The bullets of headlines in the contents and in the body.
    pub listed_bullet: Bullet,
    pub bullet: Bullet,
    pub markdown: Markdown,
    pub leader: Leader,
    pub contents: Contents,
    pub cover: Cover,
    pub sections: Sections,
    /// Items that are changed: without ■, lead or source, with several paragraphs, with points.
    pub items: bool,
    /// Items that one side lacks.
    pub missing: bool,
    /// Very long headlines and paragraphs, rare characters.
    pub extremes: bool,
}

macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident { $first:ident, $($other:ident),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub enum $name { #[default] $first, $($other),* }

        impl $name {
            pub const ALL: &[Self] = &[Self::$first, $(Self::$other),*];

            fn any(rng: &mut Rng) -> Self {
                Self::ALL[rng.usize(..Self::ALL.len())]
            }
        }
    )*};
}

choices! {
    Indent { None, First, Ideographic, All, Random }
    Gaps { Single, Pictures, Headlines, None, Random }
    Footer { None, Bare, Dashes, Page, Of, Brackets, Hanzi }
    Header { None, Name, Full, Numbered, Other, Both }
    Bullet {
        Disc, Dot, Diamond, Circle, OpenDiamond, Triangle, Middle, Hyphen, Star, Numbered, Bracketed, Mixed, None,
        Letter, Square, Reference, Named, Hanzi,
    }
    /// Of a converter.
    Markdown { None, Light, Headings, Lists, Links }
    Leader { Dots, Tab, Mixed, Ellipsis, Space, Middle, None, Slash, Round }
    Contents { Listed, None, Reordered, Untitled, Unpaged }
    Cover { Printed, None, Spread, Below }
    Sections { Comma, Spaced, Part, Stretched, Dot, Markless, Bare, Lenticular, Hanzi, Named, Counted }
}

impl Noise {
    /// Each kind of noise alone, and a few pairs.
    pub fn singles() -> Vec<Self> {
        let mut all = Self::plain();
        all.extend(Self::wraps());
        all.extend(Self::pages());
        all.extend(Self::bullets());
        let none = Self::default();
        all.extend(Indent::ALL.iter().map(|indent| Self {
            indent: *indent,
            ..none
        }));
        all.extend(Gaps::ALL.iter().map(|gaps| Self {
            gaps: *gaps,
            ..none
        }));
        all.extend(Markdown::ALL.iter().map(|markdown| Self {
            markdown: *markdown,
            ..none
        }));
        all.extend(Contents::ALL.iter().map(|contents| Self {
            contents: *contents,
            ..none
        }));
        all.extend(Cover::ALL.iter().map(|cover| Self {
            cover: *cover,
            ..none
        }));
        all.extend(Sections::ALL.iter().map(|sections| Self {
            sections: *sections,
            ..none
        }));
        for leader in Leader::ALL.iter().copied() {
            all.push(Self { leader, ..none });
            all.push(Self {
                leader,
                wrap: 44,
                ..none
            });
        }
        all
    }

    fn plain() -> Vec<Self> {
        let none = Self::default();
        vec![
            none,
            Self { bom: true, ..none },
            Self { crlf: true, ..none },
            Self {
                invisible: true,
                ..none
            },
            Self {
                full_width: true,
                ..none
            },
            Self {
                items: true,
                ..none
            },
            Self {
                missing: true,
                ..none
            },
            Self {
                extremes: true,
                ..none
            },
            Self {
                items: true,
                extremes: true,
                ..none
            },
        ]
    }

    fn wraps() -> Vec<Self> {
        let widths = [14, 20, 31, 40, 56, 64, 76, 77, 90, 120, 160, 240];
        let each = |wrap| {
            let wrapped = Self {
                wrap,
                ..Self::default()
            };
            let careful = Self {
                careful_wrap: true,
                ..wrapped
            };
            let dense = Self {
                gaps: Gaps::None,
                ..wrapped
            };
            let counted = Self {
                by_characters: true,
                ..dense
            };
            [
                wrapped,
                counted,
                Self {
                    large_headlines: true,
                    ..careful
                },
                dense,
                Self {
                    indent: Indent::First,
                    careful_wrap: true,
                    ..dense
                },
                Self {
                    gaps: Gaps::Pictures,
                    contents: Contents::None,
                    ..wrapped
                },
            ]
        };
        widths.into_iter().flat_map(each).collect()
    }

    fn pages() -> Vec<Self> {
        let mut all = Vec::new();
        let paged = Self {
            page: 30,
            ..Self::default()
        };
        for footer in Footer::ALL.iter().copied() {
            all.push(Self { footer, ..paged });
            all.push(Self {
                footer,
                wrap: 60,
                header: Header::Name,
                ..paged
            });
        }
        for header in Header::ALL.iter().copied() {
            all.push(Self {
                header,
                form_feed: true,
                ..paged
            });
            all.push(Self {
                header,
                wrap: 50,
                gaps: Gaps::None,
                ..paged
            });
        }
        all
    }

    fn bullets() -> Vec<Self> {
        let each = |bullet: &Bullet| {
            let body = Self {
                bullet: *bullet,
                ..Self::default()
            };
            let both = Self {
                listed_bullet: *bullet,
                ..body
            };
            [
                both,
                body,
                Self {
                    listed_bullet: *bullet,
                    ..Self::default()
                },
                Self {
                    contents: Contents::None,
                    ..body
                },
                Self { wrap: 50, ..both },
            ]
        };
        Bullet::ALL.iter().flat_map(each).collect()
    }

    /// Any mix of all kinds.
    pub fn mixed(rng: &mut Rng) -> Self {
        let mut noise = Self {
            bom: rng.bool(),
            crlf: rng.bool(),
            invisible: rng.u8(..4) == 0,
            full_width: rng.u8(..4) == 0,
            indent: Indent::any(rng),
            gaps: Gaps::any(rng),
            page: [0, 24, 32, 45][rng.usize(..4)],
            footer: Footer::any(rng),
            form_feed: rng.bool(),
            header: Header::any(rng),
            by_characters: rng.u8(..3) == 0,
            wrap: [0, 0, 30, 40, 50, 60, 70, 76, 80, 100, 140][rng.usize(..11)],
            careful_wrap: rng.bool(),
            large_headlines: rng.bool(),
            bullet: Bullet::any(rng),
            listed_bullet: Bullet::any(rng),
            markdown: if rng.u8(..3) == 0 {
                Markdown::any(rng)
            } else {
                Markdown::None
            },
            leader: Leader::any(rng),
            contents: Contents::any(rng),
            cover: Cover::any(rng),
            sections: Sections::any(rng),
            items: rng.bool(),
            missing: rng.bool(),
            extremes: rng.u8(..4) == 0,
        };
        noise.settle();
        noise
    }

    /// Whether the contents print no pages.
    pub fn is_unpaged(self) -> bool {
        self.contents == Contents::Unpaged || self.leader == Leader::None
    }

    /// Takes back what no reader could tell either: without contents, bullets and blank lines nothing says where a headline
    /// ends; converters do not wrap, and pages break where they are.
    fn settle(&mut self) {
        let listed = !matches!(self.contents, Contents::None | Contents::Unpaged);
        if self.bullet == Bullet::None && (!listed || self.wrap > 0 || self.items) {
            self.bullet = Bullet::Disc;
        }
        if matches!(
            self.bullet,
            Bullet::Numbered
                | Bullet::Bracketed
                | Bullet::Hyphen
                | Bullet::Middle
                | Bullet::Star
                | Bullet::Hanzi
                | Bullet::Named
        ) && self.items
            && !listed
        {
            self.bullet = Bullet::Diamond;
        }
        if self.gaps == Gaps::None && self.wrap > 0 && self.indent == Indent::None {
            self.indent = Indent::First;
        }
        if self.markdown != Markdown::None {
            self.wrap = 0;
            self.page = 0;
            self.gaps = Gaps::Single;
            self.indent = Indent::None;
        }
        if self.leader == Leader::None {
            self.leader = Leader::Space;
        }
        // Headings in another form are known by the headlines behind them, those by their bullets.
        let other = matches!(
            self.sections,
            Sections::Bare | Sections::Lenticular | Sections::Hanzi | Sections::Named
        );
        let torn = self.wrap > 0 || self.extremes || self.contents == Contents::Reordered;
        if other && (self.bullet == Bullet::None || self.items || self.missing || torn) {
            self.sections = Sections::Comma;
        }
        // One mark before the page is a leader where most lines have it.
        if torn && matches!(self.leader, Leader::Slash | Leader::Round) {
            self.leader = Leader::Dots;
        }
        let numbered = matches!(
            self.bullet,
            Bullet::Hanzi | Bullet::Bracketed | Bullet::Numbered
        );
        if numbered && self.sections == Sections::Hanzi {
            self.sections = Sections::Bare;
        }
        // A wrapped headline behind a bullet of the contents that the body does not have.
        if torn
            && matches!(
                self.listed_bullet,
                Bullet::Letter | Bullet::Hanzi | Bullet::Named
            )
        {
            self.listed_bullet = Bullet::Disc;
        }
        if self.listed_bullet == Bullet::None && self.wrap > 0 {
            self.leader = Leader::Dots;
            if self.contents == Contents::Unpaged {
                self.contents = Contents::Listed;
            }
        }
    }
}
