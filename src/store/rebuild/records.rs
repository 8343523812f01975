//! The rows of tables in the pages of a file, whatever leads to them or not.
//! Must not take a number in a damaged page for what it says: every length is held against what is there.

use super::image::{HEADER, Image, number};

/// What a column holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Null,
    Integer(i64),
    Real,
    Text(String),
    Blob(Vec<u8>),
    /// What stands in a page that is gone, or is no text where one should be.
    Lost,
}

/// Type of a page that holds rows of a table.
const LEAF: u8 = 0x0d;
/// Columns of a row at the most; no table of ours has as many.
const COLUMNS: usize = 64;

/// Hands on every row that a page holds, with its id.
pub(super) fn each(image: &Image, mut visit: impl FnMut(i64, Vec<Value>)) {
    let free = image.free();
    for n in (1..=image.count()).filter(|n| !free.contains(n)) {
        let Some(page) = image.page(n) else { continue };
        let head = if n == 1 { HEADER } else { 0 };
        if page.get(head) != Some(&LEAF) {
            continue;
        }
        let cells = short(page, head + 3).unwrap_or(0);
        for cell in 0..cells {
            let row = short(page, head + 8 + 2 * cell)
                .and_then(|at| page.get(at..))
                .and_then(|cell| row(image, cell));
            if let Some((id, values)) = row {
                visit(id, values);
            }
        }
    }
}

/// A whole number of two bytes.
fn short(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(usize::from(bytes[0]) << 8 | usize::from(bytes[1]))
}

/// A number of one to nine bytes, and how many they are.
fn varint(bytes: &[u8]) -> Option<(u64, usize)> {
    let mut value = 0;
    for (n, byte) in bytes.iter().take(9).enumerate() {
        if n == 8 {
            return Some((value << 8 | u64::from(*byte), 9));
        }
        value = value << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some((value, n + 1));
        }
    }
    None
}

/// The row of a cell that reaches from here to the end of the page at the most.
fn row(image: &Image, cell: &[u8]) -> Option<(i64, Vec<Value>)> {
    let (length, a) = varint(cell)?;
    let (id, b) = varint(&cell[a..])?;
    let payload = payload(image, &cell[a + b..], usize::try_from(length).ok()?)?;
    Some((i64::from_ne_bytes(id.to_ne_bytes()), values(&payload)?))
}

/// What a row is made of, as far as it can be read: its beginning stands in the cell, the rest in pages of its own.
fn payload(image: &Image, cell: &[u8], length: usize) -> Option<Vec<u8>> {
    let usable = image.size();
    let all = usable.checked_mul(image.count() as usize)?;
    if length > all {
        return None;
    }
    let most = usable - 35;
    if length <= most {
        return cell.get(..length).map(<[u8]>::to_vec);
    }
    let least = (usable - 12) * 32 / 255 - 23;
    let local = least + (length - least) % (usable - 4);
    let local = if local <= most { local } else { least };
    let mut payload = cell.get(..local)?.to_vec();
    let mut next = number(cell, local)?;
    while payload.len() < length && next != 0 {
        let Some(page) = image.page(next) else { break };
        let left = length - payload.len();
        payload.extend(page[4..].iter().take(left));
        next = number(page, 0)?;
    }
    Some(payload)
}

/// The columns of a row. Those behind what could be read of it are lost.
fn values(payload: &[u8]) -> Option<Vec<Value>> {
    let (head, mut at) = varint(payload)?;
    let head = usize::try_from(head).ok()?;
    let mut rest = payload.get(head..)?;
    let mut values = vec![];
    while at < head {
        let (kind, n) = varint(payload.get(at..head)?)?;
        at += n;
        let length = match kind {
            0 | 8 | 9 => 0,
            1..=4 => usize::try_from(kind).ok()?,
            5 => 6,
            6 | 7 => 8,
            10 | 11 => return None,
            _ => usize::try_from((kind - 12) / 2).ok()?,
        };
        let bytes = rest.get(..length);
        rest = rest.get(length..).unwrap_or_default();
        values.push(bytes.map_or(Value::Lost, |bytes| value(kind, bytes)));
        if values.len() > COLUMNS {
            return None;
        }
    }
    Some(values)
}

fn value(kind: u64, bytes: &[u8]) -> Value {
    match kind {
        0 => Value::Null,
        1..=6 => {
            let negative = bytes.first().is_some_and(|first| first & 0x80 != 0);
            let start = if negative { -1 } else { 0 };
            let integer = bytes
                .iter()
                .fold(start, |value: i64, byte| value << 8 | i64::from(*byte));
            Value::Integer(integer)
        }
        7 => Value::Real,
        8 => Value::Integer(0),
        9 => Value::Integer(1),
        kind if kind % 2 == 0 => Value::Blob(bytes.to_vec()),
        _ => String::from_utf8(bytes.to_vec()).map_or(Value::Lost, Value::Text),
    }
}
