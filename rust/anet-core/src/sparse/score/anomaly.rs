//! How new a signature is: one minus its likeness to the nearest of the latest.

use std::collections::HashSet;
use std::mem;
use std::sync::Arc;

use crate::error::{Error, Result};
use crate::params::Length;
use crate::sparse::encode::signature::Signature;
use crate::sparse::index::history;
use crate::sparse::index::history::{Cosines, History};
use crate::sparse::score::top_k::Top;

/// Scores each signature against the latest `scale` signatures, for each of several scales.
///
/// The score of a scale is `1 − mean of the k largest cosines` between the signature and those that the scale holds, with
/// `k` clipped to between 1 and what is held; with nothing held it is 1. The combined score is the mean over scales, 0 where
/// there is no scale. The signature enters the history after it was scored.
///
/// ```
/// use anet_core::params::Length;
/// use anet_core::sparse::score::anomaly::MultiScaleAnomaly;
/// use anet_core::sparse::encode::signature::Signature;
///
/// let scales = [Length::try_from(64)?, Length::try_from(256)?];
/// let mut detector = MultiScaleAnomaly::new(&scales, 5);
/// let signature = Signature { positions: vec![7, 9], elevations: vec![0.5, 0.5], dimension: 16 };
/// assert_eq!(detector.update_and_score(&signature)?.combined, 1.0);
/// assert!(detector.update_and_score(&signature)?.combined < 1e-12);
/// # Ok::<(), anet_core::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct MultiScaleAnomaly {
    /// Shared by the streams of a pool.
    scales: Arc<Scales>,
    neighbours: i64,
    history: History,
    work: Work,
}

#[derive(Debug)]
struct Scales {
    given: Vec<Length>,
    /// Each scale once, in the order of first mention.
    distinct: Vec<usize>,
    /// Indices into `distinct`, the shortest scale first.
    ascending: Vec<usize>,
}

/// The memory that scoring works in: kept by the caller, who may use it for any number of detectors.
#[derive(Debug, Clone, Default)]
pub struct Work {
    history: history::Work,
    top: Top,
    /// The latest score of each distinct scale.
    scores: Vec<f64>,
}

/// The score of one signature.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score<'a> {
    /// The mean over scales.
    pub combined: f64,
    /// The score of each distinct scale, in the order of [`MultiScaleAnomaly::distinct_scales`].
    pub per_scale: &'a [f64],
}

impl Score<'_> {
    /// Writes a row: the combined score, then the score of each distinct scale.
    pub fn write(&self, row: &mut [f64]) {
        row[0] = self.combined;
        row[1..].copy_from_slice(self.per_scale);
    }
}

impl Scales {
    fn new(given: &[Length]) -> Self {
        let mut seen = HashSet::new();
        let distinct = given.iter().map(|scale| scale.get()).filter(|scale| seen.insert(*scale));
        let distinct: Vec<usize> = distinct.collect();
        let mut ascending: Vec<usize> = (0..distinct.len()).collect();
        ascending.sort_unstable_by_key(|&index| distinct[index]);
        Self { given: given.to_vec(), distinct, ascending }
    }

    /// Scores each distinct scale and returns the mean.
    fn score(&self, neighbours: i64, top: &mut Top, scores: &mut Vec<f64>, cosines: Cosines<'_>) -> f64 {
        scores.resize(self.distinct.len(), 0.0);
        top.clear();
        let mut age = 0;
        for &index in &self.ascending {
            let scale = self.distinct[index].min(cosines.len());
            let k = neighbours.clamp(1, scale.max(1) as i64) as usize;
            scores[index] = 1.0 - top_mean(top, k, &cosines, age, scale);
            age = scale;
        }
        mean(scores)
    }
}

impl MultiScaleAnomaly {
    /// A detector with an empty history.
    pub fn new(scales: &[Length], neighbours: i64) -> Self {
        let scales = Arc::new(Scales::new(scales));
        let history = History::new(scales.distinct.iter().copied().max().unwrap_or(0));
        Self { scales, neighbours, history, work: Work::default() }
    }

