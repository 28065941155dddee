//! NumPy's order of summation.
//!
//! On data that cancel, such as the deviations of a constant series from its mean, rounding is all that is left of a
//! sum. Adding in NumPy's order leaves the same.

/// Longest run that is added by eight accumulators without halving.
const BLOCK: usize = 128;
const LANES: usize = 8;

/// `numpy.sum(term(values))`, bit for bit: halves down to blocks of 128, eight accumulators in a block.
///
/// ```
/// use anet_core::stream::pairwise;
/// assert_eq!(pairwise::sum(&[1.0, 2.0, 3.0], |x| x * x), 14.0);
/// ```
pub fn sum(values: &[f64], term: impl Fn(f64) -> f64 + Copy) -> f64 {
    if values.len() > BLOCK {
        let half = values.len() / 2;
        let (left, right) = values.split_at(half - half % LANES);
        return sum(left, term) + sum(right, term);
    }
    let (lanes, rest) = values.as_chunks::<LANES>();
    let Some((first, lanes)) = lanes.split_first() else {
        return rest.iter().fold(0.0, |total, &x| total + term(x));
    };
    let mut partial = first.map(term);
    for chunk in lanes {
        for (total, &x) in partial.iter_mut().zip(chunk) {
            *total += term(x);
        }
    }
    let [a, b, c, d, e, f, g, h] = partial;
    rest.iter().fold(((a + b) + (c + d)) + ((e + f) + (g + h)), |total, &x| total + term(x))
}

/// `numpy.mean(values)`, bit for bit; NaN for an empty slice.
pub fn mean(values: &[f64]) -> f64 {
    sum(values, |x| x) / values.len() as f64
}

/// `numpy.std(values)` around its `mean`, bit for bit: the population form (`ddof = 0`).
pub fn deviation(values: &[f64], mean: f64) -> f64 {
    (sum(values, |x| (x - mean) * (x - mean)) / values.len() as f64).sqrt()
}
