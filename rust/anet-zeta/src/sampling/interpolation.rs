//! Z between its samples: the band-limited interpolation of forty samples, as a polynomial in each cell.
//!
//! The weights minimise the mean square error over the band (Odlyzko, *The 10^20-th zero* (1992), section 4.4, has a kernel
//! with the same purpose); `tools/zeta_tables.py` computes them.

use crate::arithmetic::lanes::{Lanes, lanes};
use crate::tables::{EVEN_WEIGHTS, ODD_WEIGHTS, SLOPE_WEIGHTS};
use anet_simd::Level;
use anet_simd::interpolation::{CELLS, Coefficients, SUMS};

pub(crate) use anet_simd::interpolation::REACH;

/// Coefficients of a polynomial: the weights are polynomials of degree 13 in the place within the cell.
pub(crate) const COEFFICIENTS: usize = 14;

/// Coefficients that are enough for a first step: what they leave out is below 1e-5 of Z.
pub(crate) const ROUGH_COEFFICIENTS: usize = 8;

/// The polynomials of eight cells: coefficient by coefficient, of which [`COEFFICIENTS`] count, cell by cell.
pub(crate) type Polynomials = Coefficients;

/// A value and its first two derivatives.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Jet {
    /// The value.
    pub(crate) value: f64,
    /// The derivative.
    pub(crate) slope: f64,
    /// The second derivative.
    pub(crate) curvature: f64,
}

/// Z over the cells between `samples[lefts[i]]` and the next, as polynomials in u, which runs from −1 to 1.
#[inline(always)]
pub(crate) fn polynomials(samples: &[f64], lefts: &[usize; CELLS], level: Level) -> Polynomials {
    let mut polynomials = [[0.0; CELLS]; 2 * SUMS];
    level.taps(samples, lefts, [&EVEN_WEIGHTS, &ODD_WEIGHTS], &mut polynomials);
    polynomials
}

/// Value, slope and curvature at u, one place in each cell, by the first `TERMS` coefficients.
#[inline(always)]
pub(crate) fn value_slope_curvature<const TERMS: usize>(
    polynomials: &Polynomials,
    u: &Lanes,
) -> (Lanes, Lanes, Lanes) {
    let (mut value, mut slope, mut curvature) = ([0.0f64; 8], [0.0f64; 8], [0.0f64; 8]);
    for coefficient in polynomials[..TERMS].iter().rev() {
        for lane in 0..8 {
            curvature[lane] = curvature[lane].mul_add(u[lane], slope[lane]);
            slope[lane] = slope[lane].mul_add(u[lane], value[lane]);
            value[lane] = value[lane].mul_add(u[lane], coefficient[lane]);
        }
    }
    (value, slope, lanes!(lane => 2.0 * curvature[lane]))
}

/// Value and slope at u, one place in each cell.
#[inline(always)]
pub(crate) fn value_slope(polynomials: &Polynomials, u: &Lanes) -> (Lanes, Lanes) {
    let (mut value, mut slope) = ([0.0f64; 8], [0.0f64; 8]);
    for coefficient in polynomials[..COEFFICIENTS].iter().rev() {
        for lane in 0..8 {
            slope[lane] = slope[lane].mul_add(u[lane], value[lane]);
            value[lane] = value[lane].mul_add(u[lane], coefficient[lane]);
        }
    }
    (value, slope)
}

/// Value, slope and curvature at u in one cell.
#[inline(always)]
pub(crate) fn jet(polynomials: &Polynomials, lane: usize, u: f64) -> Jet {
    let (mut value, mut slope, mut curvature) = (0.0f64, 0.0f64, 0.0f64);
    for coefficient in polynomials[..COEFFICIENTS].iter().rev() {
        curvature = curvature.mul_add(u, slope);
        slope = slope.mul_add(u, value);
        value = value.mul_add(u, coefficient[lane]);
    }
    Jet { value, slope, curvature: 2.0 * curvature }
}

/// h Z' at `samples[at..at + 8]`, from forty samples about each.
#[inline(always)]
pub(crate) fn slopes_at_samples(samples: &[f64], at: usize) -> Lanes {
    let mut sum = [0.0f64; 8];
    for (i, weight) in SLOPE_WEIGHTS.iter().enumerate() {
        let above = &samples[at + 1 + i..at + 9 + i];
        let below = &samples[at - 1 - i..at + 7 - i];
        sum = lanes!(lane => weight.mul_add(above[lane] - below[lane], sum[lane]));
    }
    sum
}
