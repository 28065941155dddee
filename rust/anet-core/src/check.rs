//! Arguments, checked once: each bounded parameter is a type whose constructor is the only door.
//!
//! Integers come in as `i128`, wide enough for whatever a caller's language calls an integer.

use crate::error::{Error, Result};

/// A length that is at least one.
///
/// ```
/// use anet_core::check::Length;
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
