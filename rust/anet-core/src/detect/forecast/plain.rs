//! Forecasts that need no memory.

use crate::error::{Result, StateError};
use crate::state::fields;

/// How many there are.
pub(super) const COUNT: usize = 5;
/// Half-lives of the two running means, in samples.
const FAST: f64 = 8.0;
const SLOW: f64 = 64.0;

/// The last two samples and two running means.
#[derive(Debug, Clone)]
pub(super) struct Plain {
    gains: [f64; 2],
    last: f64,
    before: f64,
    means: [f64; 2],
}

impl Plain {
    /// Has seen nothing.
    pub(super) fn new() -> Self {
        let gain = |half_life: f64| 1.0 - libm::exp2(-1.0 / half_life);
        Self { gains: [gain(FAST), gain(SLOW)], last: 0.0, before: 0.0, means: [0.0; 2] }
    }

    /// The mean that a stream without any pattern is judged by.
    pub(super) fn slow(&self) -> f64 {
        self.means[1]
    }

    /// Of sample number `t`: the last one, a fast and a slow mean, the line through the last two, the middle of the scale.
    pub(super) fn forecasts(&self, t: u64) -> [f64; COUNT] {
        let line = if t < 2 { 0.0 } else { 2.0 * self.last - self.before };
        [self.last, self.means[0], self.means[1], line, 0.0]
    }

    /// Takes one sample.
    pub(super) fn push(&mut self, y: f64) {
        self.before = std::mem::replace(&mut self.last, y);
        for (mean, gain) in self.means.iter_mut().zip(self.gains) {
            *mean += gain * (y - *mean);
        }
    }

    fn check(&mut self) -> Result<()> {
        let within = [self.last, self.before, self.means[0], self.means[1]].iter().all(|y| y.abs() <= 100.0);
        if within { Ok(()) } else { Err(StateError::Field { name: "forecasts" }.into()) }
    }
}

// The gains are parameters.
fields!(Plain { last, before, means } then check);
