//! The Riemann-Siegel theta function, in turns.
//!
//! θ(t) = (t/2) ln(t/2π) − t/2 − π/8 + 1/(48t) + 7/(5760t³) + 31/(80640t⁵) + 127/(430080t⁷) + ...

use crate::double::{Double, PER_TURN};
use crate::logarithm::ln;
use crate::riemann_siegel::angle_turns::{Lanes, fraction, lanes};

/// The coefficients of t^-1, t^-3, ... and their powers.
const TAIL: [(f64, f64); 4] =
    [(1.0 / 48.0, 1.0), (7.0 / 5760.0, 3.0), (31.0 / 80640.0, 5.0), (127.0 / 430_080.0, 7.0)];

/// Terms of the Taylor series at most: enough for 1e-18 turns where |d| ≤ t / 24 and 200 ≤ t ≤ 1e5.
const TERMS: usize = 16;

/// Terms below this many turns are left out.
const NEGLIGIBLE: f64 = 1e-19;

/// θ(t) / 2π about a centre: `base + d · slope + d² rest[0] + ...`.
#[derive(Debug, Clone, Copy)]
pub struct ThetaSeries {
    centre: f64,
    /// At the centre, whole turns left out.
    base: Double,
    slope: Double,
    rest: [f64; TERMS - 2],
    /// How many of `rest` count.
    used: usize,
}

impl ThetaSeries {
    /// For heights up to `reach` from `centre`, a positive height.
    #[inline(always)]
    pub fn about(centre: f64, reach: f64) -> Self {
        let u = PER_TURN.times(centre);
        let logarithm = u.ln();
        let mut tail = Tail::at(centre);
        let base = main(u, logarithm).plus(tail.sum()).fraction();
        tail.next(0);
        let slope = logarithm.multiply(PER_TURN).times(0.5).plus(tail.sum());
        let (mut rest, mut used) = ([0.0; TERMS - 2], 0);
        let (mut power, mut distance) = (-PER_TURN.high, reach);
        while used < rest.len() {
            let k = used + 2;
            tail.next(k - 1);
            power *= -tail.inverse;
            distance *= reach;
            rest[used] = power / (2 * k * (k - 1)) as f64 + tail.sum();
            if rest[used].abs() * distance < NEGLIGIBLE {
                break;
            }
            used += 1;
        }
        Self { centre, base, slope, rest, used }
    }

    /// θ(t) / 2π, whole turns left out, within 1e-16.
    #[inline(always)]
    pub fn at(&self, t: &Lanes) -> Lanes {
        let d = lanes!(lane => t[lane] - self.centre);
        let mut rest = [0.0f64; 8];
        for term in self.rest[..self.used].iter().rev() {
            rest = lanes!(lane => rest[lane].mul_add(d[lane], *term));
        }
        lanes!(lane => {
            let product = d[lane] * self.slope.high;
            let low = d[lane].mul_add(self.slope.high, -product) + d[lane] * self.slope.low;
            let rest = rest[lane] * d[lane] * d[lane];
            fraction(fraction(product) + (self.base.high + (rest + (low + self.base.low))))
        })
    }
}

/// The Taylor coefficients of the tail, one after the other.
struct Tail {
    inverse: f64,
    terms: [f64; TAIL.len()],
}

impl Tail {
    #[inline(always)]
    fn at(t: f64) -> Self {
        let inverse = 1.0 / t;
        let (mut power, mut terms) = (inverse, [0.0; TAIL.len()]);
        for (term, (coefficient, _)) in terms.iter_mut().zip(TAIL) {
            *term = coefficient * PER_TURN.high * power;
            power *= inverse * inverse;
        }
        Self { inverse, terms }
    }

    /// From the coefficient of d^k to the next: that of (t + d)^-m is C(−m, k) t^(−m−k).
    #[inline(always)]
    fn next(&mut self, k: usize) {
        for (term, (_, m)) in self.terms.iter_mut().zip(TAIL) {
            *term *= -(m + k as f64) / (k + 1) as f64 * self.inverse;
        }
    }

    #[inline(always)]
    fn sum(&self) -> f64 {
        let [a, b, c, d] = self.terms;
        a + (b + (c + d))
    }
}

/// (u ln u − u) / 2 − 1/16.
#[inline(always)]
fn main(u: Double, logarithm: Double) -> Double {
    u.multiply(logarithm.plus(-1.0)).times(0.5).plus(-0.0625)
}

/// θ(t) / 2π for t > 0, within 1e-18 · t^½ and the error of the series, 0.01 t⁻⁹.
pub fn turns(t: f64) -> Double {
    let u = PER_TURN.times(t);
    main(u, u.ln()).plus(Tail::at(t).sum())
}

/// θ'(t) without its tail: half the logarithm of t / 2π.
#[inline(always)]
pub fn frequency(t: f64) -> f64 {
    0.5 * ln(t * PER_TURN.high).high
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_series_is_the_function() {
        for (centre, reach) in
            [(200.0, 8.0), (450.0, 18.0), (7e3, 290.0), (1e5, 300.0), (1e9, 200.0), (2e13, 100.0)]
        {
            let series = ThetaSeries::about(centre, reach);
            for step in -8..=8 {
                let t = centre + reach * f64::from(step) / 8.0;
                let difference = turns(t).plus(-series.at(&[t; 8])[0]).fraction().high;
                assert!(difference.abs() < 2e-16, "{t} about {centre}: {difference}");
            }
        }
    }
}
