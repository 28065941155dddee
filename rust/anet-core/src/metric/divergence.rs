//! Jensen-Shannon divergence of two fingerprints.

use crate::metric::EPSILON;
use anet_simd::{Kernel, Level, ln};

/// What the values of a spectrum add up to.
#[derive(Debug, Clone, Copy)]
pub(super) enum SpectrumSum {
    /// Power, not yet divided by anything.
    Power(f64),
    /// The one probability of an empty series.
    Probability,
}

/// Weights over frequencies with the factor that makes them a distribution.
#[derive(Debug, Clone, Copy)]
pub(super) struct Distribution<'a> {
    weights: &'a [f64],
    factor: f64,
}

impl<'a> Distribution<'a> {
    /// Power S becomes `p = S / (ΣS + ε)`, and any p becomes `p / (Σp + ε)`.
    pub(super) fn new(weights: &'a [f64], sum: SpectrumSum) -> Self {
        let factor = match sum {
            SpectrumSum::Power(power) => 1.0 / ((power + EPSILON) * (power / (power + EPSILON) + EPSILON)),
            SpectrumSum::Probability => 1.0 / (1.0 + EPSILON),
        };
        Self { weights, factor }
    }
}

/// `½ KL(p, m) + ½ KL(q, m)` with `m = (p + q) / 2` and `KL(a, b) = Σ a ln(a / b)`, a and b clipped to [ε, 1].
///
/// Between 0 and ln 2 for two distributions of sum 1, and never below 0. NaN in either gives NaN. Source: Lin, Divergence
/// measures based on the Shannon entropy, IEEE Transactions on Information Theory 37, 1991.
pub(super) fn jensen_shannon(p: Distribution<'_>, q: Distribution<'_>) -> f64 {
    let divergence = 0.5 * Level::detect().run(Divergences { p, q });
    // Rounding may leave a few units in the last place below zero.
    if divergence < 0.0 { 0.0 } else { divergence }
}

/// Sums side by side, as the widest registers hold: on each instruction set the same order of additions.
const LANES: usize = 8;
/// Frequencies whose terms are computed before they are added: eight registers of eight.
const BLOCK: usize = 64;

/// The sum over all frequencies of what each adds to the two divergences from the middle.
struct Divergences<'a> {
    p: Distribution<'a>,
    q: Distribution<'a>,
}

impl Kernel for Divergences<'_> {
    type Output = f64;

    #[inline(always)]
    fn run(self) -> f64 {
        let mut total = 0.0;
        for (p, q) in self.p.weights.chunks(BLOCK).zip(self.q.weights.chunks(BLOCK)) {
            // Terms first, their sum apart: the first loop has no order, so it becomes vectors.
            let mut terms = [0.0; BLOCK];
            for ((term, p), q) in terms.iter_mut().zip(p).zip(q) {
                *term = pointwise(p * self.p.factor, q * self.q.factor);
            }
            total += sum(&terms);
        }
        total
    }
}

#[inline(always)]
fn sum(terms: &[f64; BLOCK]) -> f64 {
    let mut partial = [0.0; LANES];
    for chunk in terms.as_chunks::<LANES>().0 {
        for (total, term) in partial.iter_mut().zip(chunk) {
            *total += term;
        }
    }
    partial.iter().sum()
}

#[inline(always)]
fn pointwise(p: f64, q: f64) -> f64 {
    let m = clipped(0.5 * (p + q));
    let (p, q) = (clipped(p), clipped(q));
    // Clipping keeps both quotients normal. A NaN comes through by the factor, whatever its logarithm may be.
    p * ln(p / m) + q * ln(q / m)
}

/// Clipped to [ε, 1]; NaN stays NaN.
#[inline(always)]
fn clipped(probability: f64) -> f64 {
    probability.clamp(EPSILON, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_instruction_set_gives_the_same_bits() {
        let weights =
            |seed: f64| (1..=129).map(|n| (seed * f64::from(n)).sin().powi(2)).collect::<Vec<f64>>();
        let (p, q) = (weights(1.3), weights(2.7));
        let of = |weights| Distribution::new(weights, SpectrumSum::Power(64.0));
        let on = |level: Level| level.run(Divergences { p: of(&p), q: of(&q) });
        let want = on(Level::portable());
        assert!(want > 0.1);
        for level in Level::all_supported() {
            assert_eq!(on(level).to_bits(), want.to_bits(), "{}", level.name());
        }
    }
}
