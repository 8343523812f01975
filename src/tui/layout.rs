//! Where things stand on the screen, from its size alone.
//! Used by `update` to wrap and scroll and by `view` to draw, so that both mean the same rows.

use super::panes::body::HANGING;
use super::state::{Focus, Pane};
use crate::look::Page;
use ratatui::layout::{Rect, Size};

/// The smallest screen the reader draws on.
pub const SMALLEST: Size = Size {
    width: 20,
    height: 6,
};
/// From this width on, contents and body stand side by side.
const MEDIUM: u16 = 80;
/// From this width on, the filter stands beside them.
const WIDE: u16 = 120;
/// Columns of a body with forty hanzi on a line, its margins and its frame.
const BODY: u16 = 87;
/// From more columns than these on, the body has margins.
const MARGINS_FROM: u16 = 30;

/// Columns on either side of an overlay, and twice the rows above and below it, that are worth keeping.
const SLIVER: u16 = 12;
/// From so many rows on, the body has a blank one above it where it stands alone.
const AIRY: u16 = 12;
/// Rows of an overlay at the lower edge that are enough to write in.
const ENOUGH: u16 = 8;

/// How the panes share the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Too small to draw anything.
    Tiny,
    /// The body alone, without a frame.
    Zen,
    /// One pane at a time, without side borders.
    Narrow,
    /// Contents and body side by side, the filter in the place of the body.
    Medium,
    /// All three side by side.
    Wide,
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
    /// The filter pane with its frame, where it is shown.
    pub filter: Option<Rect>,
    /// The last row.
    pub status: Rect,
    /// How the body is set.
    page: Page,
    /// Where contents, body and filter are or would be.
    places: [Rect; 3],
}

impl Regions {
    /// Divides a screen of `size`; where not all panes fit, the one with the focus is shown.
    #[must_use]
    pub fn new(size: Size, focus: Focus, page: Page) -> Self {
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
                filter: None,
                status,
                page,
                places: [status; 3],
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
        let shape = match size.width {
            ..MEDIUM => Shape::Narrow,
            MEDIUM..WIDE => Shape::Medium,
            WIDE.. => Shape::Wide,
        };
        let places @ [contents, body, filter] = places(shape, panes);
        let filtering = matches!(focus, Focus::Filter { .. });
        let [show_contents, show_body, show_filter] = match (shape, focus) {
            (Shape::Tiny | Shape::Zen | Shape::Wide, _) => [true, true, true],
            (Shape::Medium, _) => [true, !filtering, filtering],
            (Shape::Narrow, Focus::On(shown)) => {
                [shown == Pane::Contents, shown == Pane::Body, false]
            }
            (Shape::Narrow, Focus::Filter { .. }) => [false, false, true],
        };
        Self {
            shape,
            screen,
            contents: show_contents.then_some(contents),
            body: show_body.then_some(body),
            filter: show_filter.then_some(filter),
            status,
            page,
            places,
        }
    }

    /// The whole screen for the body, but for a row at its lower edge, where something may have to be said, and where there is
    /// room one at its upper edge.
    #[must_use]
    pub fn zen(size: Size, page: Page) -> Self {
        let all = Self::new(size, Focus::On(Pane::Body), page);
        if all.shape == Shape::Tiny {
            return all;
        }
        let above = u16::from(size.height >= AIRY);
        let panes = all.panes();
        let place = Rect {
            y: panes.y + above,
            height: panes.height - above,
            ..panes
        };
        Self {
            shape: Shape::Zen,
            contents: None,
            body: Some(place),
            filter: None,
            places: [place; 3],
            ..all
        }
    }

    /// The same with the contents in the place of the body too, where both are shown.
    #[must_use]
    pub fn with_wide_contents(self) -> Self {
        let (Some(contents), Some(body)) = (self.contents, self.body) else {
            return self;
        };
        let wide = contents.union(body);
        Self {
            contents: Some(wide),
            body: None,
            places: [wide, self.places[1], self.places[2]],
            ..self
        }
    }

