//! One comparison at a time.

use crate::elementwise::range;
use crate::elementwise::range::MASKED;

pub(super) fn indices(x: &[f64], range: [f64; 2], out: &mut Vec<usize>) {
    range::indices(x, range, out, mask);
}

#[inline(always)]
fn mask(x: &[f64; MASKED], [low, high]: [f64; 2]) -> u64 {
    x.iter().rev().fold(0, |mask, x| mask << 1 | u64::from(low <= *x && *x < high))
}
