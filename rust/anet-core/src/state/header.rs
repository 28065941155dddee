//! What stands around the body of a saved state.

/// The format that this build writes, and the only one it reads.
pub const VERSION: u16 = 7;

pub(crate) const MAGIC: &[u8; 4] = b"ANET";
/// Bytes before the body.
pub(crate) const HEADER: usize = 16;
/// Bytes after it.
pub(crate) const CHECKSUM: usize = 4;
