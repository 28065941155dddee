//! The positions that items claim.

use super::channels::TAGS;
use super::ranking::Candidate;
use crate::check::{Dimension, Seed};
use crate::kernel::{Backend, Batch, LANES, Label, Prefix, SixDigits};

/// Hashes items into `0..dimension`.
#[derive(Debug, Clone)]
pub struct Hasher {
    pub backend: Backend,
    pub dimension: Dimension,
    pub seed: Seed,
    prefix: Prefix,
}

impl Hasher {
    pub fn new(backend: Backend, dimension: Dimension, seed: Seed) -> Self {
        let prefix = Prefix::new(seed.get());
        Self { backend, dimension, seed, prefix }
    }

    /// The position of any sample of any channel with any value.
    pub fn position(&self, index: i64, tag: &str, value: f64) -> u64 {
        let text = format!("{}|{tag}|{index}|{}", self.seed.get(), SixDigits(value));
        self.fold(self.prefix.key().hash(text.as_bytes()))
    }

    /// The positions of up to [`LANES`] items of a window; what stands behind them means nothing.
    pub fn positions(&self, samples: usize, candidates: &[Candidate]) -> [u64; LANES] {
        let mut batch = Batch::default();
        for (lane, candidate) in candidates.iter().enumerate() {
            let (channel, index) = place(candidate.item, samples);
            batch.set(lane, Label::new(TAGS[channel], index), candidate.elevation);
        }
        let mut hashes = self.backend.hashes(&self.prefix, &batch, Label::longest(samples));
        for hash in &mut hashes {
            *hash = self.fold(*hash);
        }
        hashes
    }

    /// A division takes longer than the rest of the loop around it: the usual powers of two do without.
    fn fold(&self, hash: u64) -> u64 {
        let dimension = self.dimension.get();
        if dimension.is_power_of_two() { hash & (dimension - 1) } else { hash % dimension }
    }
}

/// The channel and the index of an item.
pub fn place(item: usize, samples: usize) -> (usize, usize) {
    let channel = usize::from(item >= samples) + usize::from(item >= 2 * samples);
    (channel, item - channel * samples)
}
