//! F_Total: one operational score out of entropy rate and processivity.

use crate::error::Result;
use crate::params::finite;

/// How much each part counts: finite numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FTotalWeights {
    entropy: f64,
    processivity: f64,
}

impl FTotalWeights {
    /// # Errors
    /// [`crate::Error::OutOfDomain`] for a weight that is infinite or NaN.
    pub fn new(w_s: f64, w_p: f64) -> Result<Self> {
        Ok(Self { entropy: finite("w_s", w_s)?, processivity: finite("w_p", w_p)? })
    }
}

/// `F = w_s · Ṡ + w_p · P`. NaN in Ṡ or P gives NaN. Source: the published anet.py.
///
/// ```
/// use anet_core::{FTotalWeights, f_total};
/// assert_eq!(f_total(0.5, 0.25, FTotalWeights::new(1.0, 2.0).unwrap()), 1.0);
/// ```
pub fn f_total(s_dot: f64, p: f64, weights: FTotalWeights) -> f64 {
    weights.entropy * s_dot + weights.processivity * p
}
