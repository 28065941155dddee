//! How new a signature is: one minus its likeness to the nearest of the latest.

use super::history::{Cosines, History};
use super::signature::Signature;
use super::top::Top;
use crate::check::Length;
use crate::error::{Error, Result};

/// Scores each signature against the latest `scale` signatures, for each of several scales.
///
/// The score of a scale is `1 − mean of the k largest cosines` between the signature and those that the scale holds, with
/// `k` clipped to between 1 and what is held; with nothing held it is 1. The combined score is the mean over scales, 0 where
/// there is no scale. The signature enters the history after it was scored.
///
/// ```
/// use anet_core::check::Length;
/// use anet_core::sparse::anomaly::MultiScaleAnomaly;
/// use anet_core::sparse::signature::Signature;
///
/// let scales = [Length::new("scales", 64)?, Length::new("scales", 256)?];
/// let mut detector = MultiScaleAnomaly::new(&scales, 5);
/// let signature = Signature { positions: vec![7, 9], elevations: vec![0.5, 0.5], dimension: 16 };
/// assert_eq!(detector.update_and_score(&signature)?.combined, 1.0);
/// assert!(detector.update_and_score(&signature)?.combined < 1e-12);
/// # Ok::<(), anet_core::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct MultiScaleAnomaly {
    /// As given.
    scales: Vec<Length>,
    /// Each scale once, in the order of first mention.
    distinct: Vec<usize>,
    /// Indices into `distinct`, the shortest scale first.
    ascending: Vec<usize>,
    neighbours: i64,
    history: History,
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

impl MultiScaleAnomaly {
    /// A detector with an empty history.
    pub fn new(scales: &[Length], neighbours: i64) -> Self {
        let mut distinct: Vec<usize> = Vec::new();
        for scale in scales.iter().map(|scale| scale.get()) {
            if !distinct.contains(&scale) {
                distinct.push(scale);
            }
        }
        let mut ascending: Vec<usize> = (0..distinct.len()).collect();
        ascending.sort_unstable_by_key(|&index| distinct[index]);
        Self {
            scales: scales.to_vec(),
            history: History::new(distinct.iter().copied().max().unwrap_or(0)),
            scores: vec![0.0; distinct.len()],
            distinct,
            ascending,
            neighbours,
            top: Top::default(),
        }
    }

    /// The scales as they were given.
    pub fn scales(&self) -> &[Length] {
        &self.scales
    }

    /// Each scale once, in the order of first mention.
    pub fn distinct_scales(&self) -> &[usize] {
        &self.distinct
    }

    /// The latest score of each distinct scale, zero before the first.
    pub fn scores(&self) -> &[f64] {
        &self.scores
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

    /// Scores a signature, then takes it into the history.
    ///
    /// # Errors
    /// [`Error::OutOfDomain`] for an elevation that is not finite; nothing is changed then.
    pub fn update_and_score(&mut self, signature: &Signature) -> Result<Score<'_>> {
        let positions = signature.positions.iter().map(|position| i128::from(*position));
        self.update_and_score_entries(positions.zip(signature.elevations.iter().copied()))
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
        let cosines = self.history.update(entries);
        self.top.clear();
        let mut age = 0;
        for &index in &self.ascending {
            let scale = self.distinct[index].min(cosines.len());
            let k = self.neighbours.clamp(1, scale.max(1) as i64) as usize;
            self.scores[index] = 1.0 - top_mean(&mut self.top, k, &cosines, age, scale);
            age = scale;
        }
        Ok(Score { combined: mean(&self.scores), per_scale: &self.scores })
    }
}

/// The mean of the `k` largest cosines of an age below `to`, those below `from` being in `top` already; 0 of none.
fn top_mean(top: &mut Top, k: usize, cosines: &Cosines<'_>, from: usize, to: usize) -> f64 {
    cosines.aged(from, to).into_iter().for_each(|numbers| top.extend(k, numbers));
    top.mean().unwrap_or(0.0)
}

fn mean(scores: &[f64]) -> f64 {
    if scores.is_empty() { 0.0 } else { scores.iter().sum::<f64>() / scores.len() as f64 }
}
