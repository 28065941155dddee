//! Plain Rust: always built, the oracle of the other backends, which compile the same loops for wider registers.

use crate::blake2b::batch;
use crate::blake2b::batch::{Batch, LANES, Prefix};
use crate::elementwise::range;
use crate::elementwise::sum::{block, pairwise};
use crate::elementwise::tanh::tanh;

pub fn hashes(prefix: &Prefix, batches: &[Batch], longest: usize, hashes: &mut [[u64; LANES]]) {
    batch::hashes::<u64>(prefix, batches, longest, hashes);
}

/// In two passes: each is a long chain for every number, and shorter chains overlap better.
#[inline(always)]
pub fn elevations(x: &[f64], centre: f64, spread: f64, scale: f64, out: &mut [f64]) {
    for (out, x) in out.iter_mut().zip(x) {
        *out = ((x - centre) / spread).abs();
    }
    for out in out {
        *out = tanh(*out) * scale;
    }
}

pub fn sum(x: &[f64]) -> f64 {
    pairwise(x, &|x| block(x, |x| x))
}

pub fn sum_of_squares(x: &[f64], centre: f64) -> f64 {
    pairwise(x, &|x| block(x, |x| (x - centre) * (x - centre)))
}

pub fn sum_of_distances(x: &[f64], centre: f64) -> f64 {
    pairwise(x, &|x| block(x, |x| (x - centre).abs()))
}

#[inline(always)]
pub fn count_at_least(x: &[f64], bound: f64) -> usize {
    range::count_at_least(x, bound)
}

pub fn indices(x: &[f64], range: [f64; 2], out: &mut Vec<usize>) {
    range::indices(x, range, out, range::mask);
}
