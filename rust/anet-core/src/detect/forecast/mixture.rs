//! Many forecasts made one, by how well each did of late.

use crate::error::{Result, StateError};
use crate::state::fields;

/// Room for all forecasts, a multiple of the lanes of a register.
pub(super) const SLOTS: usize = 16;
const LANES: usize = 4;
/// Half-life of the error variances, in samples.
const HALF: f64 = 512.0;
/// An error counts as three deviations at most: one surprise is no forecast's fault.
const CUT: f64 = 9.0;
/// The least error variance, so that a perfect forecast does not outweigh all others for ever.
const LEAST: f64 = 1e-4;

/// f = Σ P / v² / Σ 1 / v², over the forecasts P and their error variances v.
#[derive(Debug, Clone)]
pub(super) struct Mixture {
    decay: f64,
    weight: f64,
    variances: [f64; SLOTS],
    /// 1 / v², 0 where there is no forecast.
    precisions: [f64; SLOTS],
    count: usize,
}

impl Mixture {
    /// Of the first `count` slots; nothing is known of any forecast.
    pub(super) fn new(count: usize) -> Self {
        let precisions = std::array::from_fn(|i| f64::from(i < count));
        Self { decay: libm::exp2(-1.0 / HALF), weight: 0.0, variances: [1.0; SLOTS], precisions, count }
    }

    /// The mean of the forecasts, by their precisions.
    pub(super) fn forecast(&self, forecasts: &[f64; SLOTS]) -> f64 {
        let (mut sums, mut weights) = ([0.0; LANES], [0.0; LANES]);
        for (i, (precision, forecast)) in self.precisions.iter().zip(forecasts).enumerate() {
            sums[i % LANES] += precision * forecast;
            weights[i % LANES] += precision;
        }
        let total = |lanes: [f64; LANES]| (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
        total(sums) / total(weights)
    }

    /// Judges each forecast by the sample that came.
    pub(super) fn push(&mut self, y: f64, forecasts: &[f64; SLOTS]) {
        self.weight = self.decay * self.weight + 1.0;
        let a = 1.0 / self.weight;
        for (v, forecast) in self.variances.iter_mut().zip(forecasts) {
            let e = y - forecast;
            let square = if e * e < CUT * *v { e * e } else { CUT * *v };
            let moved = *v + (square - *v) * a;
            *v = if moved > LEAST { moved } else { LEAST };
        }
        self.weigh();
    }

    fn weigh(&mut self) {
        for i in 0..SLOTS {
            let v = self.variances[i];
            self.precisions[i] = if i < self.count { 1.0 / (v * v) } else { 0.0 };
        }
    }

    fn check(&mut self) -> Result<()> {
        let possible = (0.0..=f64::MAX).contains(&self.weight)
            && self.variances.iter().all(|v| (LEAST..=1e9).contains(v));
        self.weigh();
        if possible { Ok(()) } else { Err(StateError::Field { name: "forecast errors" }.into()) }
    }
}

fields!(Mixture { weight, variances } then check);
