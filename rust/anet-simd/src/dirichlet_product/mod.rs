//! The matrix product behind samples of a Dirichlet polynomial: most of the work at great heights.
//!
//! For each row r with coefficients A_n and each of sixteen offsets i it adds, over n in order, the four sums
//! Σ Re A_n cos_ni, Σ Im A_n sin_ni, Σ Re A_n sin_ni and Σ Im A_n cos_ni. Each sum is one chain of fused additions, whatever the
//! number of rows that a level holds in its registers, so every level gives the same bits.

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod portable;
#[cfg(target_arch = "x86_64")]
mod wide;

use crate::level::Level;
use crate::level::dispatch::dispatch;

/// Offsets of a row.
pub const OFFSETS: usize = 16;

/// Offsets of each half of a table. A table holds the first half of every n, then the second half of every n: so all rows read
/// one half from the first-level cache before the other is needed.
pub const HALF_OFFSETS: usize = OFFSETS / 2;

/// Rows come in multiples of this. The sums of six rows, eight offsets at a time, fill 24 of the 32 registers of AVX-512, and
/// those of three rows, four offsets at a time, 12 of the 16 of AVX2.
pub const ROW_TILE: usize = 6;

/// The four sums of a row, offset by offset.
pub type DirichletSums = [[f64; OFFSETS]; 4];

/// The coefficients of all rows and the waves that they share, for a block of consecutive n.
#[derive(Debug, Clone, Copy)]
pub struct DirichletBlock<'a> {
    /// The number of n.
    pub terms: usize,
    /// Numbers from one row to the next in `re` and `im`.
    pub stride: usize,
    /// Re A_n, row by row.
    pub re: &'a [f64],
    /// Im A_n, row by row.
    pub im: &'a [f64],
    /// cos_ni: eight for each n, and in the second half of the slice the other eight.
    pub cos: &'a [f64],
    /// sin_ni, in the same order.
    pub sin: &'a [f64],
}

impl Level {
    dispatch! {
        /// Adds the terms of a block to the sums of its rows.
        ///
        /// # Panics
        /// If a slice is too short for the rows and terms, or the rows are no multiple of [`ROW_TILE`].
        pub fn add_dirichlet_product(self, block: DirichletBlock<'_>, sums: &mut [DirichletSums]);
    }
}

impl DirichletBlock<'_> {
    /// Panics unless there is a coefficient for each row and term, and a wave for each term and offset.
    #[inline(always)]
    fn check(&self, rows: usize) {
        let coefficients = rows.checked_mul(self.stride).expect("few rows");
        assert!(self.terms <= self.stride, "rows do not overlap");
        assert!(coefficients <= self.re.len() && coefficients <= self.im.len(), "rows fit");
        assert!(self.terms <= self.cos.len() / OFFSETS && self.cos.len() == self.sin.len(), "offsets fit");
        assert!(self.cos.len().is_multiple_of(OFFSETS), "two halves");
        assert!(rows.is_multiple_of(ROW_TILE), "whole tiles");
    }
}
