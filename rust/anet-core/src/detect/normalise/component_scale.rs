//! Puts every part on a common scale: deviations from its own recent mean.

use crate::detect::component::{PARTS, Part};
use crate::error::{Result, StateError};
use crate::state::codec::{Reader, Writer};

const HALF: f64 = 4096.0;
/// Weight of the prior means and deviations. A short series with a quiet start loses much without it.
const PRIOR_WEIGHT: f64 = 300.0;
/// A scale never falls below this part of its prior.
const FLOOR: f64 = 0.3;
/// Values further out move the mean no more than one just so far out.
const CUT: f64 = 5.0;
/// Nothing is said of the first samples.
pub const SILENT: u64 = 64;

/// Running mean and variance of each part, all under the same weights.
#[derive(Debug, Clone)]
pub struct Scales {
    decay: f64,
    weight: f64,
    means: [f64; PARTS],
    variances: [f64; PARTS],
    floors: [f64; PARTS],
}

impl Scales {
    /// The priors of the parts.
    pub fn new() -> Self {
        let prior = Part::ALL.map(Part::prior);
        Self {
            decay: libm::exp2(-1.0 / HALF),
            weight: PRIOR_WEIGHT,
            means: prior.map(|(mean, _)| mean),
            variances: prior.map(|(_, deviation)| deviation * deviation),
            floors: prior.map(|(_, deviation)| FLOOR * deviation),
        }
    }

    /// Scales the raw values of sample number `t`, then learns them. A NaN has nothing to say: it becomes 0 and is not
    /// learned.
    pub fn push(&mut self, t: u64, raw: &[f64; PARTS]) -> [f64; PARTS] {
        self.weight = self.decay * self.weight + 1.0;
        let a = 1.0 / self.weight;
        // One array a step: the compiler lays the parts out in lanes.
        let deviations = self.variances.map(f64::sqrt);
        let larger = |a: f64, b: f64| if a > b { a } else { b };
        let scale: [f64; PARTS] = std::array::from_fn(|i| larger(deviations[i], self.floors[i]));
        let d: [f64; PARTS] =
            std::array::from_fn(|i| if raw[i].is_nan() { 0.0 } else { raw[i] - self.means[i] });
        let z = std::array::from_fn(|i| d[i] / scale[i]);
        for i in 0..PARTS {
            let limit = CUT * scale[i];
            let d = if d[i] > limit { limit } else { d[i] };
            let d = if d < -limit { -limit } else { d };
            self.means[i] += a * d;
            self.variances[i] = (1.0 - a) * (self.variances[i] + a * d * d);
        }
        if t < SILENT { [0.0; PARTS] } else { z }
    }

    /// The mean of each part so far.
    pub fn means(&self) -> &[f64; PARTS] {
        &self.means
    }

    /// Appends the fields.
    pub fn write(&self, out: &mut Writer) {
        out.f64(self.weight);
        self.means.iter().chain(&self.variances).for_each(|&value| out.f64(value));
    }

    /// Reads them back.
    ///
    /// # Errors
    /// [`StateError`] for impossible fields.
    pub fn restore(&mut self, from: &mut Reader<'_>) -> Result<()> {
        self.weight = from.f64()?;
        for value in self.means.iter_mut().chain(&mut self.variances) {
            *value = from.f64()?;
        }
        let possible = self.weight >= 1.0
            && self.weight.is_finite()
            && self.means.iter().all(|mean| mean.is_finite())
            && self.variances.iter().all(|variance| variance.is_finite() && *variance >= 0.0);
        if possible { Ok(()) } else { Err(StateError::Field { name: "scales" }.into()) }
    }
}

impl Default for Scales {
    fn default() -> Self {
        Self::new()
    }
}
