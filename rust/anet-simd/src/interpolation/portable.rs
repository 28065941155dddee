//! One cell and one pair of samples at a time.

use crate::interpolation::{CELLS, Coefficients, PARITY_SUMS, REACH, Weights, check};

pub(super) fn interpolate(
    samples: &[f64],
    lefts: &[usize; CELLS],
    [even, odd]: [&Weights; 2],
    out: &mut Coefficients,
) {
    check(samples, lefts);
    *out = [[0.0; CELLS]; 2 * PARITY_SUMS];
    for (cell, left) in lefts.iter().enumerate() {
        for i in 0..REACH {
            let (above, below) = (samples[left + 1 + i], samples[left - i]);
            for k in 0..PARITY_SUMS {
                out[2 * k][cell] = even[i][k].mul_add(above + below, out[2 * k][cell]);
                out[2 * k + 1][cell] = odd[i][k].mul_add(above - below, out[2 * k + 1][cell]);
            }
        }
    }
}