    /// Where rows of the contents stand, as far as the pane is or would be shown.
    #[must_use]
    pub fn contents_rows(&self) -> Rect {
        self.inside(self.places[0])
    }

    /// Where rows of the filter stand, as far as the pane is or would be shown.
    #[must_use]
    pub fn filter_rows(&self) -> Rect {
        self.inside(self.places[2])
    }

    /// Where lines of the body stand, as far as the pane is or would be shown: of the measure at most, in the middle of the
    /// pane.
    #[must_use]
    pub fn body_lines(&self) -> Rect {
        let inside = self.inside(self.places[1]);
        let [left, right] = self.margins();
        let room = inside.width.saturating_sub(left + right);
        // Two columns a hanzi.
        let measure = self
            .page
            .measure
            .map_or(room, |hanzi| hanzi.saturating_mul(2));
        let width = room.min(measure);
        let middle = (inside.width - width) / 2;
        Rect {
            x: inside.x + middle.clamp(left, left + room - width),
            width,
            ..inside
        }
    }

    /// Columns left and right of the body's lines that are not written on, at the least.
    fn margins(&self) -> [u16; 2] {
        let bar = u16::from(matches!(self.shape, Shape::Narrow | Shape::Zen));
        match (self.has_margins(), self.page.hang) {
            (false, _) => [0, 0],
            (true, false) => [1, 1 + bar],
            (true, true) => [1, HANGING + bar],
        }
    }

    fn has_margins(&self) -> bool {
        self.inside(self.places[1]).width > MARGINS_FROM
    }

    /// Whether there is room for marks behind the end of a line.
    #[must_use]
    pub fn hangs(&self) -> bool {
        self.page.hang && self.has_margins()
    }

    /// The column of the body's scroll bar: of its frame, else of its margin.
    #[must_use]
    pub fn body_bar(&self) -> Option<Rect> {
        let area = self.body.filter(|_| self.has_margins())?;
        Some(self.bar(area))
    }

    /// The column of the scroll bar of the contents: of their frame.
    #[must_use]
    pub fn contents_bar(&self) -> Option<Rect> {
        let area = self.contents.filter(|_| self.shape != Shape::Narrow)?;
        Some(self.bar(area))
    }

