//! The detector's words as signatures of whole windows.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::detect::normalise::normaliser::{LARGEST, TOKEN_LIMIT, floor};
use crate::detect::tokens::bag_of_tokens::TOP;
use crate::detect::tokens::tokens::Tokens;
use crate::detect::tokens::vocabulary::{DIMENSION, Vocabulary};
use crate::params::Seed;
use crate::sparse::encode::signature::Signature;

/// Encodes a window by the words in it, so that similar windows share positions.
///
/// The finite samples, in deviations from their mean within ±6, give nine tokens each (see [`crate::detect::tokens::tokens`]). The
/// elevation of a position is ln(1 + its occurrences); the 128 highest stay, of equals the lower positions, scaled to
/// unit length. A window knows no history, so no token is rarer than another.
///
/// ```
/// use anet_core::params::Seed;
/// use anet_core::detect::tokens::encoder::WordEncoder;
/// use anet_core::sparse::encode::cosine::sparse_cosine;
/// let encoder = WordEncoder::new(&Seed::try_from("rh_sparse")?);
/// let wave = |phase: f64| (0..256).map(|t| (f64::from(t) / 8.0 + phase).sin()).collect::<Vec<_>>();
/// let entries = |window: &[f64]| -> Vec<(i128, f64)> {
///     let signature = encoder.encode(window);
///     signature.positions.iter().map(|&position| position.into()).zip(signature.elevations).collect()
/// };
/// assert!(sparse_cosine(&entries(&wave(0.0)), &entries(&wave(0.01))) > 0.95);
/// # Ok::<(), anet_core::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct WordEncoder {
    vocabulary: Arc<Vocabulary>,
}

impl WordEncoder {
    /// An encoder whose positions depend on `seed` alone.
    pub fn new(seed: &Seed) -> Self {
        Self { vocabulary: Vocabulary::shared(seed) }
    }

    /// The seed.
    pub fn seed(&self) -> &Seed {
        self.vocabulary.seed()
    }

    /// The signature of a window; empty where no sample is finite.
    pub fn encode(&self, window: &[f64]) -> Signature {
        let mut all: Vec<(u64, f64)> = self
            .occurrences(window)
            .into_iter()
            .map(|(position, n)| (position, libm::log(1.0 + n)))
            .collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1));
        all.truncate(TOP);
        let length = all.iter().map(|(_, elevation)| elevation * elevation).sum::<f64>().sqrt();
        let (positions, elevations) =
            all.into_iter().map(|(position, elevation)| (position, elevation / length)).unzip();
        Signature { positions, elevations, dimension: DIMENSION as u64 }
    }

    fn occurrences(&self, window: &[f64]) -> BTreeMap<u64, f64> {
        let mut occurrences = BTreeMap::new();
        let mut tokens = Tokens::new();
        for (value, t) in scaled(window).into_iter().zip(0..) {
            for token in tokens.push(t, value) {
                let position = self.vocabulary.position(self.vocabulary.slot(token));
                *occurrences.entry(position.into()).or_insert(0.0) += 1.0;
            }
        }
        occurrences
    }
}

/// The finite samples in deviations from their mean.
fn scaled(window: &[f64]) -> Vec<f64> {
    let finite = window.iter().filter(|x| x.is_finite()).map(|x| x.clamp(-LARGEST, LARGEST));
    let mut values: Vec<f64> = finite.collect();
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let centre = mean(&values);
    values.iter_mut().for_each(|x| *x -= centre);
    let squares: Vec<f64> = values.iter().map(|d| d * d).collect();
    let scale = mean(&squares).sqrt().max(floor(centre));
    values.iter().map(|d| (d / scale).clamp(-TOKEN_LIMIT, TOKEN_LIMIT)).collect()
}
