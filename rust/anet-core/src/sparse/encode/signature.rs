//! What an encoder makes of a window.

/// Positions in a space of `dimension`, each with its elevation in `0..=1`, highest first.
///
/// Of equal elevations the position that any item of the window reached first comes first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Signature {
    /// Distinct positions below `dimension`.
    pub positions: Vec<u64>,
    /// The elevation of each position.
    pub elevations: Vec<f64>,
    /// The number of positions that there could be.
    pub dimension: u64,
}

impl Signature {
    /// How much of the space is taken: positions held / positions there could be.
    pub fn sparsity(&self) -> f64 {
        if self.positions.is_empty() { 0.0 } else { self.positions.len() as f64 / self.dimension as f64 }
    }
}
