//! Where the five smallest distances stand.

use crate::lag_distance::smallest::Compare;
use crate::lag_distance::{GROUP, GROUPS, LagDistances, Minima, NEAREST};

/// The indices of the `smallest` among the first `candidates` distances, ascending; of equals the first ones.
///
/// Everything below the fifth is wanted, and of those equal to it as many as are missing.
// Loops, no iterators: closures here are not compiled to the instructions of the level that calls.
#[inline(always)]
pub(super) fn places<C: Compare>(
    level: C,
    distances: &LagDistances,
    minima: &[Minima; GROUPS],
    candidates: usize,
    smallest: &[i32; NEAREST],
) -> [u16; NEAREST] {
    let limit = smallest[NEAREST - 1];
    let mut places = Places { all: [0; NEAREST], found: 0, limit, equals: 0 };
    for &distance in smallest {
        places.equals += usize::from(distance == limit);
    }
    let (groups, rest) = distances.0[..candidates].as_chunks::<GROUP>();
    for (index, group) in groups.iter().enumerate() {
        if level.within(&minima[index], limit) != 0 {
            places.take(group, index * GROUP, level.members(group, limit));
        }
    }
    for (i, &distance) in rest.iter().enumerate() {
        places.offer(distance, groups.len() * GROUP + i);
    }
    places.all
}

/// The places found so far.
struct Places {
    all: [u16; NEAREST],
    found: usize,
    limit: i32,
    /// Distances at the limit that are still wanted.
    equals: usize,
}

impl Places {
    #[inline(always)]
    fn take(&mut self, group: &[i32; GROUP], first: usize, mut members: u64) {
        while members != 0 {
            let i = members.trailing_zeros() as usize;
            self.offer(group[i % GROUP], first + i);
            if self.found == NEAREST {
                return;
            }
            members &= members - 1;
        }
    }

    #[inline(always)]
    fn offer(&mut self, distance: i32, place: usize) {
        let equal = distance == self.limit;
        if self.found == NEAREST || distance > self.limit || equal && self.equals == 0 {
            return;
        }
        self.equals -= usize::from(equal);
        self.all[self.found] = place as u16;
        self.found += 1;
    }
}
