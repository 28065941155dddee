//! Streams by formula, from a seed.

use std::f64::consts::TAU;

/// Uniform numbers between 0 and 1 (xorshift), and what is made of them.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        (0..8).for_each(|_| _ = random.uniform());
        random
    }

    pub(crate) fn uniform(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Standard normal (Box and Muller).
    pub(crate) fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (TAU * self.uniform()).cos()
    }

    pub(crate) fn normals(&mut self, count: usize) -> Vec<f64> {
        (0..count).map(|_| self.normal()).collect()
    }
}

/// A sine of height 1 with noise.
pub(crate) fn season(seed: u64, count: usize, period: usize, noise: f64) -> Vec<f64> {
    let mut random = Random::new(seed);
    let wave = |t: usize| (t as f64 / period as f64 * TAU).sin() + noise * random.normal();
    (0..count).map(wave).collect()
}
