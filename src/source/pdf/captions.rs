//! Lines that belong to the picture above them.
//! Must not take a line of the text for one: a caption says that it is one, or is set smaller in the middle below its picture.

use super::lines::Line;
use super::sheet::Area;

/// What a caption begins with.
const WORDS: [&str; 10] = [
    "图：", "图:", "图为", "图片", "图/", "图｜", "（图", "(图", "▲图", "△图",
];

/// How far below its picture a caption stands at most, in ems.
const BELOW: f32 = 2.0;

/// How much smaller than the text type is that can be nothing but a caption, in points.
const SMALLER: f32 = 0.6;

/// Whether a text says that it is a caption.
pub(super) fn says(text: &str) -> bool {
    let text = text.trim_start();
    WORDS.iter().any(|word| text.starts_with(word))
}

/// Whether a line is the caption of a picture, and of which of `images`. `before` is the caption right above it, if one is, and `body`
/// the size of the text.
pub(super) fn of(
    line: &Line,
    before: Option<(&Line, usize)>,
    images: &[Area],
    body: f32,
) -> Option<usize> {
    let is_smaller = line.size < body - SMALLER;
    if let Some((above, image)) = before
        && is_smaller
        && (line.size - above.size).abs() < 0.3
        && line.y - above.y <= BELOW * line.size
    {
        return Some(image);
    }
    let says = says(&line.text);
    images.iter().position(|area| {
        let gap = line.y - 0.9 * line.size - area.bottom;
        let is_below = (-0.3 * line.size..=BELOW * line.size).contains(&gap);
        let is_within = line.left >= area.left - line.size && line.right <= area.right + line.size;
        let (middle, _) = area.middle();
        let is_centred = (f32::midpoint(line.left, line.right) - middle).abs() < 0.5 * line.size;
        is_below && is_within && (says || (is_smaller && is_centred))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHOTO: Area = Area {
        left: 100.0,
        top: 100.0,
        right: 300.0,
        bottom: 200.0,
    };

    fn line(text: &str, left: f32, y: f32, size: f32) -> Line {
        Line {
            text: text.to_owned(),
            left,
            right: left + 60.0,
            y,
            size,
            ..Line::default()
        }
    }

    fn is_caption(line: &Line) -> bool {
        of(line, None, &[PHOTO], 10.5) == Some(0)
    }

    #[test]
    fn a_caption_says_so_or_is_set_as_one() {
        assert!(is_caption(&line("图：项目现场", 100.0, 215.0, 10.5)));
        assert!(is_caption(&line("项目现场", 170.0, 212.0, 9.0)));
        assert!(
            !is_caption(&line("项目现场", 170.0, 215.0, 10.5)),
            "as large as the text"
        );
        assert!(
            !is_caption(&line("项目现场", 100.0, 212.0, 9.0)),
            "not in the middle"
        );
        assert!(
            !is_caption(&line("图：项目现场", 100.0, 260.0, 10.5)),
            "far below"
        );
        assert!(
            !is_caption(&line("图：项目现场", 400.0, 215.0, 10.5)),
            "beside"
        );
    }

    #[test]
    fn a_small_caption_goes_on_in_the_next_line() {
        let first = line("项目现场", 170.0, 212.0, 9.0);
        let next = line("摄影", 140.0, 223.0, 9.0);
        assert_eq!(of(&next, Some((&first, 0)), &[PHOTO], 10.5), Some(0));
        let text = line("正文", 100.0, 225.0, 10.5);
        assert_eq!(of(&text, Some((&first, 0)), &[PHOTO], 10.5), None);
    }
}
