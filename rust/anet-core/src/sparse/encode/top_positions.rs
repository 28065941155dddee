//! The highest claims of a window, from as few hashes as they need.
//!
//! Items are hashed by descending elevation, so the first to claim a position is its highest, and once the signature is
//! full the rest need no hash. One thing may depend on them: between claims of equal elevation, the position that any item
//! reached first stands first, and this may be an item of lower elevation. Only where there are such ties, more is hashed.

use crate::sparse::encode::hasher::{Hasher, Hashes};
use crate::sparse::encode::partial_sort::{Candidate, Ranking};
use crate::sparse::encode::position_table::{Claim, Claims};
use anet_simd::LANES;

/// Most items that are hashed at a time, so that what they take stays in the cache.
const MOST: usize = 512;

/// A window whose claims are sought.
#[derive(Clone, Copy)]
pub struct Highest<'a> {
    pub hasher: &'a Hasher,
    pub samples: usize,
    pub elevations: &'a [f64],
    /// Claims to find, at least one.
    pub wanted: usize,
}

impl Highest<'_> {
    /// Whether there are about enough elevations above a bound for [`Highest::find`] to succeed.
    pub fn likely(self, bound: f64) -> bool {
        self.hasher.level.count_at_least(self.elevations, bound.next_up()) >= self.draws(0)
    }

    /// Enters the highest claims in their order; more than are wanted, if it comes so.
    ///
    /// Leaves items that are not above `bound` alone, and returns whether it could: with a bound of zero, always.
    pub fn find(self, bound: f64, ranking: &mut Ranking, work: &mut Hashes, claims: &mut Claims) -> bool {
        claims.clear();
        ranking.start();
        let mut lowest = f64::INFINITY;
        while claims.as_slice().len() < self.wanted {
            let tier = ranking.next(self.hasher.level, self.elevations, self.draws(claims.as_slice().len()));
            if tier.last().is_none_or(|last| last.elevation <= bound) {
                break;
            }
            lowest = self.enter(tier, work, claims);
        }
        self.settle_ties(lowest, work, claims);
        bound == 0.0 || claims.as_slice().len() >= self.wanted
    }

    /// Hashes needed, on average and somewhat more, to meet the distinct positions that are missing.
    fn draws(self, found: usize) -> usize {
        let missing = (self.wanted - found) as f64;
        let dimension = self.hasher.dimension.get() as f64;
        let free = (dimension - self.wanted as f64 + 1.0).max(1.0);
        // A float that is too large becomes the largest integer.
        (missing * (dimension / free) + 4.0) as usize
    }

    /// Enters candidates until there are enough, and returns the lowest elevation that was hashed.
    fn enter(self, mut tier: &[Candidate], work: &mut Hashes, claims: &mut Claims) -> f64 {
        claims.reserve(tier.len());
        let mut lowest = f64::INFINITY;
        while let Some(next) = tier.first() {
            if self.full(claims, next.elevation) {
                break;
            }
            // All that are certain to be needed at once, then as many as fill the lanes.
            let missing = self.wanted.saturating_sub(claims.as_slice().len()).clamp(1, MOST);
            let (some, later) = tier.split_at(missing.next_multiple_of(LANES).min(tier.len()));
            let positions = self.hasher.positions(self.samples, some, work);
            for (&Candidate { elevation, item }, position) in some.iter().zip(positions) {
                claims.enter(Claim { position, elevation, first: item });
                lowest = elevation;
            }
            tier = later;
        }
        lowest
    }

    /// Whether an item of this elevation, and so all that follow it, comes too late.
    fn full(self, claims: &Claims, elevation: f64) -> bool {
        claims.as_slice().get(self.wanted - 1).is_some_and(|last| elevation < last.elevation)
    }

    /// Learns which item first reached the positions of equal elevation, as far as their order depends on it.
    fn settle_ties(self, lowest: f64, work: &mut Hashes, claims: &mut Claims) {
        let kept = self.kept(claims.as_slice());
        let undecided = claims.undecided(kept);
        let mut rest = [Candidate { elevation: 0.0, item: 0 }; LANES];
        let mut filled = 0;
        for (item, &elevation) in self.elevations[..undecided].iter().enumerate() {
            if 0.0 < elevation && elevation <= lowest {
                rest[filled] = Candidate { elevation, item };
                filled += 1;
            }
            if filled == LANES {
                self.note(&rest, work, claims);
                filled = 0;
            }
        }
        self.note(&rest[..filled], work, claims);
        claims.order_ties(kept);
    }

    fn note(self, some: &[Candidate], work: &mut Hashes, claims: &mut Claims) {
        let positions = self.hasher.positions(self.samples, some, work);
        some.iter().zip(positions).for_each(|(candidate, position)| claims.note(position, candidate.item));
    }

    /// The claims that may enter the signature: those that are wanted, and what ties with the last of them.
    fn kept(self, claims: &[Claim]) -> usize {
        match claims.get(self.wanted - 1) {
            Some(last) => claims.partition_point(|claim| claim.elevation >= last.elevation),
            None => claims.len(),
        }
    }
}
