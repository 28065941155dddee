//! Exponentially weighted mean and variance, corrected for the weight that is still missing at the start.

use crate::error::{Result, StateError};
use crate::state::fields;

/// Mean and variance under weights that halve every `half` samples.
///
/// With g = 0.5^(1/half) and d the deviation of a sample from the mean, one update is
/// w ← g w + 1, a = 1/w, m ← m + a d, v ← (1 − a)(v + a d²).
/// A fresh one has w = m = v = 0; a prior is a start from other values.
///
/// ```
/// use anet_core::stats::ewma::Ew;
/// let mut level = Ew::new(1e9);
/// for x in [1.0, 2.0, 3.0, 4.0] {
///     level.push(x);
/// }
/// assert!((level.mean() - 2.5).abs() < 1e-8);
/// assert!((level.variance() - 1.25).abs() < 1e-8);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Ew {
    decay: f64,
    weight: f64,
    mean: f64,
    variance: f64,
}

impl Ew {
    /// Starts from nothing.
    pub fn new(half: f64) -> Self {
        Self::with_prior(half, 0.0, 0.0, 0.0)
    }

    /// Starts as if samples of total weight `weight` had given this mean and variance.
    pub fn with_prior(half: f64, weight: f64, mean: f64, variance: f64) -> Self {
        Self { decay: libm::exp2(-1.0 / half), weight, mean, variance }
    }

    /// The mean.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The variance.
    pub fn variance(&self) -> f64 {
        self.variance
    }

    /// The root of the variance.
    pub fn deviation(&self) -> f64 {
        self.variance.sqrt()
    }

    /// Puts the mean elsewhere, before the first sample.
    pub fn set_mean(&mut self, mean: f64) {
        self.mean = mean;
    }

    /// Takes one sample.
    pub fn push(&mut self, x: f64) {
        self.add(x - self.mean);
    }

    /// Takes one sample by its deviation from the mean, which a caller may have cut.
    pub fn add(&mut self, d: f64) {
        self.weight = self.decay * self.weight + 1.0;
        let a = 1.0 / self.weight;
        self.mean += a * d;
        self.variance = (1.0 - a) * (self.variance + a * d * d);
    }

    fn check(&mut self) -> Result<()> {
        let possible = |value: f64| value >= 0.0 && value.is_finite();
        if possible(self.weight) && possible(self.variance) && self.mean.is_finite() {
            Ok(())
        } else {
            Err(StateError::Field { name: "weighted mean" }.into())
        }
    }
}

// The half-life is a parameter of the owner.
fields!(Ew { weight, mean, variance } then check);
