//! The correction over a stretch of heights, as a series of Chebyshev polynomials.

use std::sync::OnceLock;

use crate::arithmetic::lanes::{Lanes, lanes};
use crate::arithmetic::phase::{cosine, fraction};
use crate::riemann_siegel::correction::Correction;

/// Terms of the series: enough for 1e-17 where √(t/2π) changes by up to 0.7.
const NODES: usize = 24;

/// Trailing coefficients below this, the rounding of the others, are left out.
const NEGLIGIBLE: f64 = 2e-17;

/// The correction over heights about a centre.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CorrectionSeries {
    centre: f64,
    /// 1 / reach.
    scale: f64,
    coefficients: [f64; NODES],
    /// How many of them count.
    used: usize,
}

impl CorrectionSeries {
    /// Of `correction` over the heights `centre − reach ..= centre + reach`.
    #[inline(always)]
    pub(crate) fn new(correction: &Correction, centre: f64, reach: f64) -> Self {
        let cosines = cosines();
        let values = node_values(correction, centre, reach, cosines);
        let mut coefficients = [0.0f64; NODES];
        for (value, cosines) in values.iter().zip(cosines) {
            for k in 0..NODES {
                coefficients[k] = value.mul_add(cosines[k], coefficients[k]);
            }
        }
        let mut used = 1;
        for (k, coefficient) in coefficients.iter_mut().enumerate() {
            *coefficient *= if k == 0 { 1.0 } else { 2.0 } / NODES as f64;
            if coefficient.abs() > NEGLIGIBLE {
                used = k + 1;
            }
        }
        Self { centre, scale: 1.0 / reach, coefficients, used }
    }

    /// The correction at eight heights, by Clenshaw's recurrence.
    #[inline(always)]
    pub(crate) fn at(&self, t: &Lanes) -> Lanes {
        let x = lanes!(lane => 2.0 * ((t[lane] - self.centre) * self.scale));
        let (mut now, mut before) = ([0.0f64; 8], [0.0f64; 8]);
        for coefficient in self.coefficients[1..self.used].iter().rev() {
            let next = lanes!(lane => x[lane].mul_add(now[lane], coefficient - before[lane]));
            (now, before) = (next, now);
        }
        lanes!(lane => (0.5 * x[lane]).mul_add(now[lane], self.coefficients[0] - before[lane]))
    }
}

/// The correction at the Chebyshev nodes.
#[inline(always)]
fn node_values(
    correction: &Correction,
    centre: f64,
    reach: f64,
    cosines: &[[f64; NODES]; NODES],
) -> [f64; NODES] {
    let mut values = [0.0f64; NODES];
    for first in (0..NODES).step_by(8) {
        let distance = lanes!(lane => reach * cosines[first + lane][1]);
        let t = lanes!(lane => centre + distance[lane]);
        let low = lanes!(lane => distance[lane] - (t[lane] - centre));
        values[first..first + 8].copy_from_slice(&correction.at_sum(&t, &low));
    }
    values
}

/// cos(kα) by node and k, α being the angle of the node.
fn cosines() -> &'static [[f64; NODES]; NODES] {
    static COSINES: OnceLock<[[f64; NODES]; NODES]> = OnceLock::new();
    // Angles in turns; whole turns are left out while angles are integers.
    let angle = |k: usize, node: usize| ((k * (2 * node + 1)) % (4 * NODES)) as f64 / (4 * NODES) as f64;
    let cosine_of = |k, node| cosine(fraction(angle(k, node)));
    COSINES.get_or_init(|| std::array::from_fn(|node| std::array::from_fn(|k| cosine_of(k, node))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_series_is_the_correction() {
        let (centre, reach) = (36_500.0, 285.0);
        let correction = Correction::new(centre, 76);
        let series = CorrectionSeries::new(&correction, centre, reach);
        for step in -50..=50 {
            let t = centre + reach * f64::from(step) / 50.0;
            let want = correction.at(&[t; 8])[0];
            assert!((series.at(&[t; 8])[0] - want).abs() < 1e-16, "{t}");
        }
    }
}
