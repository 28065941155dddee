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

/// Lags of a group.
pub const GROUP: usize = 64;

/// Groups of a short memory, and of a long one.
pub const SHORT_GROUPS: usize = 16;
/// See [`SHORT_GROUPS`].
pub const LONG_GROUPS: usize = 64;

/// Lanes of a group: the distances whose places in it are the same modulo 16 share one.
const LANES: usize = 16;

/// The squared distances at 64 lags, aligned to 64 bytes: no register straddles two cache lines.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub struct LagGroup(
    /// Distance i of group g is that to the values that end w + 1 + 64 g + i values earlier.
    pub [i32; GROUP],
);

impl Default for LagGroup {
    fn default() -> Self {
        Self([0; GROUP])
    }
}

/// The five smallest distances, and where they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nearest {
    /// In ascending order; `i32::MAX` stands for those that are missing.
    pub distances: [i32; NEAREST],
    /// The index of each; of equal distances the least ones stand, in ascending order. 0 for those that are missing.
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
        /// and squared distances 32. Beyond, the distances are some numbers.
        ///
        /// `guess` are the places of five that may be among the smallest, such as those of the step before: the better they are the
        /// sooner the smallest are found. It changes nothing else; equal places are no guess.
        ///
        /// # Panics
        /// If there are neither 16 nor 64 groups, `past` has fewer values than `2 w + 1` and one for each lag, or there are more
        /// candidates than lags.
        pub fn slide(
            self, distances: &mut [LagGroup], past: &[i16], w: usize, candidates: usize, guess: &[u16; NEAREST],
        ) -> Nearest;
    }
}

/// Calls `$slide` with the number of groups as a constant.
macro_rules! by_groups {
    ($slide:ident, $distances:ident, $($argument:expr),*) => {
        match $distances.len() {
            SHORT_GROUPS => $slide::<SHORT_GROUPS>($distances.try_into().expect("as many"), $($argument),*),
            LONG_GROUPS => $slide::<LONG_GROUPS>($distances.try_into().expect("as many"), $($argument),*),
            other => panic!("16 or 64 groups of lags, got {other}"),
        }
    };
}
use by_groups;
