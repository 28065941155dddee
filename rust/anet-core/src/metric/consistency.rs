//! Consistency ϑ: how alike two noise fingerprints are.

use crate::error::{Error, Result};
use crate::metric::divergence::jensen_shannon;
use crate::metric::fingerprint::{transform_length, with_workspace};

/// How sharply ϑ falls with the divergence: finite, at least 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Beta(f64);

/// Fails with [`Error::OutOfDomain`] for a negative, infinite or NaN value.
impl TryFrom<f64> for Beta {
    type Error = Error;

    fn try_from(value: f64) -> Result<Self> {
        if value.is_finite() && value >= 0.0 {
            Ok(Self(value))
        } else {
            Err(Error::float("beta", "finite and at least 0", value))
        }
    }
}

impl Default for Beta {
    /// 3: distributions with nothing in common (divergence ln 2) give ϑ = 1/8.
    fn default() -> Self {
        Self(3.0)
    }
}

/// `ϑ = exp(−beta · JSD(p, q))` of the fingerprints of two series, in [0, 1]; 1 means alike.
///
/// Series of different lengths are compared at the longer transform. NaN, an infinity, or samples whose squared spectrum
/// overflows (beyond about 1e150) give NaN.
///
/// ```
/// use anet_core::metric::{Beta, theta_consistency};
/// let noise = [0.2, -0.1, 0.4, -0.3];
/// assert_eq!(theta_consistency(&noise, &noise, Beta::default()), 1.0);
/// ```
pub fn theta_consistency(noise: &[f64], reference: &[f64], beta: Beta) -> f64 {
    let length = transform_length(noise.len().max(reference.len()));
    with_workspace(length, |workspace| {
        let [p, q] = workspace.fingerprints(noise, reference);
        (-beta.0 * jensen_shannon(p, q)).exp()
    })
}
