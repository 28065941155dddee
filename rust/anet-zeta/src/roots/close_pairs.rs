//! Pairs of zeros between two samples, which leave no sign change.
//!
//! With r_j = h Z'/Z at sample j, r_j − r_{j+1} = Σ 1 / ((j − x)(j + 1 − x)) over all zeros, x in samples. A zero outside
//! the cell j adds a positive term, one inside a term of at most −4. Without the terms of the roots known in the cell and
//! beside it the sum is positive; a pair that is not yet known in the cell makes it −8 or less, and the cell suspect.

use crate::arithmetic::lanes::lanes;
use crate::roots::cell::Cell;
use crate::roots::root::{Root, cell_at, eight, left_of};
use crate::sampling::interpolation::{polynomials, slopes_at_samples};
use anet_simd::Level;

/// A cell whose remainder is below this is suspect: it is positive without a pair, −8 or less with one, but for rounding.
const SUSPECT_BELOW: f64 = -1.0;

/// Remainders in front of the first cell's, for the terms of the roots below it.
const AHEAD: usize = 2;

/// The cells of 0 to `cells − 1` that hold roots not among `roots`, each numbered by the sample at its left.
///
/// `remainders` is memory of the work.
#[inline(always)]
pub(super) fn suspects(
    samples: &[f64],
    cells: usize,
    roots: &[Root],
    remainders: &mut Vec<f64>,
    out: &mut Vec<u32>,
) {
    differences(samples, cells, remainders);
    for roots in roots.chunks(8) {
        subtract_known(roots, remainders);
    }
    out.clear();
    for (index, some) in remainders[AHEAD..AHEAD + cells].chunks(16).enumerate() {
        // Nearly all sixteen are innocuous: one branch for all of them.
        let mut any = false;
        for value in some {
            any |= is_suspect(*value);
        }
        if any {
            let suspects = some.iter().enumerate().filter(|(_, value)| is_suspect(**value));
            out.extend(suspects.map(|(cell, _)| (left_of(0) + 16 * index + cell) as u32));
        }
    }
}

#[inline(always)]
fn is_suspect(remainder: f64) -> bool {
    remainder < SUSPECT_BELOW || remainder.is_nan()
}

/// r_j − r_{j+1} for each cell, the first at [`AHEAD`].
#[inline(always)]
fn differences(samples: &[f64], cells: usize, out: &mut Vec<f64>) {
    out.clear();
    out.resize(AHEAD + cells.next_multiple_of(8) + 8, 0.0);
    for first in (0..cells + 1).step_by(8) {
        let at = left_of(first as isize);
        let slope = slopes_at_samples(samples, at);
        let ratio = lanes!(lane => slope[lane] / samples[at + lane]);
        out[AHEAD + first..][..8].copy_from_slice(&ratio);
    }
    for first in (AHEAD..AHEAD + cells).step_by(8) {
        let difference = lanes!(lane => out[first + lane] - out[first + 1 + lane]);
        out[first..first + 8].copy_from_slice(&difference);
    }
}

/// Subtracts the terms of up to eight roots from their cells and those beside.
#[inline(always)]
fn subtract_known(roots: &[Root], remainders: &mut [f64]) {
    let mut x = [0.5f64; 8];
    for (x, root) in x.iter_mut().zip(roots) {
        *x = 0.5 * (root.u + root.step + 1.0);
    }
    let above = lanes!(lane => 1.0 / ((x[lane] - 1.0) * (x[lane] - 2.0)));
    let inside = lanes!(lane => 1.0 / (x[lane] * (x[lane] - 1.0)));
    let below = lanes!(lane => 1.0 / ((x[lane] + 1.0) * x[lane]));
    for (lane, root) in roots.iter().enumerate() {
        let cells = &mut remainders[(root.cell + AHEAD as isize) as usize - 1..][..3];
        cells[0] -= below[lane];
        cells[1] -= inside[lane];
        cells[2] -= above[lane];
    }
}

/// Replaces the roots of up to eight suspect cells by all that a closer look finds.
#[inline(always)]
pub(super) fn search(samples: &[f64], cells: &[u32], level: Level, roots: &mut Vec<Root>) {
    let lefts = eight(cells);
    let polynomials = polynomials(samples, &lefts, level);
    for lane in 0..cells.len() {
        let cell = cell_at(lefts[lane]);
        let (before, after) = (samples[lefts[lane]], samples[lefts[lane] + 1]);
        let view = Cell { polynomials: &polynomials, lane };
        let start = roots.partition_point(|root| root.cell < cell);
        let end = start + roots[start..].iter().take_while(|root| root.cell == cell).count();
        let brackets = match view.pair(before, after) {
            Some(pair) if start == end => pair.to_vec(),
            _ => view.brackets(before, after),
        };
        if brackets.len() > end - start {
            let mut all = Vec::with_capacity(brackets.len());
            for bracket in brackets {
                all.push(view.root(cell, bracket));
            }
            roots.splice(start..end, all);
        }
    }
}
