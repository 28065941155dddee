//! Z between its samples: the band-limited interpolation of forty samples, as a polynomial in each cell.

use crate::riemann_siegel::angle_turns::{Lanes, lanes};
use crate::riemann_siegel::tables::{EVEN, ODD, SLOPE};
use anet_simd::{CELLS, Coefficients, Level, PARITY_SUMS};

/// Coefficients of a polynomial.
pub const COEFFICIENTS: usize = 14;

/// Coefficients that are enough for a first step: what they leave out is below 1e-5 of Z.
pub const ROUGH: usize = 8;

/// The polynomials of eight cells: coefficient by coefficient, of which [`COEFFICIENTS`] count, cell by cell.
pub type Polynomials = Coefficients;

/// A value and two derivatives.
#[derive(Debug, Clone, Copy)]
pub struct Jet {
    /// The value.
    pub value: f64,
    /// The derivative.
    pub slope: f64,
    /// The second derivative.
    pub bend: f64,
}

/// Z over the cells between `samples[lefts[i]]` and the next, as polynomials in u, which runs from −1 to 1.
#[inline(always)]
pub fn expand(samples: &[f64], lefts: &[usize; CELLS], level: Level) -> Polynomials {
    let mut polynomials = [[0.0; CELLS]; 2 * PARITY_SUMS];
    level.interpolate(samples, lefts, [&EVEN, &ODD], &mut polynomials);
    polynomials
}

/// Value and derivatives at u, one place in each cell, by the first `TERMS` coefficients.
#[inline(always)]
pub fn jets<const TERMS: usize>(polynomials: &Polynomials, u: &Lanes) -> (Lanes, Lanes, Lanes) {
    let (mut value, mut slope, mut bend) = ([0.0f64; 8], [0.0f64; 8], [0.0f64; 8]);
    for coefficient in polynomials[..TERMS].iter().rev() {
        for lane in 0..8 {
            bend[lane] = bend[lane].mul_add(u[lane], slope[lane]);
            slope[lane] = slope[lane].mul_add(u[lane], value[lane]);
            value[lane] = value[lane].mul_add(u[lane], coefficient[lane]);
        }
    }
    (value, slope, lanes!(lane => 2.0 * bend[lane]))
}

/// Value and derivative alone.
#[inline(always)]
pub fn lines(polynomials: &Polynomials, u: &Lanes) -> (Lanes, Lanes) {
    let (mut value, mut slope) = ([0.0f64; 8], [0.0f64; 8]);
    for coefficient in polynomials[..COEFFICIENTS].iter().rev() {
        for lane in 0..8 {
            slope[lane] = slope[lane].mul_add(u[lane], value[lane]);
            value[lane] = value[lane].mul_add(u[lane], coefficient[lane]);
        }
    }
    (value, slope)
}

/// Value and derivatives in one cell.
#[inline(always)]
pub fn jet(polynomials: &Polynomials, lane: usize, u: f64) -> Jet {
    let (mut value, mut slope, mut bend) = (0.0f64, 0.0f64, 0.0f64);
    for coefficient in polynomials[..COEFFICIENTS].iter().rev() {
        bend = bend.mul_add(u, slope);
        slope = slope.mul_add(u, value);
        value = value.mul_add(u, coefficient[lane]);
    }
    Jet { value, slope, bend: 2.0 * bend }
}

/// h Z' at `samples[at..at + 8]`, from forty samples about each.
#[inline(always)]
pub fn slopes(samples: &[f64], at: usize) -> Lanes {
    let mut sum = [0.0f64; 8];
    for (i, weight) in SLOPE.iter().enumerate() {
        let above = &samples[at + 1 + i..at + 9 + i];
        let below = &samples[at - 1 - i..at + 7 - i];
        sum = lanes!(lane => weight.mul_add(above[lane] - below[lane], sum[lane]));
    }
    sum
}
