//! The positions of the highest elevations of a window, from as few hashes as they need.
//!
//! Items are hashed by descending elevation, so the first to reach a position is its highest, and once the signature is
//! full the rest need no hash. One thing may depend on them: between positions of equal elevation, the one that any item
//! reached first stands first, and this may be an item of lower elevation. More is hashed only where there are such ties.

use crate::sparse::encode::hasher::{HashScratch, PositionHasher};
use crate::sparse::encode::partial_sort::{Candidate, PartialSort};
use crate::sparse::encode::position_table::{PositionEntry, PositionTable};
use anet_simd::LANES;

/// Most items that are hashed at a time, so that their messages stay in the cache. Chosen on 2026-11-24; `make bench`
/// (`bench_encoder`) measures it.
const MOST: usize = 512;

/// A window whose top positions are sought.
#[derive(Clone, Copy)]
pub(super) struct TopPositions<'a> {
    pub(super) hasher: &'a PositionHasher,
    pub(super) samples: usize,
    pub(super) elevations: &'a [f64],
    /// Positions to find, at least one.
    pub(super) wanted: usize,
}

impl TopPositions<'_> {
    /// Whether enough elevations lie above a bound for [`TopPositions::find`] to succeed on average.
    pub(super) fn likely(self, bound: f64) -> bool {
        self.hasher.level.count_at_least(self.elevations, bound.next_up()) >= self.draws(0)
    }

    /// Fills the table with the top positions in their order, sometimes with a few more than are wanted.
    ///
    /// Leaves items that are not above `bound` alone, and returns whether it could: with a bound of zero, always.
    pub(super) fn find(
        self,
        bound: f64,
        sort: &mut PartialSort,
        scratch: &mut HashScratch,
        table: &mut PositionTable,
    ) -> bool {
        table.clear();
        sort.start();
        let mut lowest = f64::INFINITY;
        while table.as_slice().len() < self.wanted {
            let tier = sort.next(self.hasher.level, self.elevations, self.draws(table.as_slice().len()));
            if tier.last().is_none_or(|last| last.elevation <= bound) {
                break;
            }
            lowest = self.insert(tier, scratch, table);
        }
        self.settle_ties(lowest, scratch, table);
        bound == 0.0 || table.as_slice().len() >= self.wanted
    }

    /// Hashes needed, on average plus four, to meet the distinct positions that are missing.
    fn draws(self, found: usize) -> usize {
        let missing = (self.wanted - found) as f64;
        let dimension = self.hasher.dimension.get() as f64;
        let free = (dimension - self.wanted as f64 + 1.0).max(1.0);
        // A float that is too large becomes the largest integer.
        (missing * (dimension / free) + 4.0) as usize
    }

    /// Inserts candidates until there are enough, and returns the lowest elevation that was hashed.
    fn insert(self, mut tier: &[Candidate], scratch: &mut HashScratch, table: &mut PositionTable) -> f64 {
        table.reserve(tier.len());
        let mut lowest = f64::INFINITY;
        while let Some(next) = tier.first() {
            if self.full(table, next.elevation) {
                break;
            }
            // All that are certain to be needed at once, then enough to fill the lanes.
            let missing = self.wanted.saturating_sub(table.as_slice().len()).clamp(1, MOST);
            let (some, later) = tier.split_at(missing.next_multiple_of(LANES).min(tier.len()));
            let positions = self.hasher.positions(self.samples, some, scratch);
            for (&Candidate { elevation, item }, position) in some.iter().zip(positions) {
                table.insert(PositionEntry { position, elevation, first: item });
                lowest = elevation;
            }
            tier = later;
        }
        lowest
    }

    /// Whether an item of this elevation, and so all that follow it, comes too late.
    fn full(self, table: &PositionTable, elevation: f64) -> bool {
        table.as_slice().get(self.wanted - 1).is_some_and(|last| elevation < last.elevation)
    }

    /// Learns which item first reached the positions of equal elevation, as far as their order depends on it.
    fn settle_ties(self, lowest: f64, scratch: &mut HashScratch, table: &mut PositionTable) {
        let kept = self.kept(table.as_slice());
        let undecided = table.undecided(kept);
        let mut rest = [Candidate { elevation: 0.0, item: 0 }; LANES];
        let mut filled = 0;
        for (item, &elevation) in self.elevations[..undecided].iter().enumerate() {
            if 0.0 < elevation && elevation <= lowest {
                rest[filled] = Candidate { elevation, item };
                filled += 1;
            }
            if filled == LANES {
                self.note_items(&rest, scratch, table);
                filled = 0;
            }
        }
        self.note_items(&rest[..filled], scratch, table);
        table.order_ties(kept);
    }

    fn note_items(self, some: &[Candidate], scratch: &mut HashScratch, table: &mut PositionTable) {
        let positions = self.hasher.positions(self.samples, some, scratch);
        some.iter()
            .zip(positions)
            .for_each(|(candidate, position)| table.note_item(position, candidate.item));
    }

    /// The entries that may enter the signature: those that are wanted, and what ties with the last of them.
    fn kept(self, entries: &[PositionEntry]) -> usize {
        match entries.get(self.wanted - 1) {
            Some(last) => entries.partition_point(|entry| entry.elevation >= last.elevation),
            None => entries.len(),
        }
    }
}
