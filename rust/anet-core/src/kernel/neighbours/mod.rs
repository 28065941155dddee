//! The nearest lag vectors of the past, found while their distances are brought up to date.
//!
//! One step of the squared distances between the newest w values and those that end w + 1 + i values earlier is
//!
//! distances\[i\] += (past\[0\] − past\[w+1+i\])² − (past\[w\] − past\[2w+1+i\])²;
//!
//! wanted are the five smallest of the first `candidates`, ascending; where there are fewer, `i32::MAX` stands for the rest.
//! `past` stands newest first and within ±1600, so that differences fit 16 bits and squared distances of up to 64 values
//! fit 32.
//!
//! A backend takes 64 lags at a time and keeps, for each of sixteen lanes, the least of the four distances in it. The fifth
//! smallest of the sixteen least of all is a bound that few distances stay within, and a group is looked at again only
//! where one does.

#[cfg(target_arch = "x86_64")]
pub(super) mod avx2;
#[cfg(target_arch = "x86_64")]
pub(super) mod avx512;
pub(super) mod portable;

/// Neighbours kept.
pub const K: usize = 5;
/// Lags compared.
pub const LAGS: usize = 1024;

/// Lags of a group.
const GROUP: usize = 64;
const GROUPS: usize = LAGS / GROUP;
/// Distances of a group whose numbers are the same modulo this share a lane.
const LANES: usize = 16;

/// A squared distance for each lag, where no register of a backend straddles two cache lines.
#[derive(Debug, Clone)]
#[repr(align(64))]
pub struct Distances(pub [i32; LAGS]);

/// The least distance of each lane.
type Minima = [i32; LANES];

/// What a backend does with the minima of a group.
trait Compare {
    /// The lanes within a limit, a bit each.
    fn within(minima: &Minima, limit: i32) -> u16;

    /// The fifth smallest lane.
    fn fifth(minima: &Minima) -> i32;
}

/// The five smallest of the first `candidates`, given the minima of each group. (Loops, no iterators: closures are not
/// compiled for the registers of the backend that calls.)
#[inline(always)]
fn smallest<C: Compare>(distances: &[i32; LAGS], minima: &[Minima; GROUPS], candidates: usize) -> [i32; K] {
    let (groups, rest) = distances[..candidates].as_chunks::<GROUP>();
    let mut smallest = [i32::MAX; K];
    let mut limit = bound::<C>(&minima[..groups.len()]);
    let mut hits = 0_u32;
    for (group, minima) in minima[..groups.len()].iter().enumerate() {
        hits |= u32::from(C::within(minima, limit) != 0) << group;
    }
    while hits != 0 {
        let group = hits.trailing_zeros() as usize;
        let mut lanes = C::within(&minima[group], limit);
        while lanes != 0 {
            let lane = lanes.trailing_zeros() as usize;
            for step in 0..GROUP / LANES {
                offer(&mut smallest, groups[group][lane + step * LANES]);
            }
            lanes &= lanes - 1;
        }
        // One that is no smaller than the fifth cannot take its place.
        limit = limit.min(smallest[K - 1] - 1);
        hits &= hits - 1;
    }
    for &distance in rest {
        offer(&mut smallest, distance);
    }
    smallest
}

/// At least five distances stay within the fifth smallest of the lanes' minima.
#[inline(always)]
fn bound<C: Compare>(groups: &[Minima]) -> i32 {
    let mut least = [i32::MAX; LANES];
    for minima in groups {
        for lane in 0..LANES {
            least[lane] = least[lane].min(minima[lane]);
        }
    }
    C::fifth(&least)
}

/// Puts a distance in its place among five in ascending order; the largest falls out. Without a branch, which nobody could
/// predict.
#[inline(always)]
fn offer(smallest: &mut [i32; K], mut distance: i32) {
    for place in smallest {
        let larger = (*place).max(distance);
        *place = (*place).min(distance);
        distance = larger;
    }
}

/// By counting, for each lane, those that are smaller.
#[inline(always)]
fn fifth(minima: &Minima) -> i32 {
    let mut smaller = [0; LANES];
    for other in minima {
        for lane in 0..LANES {
            smaller[lane] += i32::from(other < &minima[lane]);
        }
    }
    let mut fifth = i32::MIN;
    for lane in 0..LANES {
        fifth = fifth.max(if smaller[lane] < K as i32 { minima[lane] } else { i32::MIN });
    }
    fifth
}
