//! The byte form of everything that has a memory.
//!
//! All numbers are little-endian. A saved state is
//!
//! | offset | bytes | what |
//! |---|---|---|
//! | 0 | 4 | `ANET` |
//! | 4 | 2 | format version, [`VERSION`] |
//! | 6 | 2 | kind of object, [`Kind`] |
//! | 8 | 8 | length of the body |
//! | 16 | n | body: the fields of the object, in the order its `State::write` gives |
//! | 16 + n | 4 | CRC-32 (IEEE) of everything before |
//!
//! A reader trusts nothing: lengths are compared with the bytes that are left before anything is allocated.
//!
//! Rings stand in the order of their slots and mark where a slot may begin a page ([`Writer::page_break`]), so that one
//! more sample changes few of the pages that [`crate::state`] makes of the same body.

use crate::error::Result;

pub use crate::state::kind::Kind;
pub use crate::state::reader::Reader;
pub use crate::state::writer::Writer;

/// The format that this build writes, and the only one it reads.
pub const VERSION: u16 = 3;

pub(crate) const MAGIC: &[u8; 4] = b"ANET";
/// Bytes before the body.
pub(crate) const HEADER: usize = 16;
/// Bytes after it.
pub(crate) const CHECKSUM: usize = 4;

/// Something that can be written to bytes and read back with bit-equal behaviour.
pub trait State: Sized {
    /// The kind that stands in the header.
    const KIND: Kind;

    /// Appends the fields.
    fn write(&self, out: &mut Writer);

    /// Reads the fields back and checks that they fit together.
    ///
    /// # Errors
    /// [`crate::error::StateError`] where a field is missing or impossible.
    fn read(from: &mut Reader<'_>) -> Result<Self>;

    /// The whole byte form: header, fields, checksum.
    fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer::new(Self::KIND);
        self.write(&mut out);
        out.finish()
    }

    /// Restores an object from [`State::to_bytes`].
    ///
    /// # Errors
    /// [`crate::error::StateError`] for bytes that are damaged, of another version or of another kind.
    fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let mut reader = Reader::open(bytes, Self::KIND)?;
        let object = Self::read(&mut reader)?;
        reader.close()?;
        Ok(object)
    }
}

/// Implements [`State`] of a type by its list of fields: a blank object takes the fields that are read.
///
/// `state!(Sum: Sum, Self::default());` names the type, its [`Kind`] and the blank.
macro_rules! state {
    ($type:ty: $kind:ident, $blank:expr) => {
        impl $crate::state::State for $type {
            const KIND: $crate::state::Kind = $crate::state::Kind::$kind;

            fn write(&self, out: &mut $crate::state::Writer) {
                $crate::state::Fields::save(self, out);
            }

            fn read(from: &mut $crate::state::Reader<'_>) -> $crate::Result<Self> {
                let mut object: Self = $blank;
                $crate::state::Fields::load(&mut object, from)?;
                Ok(object)
            }
        }
    };
}
pub(crate) use state;
