//! Jensen-Shannon divergence of two fingerprints.

use super::EPSILON;
use super::fingerprint::Sum;

/// Weights over frequencies with the factor that makes them a distribution.
#[derive(Debug, Clone, Copy)]
pub struct Distribution<'a> {
    weights: &'a [f64],
    factor: f64,
}

impl<'a> Distribution<'a> {
    /// Power S becomes `p = S / (ΣS + ε)`, and any p becomes `p / (Σp + ε)`.
    pub fn new(weights: &'a [f64], sum: Sum) -> Self {
        let factor = match sum {
            Sum::Power(power) => 1.0 / ((power + EPSILON) * (power / (power + EPSILON) + EPSILON)),
            Sum::Probability => 1.0 / (1.0 + EPSILON),
        };
        Self { weights, factor }
    }
}

/// `½ KL(p, m) + ½ KL(q, m)` with `m = (p + q) / 2` and `KL(a, b) = Σ a ln(a / b)`, a and b clipped to [ε, 1].
///
/// Between 0 and ln 2 for two distributions of sum 1, and never below 0. NaN in either gives NaN.
pub fn jensen_shannon(p: Distribution<'_>, q: Distribution<'_>) -> f64 {
    let pairs = p.weights.iter().zip(q.weights).map(|(&a, &b)| (a * p.factor, b * q.factor));
    let divergence = 0.5 * pairs.map(|(a, b)| pointwise(a, b)).sum::<f64>();
    // Rounding may leave a few units in the last place below zero.
    if divergence < 0.0 { 0.0 } else { divergence }
}

fn pointwise(p: f64, q: f64) -> f64 {
    let m = clipped(0.5 * (p + q));
    let (p, q) = (clipped(p), clipped(q));
    p * (p / m).ln() + q * (q / m).ln()
}

/// Clipped to [ε, 1]; NaN stays NaN.
fn clipped(probability: f64) -> f64 {
    probability.clamp(EPSILON, 1.0)
}
