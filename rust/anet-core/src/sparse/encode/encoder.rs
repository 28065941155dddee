//! Windows to sparse signatures.

use std::cell::RefCell;

use crate::params::{Dimension, MaxPositions, Seed};
use crate::sparse::encode::channels::{NAMES, STEP_SCALE, WindowChannels, WindowSlices};
use crate::sparse::encode::hasher::{HashScratch, PositionHasher, place};
use crate::sparse::encode::partial_sort::PartialSort;
use crate::sparse::encode::position_table::{PositionEntry, PositionTable};
use crate::sparse::encode::signature::SparseSignature;
use crate::sparse::encode::top_positions::TopPositions;
use anet_simd::{Label, Level};

/// Encodes a window as the positions of its most unusual samples.
///
/// Each sample `x[i]` has three elevations in `0..=1`: `z = tanh|x[i] − mean| / s`, `q = tanh|x[i] − median| / m` and
/// `dz = 0.8 tanh|x[i] − x[i−1]| / (s + 1e-9)`, where `s` is the standard deviation (population) and `m` the mean distance
/// from the median, each plus 1e-9. A sample that is not finite counts as zero. Every elevation above zero hashes to a position,
/// `BLAKE2b-64(key = seed, "seed|channel|i|elevation with six decimals") mod dimension`; a position keeps the highest of its
/// elevations, and the signature holds the `max_positions` highest. Source: the published rh_sparse_anomaly.py.
///
/// ```
/// use anet_core::SparseEncoder;
/// use anet_core::params::{Dimension, MaxPositions, Seed};
///
/// let encoder = SparseEncoder::new(
///     Dimension::try_from(4096)?,
///     MaxPositions::from(2),
///     Seed::try_from("rh_sparse")?,
/// );
/// let signature = encoder.encode(&[0.0, 0.1, -0.1, 5.0, 0.0]);
/// assert_eq!(signature.positions.len(), 2);
/// assert!(signature.elevations[0] >= signature.elevations[1]);
/// # Ok::<(), anet_core::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct SparseEncoder {
    pub(crate) hasher: PositionHasher,
    pub(crate) max_positions: MaxPositions,
}

/// The memory that encoding works in: kept by the caller, so that a stream allocates nothing after its first window.
#[derive(Debug, Clone, Default)]
pub struct EncoderScratch {
    channels: WindowChannels,
    sort: PartialSort,
    hashes: HashScratch,
    table: PositionTable,
}

impl SparseEncoder {
    /// An encoder on the widest level that this processor has.
    pub fn new(dimension: Dimension, max_positions: MaxPositions, seed: Seed) -> Self {
        Self::on(Level::detect(), dimension, max_positions, seed)
    }

    /// An encoder on a level of choice: all give the same signatures.
    pub fn on(level: Level, dimension: Dimension, max_positions: MaxPositions, seed: Seed) -> Self {
        Self { hasher: PositionHasher::new(level, dimension, seed), max_positions }
    }

    /// The number of positions that there can be.
    pub fn dimension(&self) -> Dimension {
        self.hasher.dimension
    }

    /// The most positions that a signature holds.
    pub fn max_positions(&self) -> MaxPositions {
        self.max_positions
    }

    /// The text that keys the hash.
    pub fn seed(&self) -> &Seed {
        &self.hasher.seed
    }

    /// The position that sample `index` of channel `tag` hashes to with `value`, whatever these are.
    pub fn position(&self, index: i64, tag: &str, value: f64) -> u64 {
        self.hasher.position(index, tag, value)
    }

    /// The signature of a window of any length.
    pub fn encode(&self, window: &[f64]) -> SparseSignature {
        thread_local!(static SCRATCH: RefCell<EncoderScratch> = RefCell::default());
        let mut signature = SparseSignature::default();
        SCRATCH.with_borrow_mut(|scratch| self.encode_into(scratch, window, &mut signature));
        signature
    }

