//! Reads numbers from bytes that somebody else may have written.

use crate::error::{Result, StateError};
use crate::state::header::{CHECKSUM, HEADER, MAGIC, VERSION};
use crate::state::kind::Kind;

/// Reads fields from a byte form that somebody else may have written.
#[derive(Debug)]
pub struct Reader<'a> {
    left: &'a [u8],
}

macro_rules! numbers {
    ($($number:ident),*) => {
        impl Reader<'_> {$(
            #[doc = concat!("Reads one `", stringify!($number), "`.\n\n# Errors\n[`StateError::Length`] where the bytes end.")]
            pub fn $number(&mut self) -> Result<$number> {
                let bytes = self.take(size_of::<$number>())?;
                Ok(<$number>::from_le_bytes(bytes.try_into().expect("take gives what was asked")))
            }
        )*}
    };
}

numbers!(u8, u16, u32, u64, i8, i16, i32, i64, i128, f32, f64);

impl<'a> Reader<'a> {
    /// The body of an object's whole byte form, once its header and its checksum are found right.
    pub(crate) fn open(bytes: &'a [u8], wanted: Kind) -> Result<Self> {
        if !bytes.starts_with(MAGIC) {
            return Err(StateError::NotAState.into());
        }
        let mut header = Self { left: &bytes[MAGIC.len()..] };
        let version = header.u16()?;
        if version != VERSION {
            return Err(StateError::Version { got: version, wanted: VERSION }.into());
        }
        let kind = header.u16()?;
        let body = header.u64()?;
        let whole = body.saturating_add((HEADER + CHECKSUM) as u64);
        if whole != bytes.len() as u64 {
            return Err(StateError::Length { got: bytes.len(), wanted: whole }.into());
        }
        check_sum(bytes)?;
        if kind != wanted as u16 {
            return Err(StateError::Kind { got: Kind::name_of(kind), wanted: wanted.name() }.into());
        }
        Ok(Self { left: &header.left[..header.left.len() - CHECKSUM] })
    }

    /// Reads fields without a header.
    pub(crate) fn of(bytes: &'a [u8]) -> Self {
        Self { left: bytes }
    }

    /// The bytes that are left.
    pub(crate) fn rest(self) -> &'a [u8] {
        self.left
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.left.is_empty()
    }

    pub(crate) fn take(&mut self, count: usize) -> Result<&'a [u8]> {
        let Some((taken, left)) = self.left.split_at_checked(count) else {
            return Err(StateError::Length { got: self.left.len(), wanted: count as u64 }.into());
        };
        self.left = left;
        Ok(taken)
    }

    /// Reads a count of items of at least `size` bytes each; the bytes that are left bound what is allocated for it.
    ///
    /// # Errors
    /// [`StateError::Length`] where the bytes that are left cannot hold them.
    pub fn count(&mut self, size: usize) -> Result<usize> {
        let count = self.u64()?;
        self.enough(count, size)
    }

    /// Like [`Reader::count`], of a count that was written as a `u32`.
    ///
    /// # Errors
    /// [`StateError::Length`] where the bytes that are left cannot hold them.
    pub fn short_count(&mut self, size: usize) -> Result<usize> {
        let count = u64::from(self.u32()?);
        self.enough(count, size)
    }

    fn enough(&self, count: u64, size: usize) -> Result<usize> {
        let wanted = count.saturating_mul(size as u64);
        if wanted > self.left.len() as u64 {
            return Err(StateError::Length { got: self.left.len(), wanted }.into());
        }
        Ok(count as usize)
    }

    /// Reads a length and that many bytes.
    ///
    /// # Errors
    /// [`StateError::Length`] where the bytes end.
    pub fn bytes(&mut self) -> Result<&'a [u8]> {
        let count = self.count(1)?;
        self.take(count)
    }

    /// Reads a length and that many numbers.
    ///
    /// # Errors
    /// [`StateError::Length`] where the bytes end.
    pub fn f64s(&mut self) -> Result<Vec<f64>> {
        let count = self.count(size_of::<f64>())?;
        (0..count).map(|_| self.f64()).collect()
    }

    pub(crate) fn close(self) -> Result<()> {
        if self.is_empty() {
            Ok(())
        } else {
            Err(StateError::Length { got: self.left.len(), wanted: 0 }.into())
        }
    }
}

fn check_sum(bytes: &[u8]) -> Result<()> {
    let (content, stated) = bytes.split_at(bytes.len() - CHECKSUM);
    let wanted = u32::from_le_bytes(stated.try_into().expect("four bytes were split off"));
    let got = crc32fast::hash(content);
    if got == wanted { Ok(()) } else { Err(StateError::Checksum { got, wanted }.into()) }
}
