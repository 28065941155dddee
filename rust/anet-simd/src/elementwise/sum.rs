//! Sums in NumPy's order.
//!
//! On a constant window the rounding of the mean decides everything: 0.5 gives `x − mean = 0` and an empty signature,
//! 0.1 gives one unit in the last place and a full one. So the order of additions is part of the contract:
//! under 8 terms one by one; up to 128 terms eight running sums, joined pairwise, then the rest one by one;
//! above, the two halves apart, the first a multiple of eight long.

use crate::level::Level;
use crate::level::dispatch::dispatch;

/// Longest run that is summed by eight running sums, as in NumPy (`PW_BLOCKSIZE`).
const BLOCK: usize = 128;

/// Running sums in a block, as in NumPy, whatever the width of the registers.
const LANES: usize = 8;

impl Level {
    dispatch! {
        /// The sum, rounded as `numpy.sum` rounds it.
        pub fn sum(self, x: &[f64]) -> f64 {
            pairwise(x, &|run| block(run, |x| x))
        }
    }

    dispatch! {
        /// The sum of `(x − centre)²`, each square rounded, added in the order of `numpy.sum`.
        pub fn sum_of_squares(self, x: &[f64], centre: f64) -> f64 {
            pairwise(x, &|run| block(run, |x| (x - centre) * (x - centre)))
        }
    }

    dispatch! {
        /// The sum of `|x − centre|`, added in the order of `numpy.sum`.
        pub fn sum_of_distances(self, x: &[f64], centre: f64) -> f64 {
            pairwise(x, &|run| block(run, |x| (x - centre).abs()))
        }
    }
}

/// The sum of `term(x)`, rounded as `numpy.sum` rounds it, in plain Rust.
///
/// ```
/// assert_eq!(anet_simd::pairwise_sum(&[1.0, 2.0, 3.0], |x| x * x), 14.0);
/// ```
pub fn pairwise_sum(x: &[f64], term: impl Fn(f64) -> f64 + Copy) -> f64 {
    pairwise(x, &|run| block(run, term))
}

/// The sum of a slice by halves, down to runs of at most [`BLOCK`]. `block` sums a run.
///
/// It is passed as a closure: closures are compiled to the instructions of the function that they stand in.
fn pairwise(x: &[f64], block: &impl Fn(&[f64]) -> f64) -> f64 {
    if x.len() <= BLOCK {
        return block(x);
    }
    let (left, right) = x.split_at(x.len() / 2 / LANES * LANES);
    pairwise(left, block) + pairwise(right, block)
}

/// The sum of `term(x)` over a run of at most [`BLOCK`].
#[inline(always)]
fn block(x: &[f64], term: impl Fn(f64) -> f64) -> f64 {
    let (rows, rest) = x.as_chunks::<LANES>();
    let Some((first, rows)) = rows.split_first() else {
        return rest.iter().fold(0.0, |sum, x| sum + term(*x));
    };
    let mut r = [0.0; LANES];
    for lane in 0..LANES {
        r[lane] = term(first[lane]);
    }
    for row in rows {
        for lane in 0..LANES {
            r[lane] += term(row[lane]);
        }
    }
    let joined = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
    rest.iter().fold(joined, |sum, x| sum + term(*x))
}
