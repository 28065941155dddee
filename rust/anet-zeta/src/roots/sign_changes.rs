//! The roots behind sign changes between neighbouring samples, refined by Halley's and Newton's methods.

use crate::arithmetic::lanes::{Lanes, lanes};
use crate::roots::cell::Cell;
use crate::roots::root::{Bracket, Crossing, Root, cell_at, eight, is_negative, left_of};
use crate::sampling::interpolation::{
    COEFFICIENTS, Polynomials, ROUGH_COEFFICIENTS, polynomials, value_slope, value_slope_curvature,
};
use anet_simd::Level;

/// A Newton step of u above this was not the last one: such a root is found again by bisection.
///
/// Newton's method squares the error, so after a step of 3e-8 the next would be about 1e-15.
const LAST_STEP: f64 = 3e-8;

/// How far a root may lie outside its cell by rounding, in u.
const OUTSIDE: f64 = 1e-9;

/// The cells whose ends differ in sign, the neighbours of the block included, each numbered by the sample at its left.
///
/// Every other cell has one: a branch would go wrong as often as not, so every cell is written and some are kept.
#[inline(always)]
pub(super) fn sign_changes(samples: &[f64], cells: usize, out: &mut Vec<u32>) {
    out.clear();
    out.resize(cells + 3, 0);
    let (first, last) = (left_of(-1), left_of(cells as isize));
    let mut count = 0;
    for (index, pair) in samples[first..last + 2].windows(2).enumerate() {
        out[count] = (first + index) as u32;
        count += usize::from(is_negative(pair[0]) != is_negative(pair[1]));
    }
    out.truncate(count);
}

/// The root of each cell whose ends differ in sign.
#[inline(always)]
pub(super) fn roots_of(samples: &[f64], cells: &[u32], level: Level, roots: &mut Vec<Root>) {
    roots.clear();
    for cells in cells.chunks(8) {
        let lefts = eight(cells);
        let polynomials = polynomials(samples, &lefts, level);
        let (u, step, slope) = refined(&polynomials);
        for lane in 0..cells.len() {
            let cell = cell_at(lefts[lane]);
            let settled = step[lane].abs() < LAST_STEP && (u[lane] + step[lane]).abs() <= 1.0 + OUTSIDE;
            roots.push(if settled {
                Root { cell, u: u[lane], step: step[lane], slope: slope[lane] }
            } else {
                let crossing = Crossing::from(samples[lefts[lane]]);
                Cell { polynomials: &polynomials, lane }.root(cell, Bracket::cell(crossing))
            });
        }
    }
}

/// A root in each of eight cells as u, its last step and the slope there.
///
/// From the root of a parabola two steps of Halley's method, the first by few coefficients, and one of Newton's, which is
/// kept apart: it is the check, and what rounding leaves out of u.
#[inline(always)]
fn refined(polynomials: &Polynomials) -> (Lanes, Lanes, Lanes) {
    let u = parabola_root(polynomials);
    let u = halley(&u, value_slope_curvature::<ROUGH_COEFFICIENTS>(polynomials, &u));
    let u = halley(&u, value_slope_curvature::<COEFFICIENTS>(polynomials, &u));
    let (value, slope) = value_slope(polynomials, &u);
    (u, lanes!(lane => -value[lane] / slope[lane]), slope)
}

#[inline(always)]
fn halley(u: &Lanes, (value, slope, curvature): (Lanes, Lanes, Lanes)) -> Lanes {
    lanes!(lane => {
        let (p, s, c) = (value[lane], slope[lane], curvature[lane]);
        (u[lane] - 2.0 * p * s / (2.0 * s).mul_add(s, -(p * c))).clamp(-1.0, 1.0)
    })
}

/// The root of the parabola through Z at −1, 0 and 1.
#[inline(always)]
fn parabola_root(polynomials: &Polynomials) -> Lanes {
    let mut even = [0.0f64; 8];
    let mut odd = [0.0f64; 8];
    for k in 0..ROUGH_COEFFICIENTS / 2 {
        let (e, o) = (polynomials[2 * k], polynomials[2 * k + 1]);
        even = lanes!(lane => even[lane] + e[lane]);
        odd = lanes!(lane => odd[lane] + o[lane]);
    }
    lanes!(lane => {
        let (c, b) = (polynomials[0][lane], odd[lane]);
        let a = even[lane] - c;
        // Of the two roots of c + b u + a u² the one in the cell, without cancellation.
        let root = b.mul_add(b, -4.0 * a * c).max(0.0).sqrt();
        (-2.0 * c / (b + root.copysign(b))).clamp(-1.0, 1.0)
    })
}
