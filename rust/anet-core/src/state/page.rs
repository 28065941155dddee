//! One piece of a body.

use crate::error::{Error, Result, StateError};
use crate::state::hash;
use crate::state::header::VERSION;
use crate::state::kind::Kind;
use crate::state::manifest::open;
use crate::state::writer::Writer;

const MAGIC: &str = "ANEP";
/// Bytes before the piece.
const HEADER: usize = 24;

/// The most bytes of a page: from 256 to 1,048,576.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSize(usize);

impl PageSize {
    /// Large enough that a store has few entries, small enough that few unchanged bytes are stored again.
    pub const DEFAULT: Self = Self(1 << 16);
}

/// Fails with [`Error::OutOfDomain`] outside 256 to 1,048,576 bytes.
impl TryFrom<usize> for PageSize {
    type Error = Error;

    fn try_from(bytes: usize) -> Result<Self> {
        if (256..=1 << 20).contains(&bytes) {
            Ok(Self(bytes))
        } else {
            Err(Error::integer("page_bytes", "from 256 to 1048576", bytes as u64))
        }
    }
}

/// The number and the bytes of each piece of a body.
pub(crate) fn pieces(body: &Writer, size: PageSize) -> impl Iterator<Item = (u64, &[u8])> {
    body.sections().zip(0u64..).flat_map(move |(section, number)| {
        section.chunks(size.0 - HEADER).zip(number << 32..).map(|(piece, number)| (number, piece))
    })
}

/// A page from a piece and its hash.
pub(crate) fn seal(kind: Kind, number: u64, hash: u64, piece: &[u8]) -> Vec<u8> {
    let mut out = Writer::default();
    out.raw(MAGIC.as_bytes());
    out.u16(VERSION);
    out.u16(kind as u16);
    out.u64(number);
    out.u64(hash);
    out.raw(piece);
    out.into_bytes()
}

/// The piece in a page that should have a number, and its hash.
pub(crate) fn unseal(kind: Kind, number: u64, bytes: &[u8]) -> Result<(u64, &[u8])> {
    let mut from = open("page", MAGIC, bytes, kind)?;
    let (own, stated) = (from.u64()?, from.u64()?);
    let piece = from.rest();
    if own == number && hash(piece) == stated {
        Ok((stated, piece))
    } else {
        Err(StateError::PartDamaged { part: format!("page {number}") }.into())
    }
}