    /// [`SparseEncoder::encode`] without allocation: overwrites `signature`, works in `scratch`.
    ///
    /// Neither needs to come from the same encoder, and what they held does not matter.
    ///
    /// ```
    /// use anet_core::params::{Dimension, MaxPositions, Seed};
    /// use anet_core::{EncoderScratch, SparseEncoder, SparseSignature};
    ///
    /// let (dimension, seed) = (Dimension::try_from(64)?, Seed::try_from("s")?);
    /// let encoder = SparseEncoder::new(dimension, MaxPositions::from(4), seed);
    /// let (mut scratch, mut signature) = (EncoderScratch::default(), SparseSignature::default());
    /// for window in [0.0, 1.0, 3.0, 2.0, 5.0].windows(4) {
    ///     encoder.encode_into(&mut scratch, window, &mut signature);
    ///     assert_eq!(signature, encoder.encode(window));
    /// }
    /// # Ok::<(), anet_core::Error>(())
    /// ```
    pub fn encode_into<'a>(
        &self,
        scratch: &mut EncoderScratch,
        window: impl Into<WindowSlices<'a>>,
        signature: &mut SparseSignature,
    ) {
        scratch.channels.compute(self.hasher.level, window.into());
        self.fill(scratch);
        let entries = scratch.table.as_slice();
        let entries = &entries[..self.capacity().min(entries.len())];
        signature.dimension = self.hasher.dimension.get();
        signature.positions.clear();
        signature.positions.extend(entries.iter().map(|entry| entry.position));
        signature.elevations.clear();
        signature.elevations.extend(entries.iter().map(|entry| entry.elevation));
    }

    /// Leaves the top positions in `scratch.table`, at least as many as the signature takes.
    fn fill(&self, scratch: &mut EncoderScratch) {
        let EncoderScratch { channels, sort, hashes, table } = scratch;
        let (level, samples) = (self.hasher.level, channels.samples());
        let wanted = self.capacity().min(usize::try_from(self.hasher.dimension.get()).unwrap_or(usize::MAX));
        table.clear();
        if samples == 0 || wanted == 0 {
            return;
        }
        // Steps stay at or below their scale: a signature that fills above it needs none of them.
        let hasher = &self.hasher;
        let levels = TopPositions { hasher, samples, elevations: channels.elevations(), wanted };
        if self.can_sort(channels)
            && levels.likely(STEP_SCALE)
            && levels.find(STEP_SCALE, sort, hashes, table)
        {
            return;
        }
        channels.add_steps(level);
        if self.can_sort(channels) {
            let all = TopPositions { hasher, samples, elevations: channels.elevations(), wanted };
            all.find(0.0, sort, hashes, table);
        } else {
            self.hash_all(samples, channels.elevations(), table);
        }
    }

    /// Whether the items can be hashed in descending order: all have labels, and none is NaN, as in windows that overflow.
    fn can_sort(&self, channels: &WindowChannels) -> bool {
        let elevations = channels.elevations();
        let numbers = self.hasher.level.count_at_least(elevations, 0.0);
        channels.samples() <= Label::MAX_SAMPLES && numbers == elevations.len()
    }

    /// HashScratch every item, for windows that overflow or outgrow the labels.
    fn hash_all(&self, samples: usize, elevations: &[f64], table: &mut PositionTable) {
        table.clear();
        table.reserve(elevations.len());
        for (item, &elevation) in elevations.iter().enumerate() {
            if elevation <= 0.0 {
                continue;
            }
            let (channel, index) = place(item, samples);
            let position = self.hasher.position(index as i64, NAMES[channel], elevation);
            // A NaN elevation takes its position like any other, but raises nothing.
            table.insert_or_raise(PositionEntry { position, elevation: elevation.max(0.0), first: item });
        }
        table.sort();
    }

    fn capacity(&self) -> usize {
        usize::try_from(self.max_positions.get()).unwrap_or(usize::MAX)
    }
}
