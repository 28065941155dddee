//! Puts every component on a common scale: deviations from its own recent mean.

use crate::detect::component::{COMPONENTS, Component};
use crate::error::{Result, StateError};
use crate::state::fields;

/// The half-life in samples: four times the 1024 that shapes look back over.
const HALF: f64 = 4096.0;
/// Weight of the prior means and deviations, in samples. A short series with a quiet start loses much without it; the value
/// was fitted on the development halves of the sets that `make detection` scores (2026-11-24), as were the two below.
const PRIOR_WEIGHT: f64 = 300.0;
/// A scale is at least this share of its prior deviation.
const FLOOR: f64 = 0.3;
/// A value further out moves the mean as one at this many deviations would.
const CUT: f64 = 5.0;
/// Samples of the warm-up, which all score 0: as long as the longest lag vector.
pub(crate) const WARM_UP: u64 = 64;

/// Running mean and variance of each component, all under the same weights.
#[derive(Debug, Clone)]
pub(crate) struct ComponentScales {
    decay: f64,
    weight: f64,
    means: [f64; COMPONENTS],
    variances: [f64; COMPONENTS],
    floors: [f64; COMPONENTS],
}

impl ComponentScales {
    /// The priors of the components.
    pub(crate) fn new() -> Self {
        let prior = Component::ALL.map(Component::prior);
        Self {
            decay: libm::exp2(-1.0 / HALF),
            weight: PRIOR_WEIGHT,
            means: prior.map(|(mean, _)| mean),
            variances: prior.map(|(_, deviation)| deviation * deviation),
            floors: prior.map(|(_, deviation)| FLOOR * deviation),
        }
    }

    /// ComponentScales the raw values of sample number `t`, then learns them. A NaN has nothing to say: it becomes 0 and is not
    /// learned.
    pub(crate) fn push(&mut self, t: u64, raw: &[f64; COMPONENTS]) -> [f64; COMPONENTS] {
        self.weight = self.decay * self.weight + 1.0;
        let a = 1.0 / self.weight;
        // One array a step: the compiler lays the components out in lanes.
        let deviations = self.variances.map(f64::sqrt);
        let larger = |a: f64, b: f64| if a > b { a } else { b };
        let scale: [f64; COMPONENTS] = std::array::from_fn(|i| larger(deviations[i], self.floors[i]));
        let d: [f64; COMPONENTS] =
            std::array::from_fn(|i| if raw[i].is_nan() { 0.0 } else { raw[i] - self.means[i] });
        let z = std::array::from_fn(|i| d[i] / scale[i]);
        for i in 0..COMPONENTS {
            let limit = CUT * scale[i];
            let d = if d[i] > limit { limit } else { d[i] };
            let d = if d < -limit { -limit } else { d };
            self.means[i] += a * d;
            self.variances[i] = (1.0 - a) * (self.variances[i] + a * d * d);
        }
        if t < WARM_UP { [0.0; COMPONENTS] } else { z }
    }

    /// The mean of each component so far.
    pub(crate) fn means(&self) -> &[f64; COMPONENTS] {
        &self.means
    }

    fn check(&mut self) -> Result<()> {
        let possible = self.weight >= 1.0
            && self.weight.is_finite()
            && self.means.iter().all(|mean| mean.is_finite())
            && self.variances.iter().all(|variance| variance.is_finite() && *variance >= 0.0);
        if possible { Ok(()) } else { Err(StateError::Field { name: "component scales" }.into()) }
    }
}

fields!(ComponentScales { weight, means, variances } then check);
