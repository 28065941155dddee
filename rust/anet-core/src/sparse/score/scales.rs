//! The score of each scale, from the cosines of a signature with those before it.

use std::collections::HashSet;

use crate::params::Length;
use crate::sparse::index::Cosines;
use crate::sparse::score::top_k::TopK;

/// The score of one signature.
///
/// ```
/// use anet_core::AnomalyScore;
/// let (score, mut row) = (AnomalyScore { combined: 0.5, per_scale: &[0.25, 0.75] }, [0.0; 3]);
/// score.write(&mut row);
/// assert_eq!(row, [0.5, 0.25, 0.75]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AnomalyScore<'a> {
    /// The mean over scales.
    pub combined: f64,
    /// The score of each distinct scale, in the order of [`crate::MultiScaleAnomaly::distinct_scales`].
    pub per_scale: &'a [f64],
}

impl AnomalyScore<'_> {
    /// Writes a row: the combined score, then the score of each distinct scale.
    pub fn write(&self, row: &mut [f64]) {
        row[0] = self.combined;
        row[1..].copy_from_slice(self.per_scale);
    }
}

/// The scales of a detector, as given and in the orders that scoring needs.
#[derive(Debug, Clone, Default)]
pub(crate) struct ScaleSet {
    pub(crate) given: Vec<Length>,
    /// Each scale once, in the order of first mention.
    pub(super) distinct: Vec<usize>,
    /// Indices into `distinct`, the shortest scale first.
    ascending: Vec<usize>,
}

impl ScaleSet {
    pub(super) fn new(given: &[Length]) -> Self {
        let mut scales = Self { given: given.to_vec(), ..Self::default() };
        scales.arrange();
        scales
    }

    /// Sets the orders from the scales as given.
    pub(crate) fn arrange(&mut self) {
        let mut seen = HashSet::new();
        let each = self.given.iter().map(|scale| scale.get());
        self.distinct = each.filter(|scale| seen.insert(*scale)).collect();
        self.ascending = (0..self.distinct.len()).collect();
        self.ascending.sort_unstable_by_key(|&index| self.distinct[index]);
    }

    /// Signatures that the longest scale looks back on.
    pub(super) fn longest(&self) -> usize {
        self.distinct.iter().copied().max().unwrap_or(0)
    }

    /// Scores each distinct scale and returns the mean.
    ///
    /// A scale holds what the next shorter one does and more, so the top cosines are kept from one to the next.
    pub(super) fn score(
        &self,
        neighbours: i64,
        top: &mut TopK,
        scores: &mut Vec<f64>,
        cosines: Cosines<'_>,
    ) -> f64 {
        scores.resize(self.distinct.len(), 0.0);
        top.clear();
        let mut age = 0;
        for &index in &self.ascending {
            let scale = self.distinct[index].min(cosines.len());
            let k = neighbours.clamp(1, scale.max(1) as i64) as usize;
            cosines.aged(age, scale).into_iter().for_each(|numbers| top.extend(k, numbers));
            scores[index] = 1.0 - top.mean().unwrap_or(0.0);
            age = scale;
        }
        mean(scores)
    }
}

fn mean(scores: &[f64]) -> f64 {
    if scores.is_empty() { 0.0 } else { scores.iter().sum::<f64>() / scores.len() as f64 }
}
