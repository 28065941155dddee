//! Which instructions to use.

use super::neighbours::{self, LAGS, Smallest};
use super::portable;

/// A choice of instruction set, made once: `Backend::detect()` costs nothing to copy and to keep.
///
/// Every backend gives the same bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backend(Level);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
}

impl Backend {
    /// The fastest backend that this processor can run.
    pub fn detect() -> Self {
        Self::all_supported().pop().unwrap_or_else(Self::portable)
    }

    /// Plain Rust, on every processor.
    pub fn portable() -> Self {
        Self(Level::Portable)
    }

    /// Sixteen 16-bit lanes, on x86-64 processors since 2013.
    pub fn avx2_if_supported() -> Option<Self> {
        #[cfg(target_arch = "x86_64")]
        if std::is_x86_feature_detected!("avx2") {
            return Some(Self(Level::Avx2));
        }
        None
    }

    /// Every backend that this processor can run, the portable one first, the fastest last.
    pub fn all_supported() -> Vec<Self> {
        [Some(Self::portable()), Self::avx2_if_supported()].into_iter().flatten().collect()
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self.0 {
            Level::Portable => "portable",
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => "avx2",
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
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => portable::elevations(x, centre, spread, scale, out),
        }
    }

    /// The sum in NumPy's order; see [`super::sum`].
    pub fn sum(self, x: &[f64]) -> f64 {
        match self.0 {
            Level::Portable => portable::sum(x),
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => portable::sum(x),
        }
    }

    /// One step of the squared distances of lag vectors, and the five smallest; see [`super::neighbours`].
    pub fn slide(
        self,
        distances: &mut [i32; LAGS],
        past: &[i16],
        w: usize,
        candidates: usize,
        limit: i32,
    ) -> Smallest {
        match self.0 {
            Level::Portable => neighbours::portable::slide(distances, past, w, candidates, limit),
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => neighbours::avx2::slide(distances, past, w, candidates, limit),
        }
    }
}
