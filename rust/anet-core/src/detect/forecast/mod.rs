//! What the next sample should be, and how far each sample was from that.
//!
//! Fifteen simple forecasts are mixed by their recent errors (`mixture`): five plain ones (`plain`), and ten by analogues, the
//! mean of what came after the five nearest lag vectors of one length (`past` holds what came). How much better the mixture
//! is than a slow mean says how far the stream can be forecast at all (`predictability`); by that the errors count
//! (`residuals`).

mod mixture;
mod past;
mod plain;
mod predictability;
mod residuals;

pub(super) use past::{Past, REACH};
pub(super) use residuals::SPANS;

use crate::state::fields;
use mixture::Mixture;
use plain::Plain;
use predictability::Predictability;
use residuals::Residuals;

/// Forecasts by analogues.
pub(super) const ANALOGUES: usize = 10;

/// The forecasts of one sample.
#[derive(Debug, Clone, Copy)]
pub(super) struct Forecasts {
    all: [f64; mixture::SLOTS],
    /// All of them made one.
    pub(super) mixed: f64,
}

/// Forecasts each sample of one normalised stream and keeps account of the errors.
#[derive(Debug, Clone)]
pub(super) struct Forecaster {
    plain: Plain,
    mixture: Mixture,
    predictability: Predictability,
    residuals: Residuals,
}

impl Forecaster {
    /// Has seen nothing. `analogues` of the ten forecasts by analogues are made.
    pub(super) fn new(analogues: usize) -> Self {
        Self {
            plain: Plain::new(),
            mixture: Mixture::new(plain::COUNT + analogues),
            predictability: Predictability::new(),
            residuals: Residuals::new(),
        }
    }

    /// The forecasts of sample number `t`, given those by analogues.
    pub(super) fn forecasts(&self, t: u64, analogues: &[f64; ANALOGUES]) -> Forecasts {
        let mut all = [0.0; mixture::SLOTS];
        all[..plain::COUNT].copy_from_slice(&self.plain.forecasts(t));
        all[plain::COUNT..plain::COUNT + ANALOGUES].copy_from_slice(analogues);
        Forecasts { all, mixed: self.mixture.forecast(&all) }
    }

    /// From 0, no better than a slow mean, to 1.
    pub(super) fn predictability(&self) -> f64 {
        self.predictability.value()
    }

    /// Sizes of the last errors in usual ones, over [`SPANS`]; then learns sample number `t`. What was forecast across a gap,
    /// which ended `since` samples ago, is no evidence: NaN.
    pub(super) fn push(&mut self, t: u64, since: u64, y: f64, forecasts: &Forecasts) -> [f64; SPANS.len()] {
        let error = y - forecasts.mixed;
        self.predictability.push(error, y - self.plain.slow());
        self.mixture.push(y, &forecasts.all);
        self.residuals.push(t, error);
        self.plain.push(y);
        self.residuals.over(t, since)
    }
}

fields!(Forecaster { plain, mixture, predictability, residuals });
