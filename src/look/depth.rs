//! How many colours there are to draw with, and how the environment tells it.
//! Must not ask the terminal, or know which colours they are.

/// How many colours there are, fewer before more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None.
    None,
    /// Sixteen, of the terminal's own choice.
    Sixteen,
    /// The sixteen, a cube and greys.
    Palette,
    /// 24 bits each.
    True,
}

/// Terminals of 24 bits that are known by `TERM`, whatever else it says.
const TRUE: [&str; 8] = [
    "direct",
    "truecolor",
    "kitty",
    "alacritty",
    "foot",
    "wezterm",
    "ghostty",
    "contour",
];
/// Terminals without colours, by `TERM`; a name that ends with `-m` or `-mono` is one too.
const NONE: [&str; 5] = ["dumb", "vt52", "vt100", "vt102", "vt220"];

impl Depth {
    /// Every depth, with its name in the settings.
    pub const NAMES: [(&'static str, Self); 4] = [
        ("none", Self::None),
        ("16", Self::Sixteen),
        ("256", Self::Palette),
        ("true", Self::True),
    ];

    /// Its name in the settings.
    #[must_use]
    pub fn name(self) -> &'static str {
        let mut names = Self::NAMES.into_iter();
        names
            .find(|(_, depth)| *depth == self)
            .map_or("", |(name, _)| name)
    }

    /// What the environment `variable` tells, and the name of the variable that did; none where none did and what every terminal
    /// has is assumed.
    #[must_use]
    pub fn of_environment(
        variable: impl Fn(&str) -> Option<String>,
    ) -> (Self, Option<&'static str>) {
        let set = |name| variable(name).filter(|value| !value.is_empty());
        if set("NO_COLOR").is_some() {
            return (Self::None, Some("NO_COLOR"));
        }
        let term = set("TERM");
        let told = term.as_deref().and_then(Self::of_term);
        if told == Some(Self::None) {
            return (Self::None, Some("TERM"));
        }
        if matches!(set("COLORTERM").as_deref(), Some("truecolor" | "24bit")) {
            // GNU screen hands on what the terminal around it said, and draws in 256 colours for many versions more.
            return if set("STY").is_some() && set("TMUX").is_none() {
                (Self::Palette, Some("STY"))
            } else {
                (Self::True, Some("COLORTERM"))
            };
        }
        if let Some(depth) = told {
            return (depth, Some("TERM"));
        }
        if set("WT_SESSION").is_some() {
            return (Self::True, Some("WT_SESSION"));
        }
        // Windows sets no TERM, and its console of the last years has all colours.
        let untold = if term.is_none() && cfg!(windows) {
            Self::True
        } else {
            Self::Sixteen
        };
        (untold, None)
    }

    /// What `TERM` tells, if it does.
    fn of_term(term: &str) -> Option<Self> {
        if NONE.contains(&term) || term.ends_with("-m") || term.ends_with("-mono") {
            Some(Self::None)
        } else if TRUE.iter().any(|known| term.contains(known)) {
            Some(Self::True)
        } else if term.contains("256color") {
            Some(Self::Palette)
        } else if ["linux", "cygwin"].contains(&term) || term.ends_with("-16color") {
            Some(Self::Sixteen)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(variables: &[(&str, &str)]) -> (Depth, Option<&'static str>) {
        Depth::of_environment(|name| {
            let (_, value) = variables.iter().find(|(own, _)| *own == name)?;
            Some((*value).to_owned())
        })
    }

    #[test]
    fn the_environment_tells_how_many_colours_there_are() {
        for (variables, depth, by) in [
            (
                &[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")][..],
                Depth::True,
                Some("COLORTERM"),
            ),
            (
                &[("TERM", "screen"), ("COLORTERM", "24bit")],
                Depth::True,
                Some("COLORTERM"),
            ),
            (&[("TERM", "xterm-256color")], Depth::Palette, Some("TERM")),
            (&[("TERM", "tmux-256color")], Depth::Palette, Some("TERM")),
            (&[("TERM", "xterm-kitty")], Depth::True, Some("TERM")),
            (&[("TERM", "xterm-direct")], Depth::True, Some("TERM")),
            (&[("TERM", "linux")], Depth::Sixteen, Some("TERM")),
            (&[("TERM", "xterm")], Depth::Sixteen, None),
            (
                &[("TERM", "xterm"), ("WT_SESSION", "1")],
                Depth::True,
                Some("WT_SESSION"),
            ),
            (&[("TERM", "vt100")], Depth::None, Some("TERM")),
            (
                &[("TERM", "xterm-mono"), ("COLORTERM", "truecolor")],
                Depth::None,
                Some("TERM"),
            ),
        ] {
            assert_eq!(told(variables), (depth, by), "{variables:?}");
        }
    }

    #[test]
    fn no_color_comes_before_all_else_unless_it_is_empty() {
        let all = [("TERM", "xterm-kitty"), ("COLORTERM", "truecolor")];
        let with = |value| told(&[&[("NO_COLOR", value)], &all[..]].concat());
        assert_eq!(with("1"), (Depth::None, Some("NO_COLOR")));
        assert_eq!(with("0"), (Depth::None, Some("NO_COLOR")));
        assert_eq!(with("").0, Depth::True);
    }

    #[test]
    fn within_screen_the_terminal_around_it_does_not_count() {
        let around = [
            ("TERM", "screen.xterm-256color"),
            ("COLORTERM", "truecolor"),
        ];
        let within = |more: &[_]| told(&[more, &around[..]].concat());
        assert_eq!(within(&[("STY", "1")]), (Depth::Palette, Some("STY")));
        assert_eq!(within(&[("STY", "1"), ("TMUX", "1")]).0, Depth::True);
    }
}
