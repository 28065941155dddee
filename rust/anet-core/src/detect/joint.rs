//! How the channels of a sample lie together: what each does may be usual, and both at once not.

use crate::detect::channel::{Channel, ChannelScore};
use crate::error::{Result, StateError};
use crate::state::{Fields, Reader, Writer};

/// Half-life of means and covariances, in samples.
const HALF: f64 = 2048.0;
/// A sample further out than this many usual distances moves them as one at just this distance would.
const CUT: f64 = 3.0;
/// Samples between two inversions.
const BETWEEN: u64 = 32;
/// The first samples have no covariance to be judged by.
const FIRST: u64 = 64;
/// Added to each variance as a share of the mean variance: channels that are copies of each other have none beside it.
const RIDGE: f64 = 1e-4;

/// The Mahalanobis distance of each sample by the covariance of those before, as a stream of its own.
#[derive(Debug, Clone)]
pub(super) struct Joint {
    seen: u64,
    weight: f64,
    means: Vec<f64>,
    /// Row by row.
    covariance: Vec<f64>,
    /// Its inverse, with the ridge; of the identity at first.
    precision: Vec<f64>,
    /// What each channel adds to the square of the last distance.
    shares: Vec<f64>,
    pub(super) channel: Channel,
}

impl Joint {
    /// Of so many channels; the distances are scored by `channel`.
    pub(super) fn new(channels: usize, channel: Channel) -> Self {
        let identity: Vec<f64> =
            (0..channels * channels).map(|i| f64::from(i % (channels + 1) == 0)).collect();
        Self {
            seen: 0,
            weight: 0.0,
            means: vec![0.0; channels],
            covariance: identity.clone(),
            precision: identity,
            shares: vec![0.0; channels],
            channel,
        }
    }

    /// The channel that adds most to the last distance.
    pub(super) fn strongest(&self) -> usize {
        let by_share = |&i: &usize, &j: &usize| self.shares[i].total_cmp(&self.shares[j]);
        (0..self.shares.len()).max_by(by_share).unwrap_or(0)
    }

    /// A channel is missing: there is no distance.
    pub(super) fn missing(&mut self) {
        self.channel.missing();
    }

    /// Scores a sample of normalised values, then learns it.
    pub(super) fn push(&mut self, normal: &[f64]) -> Option<ChannelScore> {
        let beside: Vec<f64> = normal.iter().zip(&self.means).map(|(y, mean)| y - mean).collect();
        let count = beside.len();
        for i in 0..count {
            let row = &self.precision[i * count..][..count];
            self.shares[i] = beside[i] * row.iter().zip(&beside).map(|(p, d)| p * d).sum::<f64>();
        }
        let distance = (self.shares.iter().sum::<f64>().max(0.0) / count as f64).sqrt();
        self.learn(&beside, distance);
        if self.seen > FIRST { self.channel.push(distance) } else { None }
    }

    fn learn(&mut self, beside: &[f64], distance: f64) {
        let cut = if self.seen < FIRST || distance <= CUT { 1.0 } else { CUT / distance };
        self.seen += 1;
        self.weight = libm::exp2(-1.0 / HALF) * self.weight + 1.0;
        let a = 1.0 / self.weight;
        let rows = self.covariance.chunks_exact_mut(beside.len());
        for ((row, mean), d) in rows.zip(&mut self.means).zip(beside) {
            *mean += a * cut * d;
            for (square, other) in row.iter_mut().zip(beside) {
                *square = (1.0 - a) * (*square + a * cut * d * cut * other);
            }
        }
        if self.seen >= FIRST && self.seen.is_multiple_of(BETWEEN) {
            self.invert();
        }
    }

    fn invert(&mut self) {
        let count = self.means.len();
        let trace: f64 = (0..count).map(|i| self.covariance[i * (count + 1)]).sum();
        let ridge = (RIDGE * trace / count as f64).max(1e-12);
        let mut matrix = self.covariance.clone();
        (0..count).for_each(|i| matrix[i * (count + 1)] += ridge);
        if let Some(inverse) = inverse(matrix, count) {
            self.precision = inverse;
        }
    }

    fn check(&mut self) -> Result<()> {
        let values = self.means.iter().chain(&self.covariance).chain(&self.precision);
        let possible = (0.0..=1e9).contains(&self.weight) && values.into_iter().all(|x| x.abs() <= 1e18);
        if possible { Ok(()) } else { Err(StateError::Field { name: "covariance" }.into()) }
    }
}

/// The inverse of a symmetric positive matrix by Gauss and Jordan, without pivots; none where it is not positive.
fn inverse(mut matrix: Vec<f64>, count: usize) -> Option<Vec<f64>> {
    for pivot in 0..count {
        let by = matrix[pivot * (count + 1)];
        if by.is_nan() || by <= 0.0 {
            return None;
        }
        let row: Vec<f64> = matrix[pivot * count..][..count].to_vec();
        for i in (0..count).filter(|&i| i != pivot) {
            let factor = matrix[i * count + pivot] / by;
            for j in 0..count {
                matrix[i * count + j] -= factor * row[j];
            }
            matrix[i * count + pivot] = -factor;
        }
        for (j, value) in row.into_iter().enumerate() {
            matrix[pivot * count + j] = if j == pivot { 1.0 / by } else { value / by };
        }
    }
    Some(matrix)
}

/// What follows from the number of channels is not said again.
impl Fields for Joint {
    fn save(&self, out: &mut Writer) {
        self.seen.save(out);
        self.weight.save(out);
        let numbers = [&self.means, &self.covariance, &self.precision, &self.shares];
        numbers.into_iter().flatten().for_each(|number| number.save(out));
        self.channel.save(out);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        self.seen.load(from)?;
        self.weight.load(from)?;
        let numbers = [&mut self.means, &mut self.covariance, &mut self.precision, &mut self.shares];
        numbers.into_iter().flatten().try_for_each(|number| number.load(from))?;
        self.check()?;
        self.channel.load(from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inverse_undoes_its_matrix() {
        let matrix = vec![4.0, 1.0, 0.5, 1.0, 3.0, -1.0, 0.5, -1.0, 2.0];
        let inverse = inverse(matrix.clone(), 3).unwrap();
        for i in 0..3 {
            for j in 0..3 {
                let product: f64 = (0..3).map(|k| matrix[3 * i + k] * inverse[3 * k + j]).sum();
                assert!((product - f64::from(i == j)).abs() < 1e-12);
            }
        }
        assert_eq!(super::inverse(vec![0.0], 1), None);
    }
}
