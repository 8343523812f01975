//! Which pictures of a document are photos: not the ornaments that recur, backgrounds and banners.
//! Must not decide which item a photo belongs to.

use super::photo::Photo;
use super::sheet::{Area, Content, Image, Sheet};
use std::collections::HashMap;
use std::hash::Hash;

/// Pages from which on a picture is an ornament. A photo may illustrate two items.
const ORNAMENT: usize = 3;

/// Share of both sides of the page that a background covers.
const BACKGROUND: f32 = 0.85;

/// How much longer than high, or higher than long, a banner or rule is.
const BANNER: f32 = 6.0;

/// A photo and its place on the page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    pub(super) area: Area,
    pub(super) photo: Photo,
}

/// The photos of each page, from top to bottom and from left to right.
pub(super) fn photos(sheets: &[Sheet]) -> Vec<Vec<Placed>> {
    let pages = pages(sheets, |image| {
        Some(image.content.photo()?.picture.sha256.as_str())
    });
    let recurs = |photo: &Photo| is_ornament(&pages[photo.picture.sha256.as_str()]);
    let of_sheet = |sheet: &Sheet| {
        let photos = sheet
            .images
            .iter()
            .filter_map(|image| Some((image.area, image.content.photo()?)));
        let photos = photos.filter(|(area, photo)| is_photo(area, sheet) && !recurs(photo));
        let placed = photos.map(|(area, photo)| Placed {
            area,
            photo: photo.clone(),
        });
        in_order(placed.collect())
    };
    sheets.iter().map(of_sheet).collect()
}

/// The pages of the photos that could not be read, from 0: those on which each is first, in order.
pub(super) fn unread(sheets: &[Sheet]) -> Vec<usize> {
    let pages = pages(sheets, |image| match image.content {
        Content::Unread(object) if object > 0 => Some(object),
        _ => None,
    });
    let mut unread = vec![];
    for (nth, sheet) in sheets.iter().enumerate() {
        for image in sheet
            .images
            .iter()
            .filter(|image| is_photo(&image.area, sheet))
        {
            let is_one = match image.content {
                // What is drawn in line is never the same.
                Content::Unread(0) => true,
                Content::Unread(object) => {
                    let on = &pages[&object];
                    on[0] == nth && !is_ornament(on)
                }
                Content::Photo(_) | Content::Nothing => false,
            };
            if is_one {
                unread.push(nth);
            }
        }
    }
    unread
}

/// The pages of what has this key, each once.
fn pages<'s, K: Eq + Hash>(
    sheets: &'s [Sheet],
    key: impl Fn(&'s Image) -> Option<K>,
) -> HashMap<K, Vec<usize>> {
    let mut pages: HashMap<K, Vec<usize>> = HashMap::new();
    for (nth, sheet) in sheets.iter().enumerate() {
        for key in sheet.images.iter().filter_map(&key) {
            let on = pages.entry(key).or_default();
            if on.last() != Some(&nth) {
                on.push(nth);
            }
        }
    }
    pages
}

fn is_ornament(pages: &[usize]) -> bool {
    pages.len() >= ORNAMENT
}

fn is_photo(area: &Area, sheet: &Sheet) -> bool {
    let (width, height) = (area.width(), area.height());
    let is_background = width >= BACKGROUND * sheet.width && height >= BACKGROUND * sheet.height;
    let is_banner = width > BANNER * height || height > BANNER * width;
    !is_background && !is_banner
}

/// From top to bottom, and those beside each other from left to right. What is drawn again in its place is there once.
fn in_order(mut placed: Vec<Placed>) -> Vec<Placed> {
    placed.sort_by(|a, b| a.area.top.total_cmp(&b.area.top));
    let mut rows: Vec<Vec<Placed>> = vec![];
    for photo in placed {
        let open = rows.last_mut().filter(|row| {
            let first = row[0].area;
            let shared = first.bottom.min(photo.area.bottom) - photo.area.top;
            shared > 0.5 * first.height().min(photo.area.height())
        });
        match open {
            Some(row) => row.push(photo),
            None => rows.push(vec![photo]),
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.area.left.total_cmp(&b.area.left));
        row.dedup();
    }
    rows.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::pdf::photo::{Kind, Pixels, encoded};

    /// A picture of one pixel, another for each `shade`, at a place.
    fn image(shade: u8, left: f32, top: f32, width: f32, height: f32) -> Image {
        let pixels = Pixels {
            width: 1,
            height: 1,
            kind: Kind::Grey,
            data: vec![shade],
        };
        Image {
            area: Area {
                left,
                top,
                right: left + width,
                bottom: top + height,
            },
            content: encoded(&pixels).map_or(Content::Nothing, Content::Photo),
        }
    }

    fn sheet(images: Vec<Image>) -> Sheet {
        Sheet {
            width: 600.0,
            height: 800.0,
            images,
            ..Sheet::default()
        }
    }

    #[test]
    fn photos_are_read_like_text() {
        let right = image(1, 300.0, 101.0, 200.0, 100.0);
        let left = image(2, 50.0, 105.0, 200.0, 100.0);
        let above = image(3, 50.0, 20.0, 200.0, 60.0);
        let again = left.clone();
        let pages = photos(&[sheet(vec![
            right.clone(),
            left.clone(),
            again,
            above.clone(),
        ])]);
        let found: Vec<&Photo> = pages[0].iter().map(|placed| &placed.photo).collect();
        let expected = [above, left, right].map(|image| image.content.photo().unwrap().clone());
        assert_eq!(found, expected.iter().collect::<Vec<_>>());
    }

    #[test]
    fn ornaments_backgrounds_and_banners_are_none() {
        let logo = || image(1, 50.0, 20.0, 60.0, 50.0);
        let page = |shade: u8| {
            let photo = image(shade, 50.0, 100.0, 200.0, 100.0);
            let background = image(shade + 100, 0.0, 0.0, 600.0, 790.0);
            let rule = image(shade + 200, 50.0, 300.0, 400.0, 50.0);
            sheet(vec![logo(), background, photo, rule])
        };
        let pages = photos(&[page(2), page(3), page(4)]);
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 1]);
        assert_eq!(
            photos(&[page(2), page(3)])[0].len(),
            2,
            "on two pages it may be a photo"
        );
    }

    #[test]
    fn photos_that_cannot_be_read_count_once_each() {
        let unread = |object: u32, width: f32| Image {
            content: Content::Unread(object),
            ..image(0, 50.0, 100.0, width, 100.0)
        };
        let sheets = [
            sheet(vec![unread(7, 200.0)]),
            sheet(vec![unread(8, 200.0), unread(9, 200.0), unread(5, 700.0)]),
            sheet(vec![unread(7, 200.0), unread(9, 200.0), unread(0, 200.0)]),
            sheet(vec![unread(9, 200.0), image(1, 0.0, 0.0, 60.0, 60.0)]),
        ];
        // 9 is an ornament and 5 a banner.
        assert_eq!(super::unread(&sheets), [0, 1, 2]);
    }
}
