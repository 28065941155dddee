//! Processivity: how well gradients turn into parameter updates.

use crate::error::{Error, Result};
use crate::metric::EPSILON;

/// Sums side by side, as the widest registers hold: on each instruction set the same order of additions.
const LANES: usize = 8;

/// `P = ⟨g, s⟩ / (‖g‖ ‖s‖ + ε)`, the cosine of two histories, in [−1, 1]; 0 where either is empty.
///
/// NaN, an infinity, or samples whose squares overflow (beyond about 1e154) give NaN. Source: the published anet.py.
///
/// # Errors
/// [`Error::LengthsDiffer`] for two non-empty series of different lengths.
///
/// ```
/// use anet_core::processivity;
/// let p = processivity(&[1.0, 2.0], &[2.0, 4.0]).unwrap();
/// assert!((p - 1.0).abs() < 1e-12);
/// ```
pub fn processivity(gradients: &[f64], steps: &[f64]) -> Result<f64> {
    if gradients.is_empty() || steps.is_empty() {
        return Ok(0.0);
    }
    if gradients.len() != steps.len() {
        return Err(Error::LengthsDiffer {
            left: ("grad_norms", gradients.len()),
            right: ("step_norms", steps.len()),
        });
    }
    let [product, gradient, step] = products(gradients, steps);
    Ok(product / (gradient.sqrt() * step.sqrt() + EPSILON))
}

/// `⟨g, s⟩`, `⟨g, g⟩` and `⟨s, s⟩` in one pass.
fn products(gradients: &[f64], steps: &[f64]) -> [f64; 3] {
    let (g_chunks, g_rest) = gradients.as_chunks::<LANES>();
    let (s_chunks, s_rest) = steps.as_chunks::<LANES>();
    let mut lanes = [[0.0; LANES]; 3];
    for (g, s) in g_chunks.iter().zip(s_chunks) {
        for lane in 0..LANES {
            lanes[0][lane] += g[lane] * s[lane];
            lanes[1][lane] += g[lane] * g[lane];
            lanes[2][lane] += s[lane] * s[lane];
        }
    }
    let mut totals = lanes.map(|partial| partial.iter().sum::<f64>());
    for (g, s) in g_rest.iter().zip(s_rest) {
        totals[0] += g * s;
        totals[1] += g * g;
        totals[2] += s * s;
    }
    totals
}
