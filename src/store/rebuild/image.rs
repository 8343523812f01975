//! The pages of a database file as they stand on the disk, those of its WAL laid over them.
//! Must not trust any of them, and must not write.
//!
//! The formats: <https://www.sqlite.org/fileformat2.html>.

use crate::store::place::beside;
use std::collections::{HashMap, HashSet};
use std::io;
use std::path::Path;

/// Bytes of a page where the file does not say it (any more): SQLite's own choice.
const PAGE: usize = 4096;
/// Bytes of the header of the file, in its first page.
pub(super) const HEADER: usize = 100;
const MAGIC: &[u8] = b"SQLite format 3\0";

/// A file, page by page.
pub(super) struct Image {
    bytes: Vec<u8>,
    /// Pages that were written since, by their number.
    newer: HashMap<u32, Vec<u8>>,
    /// Bytes of a page.
    size: usize,
}

impl Image {
    /// Reads a file with its WAL.
    pub fn of(path: &Path) -> io::Result<Self> {
        let bytes = match std::fs::read(path) {
            // Its WAL may be left.
            Err(error) if error.kind() == io::ErrorKind::NotFound => vec![],
            bytes => bytes?,
        };
        let size = page_size(&bytes).unwrap_or(PAGE);
        let newer = match std::fs::read(beside(path, "-wal")) {
            Ok(wal) => committed(&wal, size),
            Err(error) if error.kind() == io::ErrorKind::NotFound => HashMap::new(),
            Err(error) => return Err(error),
        };
        Ok(Self { bytes, newer, size })
    }

    /// How many pages there are; the last one may be cut off, and is not counted then.
    pub fn count(&self) -> u32 {
        let own = u32::try_from(self.bytes.len() / self.size).unwrap_or(u32::MAX);
        self.newer.keys().copied().max().unwrap_or(0).max(own)
    }

    /// Bytes of a page.
    pub const fn size(&self) -> usize {
        self.size
    }

    /// A page, by its number from 1.
    pub fn page(&self, number: u32) -> Option<&[u8]> {
        if let Some(page) = self.newer.get(&number) {
            return Some(page);
        }
        let at = usize::try_from(number.checked_sub(1)?)
            .ok()?
            .checked_mul(self.size)?;
        self.bytes.get(at..at.checked_add(self.size)?)
    }

    /// The pages that hold nothing any more, whatever stands in them; as far as the list of them can be read.
    pub fn free(&self) -> HashSet<u32> {
        let mut free = HashSet::new();
        let Some(first) = self.page(1).filter(|page| page.starts_with(MAGIC)) else {
            return free;
        };
        let mut trunk = number(first, 32).unwrap_or(0);
        while trunk != 0 && free.insert(trunk) {
            let Some(page) = self.page(trunk) else { break };
            let leaves = number(page, 4).unwrap_or(0) as usize;
            let leaves = (0..leaves).map_while(|n| number(page, 8 + 4 * n));
            free.extend(leaves);
            trunk = number(page, 0).unwrap_or(0);
        }
        free
    }
}

/// A whole number of four bytes, the highest first.
pub(super) fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes(bytes.try_into().ok()?))
}

/// What the header says of the size of a page.
fn page_size(bytes: &[u8]) -> Option<usize> {
    let header = bytes
        .get(..HEADER)
        .filter(|header| header.starts_with(MAGIC))?;
    let size = usize::from(header[16]) << 8 | usize::from(header[17]);
    let size = if size == 1 { 0x1_0000 } else { size };
    (size.is_power_of_two() && size >= 512).then_some(size)
}

/// The pages of a WAL whose transactions were completed, the last writing of each.
fn committed(wal: &[u8], size: usize) -> HashMap<u32, Vec<u8>> {
    const WAL_HEADER: usize = 32;
    const FRAME_HEADER: usize = 24;
    let mut committed = HashMap::new();
    let Some(header) = wal.get(..WAL_HEADER) else {
        return committed;
    };
    let Some(magic) = number(header, 0) else {
        return committed;
    };
    // The lowest bit says in which order the bytes of the numbers were that the checksum was made of.
    if magic & !1 != 0x377f_0682 || number(header, 8).map(|n| n as usize) != Some(size) {
        return committed;
    }
    let is_big = magic & 1 == 1;
    let mut sum = checksum((0, 0), &header[..24], is_big);
    if (number(header, 24), number(header, 28)) != (Some(sum.0), Some(sum.1)) {
        return committed;
    }
    let mut open: HashMap<u32, Vec<u8>> = HashMap::new();
    for frame in wal[WAL_HEADER..].chunks_exact(FRAME_HEADER + size) {
        let (head, page) = frame.split_at(FRAME_HEADER);
        if head[8..16] != header[16..24] {
            break;
        }
        sum = checksum(checksum(sum, &head[..8], is_big), page, is_big);
        if (number(head, 16), number(head, 20)) != (Some(sum.0), Some(sum.1)) {
            break;
        }
        open.insert(number(head, 0).unwrap_or(0), page.to_vec());
        if number(head, 4) != Some(0) {
            committed.extend(open.drain());
        }
    }
    committed
}

/// SQLite's checksum of a WAL, continued.
fn checksum((mut one, mut two): (u32, u32), bytes: &[u8], is_big: bool) -> (u32, u32) {
    let word = |bytes: &[u8]| {
        let bytes = [bytes[0], bytes[1], bytes[2], bytes[3]];
        if is_big {
            u32::from_be_bytes(bytes)
        } else {
            u32::from_le_bytes(bytes)
        }
    };
    for pair in bytes.chunks_exact(8) {
        one = one.wrapping_add(word(&pair[..4])).wrapping_add(two);
        two = two.wrapping_add(word(&pair[4..])).wrapping_add(one);
    }
    (one, two)
}
