//! The interpolation behind polynomials in cells: forty samples about each of eight cells, against two tables of weights.
//!
//! For a cell it adds, over i in order, Σ even_ik (above_i + below_i) and Σ odd_ik (above_i − below_i), where the i-th sample
//! above and below count from the cell. Each sum is one chain of fused additions, so every level gives the same bits.

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod portable;
#[cfg(target_arch = "x86_64")]
mod wide;

use crate::level::Level;
use crate::level::dispatch::dispatch;

/// Samples on either side of a cell.
pub const REACH: usize = 20;

/// Cells that are worked on together.
pub const CELLS: usize = 8;

/// Sums of a cell of each parity: even ones, and odd ones.
pub const PARITY_SUMS: usize = 8;

/// The weights of each of the samples on a side, in all sums of a parity.
pub type Weights = [[f64; PARITY_SUMS]; REACH];

/// The sums of eight cells: even and odd ones in turn, each with a number a cell.
pub type Coefficients = [[f64; CELLS]; 2 * PARITY_SUMS];

impl Level {
    dispatch! {
        /// The sums of the cells between `samples[lefts[i]]` and the next sample, with even and odd `weights`.
        ///
        /// # Panics
        /// If a cell has fewer than twenty samples on either side.
        pub fn interpolate(
            self,
            samples: &[f64],
            lefts: &[usize; CELLS],
            weights: [&Weights; 2],
            out: &mut Coefficients,
        );
    }
}

/// Panics unless each cell has twenty samples on either side.
#[inline(always)]
fn check(samples: &[f64], lefts: &[usize; CELLS]) {
    for &left in lefts {
        assert!(left >= REACH - 1, "twenty samples below a cell");
        assert!(left < samples.len().saturating_sub(REACH), "twenty samples above a cell");
    }
}
