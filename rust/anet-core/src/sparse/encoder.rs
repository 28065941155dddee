//! Windows to sparse signatures.

use std::collections::HashMap;
use std::io::Write;

use super::channels::{Channels, TAGS};
use super::signature::Signature;
use crate::check::{Dimension, MaxPositions, Seed};
use crate::kernel::{Backend, Key, SixDigits};

/// Encodes a window as the positions of its most unusual samples.
///
/// Each sample `x[i]` has three elevations in `0..=1`: `z = tanh|x[i] − mean| / s`, `q = tanh|x[i] − median| / m` and
/// `dz = 0.8 tanh|x[i] − x[i−1]| / (s + 1e-9)`, where `s` is the standard deviation (population) and `m` the mean distance
/// from the median, each plus 1e-9. A sample that is not finite counts as zero. Every elevation above zero claims a position,
/// `BLAKE2b-64(key = seed, "seed|channel|i|elevation with six decimals") mod dimension`; a position keeps the highest
/// elevation that claims it, and the signature holds the `max_positions` highest.
///
/// ```
/// use anet_core::check::{Dimension, MaxPositions, Seed};
/// use anet_core::sparse::encoder::Encoder;
///
/// let encoder = Encoder::new(
///     Dimension::new("dimension", 4096)?,
///     MaxPositions::new("max_positions", 2)?,
///     Seed::new("seed", "rh_sparse")?,
/// );
/// let signature = encoder.encode(&[0.0, 0.1, -0.1, 5.0, 0.0]);
/// assert_eq!(signature.positions.len(), 2);
/// assert!(signature.elevations[0] >= signature.elevations[1]);
/// # Ok::<(), anet_core::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Encoder {
    dimension: Dimension,
    max_positions: MaxPositions,
    seed: Seed,
    key: Key,
    backend: Backend,
}

/// The memory that encoding works in: kept by the caller, so that a stream allocates nothing after its first window.
#[derive(Debug, Clone, Default)]
pub struct Scratch {
    channels: Channels,
    slots: HashMap<u64, usize>,
    claims: Vec<(u64, f64)>,
}

/// A window in one piece, or in the two pieces in which a ring buffer holds it, the older samples first.
#[derive(Debug, Clone, Copy)]
pub struct Window<'a> {
    older: &'a [f64],
    newer: &'a [f64],
}

impl<'a> From<&'a [f64]> for Window<'a> {
    fn from(whole: &'a [f64]) -> Self {
        Self { older: whole, newer: &[] }
    }
}

impl<'a> From<(&'a [f64], &'a [f64])> for Window<'a> {
    fn from((older, newer): (&'a [f64], &'a [f64])) -> Self {
        Self { older, newer }
    }
}

impl Encoder {
    /// An encoder on the fastest backend of this machine.
    pub fn new(dimension: Dimension, max_positions: MaxPositions, seed: Seed) -> Self {
        Self::on(Backend::detect(), dimension, max_positions, seed)
    }

    /// An encoder on a backend of choice: all give the same signatures.
    pub fn on(backend: Backend, dimension: Dimension, max_positions: MaxPositions, seed: Seed) -> Self {
        let key = Key::new(seed.get().as_bytes());
        Self { dimension, max_positions, seed, key, backend }
    }

    /// The number of positions that there can be.
    pub fn dimension(&self) -> Dimension {
        self.dimension
    }

    /// The most positions that a signature holds.
    pub fn max_positions(&self) -> MaxPositions {
        self.max_positions
    }

    /// The text that keys the hash.
    pub fn seed(&self) -> &Seed {
        &self.seed
    }

    /// The position that sample `index` of channel `tag` claims with `value`, whatever these are.
    pub fn position(&self, index: i64, tag: &str, value: f64) -> u64 {
        let text = format!("{}|{tag}|{index}|{}", self.seed.get(), SixDigits(value));
        self.key.hash(text.as_bytes()) % self.dimension.get()
    }

    /// The signature of a window of any length.
    pub fn encode(&self, window: &[f64]) -> Signature {
        let mut signature = Signature::default();
        self.encode_into(&mut Scratch::default(), window, &mut signature);
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
        let window = window.into();
        scratch.channels.compute(self.backend, window.older, window.newer);
        signature.dimension = self.dimension.get();
        self.claim(scratch);
        scratch.claims.sort_by(|a, b| b.1.total_cmp(&a.1));
        let kept = scratch.claims.len().min(usize::try_from(self.max_positions.get()).unwrap_or(usize::MAX));
        signature.positions.clear();
        signature.elevations.clear();
        signature.positions.extend(scratch.claims[..kept].iter().map(|claim| claim.0));
        signature.elevations.extend(scratch.claims[..kept].iter().map(|claim| claim.1));
    }

    /// Every position that any item claims, in the order of first claims, each with its highest elevation.
    fn claim(&self, scratch: &mut Scratch) {
        scratch.slots.clear();
        scratch.claims.clear();
        let length = scratch.channels.elevations.len() / TAGS.len();
        let mut text = Vec::new();
        for (item, &elevation) in scratch.channels.elevations.iter().enumerate() {
            if elevation <= 0.0 {
                continue;
            }
            let (tag, index) = (TAGS[item / length], item % length);
            text.clear();
            write!(text, "{}|{tag}|{index}|{}", self.seed.get(), SixDigits(elevation))
                .expect("memory takes it");
            let position = self.key.hash(&text) % self.dimension.get();
            let slot = *scratch.slots.entry(position).or_insert_with(|| {
                scratch.claims.push((position, 0.0));
                scratch.claims.len() - 1
            });
            let claim = &mut scratch.claims[slot];
            // A NaN elevation (a window that overflows) claims its position and raises nothing.
            claim.1 = claim.1.max(elevation);
        }
    }
}
