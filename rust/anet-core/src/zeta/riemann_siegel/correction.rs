//! The corrections of the Riemann-Siegel formula.

use super::tables::CORRECTIONS;
use super::turns::horner;

/// Σ C_k(z) a^-k a^-½ (−1)^(N−1): what the main sum of N terms leaves of Z(t), where a = √(t/2π) and z = 2 (a − N) − 1.
///
/// The C_k are entire, so N may differ from ⌊a⌋ by a little: |z| ≤ 1.7.
#[derive(Debug, Clone, Copy)]
pub struct Correction {
    terms: usize,
    count: f64,
    sign: f64,
}

impl Correction {
    /// About the height `t`, with the main sum's number of terms fixed at `count`.
    pub fn new(t: f64, count: usize) -> Self {
        // Each further term gains a^-1 times a small number: these leave less than 1e-16.
        let terms = match t {
            t if t < 500.0 => 11,
            t if t < 2e3 => 9,
            t if t < 2e4 => 7,
            t if t < 2e5 => 6,
            t if t < 1e7 => 5,
            _ => 4,
        };
        Self { terms, count: count as f64, sign: if count % 2 == 1 { 1.0 } else { -1.0 } }
    }

    /// The correction at √(t/2π) = a.
    #[inline(always)]
    pub fn at(&self, a: f64) -> f64 {
        let z = 2.0 * (a - self.count) - 1.0;
        let (square, inverse) = (z * z, 1.0 / a);
        let mut sum = 0.0f64;
        for k in (0..self.terms).rev() {
            let value = horner(&CORRECTIONS[k], square);
            let value = if k % 2 == 1 { value * z } else { value };
            sum = sum.mul_add(inverse, value);
        }
        self.sign * sum * inverse.sqrt()
    }
}
