//! What the process that reads a PDF is told, and what it tells: frames of a kind, a length and so many bytes.
//! Must not trust a length: whoever sends may have been led astray.

use super::fault::Fault;
use super::verdict::Condition;
use crate::issue::Page;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::{self, Read, Write};

/// Most bytes of a frame: the pages of a document of text, or a picture.
const MAX_FRAME: u32 = 256 * 1024 * 1024;

/// What the process says first: whoever says something else is another program, or another version of this one, which was put in its
/// place meanwhile.
pub(super) const GREETING: &[u8] =
    concat!("parkweekly ", env!("CARGO_PKG_VERSION"), " pdf 1\n").as_bytes();

/// What is asked for; the document follows, to the end of the input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Request {
    /// The process that asks.
    pub(super) asks: u32,
    pub(super) password: Option<String>,
    pub(super) wants_photos: bool,
}

/// What is told, one after the other.
#[derive(Debug, PartialEq)]
pub(super) enum Frame {
    /// So many pages of so many are looked at.
    Progress(u32, u32),
    /// A page, in order.
    Page(Page),
    /// The bytes of a picture with this hash.
    Photo(String, Vec<u8>),
    /// That was all.
    End(Condition),
    /// There is nothing.
    Fault(Fault),
}

impl Frame {
    const fn kind(&self) -> u8 {
        match self {
            Self::Progress(..) => b'S',
            Self::Page(_) => b'P',
            Self::Photo(..) => b'B',
            Self::End(_) => b'E',
            Self::Fault(_) => b'F',
        }
    }

    fn payload(&self) -> io::Result<Vec<u8>> {
        Ok(match self {
            Self::Progress(done, all) => serde_json::to_vec(&(done, all))?,
            Self::Page(page) => serde_json::to_vec(page)?,
            Self::Photo(sha256, bytes) => {
                let mut payload = sha256.clone().into_bytes();
                payload.push(b'\n');
                payload.extend(bytes);
                payload
            }
            Self::End(condition) => serde_json::to_vec(condition)?,
            Self::Fault(fault) => serde_json::to_vec(fault)?,
        })
    }

    /// Sends it.
    pub(super) fn write(&self, to: &mut impl Write) -> io::Result<()> {
        send(to, self.kind(), &self.payload()?)
    }

    /// Receives one; none at the end of the input.
    pub(super) fn read(from: &mut impl Read) -> io::Result<Option<Self>> {
        let Some((kind, mut payload)) = receive(from)? else {
            return Ok(None);
        };
        Ok(Some(match kind {
            b'S' => {
                let (done, all) = of_json(&payload)?;
                Self::Progress(done, all)
            }
            b'P' => Self::Page(of_json(&payload)?),
            b'B' => {
                let at = payload
                    .iter()
                    .position(|byte| *byte == b'\n')
                    .ok_or_else(malformed)?;
                let sha256 = std::str::from_utf8(&payload[..at]).map_err(|_| malformed())?;
                let sha256 = sha256.to_owned();
                // Moved, and not copied: it may be as large as a document.
                payload.drain(..=at);
                Self::Photo(sha256, payload)
            }
            b'E' => Self::End(of_json(&payload)?),
            b'F' => Self::Fault(of_json(&payload)?),
            _ => return Err(malformed()),
        }))
    }
}

impl Request {
    /// Sends it.
    pub(super) fn write(&self, to: &mut impl Write) -> io::Result<()> {
        send(to, b'Q', &serde_json::to_vec(self)?)
    }

    /// Receives it.
    pub(super) fn read(from: &mut impl Read) -> io::Result<Self> {
        match receive(from)? {
            Some((b'Q', payload)) => of_json(&payload),
            _ => Err(malformed()),
        }
    }
}

/// Receives the greeting. An error of kind `Unsupported` where it is another one.
pub(super) fn greeted(from: &mut impl Read) -> io::Result<()> {
    let mut greeting = [0; GREETING.len()];
    from.read_exact(&mut greeting)?;
    if greeting == *GREETING {
        Ok(())
    } else {
        Err(io::ErrorKind::Unsupported.into())
    }
}

fn send(to: &mut impl Write, kind: u8, payload: &[u8]) -> io::Result<()> {
    let length = u32::try_from(payload.len()).map_err(|_| malformed())?;
    to.write_all(&[kind])?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(payload)
}

fn receive(from: &mut impl Read) -> io::Result<Option<(u8, Vec<u8>)>> {
    let mut kind = [0];
    if from.read(&mut kind)? == 0 {
        return Ok(None);
    }
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length);
    if length > MAX_FRAME {
        return Err(malformed());
    }
    // What is announced is not believed before it is there.
    let mut payload = vec![];
    from.take(u64::from(length)).read_to_end(&mut payload)?;
    if payload.len() as u64 != u64::from(length) {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Some((kind[0], payload)))
}

fn of_json<T: DeserializeOwned>(payload: &[u8]) -> io::Result<T> {
    serde_json::from_slice(payload).map_err(|_| malformed())
}

fn malformed() -> io::Error {
    io::Error::from(io::ErrorKind::InvalidData)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_is_received() {
        let page = Page {
            running: vec!["页眉".to_owned()],
            ..Page::default()
        };
        let frames = [
            Frame::Progress(1, 2),
            Frame::Page(page),
            Frame::Photo("ab".to_owned(), b"\n\0x".to_vec()),
            Frame::End(Condition::default()),
            Frame::Fault(Fault::NotStarted("无".to_owned())),
        ];
        let mut bytes = vec![];
        for frame in &frames {
            frame.write(&mut bytes).unwrap();
        }
        let mut input = &bytes[..];
        for frame in frames {
            assert_eq!(Frame::read(&mut input).unwrap(), Some(frame));
        }
        assert_eq!(Frame::read(&mut input).unwrap(), None);
        let request = Request {
            asks: 7,
            password: Some("口令".to_owned()),
            wants_photos: true,
        };
        let mut bytes = vec![];
        request.write(&mut bytes).unwrap();
        assert_eq!(Request::read(&mut &bytes[..]).unwrap(), request);
    }

    #[test]
    fn what_is_malformed_is_an_error() {
        for bytes in [
            &b"P"[..],
            b"P\x05\0\0\0{}",
            b"P\xff\xff\xff\xff",
            b"X\0\0\0\0",
            b"P\x02\0\0\0[]",
            b"B\x01\0\0\0a",
        ] {
            assert!(Frame::read(&mut &bytes[..]).is_err(), "{bytes:?}");
        }
    }
}
