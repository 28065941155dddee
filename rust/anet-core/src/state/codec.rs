//! The byte form of an object: header, fields, checksum.

use crate::error::Result;
use crate::state::kind::Kind;
use crate::state::reader::Reader;
use crate::state::writer::Writer;

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
