//! Puts every component on a common scale: deviations from its own recent mean.

use crate::detect::component::{COMPONENTS, Component, SCALED};
use crate::error::{Result, StateError};
use crate::state::fields;

/// The half-life in samples: four times the 1024 that shapes look back over.
const HALF: f64 = 4096.0;
/// Weights of the prior means and of the prior deviations, in samples. A short series with a quiet start loses much without
/// them; a young stream's components lie high all together, so that its means must follow sooner than its deviations.
const PRIOR_WEIGHT: (f64, f64) = (100.0, 300.0);
/// A scale is at least this share of its prior deviation.
const FLOOR: f64 = 0.3;
/// A value further out moves the mean as one at this many deviations would.
const CUT: f64 = 5.0;
/// Samples of the warm-up, which all score 0: as long as the longest lag vector.
pub(crate) const WARM_UP: u64 = 64;

/// Running mean and variance of each component that has a scale, all under the same weights.
#[derive(Debug, Clone)]
pub(crate) struct ComponentScales {
    decay: f64,
    mean_weight: f64,
    variance_weight: f64,
    means: [f64; SCALED],
    variances: [f64; SCALED],
    floors: [f64; SCALED],
}

impl ComponentScales {
    /// The priors of the components.
    pub(crate) fn new() -> Self {
        let prior: [(f64, f64); SCALED] = std::array::from_fn(|i| Component::ALL[i].prior());
        Self {
            decay: libm::exp2(-1.0 / HALF),
            mean_weight: PRIOR_WEIGHT.0,
            variance_weight: PRIOR_WEIGHT.1,
            means: prior.map(|(mean, _)| mean),
            variances: prior.map(|(_, deviation)| deviation * deviation),
            floors: prior.map(|(_, deviation)| FLOOR * deviation),
        }
    }

    /// Scales the raw values of sample number `t`, then learns them. A NaN has nothing to say: it becomes 0 and is learned as the mean.
    pub(crate) fn push(&mut self, t: u64, raw: &[f64; COMPONENTS]) -> [f64; COMPONENTS] {
        let z = self.learn(raw);
        let own = |i: usize| if raw[i].is_nan() { 0.0 } else { raw[i] };
        if t < WARM_UP {
            [0.0; COMPONENTS]
        } else {
            std::array::from_fn(|i| if i < SCALED { z[i] } else { own(i) })
        }
    }

    fn learn(&mut self, raw: &[f64; COMPONENTS]) -> [f64; SCALED] {
        self.mean_weight = self.decay * self.mean_weight + 1.0;
        self.variance_weight = self.decay * self.variance_weight + 1.0;
        let (a, b) = (1.0 / self.mean_weight, 1.0 / self.variance_weight);
        // One array a step: the compiler lays the components out in lanes.
        let deviations = self.variances.map(f64::sqrt);
        let larger = |a: f64, b: f64| if a > b { a } else { b };
        let scale: [f64; SCALED] = std::array::from_fn(|i| larger(deviations[i], self.floors[i]));
        let d: [f64; SCALED] =
            std::array::from_fn(|i| if raw[i].is_nan() { 0.0 } else { raw[i] - self.means[i] });
        let z = std::array::from_fn(|i| d[i] / scale[i]);
        for i in 0..SCALED {
            let limit = CUT * scale[i];
            let d = if d[i] > limit { limit } else { d[i] };
            let d = if d < -limit { -limit } else { d };
            self.means[i] += a * d;
            self.variances[i] = (1.0 - b) * (self.variances[i] + b * d * d);
        }
        z
    }

    /// The mean of a component so far; 0 of one that has no scale.
    pub(crate) fn mean(&self, part: Component) -> f64 {
        self.means.get(part as usize).copied().unwrap_or(0.0)
    }

    fn check(&mut self) -> Result<()> {
        let weight = |weight: f64| (1.0..=f64::MAX).contains(&weight);
        let possible = weight(self.mean_weight)
            && weight(self.variance_weight)
            && self.means.iter().all(|mean| mean.is_finite())
            && self.variances.iter().all(|variance| variance.is_finite() && *variance >= 0.0);
        if possible { Ok(()) } else { Err(StateError::Field { name: "component scales" }.into()) }
    }
}

fields!(ComponentScales { mean_weight, variance_weight, means, variances } then check);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_in_deviations_after_the_warm_up_and_what_has_no_scale_stays() {
        let mut scales = ComponentScales::new();
        let mut raw = Component::ALL.map(|part| part.prior().0);
        (raw[Component::Dense4 as usize], raw[Component::Drift as usize]) = (0.6, -3.0);
        assert_eq!(scales.push(63, &raw), [0.0; COMPONENTS]);
        // One value 2 deviations out moved the mean by a share of 101 samples, and the variance by one of 301.
        let decay = libm::exp2(-1.0 / HALF);
        let (a, b) = (1.0 / (100.0 * decay + 1.0), 1.0 / (300.0 * decay + 1.0));
        let deviation = ((1.0 - b) * (0.04 + b * 0.16)).sqrt();
        let z = scales.push(64, &raw);
        assert!((z[Component::Dense4 as usize] - (0.4 - 0.4 * a) / deviation).abs() < 1e-12);
        assert_eq!((z[Component::Dense16 as usize], z[Component::Drift as usize]), (0.0, -3.0));
    }

    #[test]
    fn what_has_nothing_to_say_moves_no_mean() {
        let mut scales = ComponentScales::new();
        assert_eq!(scales.push(100, &[f64::NAN; COMPONENTS]), [0.0; COMPONENTS]);
        assert_eq!(scales.mean(Component::Dense4), Component::Dense4.prior().0);
    }
}
