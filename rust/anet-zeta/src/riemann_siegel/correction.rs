//! The corrections of the Riemann-Siegel formula.

use std::sync::OnceLock;

use crate::double::PER_TURN;
use crate::riemann_siegel::angle_turns::{Lanes, cosine, fraction, lanes};
use crate::riemann_siegel::tables::CORRECTIONS;

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

    /// The correction at eight heights.
    #[inline(always)]
    pub fn at(&self, t: &Lanes) -> Lanes {
        self.beyond(t, &[0.0; 8])
    }

    /// The correction at eight heights t + low.
    #[inline(always)]
    fn beyond(&self, t: &Lanes, low: &Lanes) -> Lanes {
        let a = lanes!(lane => (t[lane] * PER_TURN.high).sqrt());
        let z =
            lanes!(lane => 2.0 * ((a[lane] - self.count) + below_root(t[lane], low[lane], a[lane])) - 1.0);
        let square = lanes!(lane => z[lane] * z[lane]);
        let inverse = lanes!(lane => 1.0 / a[lane]);
        let mut sum = [0.0f64; 8];
        for (k, coefficients) in CORRECTIONS[..self.terms].iter().enumerate().rev() {
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

    /// The correction over `centre − reach ..= centre + reach` as a series of Chebyshev polynomials.
    #[inline(always)]
    pub fn series(&self, centre: f64, reach: f64) -> CorrectionSeries {
        let waves = waves();
        let mut values = [0.0f64; NODES];
        for first in (0..NODES).step_by(8) {
            let distance = lanes!(lane => reach * waves[first + lane][1]);
            let t = lanes!(lane => centre + distance[lane]);
            let low = lanes!(lane => distance[lane] - (t[lane] - centre));
            values[first..first + 8].copy_from_slice(&self.beyond(&t, &low));
        }
        let mut coefficients = [0.0f64; NODES];
        for (value, waves) in values.iter().zip(waves) {
            for k in 0..NODES {
                coefficients[k] = value.mul_add(waves[k], coefficients[k]);
            }
        }
        let mut used = 1;
        for (k, coefficient) in coefficients.iter_mut().enumerate() {
            *coefficient *= if k == 0 { 1.0 } else { 2.0 } / NODES as f64;
            if coefficient.abs() > NEGLIGIBLE {
                used = k + 1;
            }
        }
        CorrectionSeries { centre, scale: 1.0 / reach, coefficients, used }
    }
}

/// cos(kα) by node and k, α being the angle of the node.
fn waves() -> &'static [[f64; NODES]; NODES] {
    static WAVES: OnceLock<[[f64; NODES]; NODES]> = OnceLock::new();
    // In turns; whole turns are left out while they are integers.
    let angle = |k: usize, node: usize| ((k * (2 * node + 1)) % (4 * NODES)) as f64 / (4 * NODES) as f64;
    let wave = |k, node| cosine(fraction(angle(k, node)));
    WAVES.get_or_init(|| std::array::from_fn(|node| std::array::from_fn(|k| wave(k, node))))
}

/// What rounding left out of a = √((t + low)/2π): against N whole terms it would cost a digit for every hundredfold height.
#[inline(always)]
fn below_root(t: f64, low: f64, a: f64) -> f64 {
    let square = PER_TURN.times(t);
    ((-a).mul_add(a, square.high) + low.mul_add(PER_TURN.high, square.low)) / (2.0 * a)
}

/// Terms of the Chebyshev series: enough for 1e-17 where √(t/2π) changes by up to 0.7.
const NODES: usize = 24;

/// Trailing coefficients below this, the rounding of the others, are left out.
const NEGLIGIBLE: f64 = 2e-17;

/// The correction over a stretch of heights.
#[derive(Debug, Clone, Copy)]
pub struct CorrectionSeries {
    centre: f64,
    scale: f64,
    coefficients: [f64; NODES],
    /// How many of them count.
    used: usize,
}

impl CorrectionSeries {
    /// The correction at eight heights, by Clenshaw's recurrence.
    #[inline(always)]
    pub fn at(&self, t: &Lanes) -> Lanes {
        let x = lanes!(lane => 2.0 * ((t[lane] - self.centre) * self.scale));
        let (mut now, mut before) = ([0.0f64; 8], [0.0f64; 8]);
        for coefficient in self.coefficients[1..self.used].iter().rev() {
            let next = lanes!(lane => x[lane].mul_add(now[lane], coefficient - before[lane]));
            (now, before) = (next, now);
        }
        lanes!(lane => (0.5 * x[lane]).mul_add(now[lane], self.coefficients[0] - before[lane]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_series_is_the_correction() {
        let (centre, reach) = (36_500.0, 285.0);
        let correction = Correction::new(centre, 76);
        let series = correction.series(centre, reach);
        for step in -50..=50 {
            let t = centre + reach * f64::from(step) / 50.0;
            let want = correction.at(&[t; 8])[0];
            assert!((series.at(&[t; 8])[0] - want).abs() < 1e-16, "{t}");
        }
    }
}
