//! Prints a weekly of text as PDF, as a publisher would: cover, contents, items, running header and footer, photos.
#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]
#![allow(dead_code, reason = "each test file uses its own part of it")]

use pdf_writer::types::{CidFontType, SystemInfo};
use pdf_writer::{Content, Filter, Finish as _, Name, Pdf, Rect, Ref, Str};

/// How it is printed.
#[derive(Debug, Clone, Copy)]
pub struct Paper {
    /// Columns of the body, 1 or 2.
    pub columns: u8,
    /// Whether the fonts say which characters they draw.
    pub tells_characters: bool,
    /// Whether a photo stands below each headline of the first section.
    pub has_photos: bool,
}

impl Default for Paper {
    fn default() -> Self {
        Self {
            columns: 1,
            tells_characters: true,
            has_photos: true,
        }
    }
}

const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 842.0;
const MARGIN: f32 = 60.0;
const GUTTER: f32 = 24.0;
const BODY: f32 = 10.5;
const HEADLINE: f32 = 14.0;
const PITCH: f32 = 1.6;
const PHOTO: (f32, f32) = (180.0, 90.0);

/// The bytes of the `n`-th photo, from 1: nobody decodes a JPEG.
pub fn photo(n: usize) -> Vec<u8> {
    // The start of a picture, a frame of 640 by 320 in three colours, and no more.
    let frame =
        b"\xff\xd8\xff\xc0\x00\x11\x08\x01\x40\x02\x80\x03\x01\x11\x00\x02\x11\x01\x03\x11\x01";
    [frame.as_slice(), format!("photo {n}").as_bytes()].concat()
}

/// Something on a page.
enum Mark {
    Text(f32, f32, f32, String),
    /// The `n`-th photo with its lower left corner.
    Photo(usize, f32, f32),
}

/// Pages as they are filled.
struct Press {
    paper: Paper,
    pages: Vec<Vec<Mark>>,
    /// Column, and height of the next line from above.
    at: (u8, f32),
    photos: usize,
}

impl Press {
    fn turn(&mut self) {
        self.pages.push(vec![]);
        self.at = (0, MARGIN);
    }

    fn columns(&self, is_body: bool) -> u8 {
        if is_body { self.paper.columns } else { 1 }
    }

    fn width(&self, is_body: bool) -> f32 {
        let columns = f32::from(self.columns(is_body));
        (WIDTH - 2.0 * MARGIN - GUTTER * (columns - 1.0)) / columns
    }

    fn left(&self, is_body: bool) -> f32 {
        MARGIN + f32::from(self.at.0) * (self.width(is_body) + GUTTER)
    }

    /// Makes room for so much, in the next column or on the next page where there is none.
    fn room(&mut self, height: f32, is_body: bool) {
        if self.at.1 + height <= HEIGHT - MARGIN {
            return;
        }
        if self.at.0 + 1 < self.columns(is_body) {
            self.at = (self.at.0 + 1, MARGIN);
        } else {
            self.turn();
        }
    }

    /// A paragraph: wrapped to the column, its first line indented.
    fn paragraph(&mut self, text: &str, size: f32, indent: f32, is_body: bool) {
        let (mut line, mut used, mut first) = (String::new(), indent, true);
        let width = self.width(is_body);
        let mut lines = vec![];
        for c in text.chars() {
            let advance = if c.is_ascii() { size / 2.0 } else { size };
            if used + advance > width {
                lines.push((std::mem::take(&mut line), first));
                (used, first) = (0.0, false);
            }
            line.push(c);
            used += advance;
        }
        lines.push((line, first));
        for (line, first) in lines {
            self.room(PITCH * size, is_body);
            self.at.1 += PITCH * size;
            let left = self.left(is_body) + if first { indent } else { 0.0 };
            let mark = Mark::Text(left, self.at.1, size, line);
            self.pages.last_mut().unwrap().push(mark);
        }
        self.at.1 += 0.4 * size;
    }

    fn photo(&mut self) {
        let (_, height) = PHOTO;
        self.room(height + 10.0, true);
        self.at.1 += height + 6.0;
        self.photos += 1;
        let mark = Mark::Photo(self.photos, self.left(true), self.at.1);
        self.pages.last_mut().unwrap().push(mark);
        self.at.1 += 4.0;
    }
}

/// Prints the text of a weekly, one as the fixtures are.
pub fn print(text: &str, paper: Paper) -> Vec<u8> {
    let mut press = Press {
        paper,
        pages: vec![],
        at: (0, MARGIN),
        photos: 0,
    };
    press.turn();
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let contents = lines.iter().position(|line| *line == "目录");
    let is_section = |line: &str| line.starts_with("一、");
    let body = lines.iter().rposition(|line| is_section(line)).unwrap_or(0);
    let mut section = 0;
    let mut opened = false;
    for (n, line) in lines.iter().enumerate() {
        if n < body {
            if Some(n) == contents {
                press.turn();
                press.paragraph(line, 16.0, 190.0, false);
                continue;
            }
            let is_listed = contents.is_some_and(|contents| n > contents);
            match line.rsplit_once(['\t', ' ']).filter(|_| is_listed) {
                Some((entry, page)) => listed(&mut press, entry.trim_end_matches('.'), page),
                None => press.paragraph(line, BODY, 0.0, false),
            }
            continue;
        }
        if n == body {
            press.turn();
        }
        if line.starts_with(['一', '二', '三']) && line.chars().nth(1) == Some('、') {
            section += 1;
            press.paragraph(line, 18.0, 0.0, true);
        } else if line.starts_with('●') {
            press.paragraph(line, HEADLINE, 0.0, true);
            opened = true;
        } else {
            if opened && section == 1 && paper.has_photos && line.starts_with('■') {
                press.photo();
            }
            opened &= !line.starts_with('■');
            press.paragraph(line, BODY, 2.0 * BODY, true);
        }
    }
    write(&press)
}