    fn bar(&self, pane: Rect) -> Rect {
        Rect {
            x: pane.right() - 1,
            width: 1,
            ..self.inside(pane)
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

    /// A box at the lower edge of the panes for an overlay beside which they can be read: at most `width` by half of their
    /// height, but `least` rows, if they have as many; all of it where half is too little. Where it would leave only slivers beside
    /// it, it takes them too.
    #[must_use]
    pub fn sheet(&self, width: u16, height: u16, least: u16) -> Rect {
        let room = self.panes();
        let half = room.height / 2;
        let most = if half < ENOUGH {
            room.height
        } else {
            half.max(least)
        };
        let height = height.min(most).min(room.height);
        Rect {
            y: room.bottom() - height,
            height,
            ..self.overlay(width, room.height)
        }
    }

    /// A box in the lower right corner of the panes, at most as wide and high as they are.
    #[must_use]
    pub fn corner(&self, width: u16, height: u16) -> Rect {
        let room = self.panes();
        let (width, height) = (width.min(room.width), height.min(room.height));
        Rect {
            x: room.right() - width,
            y: room.bottom() - height,
            width,
            height,
        }
    }

    /// All of the screen but the status bar.
    #[must_use]
    pub fn panes(&self) -> Rect {
        Rect {
            height: self.screen.height.saturating_sub(1),
            ..self.screen
        }
    }

    fn inside(&self, pane: Rect) -> Rect {
        if self.shape == Shape::Zen {
            return pane;
        }
        let frame = u16::from(self.shape != Shape::Narrow);
        Rect {
            x: pane.x + frame,
            y: pane.y + 1,
            width: pane.width.saturating_sub(2 * frame),
            height: pane.height.saturating_sub(1 + frame),
        }
    }
}

/// Where contents, body and filter stand. Neighbours share a border column.
fn places(shape: Shape, panes: Rect) -> [Rect; 3] {
    let columns = |x: u16, width: u16| Rect { x, width, ..panes };
    let width = panes.width;
    match shape {
        Shape::Tiny | Shape::Zen | Shape::Narrow => [panes; 3],
        Shape::Medium => {
            // Two fifths list headlines of about 25 hanzi without cutting most of them at 120 columns.
            let contents = (width * 2 / 5).min(64);
            let right = columns(contents - 1, width - contents + 1);
            [columns(0, contents), right, right]
        }
        Shape::Wide => {
            // A title of six hanzi with its switch and count; more where there is plenty.
            let filter = (width / 5).clamp(26, 36);
            let contents = u32::from(width - filter) * 9 / 20;
            // Beyond this, what the body has no use for goes to the columns of the contents.
            let most = (width - filter).saturating_sub(BODY).clamp(64, 73);
            let contents = u16::try_from(contents).unwrap_or(u16::MAX).min(most);
            let body = columns(contents - 1, width - filter - contents + 2);
            [columns(0, contents), body, columns(width - filter, filter)]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOCUSES: [Focus; 4] = [
        Focus::On(Pane::Contents),
        Focus::On(Pane::Body),
        Focus::Filter {
            from: Pane::Contents,
        },
        Focus::Filter { from: Pane::Body },
    ];

    #[test]
    fn every_size_divides_without_leaving_the_screen() {
        for width in 0..220 {
            for height in 0..70 {
                for focus in FOCUSES {
                    let regions = Regions::new(Size { width, height }, focus, Page::default());
                    let parts = [
                        regions.contents,
                        regions.body,
                        regions.filter,
                        Some(regions.status),
                    ];
                    let boxes = [
                        regions.overlay(90, 30),
                        regions.sheet(84, 12, 5),
                        regions.corner(30, 9),
                    ];
                    for part in parts.into_iter().flatten().chain(boxes) {
                        assert_eq!(
                            part.intersection(regions.screen),
                            part,
                            "{width}x{height} {part:?}"
                        );
                    }
                    if regions.shape != Shape::Tiny {
                        assert!(regions.contents_rows().height >= 3, "{width}x{height}");
                        assert!(regions.filter_rows().width >= 20, "{width}x{height}");
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
    fn the_body_alone_leaves_the_last_row_free_and_stands_in_the_middle() {
        for (width, height) in [(20, 6), (40, 12), (80, 24), (200, 60)] {
            let regions = Regions::zen(Size { width, height }, Page::default());
            let lines = regions.body_lines();
            assert_eq!(lines.bottom(), height - 1, "{width}x{height}");
            assert_eq!(lines.y, u16::from(height >= AIRY));
            assert_eq!((regions.contents, regions.filter), (None, None));
            let right = width - lines.right();
            assert!(right.abs_diff(lines.x) <= HANGING + 1, "{width}x{height}");
        }
        let tiny = Size {
            width: 19,
            height: 6,
        };
        assert_eq!(Regions::zen(tiny, Page::default()).shape, Shape::Tiny);
    }

    #[test]
    fn panes_share_their_borders() {
        let at = |width, focus| Regions::new(Size { width, height: 24 }, focus, Page::default());
        let [contents, body, filter, _] = FOCUSES;
        let medium = at(80, contents);
        let (left, right) = (medium.contents.unwrap(), medium.body.unwrap());
        assert_eq!(left.right() - 1, right.left());
        assert_eq!((right.right(), medium.filter), (80, None));
        let filtering = at(80, filter);
        assert_eq!((filtering.body, filtering.filter), (None, Some(right)));
        let wide = at(120, body);
        let (left, middle) = (wide.contents.unwrap(), wide.body.unwrap());
        let right = wide.filter.unwrap();
        assert_eq!(left.right() - 1, middle.left());
        assert_eq!(middle.right() - 1, right.left());
        assert_eq!(right.right(), 120);
        let narrow = at(79, body);
        assert_eq!((narrow.contents, narrow.filter), (None, None));
        assert!(at(79, filter).filter.is_some() && at(79, filter).body.is_none());
    }
}
