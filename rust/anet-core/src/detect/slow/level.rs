//! The usual values of a slow measure, learned with a delay so that a change is never its own past.

use crate::error::{Result, StateError};
use crate::state::fields;
use crate::stats::ew_moments::EwMoments;

/// A value counts as one at this many deviations at most.
const CUT: f64 = 3.0;

/// Exponentially weighted mean and variance of values, of which none moves them far.
#[derive(Debug, Clone)]
pub(super) struct UsualLevel {
    moments: EwMoments,
}

impl UsualLevel {
    /// Starts as if values of total weight `weight` had given this mean and variance.
    pub(super) fn new(half_life: f64, weight: f64, mean: f64, variance: f64) -> Self {
        Self { moments: EwMoments::with_prior(half_life, weight, mean, variance) }
    }

    /// A value in deviations from the mean, which are at least `least`.
    pub(super) fn z(&self, value: f64, least: f64) -> f64 {
        (value - self.moments.mean()) / self.scale(least)
    }

    /// Puts the mean elsewhere, before the first value.
    pub(super) fn set_mean(&mut self, mean: f64) {
        self.moments.recentre(mean);
    }

    /// Learns a value.
    pub(super) fn push(&mut self, value: f64, least: f64) {
        let limit = CUT * self.scale(least);
        self.moments.add((value - self.moments.mean()).clamp(-limit, limit));
    }

    fn scale(&self, least: f64) -> f64 {
        self.moments.deviation().max(least)
    }

    fn check(&mut self) -> Result<()> {
        if self.moments.mean().abs() <= 1e9 && self.moments.deviation() <= 1e9 {
            Ok(())
        } else {
            Err(StateError::Field { name: "usual level" }.into())
        }
    }
}

fields!(UsualLevel { moments } then check);