/// A line of the contents: dots lead to the page at the right edge.
fn listed(press: &mut Press, entry: &str, page: &str) {
    let entry = entry.trim();
    let width = |text: &str| {
        text.chars()
            .map(|c| if c.is_ascii() { 0.5 } else { 1.0 })
            .sum::<f32>()
            * BODY
    };
    // What is left of its last line.
    let left = press.width(false) - (width(entry) + width(page)) % press.width(false);
    let dots: String = std::iter::successors(Some(BODY / 2.0), |used| Some(used + BODY / 2.0))
        .take_while(|used| *used <= left)
        .map(|_| '.')
        .collect();
    press.paragraph(&format!("{entry}{dots}{page}"), BODY, 0.0, false);
}

/// The file of the pages.
fn write(press: &Press) -> Vec<u8> {
    let mut next = 1;
    let mut free = || {
        next += 1;
        Ref::new(next - 1)
    };
    let (catalog, tree, font, descendant) = (free(), free(), free(), free());
    let photos: Vec<Ref> = (0..press.photos).map(|_| free()).collect();
    let pages: Vec<(Ref, Ref)> = press.pages.iter().map(|_| (free(), free())).collect();
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(tree);
    let count = i32::try_from(pages.len()).unwrap();
    pdf.pages(tree)
        .kids(pages.iter().map(|(page, _)| *page))
        .count(count);
    let names: Vec<String> = (1..=photos.len()).map(|n| format!("P{n}")).collect();
    for (nth, ((id, content), marks)) in pages.iter().zip(&press.pages).enumerate() {
        let mut page = pdf.page(*id);
        page.media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT))
            .parent(tree)
            .contents(*content);
        let mut resources = page.resources();
        resources.fonts().pair(Name(b"F"), font);
        let mut objects = resources.x_objects();
        for (name, photo) in names.iter().zip(&photos) {
            objects.pair(Name(name.as_bytes()), *photo);
        }
        objects.finish();
        resources.finish();
        page.finish();
        let mut drawn = Content::new();
        if nth > 1 {
            text(&mut drawn, MARGIN, 40.0, 9.0, "园区周报");
            text(
                &mut drawn,
                WIDTH / 2.0,
                HEIGHT - 30.0,
                9.0,
                &format!("{}", nth - 1),
            );
        }
        for mark in marks {
            match mark {
                Mark::Text(x, y, size, line) => text(&mut drawn, *x, *y, *size, line),
                Mark::Photo(n, x, y) => {
                    drawn.save_state();
                    drawn.transform([PHOTO.0, 0.0, 0.0, PHOTO.1, *x, HEIGHT - y]);
                    drawn.x_object(Name(names[n - 1].as_bytes()));
                    drawn.restore_state();
                }
            }
        }
        pdf.stream(*content, &drawn.finish());
    }
    for (n, id) in photos.iter().enumerate() {
        let bytes = photo(n + 1);
        let mut image = pdf.image_xobject(*id, &bytes);
        image.filter(Filter::DctDecode);
        image.width(640).height(320).bits_per_component(8);
        image.color_space().device_rgb();
    }
    let (encoding, ordering): (&[u8], &[u8]) = if press.paper.tells_characters {
        (b"UniGB-UCS2-H", b"GB1")
    } else {
        (b"Identity-H", b"Identity")
    };
    pdf.type0_font(font)
        .base_font(Name(b"STSong-Light"))
        .encoding_predefined(Name(encoding))
        .descendant_font(descendant);
    let mut cid = pdf.cid_font(descendant);
    cid.subtype(CidFontType::Type0)
        .base_font(Name(b"STSong-Light"))
        .default_width(1000.0);
    cid.system_info(SystemInfo {
        registry: Str(b"Adobe"),
        ordering: Str(ordering),
        supplement: 0,
    });
    // ASCII is half as wide.
    cid.widths().same(1, 95, 500.0);
    cid.finish();
    pdf.finish()
}

/// A line of text, `y` from above.
fn text(content: &mut Content, x: f32, y: f32, size: f32, line: &str) {
    let codes: Vec<u8> = line.encode_utf16().flat_map(u16::to_be_bytes).collect();
    content.begin_text();
    content.set_font(Name(b"F"), size);
    content.set_text_matrix([1.0, 0.0, 0.0, 1.0, x, HEIGHT - y]);
    content.show(Str(&codes));
    content.end_text();
}

/// A file without pages.
pub fn without_pages() -> Vec<u8> {
    let mut pdf = Pdf::new();
    pdf.catalog(Ref::new(1)).pages(Ref::new(2));
    pdf.pages(Ref::new(2)).kids([]).count(0);
    pdf.finish()
}
