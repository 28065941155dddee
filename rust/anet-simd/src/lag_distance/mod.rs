//! The nearest lag vectors of the past, found while their distances are brought up to date.
//!
//! One step of the squared distances between the newest w values and those that end w + 1 + i values earlier is
//!
//! distances\[i\] += (past\[0\] − past\[w+1+i\])² − (past\[w\] − past\[2w+1+i\])²,
//!
//! exactly, in integers. A level updates a group of 64 lags at a time and keeps the least distance in each of sixteen lanes.
//! The five smallest are then looked for in few groups only, see `smallest`, and so are their places, see `places`.

mod places;
mod smallest;

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod portable;

use crate::level::Level;
use crate::level::dispatch::dispatch;

/// Nearest lag vectors that are looked for.
pub const NEAREST: usize = 5;

/// Lags compared.
pub const LAGS: usize = 1024;

/// Lags of a group.
const GROUP: usize = 64;
const GROUPS: usize = LAGS / GROUP;

/// Lanes of a group: the distances whose places in it are the same modulo 16 share one.
const LANES: usize = 16;

/// The squared distance at each lag, aligned to 64 bytes: no register straddles two cache lines.
#[derive(Debug, Clone)]
#[repr(align(64))]
pub struct LagDistances(
    /// Distance i is that to the values that end w + 1 + i values earlier.
    pub [i32; LAGS],
);

impl Default for LagDistances {
    fn default() -> Self {
        Self([0; LAGS])
    }
}

/// The five smallest distances, and where they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nearest {
    /// In ascending order; `i32::MAX` stands for those that are missing.
    pub distances: [i32; NEAREST],
    /// Their indices in ascending order, of equal distances the least ones; then 0 for those that are missing.
    pub places: [u16; NEAREST],
}

/// The least distance in each lane of a group.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Minima([i32; LANES]);

impl Level {
    dispatch! {
        /// Updates the squared distances between the newest `w` values and earlier ones by one step, and gives the five smallest
        /// of the first `candidates`.
        ///
        /// `past` holds the values, the newest first. They lie within ±1600 and `w` is 64 at most: then differences fit 16 bits
        /// and squared distances 32. Beyond, the distances are some numbers. A long memory has several [`LagDistances`], each
        /// with the number of lags before its `first` one.
        ///
        /// # Panics
        /// If `past` has fewer than `2 w + 1 + first + LAGS` values or there are more candidates than lags.
        pub fn slide(self, distances: &mut LagDistances, past: &[i16], w: usize, first: usize, candidates: usize) -> Nearest;
    }
}
