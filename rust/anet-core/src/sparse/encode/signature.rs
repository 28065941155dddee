//! What an encoder makes of a window, and how alike two of them are.

use std::collections::HashMap;

/// Positions in a space of `dimension`, each with its elevation in `0..=1`, highest first.
///
/// Of equal elevations the position that any item of the window reached first comes first.
///
/// ```
/// use anet_core::SparseSignature;
/// let signature = SparseSignature { positions: vec![7, 9], elevations: vec![0.5, 0.25], dimension: 16 };
/// assert_eq!(signature.sparsity(), 0.125);
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SparseSignature {
    /// Distinct positions below `dimension`.
    pub positions: Vec<u64>,
    /// The elevation of each position.
    pub elevations: Vec<f64>,
    /// The number of positions that there could be.
    pub dimension: u64,
}

impl SparseSignature {
    /// How much of the space is taken: positions held / positions there could be; 0 for an empty signature.
    pub fn sparsity(&self) -> f64 {
        if self.positions.is_empty() { 0.0 } else { self.positions.len() as f64 / self.dimension as f64 }
    }
}

/// `a · b / (‖a‖ ‖b‖)`, 0 where either is empty or has a norm of zero.
///
/// Keys are distinct. Terms are added in the order of `a`. NaN where a value of either is not finite.
///
/// ```
/// use anet_core::sparse_cosine;
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
