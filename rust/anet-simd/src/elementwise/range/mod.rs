//! The numbers of a slice that lie in a range, by bit masks of 64 numbers at a time.

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod portable;

use crate::level::Level;
use crate::level::dispatch::dispatch;

impl Level {
    dispatch! {
        /// The number of values that are at least `bound`; no NaN is.
        pub fn count_at_least(self, x: &[f64], bound: f64) -> usize {
            x.iter().map(|x| u64::from(*x >= bound)).sum::<u64>() as usize
        }
    }

    dispatch! {
        /// Appends the indices of the numbers in `low..high`, in ascending order; no NaN lies in a range.
        pub fn indices(self, x: &[f64], range: [f64; 2], out: &mut Vec<usize>);
    }
}

/// Numbers under one mask.
const MASKED: usize = u64::BITS as usize;

/// Appends the indices of the numbers in `low..high`. `mask` gives the mask of 64 numbers.
#[inline(always)]
fn indices(
    x: &[f64],
    [low, high]: [f64; 2],
    out: &mut Vec<usize>,
    mask: impl Fn(&[f64; MASKED], [f64; 2]) -> u64,
) {
    let (chunks, rest) = x.as_chunks::<MASKED>();
    for (index, chunk) in chunks.iter().enumerate() {
        push(mask(chunk, [low, high]), index * MASKED, out);
    }
    let bits = rest.iter().enumerate().map(|(bit, x)| u64::from(low <= *x && *x < high) << bit);
    push(bits.sum(), x.len() - rest.len(), out);
}

/// Appends the places of the bits of a mask, counted from `first`.
#[inline(always)]
fn push(mut mask: u64, first: usize, out: &mut Vec<usize>) {
    while mask != 0 {
        out.push(first + mask.trailing_zeros() as usize);
        mask &= mask - 1;
    }
}
