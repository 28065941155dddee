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
//! smallest of the least of pairs of lanes is a bound that few distances stay within, and a group is looked at again only
//! where one does.

#[cfg(target_arch = "x86_64")]
pub(crate) mod avx2;
#[cfg(target_arch = "x86_64")]
pub(crate) mod avx512;
pub(crate) mod portable;

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

impl Default for Distances {
    fn default() -> Self {
        Self([0; LAGS])
    }
}

/// The least distance of each lane of a group.
#[derive(Clone, Copy)]
#[repr(align(64))]
pub(crate) struct Minima([i32; LANES]);

/// What a backend does with the minima of a group.
trait Compare {
    /// The lanes within a limit, a bit each.
    fn within(minima: &Minima, limit: i32) -> u16;

    /// The fifth smallest of the minima in eight lanes: at least five distances stay within it.
    fn bound(groups: &[Minima]) -> i32;
}

/// The five smallest of the first `candidates` distances, from the minima of their groups. (Loops, no iterators: closures are not
/// compiled for the registers of the backend that calls.)
#[inline(always)]
fn smallest<C: Compare>(distances: &Distances, minima: &[Minima; GROUPS], candidates: usize) -> [i32; K] {
    let (groups, rest) = distances.0[..candidates].as_chunks::<GROUP>();
    let minima = &minima[..groups.len()];
    let mut smallest = [i32::MAX; K];
    let mut limit = C::bound(minima);
    let mut hits = 0_u32;
    for (group, minima) in minima.iter().enumerate() {
        hits |= u32::from(C::within(minima, limit) != 0) << group;
    }
    while hits != 0 {
        let group = hits.trailing_zeros() as usize;
        let mut lanes = C::within(&minima[group], limit);
        while lanes != 0 {
            offer_lane(&mut smallest, &groups[group], lanes.trailing_zeros() as usize, limit);
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

/// Offers the four distances of a lane; all but the least are rarely within the limit.
#[inline(always)]
fn offer_lane(smallest: &mut [i32; K], group: &[i32; GROUP], lane: usize, limit: i32) {
    let [a, b, c, d] = [0, 1, 2, 3].map(|step| group[lane % LANES + step * LANES]);
    let (ab, cd) = (a.min(b), c.min(d));
    offer(smallest, ab.min(cd));
    if ab.max(cd).min(a.max(b).min(c.max(d))) <= limit {
        for distance in [ab.max(cd), a.max(b), c.max(d)] {
            offer(smallest, distance);
        }
    }
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
