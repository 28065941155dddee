//! The five smallest distances, by the least distances of lanes.
//!
//! Lanes are joined in pairs, eight in all over the groups. The fifth smallest of the eight minima is a bound within which at
//! least five distances stay, and few others do: only groups with a lane within it are looked at again.

use crate::lag_distance::places::places;
use crate::lag_distance::{GROUP, GROUPS, LANES, LagDistances, Minima, NEAREST, Nearest};

/// How the instructions of a level compare the minima of a group.
pub(super) trait Compare: Copy {
    /// The lanes within a limit, a bit each.
    fn within(self, minima: &Minima, limit: i32) -> u16;

    /// The distances of a group within a limit, a bit each.
    fn members(self, group: &[i32; GROUP], limit: i32) -> u64;

    /// The fifth smallest of the minima in eight lanes: at least five distances stay within it.
    fn bound(self, groups: &[Minima]) -> i32;
}

/// The five smallest of the first `candidates` distances and their places, from the minima of their groups.
#[inline(always)]
pub(super) fn nearest<C: Compare>(
    level: C,
    distances: &LagDistances,
    minima: &[Minima; GROUPS],
    candidates: usize,
) -> Nearest {
    let smallest = smallest(level, distances, minima, candidates);
    let places = places(level, distances, minima, candidates, &smallest);
    Nearest { distances: smallest, places }
}

// Loops, no iterators: closures here are not compiled to the instructions of the level that calls.
#[inline(always)]
fn smallest<C: Compare>(
    level: C,
    distances: &LagDistances,
    minima: &[Minima; GROUPS],
    candidates: usize,
) -> [i32; NEAREST] {
    let (groups, rest) = distances.0[..candidates].as_chunks::<GROUP>();
    let minima = &minima[..groups.len()];
    let mut smallest = [i32::MAX; NEAREST];
    let mut limit = level.bound(minima);
    let mut hits = 0_u32;
    for (group, minima) in minima.iter().enumerate() {
        hits |= u32::from(level.within(minima, limit) != 0) << group;
    }
    while hits != 0 {
        let group = hits.trailing_zeros() as usize;
        let mut lanes = level.within(&minima[group], limit);
        while lanes != 0 {
            offer_lane(&mut smallest, &groups[group], lanes.trailing_zeros() as usize, limit);
            lanes &= lanes - 1;
        }
        // One that is no smaller than the fifth cannot take its place.
        limit = limit.min(smallest[NEAREST - 1] - 1);
        hits &= hits - 1;
    }
    for &distance in rest {
        offer(&mut smallest, distance);
    }
    smallest
}

/// Offers the four distances of a lane; all but the least are rarely within the limit.
#[inline(always)]
fn offer_lane(smallest: &mut [i32; NEAREST], group: &[i32; GROUP], lane: usize, limit: i32) {
    let [a, b, c, d] = [0, 1, 2, 3].map(|step| group[lane % LANES + step * LANES]);
    let (ab, cd) = (a.min(b), c.min(d));
    offer(smallest, ab.min(cd));
    if ab.max(cd).min(a.max(b).min(c.max(d))) <= limit {
        for distance in [ab.max(cd), a.max(b), c.max(d)] {
            offer(smallest, distance);
        }
    }
}

/// Puts a distance in its place among five in ascending order; the largest falls out. There is no branch, since none could be
/// predicted.
#[inline(always)]
fn offer(smallest: &mut [i32; NEAREST], mut distance: i32) {
    for place in smallest {
        let larger = (*place).max(distance);
        *place = (*place).min(distance);
        distance = larger;
    }
}
