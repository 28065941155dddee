//! How far a stream can be forecast at all.

use crate::state::fields;
use crate::stats::cut_variance::CutVariance;

/// Half-life and first weight of both error variances, in samples.
const HALF: f64 = 2048.0;
const WEIGHT: f64 = 64.0;
/// The least error variance.
const LEAST: f64 = 1e-6;
/// A share of the variance that forecasts explain in noise too.
const CHANCE: f64 = 0.2;

/// The share of a slow mean's error variance that the forecasts take away, beyond chance.
#[derive(Debug, Clone)]
pub(super) struct Predictability {
    forecast: CutVariance,
    mean: CutVariance,
}

impl Predictability {
    /// Nothing is known.
    pub(super) fn new() -> Self {
        let variance = || CutVariance::new(HALF, WEIGHT, 1.0, LEAST);
        Self { forecast: variance(), mean: variance() }
    }

    /// From 0, a random walk about a slow mean, to 1.
    pub(super) fn value(&self) -> f64 {
        let explained = (1.0 - self.forecast.value() / self.mean.value()).clamp(0.0, 1.0);
        ((explained - CHANCE) / (1.0 - CHANCE)).clamp(0.0, 1.0)
    }

    /// Takes the error of the forecast and that of the slow mean.
    pub(super) fn push(&mut self, forecast: f64, mean: f64) {
        self.forecast.push(forecast * forecast);
        self.mean.push(mean * mean);
    }
}

fields!(Predictability { forecast, mean });
