//! Z between its samples: the band-limited interpolation of forty samples, as a polynomial in each cell.

use super::tables::{EVEN, ODD, SLOPE};
use super::turns::{Lanes, lanes};

/// Coefficients of a polynomial.
pub const COEFFICIENTS: usize = 14;

/// Samples on either side of a cell that enter its polynomial.
const REACH: usize = 20;

/// The polynomials of eight cells: coefficient by coefficient, cell by cell.
pub type Polynomials = [Lanes; COEFFICIENTS];

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

/// Z over the cell between `samples[left]` and the next, as a polynomial in u, which runs from −1 to 1; one lane of eight.
#[inline(always)]
pub fn expand(samples: &[f64], left: usize, lane: usize, out: &mut Polynomials) {
    let above = &samples[left + 1..left + 1 + REACH];
    let below = &samples[left + 1 - REACH..left + 1];
    let (mut even, mut odd) = ([0.0f64; 8], [0.0f64; 8]);
    for i in 0..REACH {
        let (up, down) = (above[i], below[REACH - 1 - i]);
        let (sum, difference) = (up + down, up - down);
        even = lanes!(k => EVEN[i][k].mul_add(sum, even[k]));
        odd = lanes!(k => ODD[i][k].mul_add(difference, odd[k]));
    }
    for k in 0..COEFFICIENTS / 2 {
        out[2 * k][lane] = even[k];
        out[2 * k + 1][lane] = odd[k];
    }
}

/// Value and derivatives at u, one place in each cell.
#[inline(always)]
pub fn jets(polynomials: &Polynomials, u: &Lanes) -> (Lanes, Lanes, Lanes) {
    let (mut value, mut slope, mut bend) = ([0.0f64; 8], [0.0f64; 8], [0.0f64; 8]);
    for coefficient in polynomials.iter().rev() {
        for lane in 0..8 {
            bend[lane] = bend[lane].mul_add(u[lane], slope[lane]);
            slope[lane] = slope[lane].mul_add(u[lane], value[lane]);
            value[lane] = value[lane].mul_add(u[lane], coefficient[lane]);
        }
    }
    (value, slope, lanes!(lane => 2.0 * bend[lane]))
}

/// The same in one cell.
#[inline(always)]
pub fn jet(polynomials: &Polynomials, lane: usize, u: f64) -> Jet {
    let (mut value, mut slope, mut bend) = (0.0f64, 0.0f64, 0.0f64);
    for coefficient in polynomials.iter().rev() {
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
