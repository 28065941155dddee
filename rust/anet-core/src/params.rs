//! Arguments, checked once: each bounded parameter is a type, and `TryFrom` is its only door.
//!
//! What lies behind that door need not check again. An error names the parameter by the words of this crate; a caller with
//! other names for its arguments puts its own in place.

use crate::error::{Error, Result};

/// A number of samples, of signatures or of threads: from 1 to 2^32 − 1.
///
/// ```
/// use anet_core::params::Length;
/// assert_eq!(Length::try_from(256).unwrap().get(), 256);
/// assert_eq!(Length::try_from(0).unwrap_err().to_string(), "length must be at least 1, got 0");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Length(usize);

impl Length {
    /// The largest length: one that fits a 32-bit slot number.
    pub const MAX: usize = u32::MAX as usize;

    /// The number.
    pub fn get(self) -> usize {
        self.0
    }
}

/// Fails with [`Error::OutOfDomain`] below 1 and above [`Length::MAX`].
impl TryFrom<usize> for Length {
    type Error = Error;

    fn try_from(value: usize) -> Result<Self> {
        match value {
            0 => Err(Error::integer("length", "at least 1", 0)),
            1..=Self::MAX => Ok(Self(value)),
            _ => Err(Error::integer("length", "at most 4294967295", value as u64)),
        }
    }
}

/// A number of positions: what a hash is taken modulo. From 1 to 2^64 − 1.
///
/// ```
/// use anet_core::params::Dimension;
/// assert_eq!(Dimension::try_from(1 << 63).unwrap().get(), 1 << 63);
/// assert_eq!(Dimension::try_from(0).unwrap_err().to_string(), "dimension must be at least 1, got 0");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dimension(u64);

impl Dimension {
    /// The number of positions.
    pub fn get(self) -> u64 {
        self.0
    }
}

/// Fails with [`Error::OutOfDomain`] for 0.
impl TryFrom<u64> for Dimension {
    type Error = Error;

    fn try_from(value: u64) -> Result<Self> {
        if value == 0 { Err(Error::integer("dimension", "at least 1", 0)) } else { Ok(Self(value)) }
    }
}

/// The most positions of a signature. 0 makes every signature empty; more than a window can give bounds nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MaxPositions(u64);

impl MaxPositions {
    /// The bound.
    pub fn get(self) -> u64 {
        self.0
    }
}

impl From<u64> for MaxPositions {
    fn from(value: u64) -> Self {
        Self(value)
    }
}

/// The text that keys a hash: at most 64 bytes in UTF-8, the longest key that BLAKE2b takes. It may be empty.
///
/// ```
/// use anet_core::params::Seed;
/// assert_eq!(Seed::try_from("rh_sparse").unwrap().get(), "rh_sparse");
/// let error = Seed::try_from("y".repeat(65).as_str()).unwrap_err();
/// assert_eq!(error.to_string(), "seed must be at most 64 bytes in UTF-8, got 65 bytes");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seed(Box<str>);

impl Seed {
    /// The longest seed, in bytes.
    pub const MAX_BYTES: usize = 64;

    /// The text.
    pub fn get(&self) -> &str {
        &self.0
    }
}

/// Fails with [`Error::OutOfDomain`] above [`Seed::MAX_BYTES`].
impl TryFrom<&str> for Seed {
    type Error = Error;

    fn try_from(text: &str) -> Result<Self> {
        if text.len() > Self::MAX_BYTES {
            let got = format!("{} bytes", text.len());
            return Err(Error::text("seed", "at most 64 bytes in UTF-8", got));
        }
        Ok(Self(text.into()))
    }
}

/// Checks a parameter that is a finite number.
///
/// # Errors
/// [`Error::OutOfDomain`] for NaN and the infinities.
pub(crate) fn finite(name: &'static str, value: f64) -> Result<f64> {
    if value.is_finite() { Ok(value) } else { Err(Error::float(name, "finite", value)) }
}
