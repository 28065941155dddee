//! How far zeros and functions are computed.

use std::ops::RangeInclusive;

/// The highest |t| at which Hardy's Z is computed: up to here the sampling grid's multiples of 2⁻⁸ are exact doubles.
pub const HIGHEST_HEIGHT: f64 = 3e13;

/// The highest height at which zeros are counted: there and 100 zeros above it Z is computed.
pub const HIGHEST_COUNTED: f64 = 2.9e13;

/// The ordinals of the zeros that are found: the last lies at 2.94e13, and 100 zeros above it Z is computed.
pub const ORDINALS: RangeInclusive<u64> = 1..=132_000_000_000_000;

/// The indices of the Gram points that are computed: from the lowest to one at 2.9e13.
pub const GRAM_INDICES: RangeInclusive<i64> = -1..=130_000_000_000_000;
