//! Bounded parameters of the core out of Python's integers, which are wider.
//!
//! The core checks the domain and states it; the argument's name and the integer that came are put in here.

use std::ops::RangeInclusive;

use anet_core::ChannelCount;
use anet_core::params::{Dimension, Length, MaxPositions};
use anet_core::state::PageSize;

use crate::error::{BindingError, value_error};

/// Makes the parameter that the argument `name` gives.
///
/// A value that is no `u64` is refused in the words for the nearest one, where the core refuses that too.
pub(crate) fn bounded<T: FromCount>(name: &str, value: i128) -> Result<T, BindingError> {
    match T::from_count(nearest(value)) {
        Ok(made) if i128::from(nearest(value)) == value => Ok(made),
        Ok(_) if value < 0 => Err(out_of_domain(name, "at least 0", value)),
        Ok(_) => Err(out_of_domain(name, "at most 18446744073709551615", value)),
        Err(error) => Err(refused(name, value, error)),
    }
}

/// The index that the argument gives; where it is none, one that nothing has.
pub(crate) fn index(value: i128) -> usize {
    usize::try_from(value).unwrap_or(usize::MAX)
}

/// The core's refusal, about the argument that the user wrote.
pub(crate) fn refused(name: &str, value: i128, error: anet_core::Error) -> BindingError {
    match error {
        anet_core::Error::OutOfDomain { wanted, .. } => out_of_domain(name, wanted, value),
        other => other.into(),
    }
}

/// An integer argument outside its domain.
pub(crate) fn out_of_domain(name: &str, wanted: &str, value: i128) -> BindingError {
    value_error(format!("{name} must be {wanted}, got {value}"))
}

/// Reads the argument `name` as a count of samples.
pub(crate) fn within(name: &str, domain: RangeInclusive<u32>, value: i128) -> Result<u32, BindingError> {
    let wanted = || format!("from {} to {}", domain.start(), domain.end());
    let count = u32::try_from(value).ok().filter(|count| domain.contains(count));
    count.ok_or_else(|| out_of_domain(name, &wanted(), value))
}

fn nearest(value: i128) -> u64 {
    value.clamp(0, u64::MAX.into()) as u64
}

/// A parameter of the core that is made from an unsigned integer.
pub(crate) trait FromCount: Sized {
    fn from_count(value: u64) -> anet_core::Result<Self>;
}

macro_rules! from_count {
    ($($parameter:ty: $integer:ty),* $(,)?) => {$(
        impl FromCount for $parameter {
            fn from_count(value: u64) -> anet_core::Result<Self> {
                Self::try_from(<$integer>::try_from(value).unwrap_or(<$integer>::MAX))
            }
        }
    )*};
}

from_count!(Length: usize, Dimension: u64, PageSize: usize, ChannelCount: usize);

impl FromCount for MaxPositions {
    fn from_count(value: u64) -> anet_core::Result<Self> {
        Ok(Self::from(value))
    }
}
