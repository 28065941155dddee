//! Puts a component on the common scale: deviations from its own recent mean.

use crate::twin::moments::Moments;

/// Samples before anything has a scale.
pub(crate) const WARM_UP: usize = 64;

/// The running scale of one component.
pub(crate) struct Scale {
    moments: Moments,
    floor: f64,
}

impl Scale {
    /// From a prior mean and deviation and the weights of both.
    pub(crate) fn new(weights: [f64; 2], (mean, deviation): (f64, f64)) -> Self {
        Self { moments: Moments::start(4096.0, weights, mean, deviation * deviation), floor: 0.3 * deviation }
    }

    /// Deviations of the raw value of sample number `t`, which is then learned, cut at five of them. A part that has nothing to
    /// say is NaN: it lies 0 deviations out and is learned so.
    pub(crate) fn z(&mut self, t: usize, raw: f64) -> f64 {
        let scale = self.moments.deviation().max(self.floor);
        let d = if raw.is_nan() { 0.0 } else { raw - self.moments.mean };
        self.moments.add(d.clamp(-5.0 * scale, 5.0 * scale));
        if t < WARM_UP { 0.0 } else { d / scale }
    }
}
