//! The five highest cosines so far, kept in order.

use anet_simd::lag_distance::K;

/// The five highest cosines so far: those of the five nearest signatures.
#[derive(Debug, Clone)]
pub(super) struct NearestCosines([f64; K]);

impl NearestCosines {
    /// None yet.
    pub(super) fn new() -> Self {
        Self([f64::NEG_INFINITY; K])
    }

    /// Takes one in, if it is among the five.
    pub(super) fn offer(&mut self, value: f64) {
        if value <= self.0[K - 1] {
            return;
        }
        let mut place = K - 1;
        while place > 0 && self.0[place - 1] < value {
            self.0[place] = self.0[place - 1];
            place -= 1;
        }
        self.0[place] = value;
    }

    /// The lowest of them: what is not higher changes nothing.
    pub(super) fn lowest(&self) -> f64 {
        self.0[K - 1]
    }

    /// Their mean, once there are five.
    pub(super) fn mean(&self) -> f64 {
        self.0.iter().sum::<f64>() / K as f64
    }
}
