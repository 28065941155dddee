//! Windows to sparse signatures.

use std::cell::RefCell;

use crate::params::{Dimension, MaxPositions, Seed};
use crate::sparse::encode::channels::{Channels, NAMES, STEP_SCALE};
use crate::sparse::encode::hasher::{Hasher, Hashes, place};
use crate::sparse::encode::partial_sort::Ranking;
use crate::sparse::encode::position_table::{Claim, Claims};
use crate::sparse::encode::signature::Signature;
use crate::sparse::encode::top_positions::Highest;
use crate::sparse::encode::window::Window;
use anet_simd::{Label, Level};

/// Encodes a window as the positions of its most unusual samples.
///
/// Each sample `x[i]` has three elevations in `0..=1`: `z = tanh|x[i] − mean| / s`, `q = tanh|x[i] − median| / m` and
/// `dz = 0.8 tanh|x[i] − x[i−1]| / (s + 1e-9)`, where `s` is the standard deviation (population) and `m` the mean distance
/// from the median, each plus 1e-9. A sample that is not finite counts as zero. Every elevation above zero claims a position,
/// `BLAKE2b-64(key = seed, "seed|channel|i|elevation with six decimals") mod dimension`; a position keeps the highest
/// elevation that claims it, and the signature holds the `max_positions` highest.
///
/// ```
/// use anet_core::params::{Dimension, MaxPositions, Seed};
/// use anet_core::sparse::encode::encoder::Encoder;
///
/// let encoder = Encoder::new(
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
pub struct Encoder {
    hasher: Hasher,
    max_positions: MaxPositions,
}

/// The memory that encoding works in: kept by the caller, so that a stream allocates nothing after its first window.
#[derive(Debug, Clone, Default)]
pub struct Scratch {
    channels: Channels,
    ranking: Ranking,
    hashes: Hashes,
    claims: Claims,
}

impl Encoder {
    /// An encoder on the fastest backend of this machine.
    pub fn new(dimension: Dimension, max_positions: MaxPositions, seed: Seed) -> Self {
        Self::on(Level::detect(), dimension, max_positions, seed)
    }

    /// An encoder on a backend of choice: all give the same signatures.
    pub fn on(level: Level, dimension: Dimension, max_positions: MaxPositions, seed: Seed) -> Self {
        Self { hasher: Hasher::new(level, dimension, seed), max_positions }
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

    /// The position that sample `index` of channel `tag` claims with `value`, whatever these are.
    pub fn position(&self, index: i64, tag: &str, value: f64) -> u64 {
        self.hasher.position(index, tag, value)
    }

    /// The signature of a window of any length.
    pub fn encode(&self, window: &[f64]) -> Signature {
        thread_local!(static SCRATCH: RefCell<Scratch> = RefCell::default());
        let mut signature = Signature::default();
        SCRATCH.with_borrow_mut(|scratch| self.encode_into(scratch, window, &mut signature));
        signature
    }

    /// [`Encoder::encode`] without allocation: overwrites `signature`, works in `scratch`.
    ///
    /// Neither needs to come from the same encoder, and what they held does not matter.
    pub fn encode_into<'a>(
        &self,
        scratch: &mut Scratch,
        window: impl Into<Window<'a>>,
        signature: &mut Signature,
    ) {
        scratch.channels.compute(self.hasher.level, window.into());
        self.claim(scratch);
        let claims = scratch.claims.as_slice();
        let claims = &claims[..self.capacity().min(claims.len())];
        signature.dimension = self.hasher.dimension.get();
        signature.positions.clear();
        signature.positions.extend(claims.iter().map(|claim| claim.position));
        signature.elevations.clear();
        signature.elevations.extend(claims.iter().map(|claim| claim.elevation));
    }

    /// Leaves the highest claims in `scratch.claims`, at least as many as the signature takes.
    fn claim(&self, scratch: &mut Scratch) {
        let Scratch { channels, ranking, hashes, claims } = scratch;
        let (level, samples) = (self.hasher.level, channels.samples());
        let wanted = self.capacity().min(usize::try_from(self.hasher.dimension.get()).unwrap_or(usize::MAX));
        claims.clear();
        if samples == 0 || wanted == 0 {
            return;
        }
        // Steps stay at or below their scale: a signature that fills above it needs none of them.
        let hasher = &self.hasher;
        let levels = Highest { hasher, samples, elevations: channels.elevations(), wanted };
        if self.ranks(channels)
            && levels.likely(STEP_SCALE)
            && levels.find(STEP_SCALE, ranking, hashes, claims)
        {
            return;
        }
        channels.add_steps(level);
        if self.ranks(channels) {
            let all = Highest { hasher, samples, elevations: channels.elevations(), wanted };
            all.find(0.0, ranking, hashes, claims);
        } else {
            self.claim_all(samples, channels.elevations(), claims);
        }
    }

    /// Whether the items can be hashed by rank: none is NaN, as in windows that overflow, and all have labels.
    fn ranks(&self, channels: &Channels) -> bool {
        let elevations = channels.elevations();
        let numbers = self.hasher.level.count_at_least(elevations, 0.0);
        channels.samples() <= Label::MAX_SAMPLES && numbers == elevations.len()
    }

    /// Hashes every item, for windows that overflow or outgrow the labels.
    fn claim_all(&self, samples: usize, elevations: &[f64], claims: &mut Claims) {
        claims.clear();
        claims.reserve(elevations.len());
        for (item, &elevation) in elevations.iter().enumerate() {
            if elevation <= 0.0 {
                continue;
            }
            let (channel, index) = place(item, samples);
            let position = self.hasher.position(index as i64, NAMES[channel], elevation);
            // A NaN elevation claims its position like any other, but raises nothing.
            claims.raise(Claim { position, elevation: elevation.max(0.0), first: item });
        }
        claims.sort();
    }

    fn capacity(&self) -> usize {
        usize::try_from(self.max_positions.get()).unwrap_or(usize::MAX)
    }
}
