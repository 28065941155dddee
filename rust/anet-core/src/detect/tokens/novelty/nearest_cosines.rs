//! The five highest cosines so far, kept in order.

use anet_simd::NEAREST;

/// The five highest cosines so far: those of the five nearest signatures.
#[derive(Debug, Clone)]
pub(super) struct NearestCosines([f64; NEAREST]);

impl NearestCosines {
    /// None yet.
    pub(super) fn new() -> Self {
        Self([f64::NEG_INFINITY; NEAREST])
    }

    /// Takes one in, if it is among the five.
    pub(super) fn offer(&mut self, value: f64) {
        if value <= self.0[NEAREST - 1] {
            return;
        }
        let mut place = NEAREST - 1;
        while place > 0 && self.0[place - 1] < value {
            self.0[place] = self.0[place - 1];
            place -= 1;
        }
        self.0[place] = value;
    }

    /// The lowest of them: what is not higher changes nothing.
    pub(super) fn lowest(&self) -> f64 {
        self.0[NEAREST - 1]
    }

    /// Their mean, once there are five.
    pub(super) fn mean(&self) -> f64 {
        self.0.iter().sum::<f64>() / NEAREST as f64
    }
}
