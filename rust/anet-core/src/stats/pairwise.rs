//! NumPy's order of summation.
//!
//! On data that cancel, such as the deviations of a constant series from its mean, rounding is all that is left of a
//! sum. Adding in NumPy's order leaves the same.

use anet_simd::pairwise_sum;

/// `numpy.sum(term(values))`, bit for bit: halves down to blocks of 128, eight accumulators in a block.
pub(crate) fn sum(values: &[f64], term: impl Fn(f64) -> f64 + Copy) -> f64 {
    pairwise_sum(values, term)
}

/// `numpy.mean(values)`, bit for bit; NaN for an empty slice.
pub(crate) fn mean(values: &[f64]) -> f64 {
    sum(values, |x| x) / values.len() as f64
}

/// `numpy.std(values)` around its `mean`, bit for bit: the population form (`ddof = 0`).
pub(crate) fn deviation(values: &[f64], mean: f64) -> f64 {
    (sum(values, |x| (x - mean) * (x - mean)) / values.len() as f64).sqrt()
}
