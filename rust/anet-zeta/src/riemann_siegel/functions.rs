//! Hardy's function, the theta function and the Gram points, at any height.

use std::f64::consts::{PI, TAU};

use crate::double::TURN;
use crate::error::{Error, Result};
use crate::riemann_siegel::angle_turns::fraction;
use crate::riemann_siegel::euler_maclaurin;
use crate::riemann_siegel::grid::HIGHEST;
use crate::riemann_siegel::logarithms::Logarithms;
use crate::riemann_siegel::samples::{Series, terms};
use crate::riemann_siegel::theta::{frequency, turns};
use crate::smooth::inversion::{ITERATIONS, invert};
use anet_simd::{Kernel, Level};

/// Below this height θ comes from the gamma function itself: its asymptotic series is not good enough.
const SERIES: f64 = 30.0;

/// Below this height Z comes from the Euler-Maclaurin formula, above it from the Riemann-Siegel formula, here good to 1e-17.
const EULER_MACLAURIN: f64 = 400.0;

/// Hardy's Z at heights in any order: Z(t) = e^{iθ(t)} ζ(½ + it), real, even, with the zeros of ζ on its critical line.
///
/// NaN gives NaN.
///
/// # Errors
/// [`Error::OutOfDomain`] for a height beyond ±3e13, where phases lose their digits.
pub struct HardyZ {
    logs: Logarithms,
}

impl HardyZ {
    /// For heights up to the largest of `heights`.
    ///
    /// # Errors
    /// [`Error::OutOfDomain`] for a height beyond ±3e13, where phases lose their digits.
    pub fn for_heights(heights: &[f64]) -> Result<Self> {
        if let Some(bad) = heights.iter().find(|t| t.abs() > HIGHEST) {
            return Err(Error::float("t", "between -3e13 and 3e13", *bad));
        }
        let highest = heights.iter().fold(0.0f64, |highest, t| highest.max(t.abs()));
        let count = terms(highest).max(euler_maclaurin::cut(highest.min(EULER_MACLAURIN)));
        Ok(Self { logs: Logarithms::new(count + 1) })
    }

    /// How many terms the longest sum has.
    pub fn terms(&self) -> usize {
        self.logs.high.len()
    }

    /// Z(t); NaN for NaN.
    pub fn at(&self, t: f64) -> f64 {
        if t.is_nan() { t } else { Level::detect().run(At { t: t.abs(), logs: &self.logs }) }
    }
}

struct At<'a> {
    t: f64,
    logs: &'a Logarithms,
}

impl Kernel for At<'_> {
    type Output = f64;

    #[inline(always)]
    fn run(self) -> f64 {
        let lanes = [self.t; 8];
        if self.t < EULER_MACLAURIN {
            let turns = fraction(theta(self.t) / TAU);
            euler_maclaurin::hardy_z(&lanes, &[turns; 8], euler_maclaurin::cut(self.t), self.logs)[0]
        } else {
            Series::about(self.t).hardy_z_at(self.t, self.logs)
        }
    }
}

/// The Riemann-Siegel theta function, arg Γ(¼ + it/2) − (t/2) ln π, continuous and odd.
///
/// Within a unit in the last place for |t| ≥ 30, and within 1e-14 below. NaN for NaN, ±∞ for ±∞.
pub fn theta(t: f64) -> f64 {
    let height = t.abs();
    let value = if height < SERIES {
        theta_of_small(height)
    } else if height < 1e30 {
        turns(height).multiply(TURN).high
    } else {
        0.5 * height * ((height / TAU).ln() - 1.0)
    };
    if t < 0.0 { -value } else { value }
}

/// By Stirling's series at ¼ + it/2 + 16, and the recurrence of Γ back.
fn theta_of_small(t: f64) -> f64 {
    const SHIFT: i32 = 16;
    // B_2k / (2k (2k − 1)).
    const STIRLING: [f64; 7] = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1260.0,
        -1.0 / 1680.0,
        1.0 / 1188.0,
        -691.0 / 360_360.0,
        1.0 / 156.0,
    ];
    let (x, y) = (0.25 + f64::from(SHIFT), 0.5 * t);
    let (modulus, argument) = (x.hypot(y), y.atan2(x));
    // Im((z − ½) ln z − z) and the terms Im z^(1−2k).
    let mut sum = (x - 0.5) * argument + y * modulus.ln() - y;
    for (k, coefficient) in (1..).zip(STIRLING) {
        let power = f64::from(1 - 2 * k);
        sum += coefficient * modulus.powf(power) * (power * argument).sin();
    }
    let back: f64 = (0..SHIFT).map(|k| y.atan2(0.25 + f64::from(k))).sum();
    sum - back - y * PI.ln()
}

/// The n-th Gram point: where θ = nπ, above the minimum of θ. n is at least −1.
///
/// Within a unit in the last place for n ≥ 4, and within 1e-13 below.
///
/// # Errors
/// [`Error::OutOfDomain`] below −1, and above 1.3e14.
pub fn gram_point(n: i128) -> Result<f64> {
    check_gram_index(n)?;
    let n = n as f64;
    // N(T) = θ/π + 1 smoothly: the inverse of the smooth count is a start.
    let mut t = if n < 1.0 { 9.7 + 8.1 * (n + 1.0) } else { invert(n + 1.0, ITERATIONS) };
    for _ in 0..6 {
        let excess =
            if t < SERIES { theta_of_small(t) / TAU - 0.5 * n } else { turns(t).plus(-0.5 * n).high };
        t -= excess * TAU / slope(t);
    }
    Ok(t)
}

/// Whether there is a Gram point of this number here.
///
/// # Errors
/// [`Error::OutOfDomain`] below −1, and above 1.3e14.
pub fn check_gram_index(n: i128) -> Result<()> {
    match n {
        ..-1 => Err(Error::integer("n", "at least -1", n)),
        -1..=130_000_000_000_000 => Ok(()),
        _ => Err(Error::integer("n", "at most 130000000000000", n)),
    }
}

/// θ'(t).
fn slope(t: f64) -> f64 {
    frequency(t) - 1.0 / (48.0 * t * t)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn theta_is_one_function() {
        let (below, above) = (theta_of_small(40.0), turns(40.0).multiply(TURN).high);
        assert!((below - above).abs() < 1e-14, "{below} {above}");
        assert!((theta(1.0) + 1.767_547_952_812_290_4).abs() < 1e-14);
        assert_eq!(theta(-40.0), -above);
        assert_eq!(theta(0.0), 0.0);
        assert!(theta(f64::NAN).is_nan());
    }

    #[test]
    fn gram_points_are_where_theta_is_a_multiple_of_pi() {
        for n in [-1, 0, 1, 10, 1000, 1_000_000, 1_000_000_000_000] {
            let turns = turns(gram_point(n).unwrap()).plus(-0.5 * n as f64).high;
            let unit = gram_point(n).unwrap() * f64::EPSILON;
            assert!(turns.abs() < unit.max(1e-12), "{n}: {turns}");
        }
    }
}
