//! The nearest lag vectors of the past, found while their distances are brought up to date.
//!
//! One step of the squared distances between the newest w values and those that end w + 1 + i values earlier is
//!
//! distances\[i\] += (past\[0\] − past\[w+1+i\])² − (past\[w\] − past\[2w+1+i\])²,
//!
//! exactly, in integers. A level updates a group of 64 lags at a time and keeps the least distance in each of sixteen lanes.
//! The five smallest are then looked for in few groups only: see `smallest`.

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

/// The least distance in each lane of a group.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Minima([i32; LANES]);

impl Level {
    dispatch! {
        /// Updates the squared distances between the newest `w` values and earlier ones by one step, and gives the five smallest
        /// of the first `candidates`, ascending; `i32::MAX` stands for those that are missing.
        ///
        /// `past` holds the values, the newest first. They lie within ±1600 and `w` is 64 at most: then differences fit 16 bits
        /// and squared distances 32. Beyond, the distances are some numbers.
        ///
        /// # Panics
        /// If `past` has fewer than `2 w + 1 + LAGS` values or there are more candidates than lags.
        pub fn slide(self, distances: &mut LagDistances, past: &[i16], w: usize, candidates: usize) -> [i32; NEAREST];
    }
}
