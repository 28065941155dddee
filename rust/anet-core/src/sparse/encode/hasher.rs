//! The positions that items hash to.

use crate::params::{Dimension, Seed};
use crate::sparse::encode::channels::TAGS;
use crate::sparse::encode::partial_sort::Candidate;
use anet_simd::{Batch, LANES, Label, Level, Prefix, SixDigits};

/// HashScratch items into `0..dimension`.
#[derive(Debug, Clone)]
pub(crate) struct PositionHasher {
    pub(super) level: Level,
    pub(crate) dimension: Dimension,
    pub(crate) seed: Seed,
    prefix: Prefix,
}

/// The memory that hashing works in.
#[derive(Debug, Clone, Default)]
pub(super) struct HashScratch {
    batches: Vec<Batch>,
    hashes: Vec<[u64; LANES]>,
}

impl PositionHasher {
    pub(super) fn new(level: Level, dimension: Dimension, seed: Seed) -> Self {
        let prefix = Prefix::new(seed.get());
        Self { level, dimension, seed, prefix }
    }

    /// The position of any sample of any channel with any value.
    pub(super) fn position(&self, index: i64, tag: &str, value: f64) -> u64 {
        let text = format!("{}|{tag}|{index}|{}", self.seed.get(), SixDigits(value));
        fold(self.prefix.key().hash(text.as_bytes()), self.dimension.get())
    }

    /// The positions of items of a window, in their order.
    pub(super) fn positions<'a>(
        &self,
        samples: usize,
        candidates: &[Candidate],
        scratch: &'a mut HashScratch,
    ) -> impl Iterator<Item = u64> + use<'a> {
        let HashScratch { batches, hashes } = scratch;
        batches.clear();
        batches.extend(candidates.chunks(LANES).map(|candidates| {
            let mut batch = Batch::default();
            for (lane, candidate) in candidates.iter().enumerate() {
                let (channel, index) = place(candidate.item, samples);
                batch.set(lane, Label::new(TAGS[channel], index), candidate.elevation);
            }
            batch
        }));
        hashes.resize(batches.len(), [0; LANES]);
        self.level.hashes(&self.prefix, batches, Label::longest(samples), hashes);
        let dimension = self.dimension.get();
        hashes.as_flattened()[..candidates.len()].iter().map(move |hash| fold(*hash, dimension))
    }
}

/// A division takes longer than the rest of the loop around it: the usual powers of two do without.
#[inline(always)]
fn fold(hash: u64, dimension: u64) -> u64 {
    if dimension.is_power_of_two() { hash & (dimension - 1) } else { hash % dimension }
}

/// The channel and the index of an item.
pub(super) fn place(item: usize, samples: usize) -> (usize, usize) {
    let channel = usize::from(item >= samples) + usize::from(item >= 2 * samples);
    (channel, item - channel * samples)
}
