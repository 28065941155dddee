//! A running variance that no single error moves far.

use crate::error::{Result, StateError};
use crate::state::fields;

/// An error whose square is beyond so many variances counts as one at just that distance.
const CUT: f64 = 9.0;

/// Exponentially weighted mean of squared errors, cut and never below a least value.
///
/// With g = 0.5^(1/half_life) one update is w ← g w + 1, v ← max(v + (min(e², 9 v) − v) / w, least).
#[derive(Debug, Clone)]
pub(crate) struct CutVariance {
    decay: f64,
    least: f64,
    weight: f64,
    value: f64,
}

impl CutVariance {
    /// Starts as if squares of total weight `weight` had had the mean `value`.
    pub(crate) fn new(half_life: f64, weight: f64, value: f64, least: f64) -> Self {
        Self { decay: libm::exp2(-1.0 / half_life), least, weight, value }
    }

    /// The mean square.
    pub(crate) fn value(&self) -> f64 {
        self.value
    }

    /// Its root.
    pub(crate) fn deviation(&self) -> f64 {
        self.value.sqrt()
    }

    /// Takes one error by its square.
    pub(crate) fn push(&mut self, square: f64) {
        self.weight = self.decay * self.weight + 1.0;
        let toward = square.min(CUT * self.value);
        self.value = (self.value + (toward - self.value) / self.weight).max(self.least);
    }

    fn check(&mut self) -> Result<()> {
        let possible =
            (0.0..=f64::MAX).contains(&self.weight) && (self.least..=f64::MAX).contains(&self.value);
        if possible { Ok(()) } else { Err(StateError::Field { name: "error variance" }.into()) }
    }
}

// Half-life and least value are parameters of the owner.
fields!(CutVariance { weight, value } then check);
