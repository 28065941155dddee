//! The corrections of the Riemann-Siegel formula (Gabcke, thesis, Göttingen 1979).

use crate::arithmetic::double_double::INV_TWO_PI;
use crate::arithmetic::lanes::{Lanes, lanes};
use crate::tables::CORRECTIONS;

/// N = ⌊√(t/2π)⌋, the number of terms of the main sum at the height `t`.
pub(crate) fn main_sum_terms(t: f64) -> usize {
    (t * INV_TWO_PI.high).sqrt() as usize
}

/// Σ C_k(z) a^-k a^-½ (−1)^(N−1): what the main sum of N terms leaves of Z(t), where a = √(t/2π) and z = 2 (a − N) − 1.
///
/// The C_k are entire, so N may differ from ⌊a⌋ by a little: |z| ≤ 1.7.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Correction {
    /// How many C_k are added.
    orders: usize,
    /// N.
    main_terms: f64,
    /// (−1)^(N−1).
    sign: f64,
}

impl Correction {
    /// About the height `t`, for a main sum of `main_terms` terms.
    pub(crate) fn new(t: f64, main_terms: usize) -> Self {
        let sign = if main_terms % 2 == 1 { 1.0 } else { -1.0 };
        Self { orders: orders(t), main_terms: main_terms as f64, sign }
    }

    /// The correction at eight heights.
    #[inline(always)]
    pub(crate) fn at(&self, t: &Lanes) -> Lanes {
        self.at_sum(t, &[0.0; 8])
    }

    /// The correction at eight heights t + low, in two doubles each.
    #[inline(always)]
    pub(super) fn at_sum(&self, t: &Lanes, low: &Lanes) -> Lanes {
        let a = lanes!(lane => (t[lane] * INV_TWO_PI.high).sqrt());
        let z = lanes!(lane =>
            2.0 * ((a[lane] - self.main_terms) + root_error(t[lane], low[lane], a[lane])) - 1.0);
        let square = lanes!(lane => z[lane] * z[lane]);
        let inverse = lanes!(lane => 1.0 / a[lane]);
        let mut sum = [0.0f64; 8];
        for (k, coefficients) in CORRECTIONS[..self.orders].iter().enumerate().rev() {
            let mut value = [0.0f64; 8];
            for coefficient in coefficients.iter().rev() {
                value = lanes!(lane => value[lane].mul_add(square[lane], *coefficient));
            }
            if k % 2 == 1 {
                value = lanes!(lane => value[lane] * z[lane]);
            }
            sum = lanes!(lane => sum[lane].mul_add(inverse[lane], value[lane]));
        }
        lanes!(lane => self.sign * sum[lane] * inverse[lane].sqrt())
    }
}

/// How many C_k leave less than 1e-16 of Z at the height `t`.
///
/// Each further order is smaller by a^-1 and a small factor. The heights were measured: Gabcke's proved bounds are much
/// weaker.
fn orders(t: f64) -> usize {
    match t {
        ..500.0 => 11,
        ..2e3 => 9,
        ..2e4 => 7,
        ..2e5 => 6,
        ..1e7 => 5,
        _ => 4,
    }
}

/// √((t + low)/2π) − a, what rounding left out of a: less N it would cost a digit for every hundredfold height.
#[inline(always)]
fn root_error(t: f64, low: f64, a: f64) -> f64 {
    let square = INV_TWO_PI.times(t);
    ((-a).mul_add(a, square.high) + low.mul_add(INV_TWO_PI.high, square.low)) / (2.0 * a)
}
