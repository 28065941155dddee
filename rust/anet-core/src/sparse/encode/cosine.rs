//! The likeness of two sparse vectors.

use std::collections::HashMap;

/// `a · b / (‖a‖ ‖b‖)`, 0 where either is empty or has a norm of zero.
///
/// Keys are distinct. Terms are added in the order of `a`. NaN where a value of either is not finite.
///
/// ```
/// use anet_core::sparse::encode::cosine::sparse_cosine;
/// assert_eq!(sparse_cosine(&[(3, 3.0), (5, 4.0)], &[(5, 2.0)]), 0.8);
/// assert_eq!(sparse_cosine(&[], &[(5, 2.0)]), 0.0);
/// ```
pub fn sparse_cosine(a: &[(i128, f64)], b: &[(i128, f64)]) -> f64 {
    let (norm_a, norm_b) = (norm(a), norm(b));
    if norm_a == 0.0 || norm_b == 0.0 {
        return 0.0;
    }
    if a.iter().chain(b).any(|(_, value)| !value.is_finite()) {
        return f64::NAN;
    }
    let b: HashMap<i128, f64> = b.iter().copied().collect();
    let dot: f64 = a.iter().filter_map(|(key, value)| Some(value * b.get(key)?)).sum();
    dot / (norm_a * norm_b)
}

fn norm(vector: &[(i128, f64)]) -> f64 {
    vector.iter().map(|(_, value)| value * value).sum::<f64>().sqrt()
}
