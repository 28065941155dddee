//! Arguments, checked once: each bounded parameter is a type whose constructor is the only door.
//!
//! Integers come in as `i128`, wide enough for whatever a caller's language calls an integer.

use crate::error::{Error, Result};

/// A length that is at least one.
///
/// ```
/// use anet_core::params::Length;
/// assert_eq!(Length::new("window", 256).unwrap().get(), 256);
/// assert_eq!(
///     Length::new("window", 0).unwrap_err().to_string(),
///     "window must be at least 1, got 0"
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Length(usize);

impl Length {
    /// Longest length that is accepted: what fits a 32-bit slot number.
    pub const MAX: usize = u32::MAX as usize;

    /// # Errors
    /// [`Error::OutOfDomain`] below 1 or above [`Length::MAX`].
    pub fn new(name: &'static str, value: i128) -> Result<Self> {
        if value < 1 {
            return Err(Error::integer(name, "at least 1", value));
        }
        if value > Self::MAX as i128 {
            return Err(Error::integer(name, "at most 4294967295", value));
        }
        Ok(Self(value as usize))
    }

    /// The length.
    pub fn get(self) -> usize {
        self.0
    }
}

/// A floating-point parameter that must be finite.
///
/// # Errors
/// [`Error::OutOfDomain`] for NaN and the infinities.
pub fn finite(name: &'static str, value: f64) -> Result<f64> {
    if value.is_finite() { Ok(value) } else { Err(Error::float(name, "finite", value)) }
}

/// The number of positions that a hash is taken modulo: `1..=2^64 - 1`.
///
/// ```
/// use anet_core::params::Dimension;
/// assert_eq!(Dimension::new("dimension", 1 << 63).unwrap().get(), 1 << 63);
/// assert_eq!(
///     Dimension::new("dimension", 0).unwrap_err().to_string(),
///     "dimension must be at least 1, got 0"
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dimension(u64);

impl Dimension {
    /// # Errors
    /// [`Error::OutOfDomain`] below 1 or above 2^64 - 1.
    pub fn new(name: &'static str, value: i128) -> Result<Self> {
        if value < 1 {
            return Err(Error::integer(name, "at least 1", value));
        }
        let dimension = u64::try_from(value);
        dimension.map(Self).map_err(|_| Error::integer(name, "at most 18446744073709551615", value))
    }

    /// The number of positions.
    pub fn get(self) -> u64 {
        self.0
    }
}

/// The most positions that a signature may hold: zero (always empty) and more than a window can give are allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MaxPositions(u64);

impl MaxPositions {
    /// # Errors
    /// [`Error::OutOfDomain`] below 0 or above 2^64 - 1.
    pub fn new(name: &'static str, value: i128) -> Result<Self> {
        if value < 0 {
            return Err(Error::integer(name, "at least 0", value));
        }
        let positions = u64::try_from(value);
        positions.map(Self).map_err(|_| Error::integer(name, "at most 18446744073709551615", value))
    }

    /// The bound.
    pub fn get(self) -> u64 {
        self.0
    }
}

/// The text that keys a hash: at most 64 bytes in UTF-8, the longest key that BLAKE2b takes. It may be empty.
///
/// ```
/// use anet_core::params::Seed;
/// assert_eq!(Seed::new("seed", "rh_sparse").unwrap().get(), "rh_sparse");
/// assert_eq!(
///     Seed::new("seed", &"y".repeat(65)).unwrap_err().to_string(),
///     "seed must be at most 64 bytes in UTF-8, got 65 bytes"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seed(Box<str>);

impl Seed {
    /// Longest seed, in bytes.
    pub const MAX_BYTES: usize = 64;

    /// # Errors
    /// [`Error::OutOfDomain`] above [`Seed::MAX_BYTES`].
    pub fn new(name: &'static str, text: &str) -> Result<Self> {
        if text.len() > Self::MAX_BYTES {
            let got = format!("{} bytes", text.len());
            return Err(Error::text(name, "at most 64 bytes in UTF-8", got));
        }
        Ok(Self(text.into()))
    }

    /// The text.
    pub fn get(&self) -> &str {
        &self.0
    }
}
