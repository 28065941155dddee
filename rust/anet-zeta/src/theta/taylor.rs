//! The theta function over a stretch of heights, as a Taylor series.

use crate::arithmetic::double_double::{DoubleDouble, INV_TWO_PI};
use crate::arithmetic::lanes::{Lanes, lanes};
use crate::arithmetic::phase::fraction;
use crate::theta::asymptotic::{Tail, leading};

/// Terms of the Taylor series at most: enough for 1e-18 turns where |d| ≤ t / 24 and 200 ≤ t ≤ 1e5.
const MOST_TERMS: usize = 16;

/// Terms below this many turns are left out: a thousandth of what [`ThetaSeries::at`] is rounded by.
const NEGLIGIBLE: f64 = 1e-19;

/// θ(t) / 2π about a centre, in turns: `base + d · slope + d² rest[0] + ...` at the distance d.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ThetaSeries {
    centre: f64,
    /// At the centre, whole turns left out.
    base: DoubleDouble,
    slope: DoubleDouble,
    rest: [f64; MOST_TERMS - 2],
    /// How many of `rest` count.
    used: usize,
}

impl ThetaSeries {
    /// For heights up to `reach` from `centre`, a positive height.
    #[inline(always)]
    pub(crate) fn about(centre: f64, reach: f64) -> Self {
        let u = INV_TWO_PI.times(centre);
        let logarithm = u.ln();
        let mut tail = Tail::at(centre);
        let base = leading(u, logarithm).plus(tail.sum()).fraction();
        tail.next(0);
        let slope = logarithm.multiply(INV_TWO_PI).times(0.5).plus(tail.sum());
        let (mut rest, mut used) = ([0.0; MOST_TERMS - 2], 0);
        let (mut power, mut distance) = (-INV_TWO_PI.high, reach);
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
    pub(crate) fn at(&self, t: &Lanes) -> Lanes {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theta::asymptotic::theta_turns;

    #[test]
    fn the_series_is_the_function() {
        for (centre, reach) in
            [(200.0, 8.0), (450.0, 18.0), (7e3, 290.0), (1e5, 300.0), (1e9, 200.0), (2e13, 100.0)]
        {
            let series = ThetaSeries::about(centre, reach);
            for step in -8..=8 {
                let t = centre + reach * f64::from(step) / 8.0;
                let difference = theta_turns(t).plus(-series.at(&[t; 8])[0]).fraction().high;
                assert!(difference.abs() < 2e-16, "{t} about {centre}: {difference}");
            }
        }
    }
}
