//! The Riemann-Siegel theta function, in turns.
//!
//! θ(t) = (t/2) ln(t/2π) − t/2 − π/8 + 1/(48t) + 7/(5760t³) + 31/(80640t⁵) + 127/(430080t⁷) + ...

use super::turns::fraction;
use crate::zeta::double::{Double, PER_TURN};
use crate::zeta::logarithm::ln;

/// The coefficients of t^-1, t^-3, ... and their powers.
const TAIL: [(f64, i32); 4] =
    [(1.0 / 48.0, 1), (7.0 / 5760.0, 3), (31.0 / 80640.0, 5), (127.0 / 430_080.0, 7)];

/// Terms of the Taylor series: enough for 1e-18 turns where |d| ≤ t / 80 and t ≥ 400.
const TERMS: usize = 10;

/// θ(t) / 2π about a centre: `base + d · slope + d² rest[0] + ...`.
#[derive(Debug, Clone, Copy)]
pub struct ThetaSeries {
    centre: f64,
    /// At the centre, whole turns left out.
    base: Double,
    slope: Double,
    rest: [f64; TERMS - 2],
}

impl ThetaSeries {
    /// About `centre`, a positive height.
    pub fn about(centre: f64) -> Self {
        let t = centre;
        let tail = |k: usize| -> f64 {
            TAIL.iter().map(|(c, m)| c * binomial(*m, k) * t.powi(-m - k as i32)).sum::<f64>() * PER_TURN.high
        };
        let logarithm = PER_TURN.times(t).ln();
        let slope = logarithm.multiply(PER_TURN).times(0.5).plus(tail(1));
        let rest = std::array::from_fn(|i| {
            let (k, sign) = (i + 2, if i % 2 == 0 { 1.0 } else { -1.0 });
            let main = sign * t.powi(1 - k as i32) / (2.0 * (k * (k - 1)) as f64);
            main.mul_add(PER_TURN.high, tail(k))
        });
        Self { centre, base: turns(t).fraction(), slope, rest }
    }

    /// θ(t) / 2π, whole turns left out, within 1e-16, for |t − centre| ≤ centre / 80.
    #[inline(always)]
    pub fn at(&self, t: f64) -> f64 {
        let d = t - self.centre;
        let rest = self.rest.iter().rev().fold(0.0f64, |sum, term| sum.mul_add(d, *term)) * d * d;
        let product = d * self.slope.high;
        let low = d.mul_add(self.slope.high, -product) + d * self.slope.low;
        fraction(fraction(product) + (self.base.high + (rest + (low + self.base.low))))
    }
}

/// C(−m, k), the coefficient of (d/t)^k in (1 + d/t)^-m.
fn binomial(m: i32, k: usize) -> f64 {
    (0..k as i32).map(|i| f64::from(-m - i) / f64::from(i + 1)).product()
}

/// θ(t) / 2π for t > 0, within 1e-18 · t^½ and the error of the series, 0.01 t⁻⁹.
pub fn turns(t: f64) -> Double {
    let u = PER_TURN.times(t);
    let main = u.multiply(u.ln().plus(-1.0)).times(0.5).plus(-0.0625);
    main.plus(TAIL.iter().map(|(c, m)| c * t.powi(-m)).sum::<f64>() * PER_TURN.high)
}

/// θ'(t) without its tail: half the logarithm of t / 2π.
#[inline(always)]
pub fn frequency(t: f64) -> f64 {
    0.5 * ln(t * PER_TURN.high).high
}
