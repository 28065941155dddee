//! The five smallest distances, by the least distances of lanes.
//!
//! Lanes are joined in pairs, eight in all over the groups. The fifth smallest of the eight minima is a bound within which at
//! least five distances stay, and few others do: only groups with a lane within it are looked at again.

use crate::lag_distance::{GROUP, LANES, LagGroup, Minima, NEAREST, Nearest};

/// How the instructions of a level compare the minima of a group.
pub(super) trait Compare: Copy {
    /// The lanes within a limit, a bit each.
    fn within(self, minima: &Minima, limit: i32) -> u16;

    /// The fifth smallest of the minima in eight lanes: at least five distances stay within it.
    fn bound(self, groups: &[Minima]) -> i32;
}

/// A distance with its place below it: of equal distances the one with the least place is the smallest.
type Key = i64;
const MISSING: Key = key(i32::MAX, 0);

const fn key(distance: i32, place: usize) -> Key {
    (distance as Key) << 16 | place as Key
}

fn distance(key: Key) -> i32 {
    (key >> 16) as i32
}

/// The five smallest of the first `candidates` distances, from the minima of their groups.
// Loops, no iterators: closures here are not compiled to the instructions of the level that calls.
#[inline(always)]
pub(super) fn nearest<C: Compare>(
    level: C,
    groups: &[LagGroup],
    minima: &[Minima],
    candidates: usize,
    guess: &[u16; NEAREST],
) -> Nearest {
    assert!(candidates <= groups.len() * GROUP, "no more candidates than lags");
    let whole = candidates / GROUP;
    let minima = &minima[..whole];
    let mut smallest = [MISSING; NEAREST];
    let mut limit = level.bound(minima).min(guessed(groups, candidates, guess));
    let mut hits = 0_u64;
    for (group, minima) in minima.iter().enumerate() {
        hits |= u64::from(level.within(minima, limit) != 0) << group;
    }
    while hits != 0 {
        let group = hits.trailing_zeros() as usize;
        let mut lanes = level.within(&minima[group], limit);
        while lanes != 0 {
            offer_lane(&mut smallest, groups, group, lanes.trailing_zeros() as usize, limit);
            lanes &= lanes - 1;
        }
        // One that is no smaller than the fifth cannot take its place: it comes later.
        limit = limit.min(distance(smallest[NEAREST - 1]) - 1);
        hits &= hits - 1;
    }
    for place in whole * GROUP..candidates {
        offer(&mut smallest, key(groups[whole].0[place % GROUP], place));
    }
    Nearest { distances: smallest.map(distance), places: smallest.map(|key| key as u16) }
}

/// The largest of five distances that were guessed: at least five stay within it.
#[inline(always)]
fn guessed(groups: &[LagGroup], candidates: usize, guess: &[u16; NEAREST]) -> i32 {
    let mut largest = i32::MIN;
    for i in 0..NEAREST {
        let place = guess[i] as usize;
        let mut is_new = place < candidates / GROUP * GROUP;
        for j in 0..i {
            is_new &= guess[j] != guess[i];
        }
        if !is_new {
            return i32::MAX;
        }
        largest = largest.max(groups[place / GROUP].0[place % GROUP]);
    }
    largest
}

/// Offers the four distances of a lane; all but the least are rarely within the limit.
#[inline(always)]
fn offer_lane(smallest: &mut [Key; NEAREST], groups: &[LagGroup], group: usize, lane: usize, limit: i32) {
    let [a, b, c, d] = [0, 1, 2, 3].map(|step| {
        let place = lane % LANES + step * LANES;
        key(groups[group].0[place], group * GROUP + place)
    });
    let (ab, cd) = (a.min(b), c.min(d));
    offer(smallest, ab.min(cd));
    if distance(ab.max(cd).min(a.max(b).min(c.max(d)))) <= limit {
        for key in [ab.max(cd), a.max(b), c.max(d)] {
            offer(smallest, key);
        }
    }
}

/// Puts a distance in its place among five in ascending order; the largest falls out. There is no branch, since none could be
/// predicted.
#[inline(always)]
fn offer(smallest: &mut [Key; NEAREST], mut key: Key) {
    for place in smallest {
        let larger = (*place).max(key);
        *place = (*place).min(key);
        key = larger;
    }
}
