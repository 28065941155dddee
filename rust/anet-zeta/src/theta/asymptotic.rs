//! The asymptotic series of the Riemann-Siegel theta function, in turns (Edwards 1974, section 6.5).
//!
//! θ(t) = (t/2) ln(t/2π) − t/2 − π/8 + 1/(48t) + 7/(5760t³) + 31/(80640t⁵) + 127/(430080t⁷) + ...

use crate::arithmetic::double_double::{DoubleDouble, INV_TWO_PI};
use crate::arithmetic::logarithm::ln;

/// The coefficients of t^-1, t^-3, ... and their powers.
const SERIES: [(f64, f64); 4] =
    [(1.0 / 48.0, 1.0), (7.0 / 5760.0, 3.0), (31.0 / 80640.0, 5.0), (127.0 / 430_080.0, 7.0)];

/// (u ln u − u) / 2 − 1/16: the terms before the series, in turns, with u = t / 2π.
#[inline(always)]
pub(super) fn leading(u: DoubleDouble, logarithm: DoubleDouble) -> DoubleDouble {
    u.multiply(logarithm.plus(-1.0)).times(0.5).plus(-0.0625)
}

/// θ(t) / 2π for t > 0, in turns: within 1e-18 · t^½ turns and the first term left out, 7e-5 t⁻⁹ turns.
pub(crate) fn theta_turns(t: f64) -> DoubleDouble {
    let u = INV_TWO_PI.times(t);
    leading(u, u.ln()).plus(Tail::at(t).sum())
}

/// The highest angular frequency of Z at the height t, and π times the density of zeros: ½ ln(t / 2π), θ' but for O(t⁻²).
#[inline(always)]
pub(crate) fn frequency(t: f64) -> f64 {
    0.5 * ln(t * INV_TWO_PI.high).high
}

/// The terms of the series after −π/8, in turns: their Taylor coefficients in d about a height t, power after power.
pub(super) struct Tail {
    /// 1 / t.
    pub(super) inverse: f64,
    /// The coefficient of the current power of d, by term of the series.
    terms: [f64; SERIES.len()],
}

impl Tail {
    /// The terms themselves: the coefficients of d⁰.
    #[inline(always)]
    pub(super) fn at(t: f64) -> Self {
        let inverse = 1.0 / t;
        let (mut power, mut terms) = (inverse, [0.0; SERIES.len()]);
        for (term, (coefficient, _)) in terms.iter_mut().zip(SERIES) {
            *term = coefficient * INV_TWO_PI.high * power;
            power *= inverse * inverse;
        }
        Self { inverse, terms }
    }

    /// From the coefficient of d^k to the next: that of (t + d)^-m is C(−m, k) t^(−m−k).
    #[inline(always)]
    pub(super) fn next(&mut self, k: usize) {
        for (term, (_, m)) in self.terms.iter_mut().zip(SERIES) {
            *term *= -(m + k as f64) / (k + 1) as f64 * self.inverse;
        }
    }

    /// The coefficient of the current power.
    #[inline(always)]
    pub(super) fn sum(&self) -> f64 {
        let [a, b, c, d] = self.terms;
        a + (b + (c + d))
    }
}
