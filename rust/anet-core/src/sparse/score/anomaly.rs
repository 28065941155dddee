//! How new a signature is: one minus its likeness to the nearest of the latest.

use std::mem;
use std::sync::Arc;

use crate::error::{Error, Result};
use crate::params::Length;
use crate::sparse::encode::SparseSignature;
use crate::sparse::index::{QueryScratch, SignatureHistory};
use crate::sparse::score::scales::{AnomalyScore, ScaleSet};
use crate::sparse::score::top_k::TopK;

/// Scores each signature against the latest `scale` signatures, for each of several scales.
///
/// The score of a scale is `1 − mean of the k largest cosines` between the signature and those that the scale holds, with
/// `k` clipped to between 1 and what is held; with nothing held it is 1. The combined score is the mean over scales, 0 where
/// there is no scale. The signature enters the history after it was scored. Source: the published rh_sparse_anomaly.py.
///
/// ```
/// use anet_core::params::Length;
/// use anet_core::{MultiScaleAnomaly, SparseSignature};
///
/// let scales = [Length::try_from(64)?, Length::try_from(256)?];
/// let mut detector = MultiScaleAnomaly::new(&scales, 5);
/// let signature = SparseSignature { positions: vec![7, 9], elevations: vec![0.5, 0.5], dimension: 16 };
/// assert_eq!(detector.update_and_score(&signature)?.combined, 1.0);
/// assert!(detector.update_and_score(&signature)?.combined < 1e-12);
/// # Ok::<(), anet_core::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct MultiScaleAnomaly {
    /// Shared by the streams of a pool.
    pub(crate) scales: Arc<ScaleSet>,
    pub(crate) neighbours: i64,
    pub(crate) history: SignatureHistory,
    scratch: AnomalyScratch,
}

/// The memory that scoring works in: kept by the caller, who may use it for any number of detectors.
#[derive(Debug, Clone, Default)]
pub(crate) struct AnomalyScratch {
    history: QueryScratch,
    top: TopK,
    /// The latest score of each distinct scale.
    scores: Vec<f64>,
}

impl MultiScaleAnomaly {
    /// A detector with an empty history.
    pub fn new(scales: &[Length], neighbours: i64) -> Self {
        let scales = Arc::new(ScaleSet::new(scales));
        let history = SignatureHistory::new(scales.longest());
        Self { scales, neighbours, history, scratch: AnomalyScratch::default() }
    }

    /// The scales as they were given.
    pub fn scales(&self) -> &[Length] {
        &self.scales.given
    }

    /// Each scale once, in the order of first mention.
    pub fn distinct_scales(&self) -> &[usize] {
        &self.scales.distinct
    }

    /// Nearest neighbours that count, before clipping.
    pub fn neighbours(&self) -> i64 {
        self.neighbours
    }

    /// Changes the nearest neighbours that count, from the next signature on.
    pub fn set_neighbours(&mut self, neighbours: i64) {
        self.neighbours = neighbours;
    }

    /// Signatures held, at most the longest scale.
    pub fn signatures_held(&self) -> usize {
        self.history.len()
    }

    /// Positions of all signatures held, together.
    pub fn positions_held(&self) -> usize {
        self.history.positions()
    }

    /// Forgets all signatures, and makes room for those of the longest scale.
    pub(crate) fn forget(&mut self) {
        self.history = SignatureHistory::new(self.scales.longest());
    }

    /// Bytes that it occupies.
    pub fn bytes(&self) -> usize {
        size_of::<Self>() + self.history.bytes()
    }

    /// Scores a signature, then takes it into the history.
    ///
    /// # Errors
    /// [`Error::OutOfDomain`] for an elevation that is not finite; nothing is changed then.
    pub fn update_and_score(&mut self, signature: &SparseSignature) -> Result<AnomalyScore<'_>> {
        self.update_and_score_entries(entries(signature))
    }

    /// [`MultiScaleAnomaly::update_and_score`] of positions in any range. Where one comes twice its last elevation counts.
    ///
    /// # Errors
    /// [`Error::OutOfDomain`] for an elevation that is not finite; nothing is changed then.
    pub fn update_and_score_entries(
        &mut self,
        entries: impl Iterator<Item = (i128, f64)> + Clone,
    ) -> Result<AnomalyScore<'_>> {
        if let Some((_, elevation)) = entries.clone().find(|entry| !entry.1.is_finite()) {
            return Err(Error::float("elevations", "finite", elevation));
        }
        let mut scratch = mem::take(&mut self.scratch);
        let cosines = self.history.update(&mut scratch.history, entries);
        let combined = self.scales.score(self.neighbours, &mut scratch.top, &mut scratch.scores, cosines);
        self.scratch = scratch;
        Ok(AnomalyScore { combined, per_scale: &self.scratch.scores })
    }

    /// [`MultiScaleAnomaly::update_and_score`] of what an encoder made, in memory that many detectors can share.
    pub(super) fn update_and_score_with<'a>(
        &mut self,
        scratch: &'a mut AnomalyScratch,
        signature: &SparseSignature,
    ) -> AnomalyScore<'a> {
        let cosines = self.history.update(&mut scratch.history, entries(signature));
        let combined = self.scales.score(self.neighbours, &mut scratch.top, &mut scratch.scores, cosines);
        AnomalyScore { combined, per_scale: &scratch.scores }
    }

    /// The score that [`MultiScaleAnomaly::update_and_score_with`] would give, without taking the signature in.
    pub(super) fn peek_with<'a>(
        &mut self,
        scratch: &'a mut AnomalyScratch,
        signature: &SparseSignature,
    ) -> AnomalyScore<'a> {
        let cosines = self.history.peek(&mut scratch.history, entries(signature));
        let combined = self.scales.score(self.neighbours, &mut scratch.top, &mut scratch.scores, cosines);
        AnomalyScore { combined, per_scale: &scratch.scores }
    }
}

fn entries(signature: &SparseSignature) -> impl Iterator<Item = (i128, f64)> + Clone {
    let positions = signature.positions.iter().map(|position| i128::from(*position));
    positions.zip(signature.elevations.iter().copied())
}
