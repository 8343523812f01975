//! PDF: from the drawing instructions of its pages to pages of lines and photos.
//! Must not know what an issue looks like beyond its marks, nor be run where a hostile document could do harm: the program reads a PDF
//! in a process of its own (`aside`).
//!
//! The rules, each in a room of its own, in the order in which they apply:
//! 1. *Collect.* hayro interprets a page; characters, small shapes and pictures are written down with their places. Slanted text is
//!    a watermark and goes; a page that is drawn sideways is turned. What a glyph stands for: `unicode`; bullets of symbol fonts:
//!    `symbols`; photos cut into strips: `strips`; the bytes of a picture: `photo`.
//!    The doubles that fonts name for a character are folded: `fold`.
//! 2. *Bullets* that are drawn and not written become characters.
//! 3. *Runs.* Characters of one baseline, sorted by x, each once, parted at wide gaps; the order of drawing says nothing.
//! 4. *Margins.* What repeats at one height of several pages, outside of all other text, is header, footer or page number.
//! 5. *Columns.* A page is parted at the empty band that most pages of the issue have in common (`gutters`), between the lines that
//!    stand across it (`bands`); these and photos across it part what is above them from what is below (`across`, `columns`).
//! 6. *Lines*, from left to right, with the room each could have taken; those below a picture may be its caption.
//! 7. *Paragraphs* begin at a mark, another size or style, an indent, a wider gap, and behind a line that had room for what follows.
//! 8. *Flow.* Paragraphs go on over columns and pages; a photo stands behind the last line above its middle.
//! 9. *Verdict.* Documents that give no text are refused with the reason.

mod across;
mod aside;
mod bands;
mod beyond;
mod bullets;
mod captions;
mod child;
mod codes;
mod collect;
mod columns;
mod fault;
mod flow;
mod fold;
mod gutters;
mod leaders;
mod lines;
mod margins;
mod paragraphs;
mod photo;
mod photos;
mod runs;
mod sheet;
mod stamps;
mod strips;
mod symbols;
mod turns;
mod unicode;
mod verdict;
mod wire;

pub use aside::{ASIDE, Means};
pub(super) use aside::{Told, read};
pub use child::run as read_aside;
pub use fault::Fault;

use crate::issue::Page;
use collect::Collector;
use flow::Text;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use photo::Photo;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use verdict::{Condition, Unread};

/// Most pages of a document; an issue has 15 to 30.
pub(super) const MAX_PAGES: usize = 2_000;

/// A document, read.
#[derive(Debug)]
struct Extract {
    pages: Vec<Page>,
    /// The photos on them, each once.
    photos: Vec<Photo>,
    condition: Condition,
}

/// Reads a document, in this process. `progress` is told after how many pages of how many.
fn extract(
    bytes: Vec<u8>,
    password: Option<&str>,
    wants_photos: bool,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Extract, Fault> {
    let damage = verdict::damage(&bytes);
    let pdf = load(bytes, password)?;
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err(Fault::NoPages);
    }
    if verdict::is_portfolio(&pdf) {
        return Err(Fault::Portfolio);
    }
    if pages.len() > MAX_PAGES {
        return Err(Fault::TooManyPages);
    }
    let mut collector = Collector::new(&pdf, wants_photos);
    let mut sheets = Vec::with_capacity(pages.len());
    let mut lost = vec![];
    for (nth, page) in pages.iter().enumerate() {
        let sheet = catch_unwind(AssertUnwindSafe(|| collector.sheet(page)));
        let is_read = sheet
            .as_ref()
            .is_ok_and(|sheet| verdict::is_read(page, sheet));
        sheets.push(sheet.unwrap_or_else(|_| {
            // What was half done may not be trusted.
            collector = collector.anew();
            sheet::Sheet::default()
        }));
        if !is_read {
            lost.push(nth);
        }
        if collector.is_too_much() {
            return Err(Fault::TooMuchText);
        }
        progress(nth + 1, pages.len());
    }
    let count = verdict::count(&sheets);
    // What a transfer has done to it is more to the point than what it did to its fonts.
    count.judge().map_err(|fault| match damage {
        Some(_) => Fault::Damaged,
        None => fault,
    })?;
    let stamps = stamps::drop(&mut sheets);
    bullets::add(&mut sheets);
    let photos = photos::photos(&sheets);
    let runs = sheets.iter().map(|sheet| (sheet.height, runs::runs(sheet)));
    let mut inner = margins::inner(runs.collect());
    for (inner, stamps) in inner.iter_mut().zip(stamps) {
        inner.running.extend(stamps);
    }
    let mut kept: HashMap<String, Photo> = HashMap::new();
    for placed in photos.iter().flatten() {
        let photo = &placed.photo;
        kept.entry(photo.picture.sha256.clone())
            .or_insert_with(|| photo.clone());
    }
    let texts = sheets
        .iter()
        .zip(inner)
        .zip(photos)
        .map(|((sheet, inner), photos)| Text {
            width: sheet.width,
            inner,
            images: sheet.images.iter().map(|image| image.area).collect(),
            photos,
        });
    let mut photos: Vec<Photo> = kept.into_values().collect();
    photos.sort_by(|a, b| a.picture.sha256.cmp(&b.picture.sha256));
    Ok(Extract {
        pages: flow::pages(texts.collect()),
        photos,
        condition: Condition {
            damage,
            pages: Unread::of(&lost),
            photos: Unread::of(&photos::unread(&sheets)),
        },
    })
}

fn load(bytes: Vec<u8>, password: Option<&str>) -> Result<Pdf, Fault> {
    match Pdf::new_with_password(bytes, password.unwrap_or_default()) {
        Ok(pdf) => Ok(pdf),
        Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)) => {
            Err(password.map_or(Fault::PasswordNeeded, |_| Fault::PasswordWrong))
        }
        Err(LoadPdfError::Decryption(_)) => Err(Fault::Encryption),
        Err(LoadPdfError::Invalid) => Err(Fault::Damaged),
    }
}
