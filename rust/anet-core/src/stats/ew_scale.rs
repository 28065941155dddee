//! A running scale whose mean settles sooner than its variance.

use crate::error::{Result, StateError};
use crate::state::fields;

/// Exponentially weighted mean and variance, each started with a weight of its own.
///
/// With g = 0.5^(1/half_life) and d the deviation of a sample from the mean, one update is w ← g w + 1 for both weights,
/// m ← m + d / w_m, v ← (1 − 1/w_v)(v + d² / w_v).
#[derive(Debug, Clone)]
pub(crate) struct EwScale {
    decay: f64,
    mean_weight: f64,
    variance_weight: f64,
    mean: f64,
    variance: f64,
}

impl EwScale {
    /// Starts from a mean and a variance, each as if samples of that total weight had given it.
    pub(crate) fn new(
        half_life: f64,
        (mean_weight, mean): (f64, f64),
        (variance_weight, variance): (f64, f64),
    ) -> Self {
        Self { decay: libm::exp2(-1.0 / half_life), mean_weight, variance_weight, mean, variance }
    }

    /// A sample in deviations from the mean, which are at least `least`; then it is learned, as one at `cut` of them at most.
    pub(crate) fn judge(&mut self, x: f64, least: f64, cut: f64) -> f64 {
        let scale = self.variance.sqrt().max(least);
        let d = x - self.mean;
        self.add(d.clamp(-cut * scale, cut * scale));
        d / scale
    }

    fn add(&mut self, d: f64) {
        self.mean_weight = self.decay * self.mean_weight + 1.0;
        self.variance_weight = self.decay * self.variance_weight + 1.0;
        let a = 1.0 / self.variance_weight;
        self.mean += d / self.mean_weight;
        self.variance = (1.0 - a) * (self.variance + a * d * d);
    }

    fn check(&mut self) -> Result<()> {
        let weight = |weight: f64| (1.0..=f64::MAX).contains(&weight);
        let possible = weight(self.mean_weight)
            && weight(self.variance_weight)
            && self.mean.is_finite()
            && (0.0..=f64::MAX).contains(&self.variance);
        if possible { Ok(()) } else { Err(StateError::Field { name: "scale" }.into()) }
    }
}

// The half-life is a parameter of the owner.
fields!(EwScale { mean_weight, variance_weight, mean, variance } then check);
