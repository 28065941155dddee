//! Exponentially weighted mean and variance, corrected for the weight that is still missing at the start.

use crate::error::{Result, StateError};
use crate::state::fields;

/// Beyond every deviation of a sample, which callers cut at 1e150: a forged mean above it would make the next variance infinite.
const LARGEST: f64 = 1e151;

/// Mean and variance under weights that halve every `half_life` samples.
///
/// With g = 0.5^(1/half_life) and d the deviation of a sample from the mean, one update is
/// w ← g w + 1, a = 1/w, m ← m + a d, v ← (1 − a)(v + a d²).
/// A fresh one has w = m = v = 0; a prior is a start from other values.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct EwMoments {
    decay: f64,
    weight: f64,
    mean: f64,
    variance: f64,
}

impl EwMoments {
    /// Starts from nothing.
    pub(crate) fn new(half_life: f64) -> Self {
        Self::with_prior(half_life, 0.0, 0.0, 0.0)
    }

    /// Forgets all, and starts as if samples of total weight `weight` had given this mean and deviation.
    pub(crate) fn restart(&mut self, weight: f64, mean: f64, deviation: f64) {
        *self = Self { decay: self.decay, weight, mean, variance: deviation * deviation };
    }

    /// Puts the mean elsewhere; weight and variance stay.
    pub(crate) fn recentre(&mut self, mean: f64) {
        self.mean = mean;
    }

    /// Starts as if samples of total weight `weight` had given this mean and variance.
    pub(crate) fn with_prior(half_life: f64, weight: f64, mean: f64, variance: f64) -> Self {
        Self { decay: libm::exp2(-1.0 / half_life), weight, mean, variance }
    }

    /// The mean.
    pub(crate) fn mean(&self) -> f64 {
        self.mean
    }

    /// The standard deviation.
    pub(crate) fn deviation(&self) -> f64 {
        self.variance.sqrt()
    }

    /// Takes one sample.
    pub(crate) fn push(&mut self, x: f64) {
        self.add(x - self.mean);
    }

    /// Takes one sample by its deviation from the mean, which a caller may have cut.
    pub(crate) fn add(&mut self, d: f64) {
        self.weight = self.decay * self.weight + 1.0;
        let a = 1.0 / self.weight;
        self.mean += a * d;
        self.variance = (1.0 - a) * (self.variance + a * d * d);
    }

    fn check(&mut self) -> Result<()> {
        let is_possible = (0.0..=f64::MAX).contains(&self.weight)
            && (0.0..=LARGEST * LARGEST).contains(&self.variance)
            && self.mean.abs() <= LARGEST;
        if is_possible { Ok(()) } else { Err(StateError::Field { name: "weighted mean" }.into()) }
    }
}

// The half-life is a parameter of the owner.
fields!(EwMoments { weight, mean, variance } then check);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_half_life_gives_the_moments_of_all_samples() {
        let mut moments = EwMoments::new(1e9);
        [1.0, 2.0, 3.0, 4.0].into_iter().for_each(|x| moments.push(x));
        assert!((moments.mean() - 2.5).abs() < 1e-8);
        assert!((moments.variance - 1.25).abs() < 1e-8);
    }
}
