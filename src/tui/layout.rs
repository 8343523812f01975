//! Where things stand on the screen, from its size alone.
//! Used by `update` to wrap and scroll and by `view` to draw, so that both mean the same rows.

use super::state::Pane;
use ratatui::layout::{Rect, Size};

/// The smallest screen the reader draws on.
pub const SMALLEST: Size = Size {
    width: 20,
    height: 6,
};
/// From this width on, contents and body stand side by side.
const MEDIUM: u16 = 80;
/// Columns of a body line at most: 40 hanzi, about what the eye follows back without losing the line.
const MEASURE: u16 = 80;

/// Columns on either side of an overlay, and twice the rows above and below it, that are worth keeping.
const SLIVER: u16 = 12;

/// How the panes share the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Too small to draw anything.
    Tiny,
    /// One pane at a time, without side borders.
    Narrow,
    /// Contents and body side by side.
    Medium,
}

/// The screen, divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Regions {
    /// How the panes share the screen.
    pub shape: Shape,
    /// All of it.
    pub screen: Rect,
    /// The contents pane with its frame, where it is shown.
    pub contents: Option<Rect>,
    /// The body pane with its frame, where it is shown.
    pub body: Option<Rect>,
    /// The last row.
    pub status: Rect,
}

impl Regions {
    /// Divides a screen of `size`; where only one pane fits, `focus` has it.
    #[must_use]
    pub fn new(size: Size, focus: Pane) -> Self {
        let screen = Rect::new(0, 0, size.width, size.height);
        if size.width < SMALLEST.width || size.height < SMALLEST.height {
            let status = Rect {
                height: 0,
                ..screen
            };
            return Self {
                shape: Shape::Tiny,
                screen,
                contents: None,
                body: None,
                status,
            };
        }
        let status = Rect {
            y: size.height - 1,
            height: 1,
            ..screen
        };
        let panes = Rect {
            height: size.height - 1,
            ..screen
        };
        if size.width < MEDIUM {
            let (contents, body) = match focus {
                Pane::Contents => (Some(panes), None),
                Pane::Body => (None, Some(panes)),
            };
            return Self {
                shape: Shape::Narrow,
                screen,
                contents,
                body,
                status,
            };
        }
        // Two fifths list headlines of about 25 hanzi without cutting most of them at 120 columns.
        let contents = (size.width * 2 / 5).min(64);
        // The panes share a border column.
        let left = Rect {
            width: contents,
            ..panes
        };
        let right = Rect {
            x: contents - 1,
            width: size.width - contents + 1,
            ..panes
        };
        Self {
            shape: Shape::Medium,
            screen,
            contents: Some(left),
            body: Some(right),
            status,
        }
    }

    /// Where rows of the contents stand, as far as the pane is or would be shown.
    #[must_use]
    pub fn contents_rows(&self) -> Rect {
        self.inside(self.contents.unwrap_or(self.panes()))
    }

    /// Where lines of the body stand, as far as the pane is or would be shown: at most 80 columns, in the
    /// middle of the pane.
    #[must_use]
    pub fn body_lines(&self) -> Rect {
        let inside = self.inside(self.body.unwrap_or(self.panes()));
        let margin = u16::from(inside.width > 30);
        let width = inside.width.saturating_sub(2 * margin).min(MEASURE);
        Rect {
            x: inside.x + (inside.width - width) / 2,
            width,
            ..inside
        }
    }

    /// A box in the middle of the panes for an overlay, at most `width` by `height` with its frame. Where it would leave
    /// only slivers of the panes beside it, it takes them too.
    #[must_use]
    pub fn overlay(&self, width: u16, height: u16) -> Rect {
        let room = self.panes();
        let width = if room.width < width + 2 * SLIVER {
            room.width
        } else {
            width
        };
        let height = if room.height < height + SLIVER {
            room.height
        } else {
            height
        };
        Rect {
            x: room.x + (room.width - width) / 2,
            y: room.y + (room.height - height) / 2,
            width,
            height,
        }
    }

    fn panes(&self) -> Rect {
        Rect {
            height: self.screen.height.saturating_sub(1),
            ..self.screen
        }
    }

    fn inside(&self, pane: Rect) -> Rect {
        let side = u16::from(self.shape == Shape::Medium);
        let bottom = u16::from(self.shape == Shape::Medium);
        Rect {
            x: pane.x + side,
            y: pane.y + 1,
            width: pane.width.saturating_sub(2 * side),
            height: pane.height.saturating_sub(1 + bottom),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_divides_without_leaving_the_screen() {
        for width in 0..220 {
            for height in 0..70 {
                for focus in [Pane::Contents, Pane::Body] {
                    let regions = Regions::new(Size { width, height }, focus);
                    let parts = [regions.contents, regions.body, Some(regions.status)];
                    for part in parts.into_iter().flatten().chain([regions.overlay(90, 30)]) {
                        assert_eq!(
                            part.intersection(regions.screen),
                            part,
                            "{width}x{height} {part:?}"
                        );
                    }
                    if regions.shape != Shape::Tiny {
                        assert!(regions.contents_rows().height >= 3, "{width}x{height}");
                        assert!(
                            regions.body_lines().width >= 20.min(width),
                            "{width}x{height}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn two_panes_share_their_border_from_eighty_columns_on() {
        let regions = Regions::new(
            Size {
                width: 80,
                height: 24,
            },
            Pane::Contents,
        );
        let (contents, body) = (regions.contents.unwrap(), regions.body.unwrap());
        assert_eq!(contents.right() - 1, body.left());
        assert_eq!(body.right(), 80);
        assert_eq!(
            Regions::new(
                Size {
                    width: 79,
                    height: 24
                },
                Pane::Body
            )
            .contents,
            None
        );
    }
}