    /// The scales as they were given.
    pub fn scales(&self) -> &[Length] {
        &self.scales.given
    }

    /// Each scale once, in the order of first mention.
    pub fn distinct_scales(&self) -> &[usize] {
        &self.scales.distinct
    }

    /// How many nearest neighbours count, before clipping.
    pub fn neighbours(&self) -> i64 {
        self.neighbours
    }

    /// Changes how many nearest neighbours count from the next signature on.
    pub fn set_neighbours(&mut self, neighbours: i64) {
        self.neighbours = neighbours;
    }

    /// The signatures held.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Takes the place of the history.
    pub(crate) fn set_history(&mut self, history: History) {
        self.history = history;
    }

    /// Bytes that it occupies.
    pub fn bytes(&self) -> usize {
        size_of::<Self>() + self.history.bytes()
    }

    /// Scores a signature, then takes it into the history.
    ///
    /// # Errors
    /// [`Error::OutOfDomain`] for an elevation that is not finite; nothing is changed then.
    pub fn update_and_score(&mut self, signature: &Signature) -> Result<Score<'_>> {
        self.update_and_score_entries(entries(signature))
    }

    /// [`MultiScaleAnomaly::update_and_score`] of positions in any range. Where one comes twice its last elevation counts.
    ///
    /// # Errors
    /// [`Error::OutOfDomain`] for an elevation that is not finite; nothing is changed then.
    pub fn update_and_score_entries(
        &mut self,
        entries: impl Iterator<Item = (i128, f64)> + Clone,
    ) -> Result<Score<'_>> {
        if let Some((_, elevation)) = entries.clone().find(|entry| !entry.1.is_finite()) {
            return Err(Error::float("elevations", "finite", elevation));
        }
        let mut work = mem::take(&mut self.work);
        let cosines = self.history.update(&mut work.history, entries);
        let combined = self.scales.score(self.neighbours, &mut work.top, &mut work.scores, cosines);
        self.work = work;
        Ok(Score { combined, per_scale: &self.work.scores })
    }

    /// [`MultiScaleAnomaly::update_and_score`] of what an encoder made, in memory that many detectors can share.
    pub(crate) fn update_and_score_with<'a>(
        &mut self,
        work: &'a mut Work,
        signature: &Signature,
    ) -> Score<'a> {
        let cosines = self.history.update(&mut work.history, entries(signature));
        let combined = self.scales.score(self.neighbours, &mut work.top, &mut work.scores, cosines);
        Score { combined, per_scale: &work.scores }
    }

    /// The score that [`MultiScaleAnomaly::update_and_score_with`] would give, without taking the signature in.
    pub(crate) fn peek_with<'a>(&mut self, work: &'a mut Work, signature: &Signature) -> Score<'a> {
        let cosines = self.history.peek(&mut work.history, entries(signature));
        let combined = self.scales.score(self.neighbours, &mut work.top, &mut work.scores, cosines);
        Score { combined, per_scale: &work.scores }
    }
}

fn entries(signature: &Signature) -> impl Iterator<Item = (i128, f64)> + Clone {
    let positions = signature.positions.iter().map(|position| i128::from(*position));
    positions.zip(signature.elevations.iter().copied())
}

/// The mean of the `k` largest cosines of an age below `to`, those below `from` being in `top` already; 0 of none.
fn top_mean(top: &mut Top, k: usize, cosines: &Cosines<'_>, from: usize, to: usize) -> f64 {
    cosines.aged(from, to).into_iter().for_each(|numbers| top.extend(k, numbers));
    top.mean().unwrap_or(0.0)
}

fn mean(scores: &[f64]) -> f64 {
    if scores.is_empty() { 0.0 } else { scores.iter().sum::<f64>() / scores.len() as f64 }
}
