//! Whether a terminal's own ground is dark or light, which decides what colours can be read on it.
//! Must not ask the terminal.

/// What a terminal's own ground is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Background {
    /// Light text stands on it.
    Dark,
    /// Dark text stands on it.
    Light,
}

impl Background {
    /// What a ground of these parts of red, green and blue is like, each from 0 to [`u16::MAX`].
    ///
    /// By its luma (Rec. 601, in thousandths) and not by the mean of the parts: the eye takes a pure blue for dark and a pure
    /// yellow for light.
    #[must_use]
    pub fn of([red, green, blue]: [u16; 3]) -> Self {
        let luma = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
        if luma < 500 * u32::from(u16::MAX) {
            Self::Dark
        } else {
            Self::Light
        }
    }

    /// What `COLORFGBG` tells, which some terminals set: numbers of the sixteen colours, that of the background last.
    #[must_use]
    pub fn of_colorfgbg(value: &str) -> Option<Self> {
        let number: u8 = value.rsplit(';').next()?.parse().ok()?;
        match number {
            0..=6 | 8 => Some(Self::Dark),
            7 | 9..=15 => Some(Self::Light),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Background::{Dark, Light};
    use super::*;

    #[test]
    fn a_ground_is_what_the_eye_takes_it_for() {
        const FULL: u16 = u16::MAX;
        let grounds = [
            ([0, 0, 0], Dark),
            ([0x1e1e, 0x1e1e, 0x2e2e], Dark),
            ([0, 0x2b2b, 0x3636], Dark),
            ([0, 0, FULL], Dark),
            ([0x7f7f, 0x7f7f, 0x7f7f], Dark),
            ([0x8080, 0x8080, 0x8080], Light),
            ([FULL, FULL, 0], Light),
            ([0xfdfd, 0xf6f6, 0xe3e3], Light),
            ([FULL, FULL, FULL], Light),
        ];
        for (ground, like) in grounds {
            assert_eq!(Background::of(ground), like, "{ground:x?}");
        }
    }

    #[test]
    fn the_last_number_of_the_variable_is_the_background() {
        for (value, background) in [
            ("15;0", Some(Dark)),
            ("0;default;15", Some(Light)),
            ("0;7", Some(Light)),
            ("12;8", Some(Dark)),
            ("15;default", None),
            ("0;16", None),
            ("", None),
        ] {
            assert_eq!(Background::of_colorfgbg(value), background, "{value}");
        }
    }
}
