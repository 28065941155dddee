//! Which instructions to use.
//!
//! The one place where code for a certain processor is entered, and so where its `unsafe` blocks stand.
#![allow(unsafe_code)]

use crate::blake2b::batch::{Batch, LANES, Prefix};
use crate::dot_u8::{Pick, Row, Sums};
use crate::lag_distance::{Distances, K};
#[cfg(target_arch = "x86_64")]
use crate::{avx2, avx512};
use crate::{dot_u8, lag_distance, portable};

/// A choice of instruction set, made once: it costs nothing to copy and to keep. Every backend gives the same bits.
///
/// ```
/// use anet_simd::Level;
/// let sums = Level::all_supported().into_iter().map(|backend| backend.sum(&[0.1; 100]));
/// assert!(sums.into_iter().all(|sum| sum == Level::portable().sum(&[0.1; 100])));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level(pub(crate) Instructions);

/// A level above the first exists only where the processor supports it: [`Level`]'s constructors see to that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Instructions {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

/// Calls a function of the backend at hand.
macro_rules! dispatch {
    ($level:expr, $function:ident($($argument:expr),*)) => {
        match $level.0 {
            Instructions::Portable => portable::$function($($argument),*),
            // SAFETY: this level exists only after `avx2::supported()` said yes.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2 => unsafe { avx2::$function($($argument),*) },
            // SAFETY: this level exists only after `avx512::supported()` said yes.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx512 => unsafe { avx512::$function($($argument),*) },
        }
    };
}

impl Level {
    /// The fastest backend that this processor can run.
    pub fn detect() -> Self {
        let fastest = Self::avx512_if_supported().or_else(Self::avx2_if_supported);
        fastest.unwrap_or_else(Self::portable)
    }

    /// Plain Rust, on every processor.
    pub fn portable() -> Self {
        Self(Instructions::Portable)
    }

    /// AVX2, where this processor has it.
    pub fn avx2_if_supported() -> Option<Self> {
        #[cfg(target_arch = "x86_64")]
        if avx2::supported() {
            return Some(Self(Instructions::Avx2));
        }
        None
    }

    /// AVX-512 (F, BW, DQ and VL), where this processor has it.
    pub fn avx512_if_supported() -> Option<Self> {
        #[cfg(target_arch = "x86_64")]
        if avx512::supported() {
            return Some(Self(Instructions::Avx512));
        }
        None
    }

    /// Every backend that this processor can run, the portable one first.
    pub fn all_supported() -> Vec<Self> {
        let wider = [Self::avx2_if_supported(), Self::avx512_if_supported()];
        std::iter::once(Self::portable()).chain(wider.into_iter().flatten()).collect()
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self.0 {
            Instructions::Portable => "portable",
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2 => "avx2",
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx512 => "avx512",
        }
    }

    /// `out[i] = scale · tanh(|x[i] − centre| / spread)`; NaN where that is NaN.
    ///
    /// # Panics
    /// If `x` and `out` differ in length.
    pub fn elevations(self, x: &[f64], centre: f64, spread: f64, scale: f64, out: &mut [f64]) {
        assert_eq!(x.len(), out.len(), "one elevation a sample");
        dispatch!(self, elevations(x, centre, spread, scale, out));
    }

    /// The sum, rounded as `numpy.sum` rounds it.
    pub fn sum(self, x: &[f64]) -> f64 {
        dispatch!(self, sum(x))
    }

    /// The sum of `(x − centre)²`, each rounded, in the same order.
    pub fn sum_of_squares(self, x: &[f64], centre: f64) -> f64 {
        dispatch!(self, sum_of_squares(x, centre))
    }

    /// The sum of `|x − centre|`, in the same order.
    pub fn sum_of_distances(self, x: &[f64], centre: f64) -> f64 {
        dispatch!(self, sum_of_distances(x, centre))
    }

    /// The hashes of batches of items whose labels have `longest` bytes at most, each read as a big-endian integer.
    ///
    /// # Panics
    /// If there is not one array of hashes for each batch.
    pub fn hashes(self, prefix: &Prefix, batches: &[Batch], longest: usize, hashes: &mut [[u64; LANES]]) {
        assert_eq!(batches.len(), hashes.len(), "one array of hashes a batch");
        dispatch!(self, hashes(prefix, batches, longest, hashes));
    }

    /// How many numbers are at least `bound`.
    pub fn count_at_least(self, x: &[f64], bound: f64) -> usize {
        dispatch!(self, count_at_least(x, bound))
    }

    /// Appends the indices of the numbers in `low..high`, in ascending order.
    pub fn indices(self, x: &[f64], range: [f64; 2], out: &mut Vec<usize>) {
        dispatch!(self, indices(x, range, out));
    }

    /// For each column of `rows` the sum of ⌊component · value / 256⌋ over the picks, or 65,535 where it is more.
    pub fn overlaps(self, rows: &[Row], picks: &[Pick]) -> Sums {
        match self.0 {
            Instructions::Portable => dot_u8::portable::overlaps(rows, picks),
            // SAFETY: this level exists only after `avx2::supported()` said yes.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2 => unsafe { dot_u8::avx2::overlaps(rows, picks) },
            // SAFETY: this level exists only after `avx512::supported()` said yes.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx512 => unsafe { dot_u8::avx512::overlaps(rows, picks) },
        }
    }

    /// The columns whose number is at least `least`, a bit each.
    pub fn at_least(self, sums: &Sums, least: u16) -> u128 {
        match self.0 {
            Instructions::Portable => dot_u8::portable::at_least(sums, least),
            // SAFETY: this level exists only after `avx2::supported()` said yes.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2 => unsafe { dot_u8::avx2::at_least(sums, least) },
            // SAFETY: this level exists only after `avx512::supported()` said yes.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx512 => unsafe { dot_u8::avx512::at_least(sums, least) },
        }
    }

    /// One step of the squared distances of lag vectors, and the five smallest; see [`crate::lag_distance`].
    pub fn slide(self, distances: &mut Distances, past: &[i16], w: usize, candidates: usize) -> [i32; K] {
        match self.0 {
            Instructions::Portable => lag_distance::portable::slide(distances, past, w, candidates),
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2 => lag_distance::avx2::slide(distances, past, w, candidates),
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx512 => lag_distance::avx512::slide(distances, past, w, candidates),
        }
    }
}
