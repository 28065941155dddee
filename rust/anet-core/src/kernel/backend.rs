//! Which instructions to use.

use super::portable;

/// A choice of instruction set, made once: `Backend::detect()` costs nothing to copy and to keep.
///
/// Every backend gives the same bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backend(Level);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Portable,
}

impl Backend {
    /// The fastest backend that this processor can run.
    pub fn detect() -> Self {
        Self::portable()
    }

    /// Plain Rust, on every processor.
    pub fn portable() -> Self {
        Self(Level::Portable)
    }

    /// Every backend that this processor can run, the portable one first.
    pub fn all_supported() -> Vec<Self> {
        vec![Self::portable()]
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self.0 {
            Level::Portable => "portable",
        }
    }

    /// `out[i] = scale · tanh(|x[i] − centre| / spread)`, a NaN where that is NaN.
    ///
    /// # Panics
    /// If `x` and `out` differ in length.
    pub fn elevations(self, x: &[f64], centre: f64, spread: f64, scale: f64, out: &mut [f64]) {
        assert_eq!(x.len(), out.len(), "one elevation a sample");
        match self.0 {
            Level::Portable => portable::elevations(x, centre, spread, scale, out),
        }
    }

    /// The sum in NumPy's order; see [`super::sum`].
    pub fn sum(self, x: &[f64]) -> f64 {
        match self.0 {
            Level::Portable => portable::sum(x),
        }
    }
}
