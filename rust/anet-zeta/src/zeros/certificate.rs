//! Consecutive zeros, and what shows that none is missing.

use crate::zeros::turing::TuringCount;

/// Consecutive zeros ½ + iγ of ζ with their certificate.
#[derive(Debug, Clone, PartialEq)]
pub struct ZetaZeros {
    /// The heights γ, rounded: each within 0.53 units in the last place.
    pub zeros: Vec<f64>,
    /// What rounding left out: `zeros + low` is within 1e-14 up to the ordinal 10⁴, 1e-13 to 10⁹, 1e-12 to 10¹².
    pub low: Vec<f64>,
    /// The counts at both ends.
    pub certificate: ZeroCertificate,
}

/// What shows that no zero is missing from a range and none is there twice.
///
/// Between the ends, which lie outside the range asked for, as many zeros were found as the counts differ by. The counts
/// are floating point, not interval arithmetic: numerically certified, not a proof.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ZeroCertificate {
    /// The count at the lower end; `None` where the search began below the first zero.
    pub lower: Option<TuringCount>,
    /// The count at the upper end.
    pub upper: TuringCount,
    /// Zeros found between the ends: the difference of the counts.
    pub found: u64,
    /// How often the spacing of samples was halved before the counts agreed: 0 is usual.
    pub refinements: u32,
}
