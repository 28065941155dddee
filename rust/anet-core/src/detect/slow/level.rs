//! The usual values of a slow measure, learned with a delay so that a change is never its own past.

use crate::error::{Result, StateError};
use crate::state::fields;

/// A value counts as one at this many deviations at most.
const CUT: f64 = 3.0;

/// Exponentially weighted mean and variance of values, and the least deviation of each.
#[derive(Debug, Clone)]
pub(super) struct UsualLevel {
    decay: f64,
    weight: f64,
    mean: f64,
    variance: f64,
}

impl UsualLevel {
    /// Starts as if values of total weight `weight` had given this mean and variance.
    pub(super) fn new(half_life: f64, weight: f64, mean: f64, variance: f64) -> Self {
        Self { decay: libm::exp2(-1.0 / half_life), weight, mean, variance }
    }

    /// A value in deviations from the mean.
    pub(super) fn z(&self, value: f64, least: f64) -> f64 {
        (value - self.mean) / self.scale(least)
    }

    /// Puts the mean elsewhere, before the first value.
    pub(super) fn set_mean(&mut self, mean: f64) {
        self.mean = mean;
    }

    /// Learns a value.
    pub(super) fn push(&mut self, value: f64, least: f64) {
        let limit = CUT * self.scale(least);
        let d = (value - self.mean).clamp(-limit, limit);
        self.weight = self.decay * self.weight + 1.0;
        let a = 1.0 / self.weight;
        self.mean += a * d;
        self.variance = (1.0 - a) * (self.variance + a * d * d);
    }

    fn scale(&self, least: f64) -> f64 {
        self.variance.sqrt().max(least)
    }

    fn check(&mut self) -> Result<()> {
        let possible = (0.0..=f64::MAX).contains(&self.weight)
            && self.mean.abs() <= 1e9
            && (0.0..=1e18).contains(&self.variance);
        if possible { Ok(()) } else { Err(StateError::Field { name: "usual level" }.into()) }
    }
}

// The half-life is a parameter of the owner.
fields!(UsualLevel { weight, mean, variance } then check);
