//! The header of a safetensors file: JSON with the type, the shape and the bytes of each tensor.
//!
//! It is read from a stream, so that no memory is taken before the text is there that needs it.

use std::collections::HashSet;
use std::fmt;
use std::io::Read;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};

use crate::dtype::Dtype;
use crate::error::{Error, Result};

/// Bytes before the header: its length, as a little-endian integer.
const PREFIX: u64 = 8;

/// The longest header that the format's own reader takes, in bytes.
const LONGEST: u64 = 100_000_000;

/// Where notes on the whole file stand, which are no tensor.
const NOTES: &str = "__metadata__";

/// What the header says of a tensor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TensorInfo {
    /// Its name, as the file has it.
    pub name: String,
    /// The type of its numbers.
    pub dtype: Dtype,
    /// Its axes; none for a single number.
    pub shape: Vec<u64>,
    /// Its first byte and the one after its last, counted from the end of the header.
    pub offsets: (u64, u64),
}

/// The value of an entry, field by field as the format names them.
#[derive(serde::Deserialize)]
struct Entry {
    dtype: Dtype,
    shape: Vec<u64>,
    data_offsets: (u64, u64),
}

/// Reads and checks what a file of `size` bytes begins with. Returns where its data begin, and its tensors in the order of
/// their bytes: all of them lie in the file, have as many bytes as their shape needs, and share none.
///
/// Memory grows with what is read of the header, to a few times its length; a length alone takes none.
///
/// # Errors
/// What the reader refuses, and every [`Error`] about a header.
///
/// ```
/// let header = br#"{"w":{"dtype":"BF16","shape":[2,3],"data_offsets":[0,12]}}"#;
/// let file = [&(header.len() as u64).to_le_bytes()[..], header, &[0; 12]].concat();
/// let (start, tensors) = anet_weights::read_header(&*file, file.len() as u64)?;
/// assert_eq!((start, tensors[0].length()), (66, 6));
/// # Ok::<(), anet_weights::Error>(())
/// ```
pub fn read_header(mut file: impl Read, size: u64) -> Result<(u64, Vec<TensorInfo>)> {
    let Some(rest) = size.checked_sub(PREFIX) else { return Err(Error::TooShort { size }) };
    let mut prefix = [0; PREFIX as usize];
    file.read_exact(&mut prefix)?;
    let (length, most) = (u64::from_le_bytes(prefix), rest.min(LONGEST));
    if length > most {
        return Err(Error::HeaderLength { got: length, most });
    }
    Ok((PREFIX + length, parse(file.take(length), rest - length)?))
}

/// The tensors of a header, checked against a file with `data` bytes after it.
fn parse(header: impl Read, data: u64) -> Result<Vec<TensorInfo>> {
    let Entries(mut tensors) = serde_json::from_reader(header)?;
    tensors.sort_by_key(|tensor| tensor.offsets);
    let mut names = HashSet::new();
    for tensor in &tensors {
        tensor.check(data)?;
        if !names.insert(&*tensor.name) {
            return Err(Error::Twice { name: tensor.name.clone() });
        }
    }
    for pair in tensors.windows(2) {
        if pair[1].offsets.0 < pair[0].offsets.1 {
            return Err(Error::Overlap { names: [pair[0].name.clone(), pair[1].name.clone()] });
        }
    }
    Ok(tensors)
}

impl TensorInfo {
    /// Numbers in it. A header that was accepted has no tensor of more than 2^64.
    pub fn length(&self) -> u64 {
        self.shape.iter().product()
    }

    /// Refuses bytes outside of the file, and another number of them than the shape needs.
    fn check(&self, data: u64) -> Result<()> {
        let (begin, end) = self.offsets;
        let name = || self.name.clone();
        if begin > end || end > data {
            return Err(Error::Outside { name: name(), offsets: self.offsets, data });
        }
        let length = self.shape.iter().try_fold(1_u64, |length, &axis| length.checked_mul(axis));
        let wanted = match (length, self.dtype.bits()) {
            // Its bytes are never read.
            (Some(_), None) => return Ok(()),
            (length, bits) => {
                length.and_then(|length| length.checked_mul(bits.unwrap_or(8))).map(|bits| bits.div_ceil(8))
            }
        };
        if wanted == Some(end - begin) {
            Ok(())
        } else {
            Err(Error::Bytes { name: name(), got: end - begin, wanted })
        }
    }
}

/// All entries, those of one name too, which a map would hide.
struct Entries(Vec<TensorInfo>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        from.deserialize_map(EachEntry)
    }
}

struct EachEntry;

impl<'de> Visitor<'de> for EachEntry {
    type Value = Entries;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of tensors")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> std::result::Result<Entries, M::Error> {
        let mut tensors = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            if name == NOTES {
                map.next_value::<IgnoredAny>()?;
            } else {
                let Entry { dtype, shape, data_offsets: offsets } = map.next_value()?;
                tensors.push(TensorInfo { name, dtype, shape, offsets });
            }
        }
        Ok(Entries(tensors))
    }
}
