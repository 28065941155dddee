//! The few bytes that tell whether pages are whole and of one moment.

use crate::error::{Result, StateError};
use crate::state::event_digest::EventDigest;
use crate::state::hash;
use crate::state::header::VERSION;
use crate::state::kind::Kind;
use crate::state::reader::Reader;
use crate::state::writer::Writer;

const MAGIC: &str = "ANEM";
/// Bytes of a manifest.
const SIZE: usize = 65;

/// The parameters, the events and the pages of an object at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// Hash of what the object was made from.
    pub parameters: u64,
    /// What has happened to it.
    pub event_digest: EventDigest,
    /// Number of pages.
    pub pages: usize,
    /// Hash of their numbers and hashes.
    pub hash: u64,
}

impl Manifest {
    /// The byte form.
    pub fn to_bytes(&self, kind: Kind) -> Vec<u8> {
        let mut out = Writer::default();
        out.raw(MAGIC.as_bytes());
        out.u16(VERSION);
        out.u16(kind as u16);
        out.u64(self.parameters);
        out.u64(self.event_digest.events);
        out.u64(self.event_digest.chain);
        out.u8(self.event_digest.last_order.is_some().into());
        out.i64(self.event_digest.last_order.unwrap_or(0));
        out.count(self.pages);
        out.u64(self.hash);
        let mut bytes = out.into_bytes();
        bytes.extend_from_slice(&hash(&bytes).to_le_bytes());
        bytes
    }

    /// Reads it back.
    ///
    /// # Errors
    /// [`StateError`] for bytes that are no manifest, damaged, of another version or of another kind.
    pub fn from_bytes(bytes: &[u8], wanted: Kind) -> Result<Self> {
        let mut from = open("manifest", MAGIC, bytes, wanted)?;
        if bytes.len() != SIZE || !bytes.ends_with(&hash(&bytes[..SIZE - 8]).to_le_bytes()) {
            return Err(StateError::PartDamaged { part: "manifest".to_owned() }.into());
        }
        let (parameters, events, chain) = (from.u64()?, from.u64()?, from.u64()?);
        let last = (from.u8()? == 1, from.i64()?);
        let event_digest = EventDigest { events, chain, last_order: last.0.then_some(last.1) };
        Ok(Self { parameters, event_digest, pages: from.u64()? as usize, hash: from.u64()? })
    }
}

/// Checks what manifests and pages begin with, and gives what follows.
pub(crate) fn open<'a>(
    part: &'static str,
    magic: &'static str,
    bytes: &'a [u8],
    wanted: Kind,
) -> Result<Reader<'a>> {
    let not_a_part = StateError::NotPart { part, wanted: magic };
    let mut from = Reader::of(bytes.strip_prefix(magic.as_bytes()).ok_or(not_a_part)?);
    let version = from.u16()?;
    if version != VERSION {
        return Err(StateError::Version { got: version, wanted: VERSION }.into());
    }
    let kind = from.u16()?;
    if kind != wanted as u16 {
        return Err(StateError::Kind { got: Kind::name_of(kind), wanted: wanted.name() }.into());
    }
    Ok(from)
}
