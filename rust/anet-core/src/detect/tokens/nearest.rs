//! The five best so far, kept in order.

use anet_simd::NEAREST;

/// The five highest similarities so far.
#[derive(Debug, Clone)]
pub struct Highest([f64; NEAREST]);

impl Highest {
    /// None yet.
    pub fn new() -> Self {
        Self([f64::NEG_INFINITY; NEAREST])
    }

    /// Takes one in, if it is among the five.
    pub fn offer(&mut self, value: f64) {
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
    pub fn lowest(&self) -> f64 {
        self.0[NEAREST - 1]
    }

    /// Their mean, once there are five.
    pub fn mean(&self) -> f64 {
        self.0.iter().sum::<f64>() / NEAREST as f64
    }
}

impl Default for Highest {
    fn default() -> Self {
        Self::new()
    }
}
