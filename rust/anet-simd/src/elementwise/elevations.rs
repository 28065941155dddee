//! Elevations: how far numbers lie from a centre, on a scale that saturates.

use crate::elementwise::tanh::tanh;
use crate::level::Level;
use crate::level::dispatch::dispatch;

impl Level {
    dispatch! {
        /// `out[i] = scale · tanh(|x[i] − centre| / spread)`; NaN where that is NaN.
        ///
        /// # Panics
        /// If `x` and `out` differ in length.
        pub fn elevations(self, x: &[f64], centre: f64, spread: f64, scale: f64, out: &mut [f64]) {
            assert_eq!(x.len(), out.len(), "one elevation a sample");
            // In two passes: each is a long chain for every number, and shorter chains overlap better.
            for (out, x) in out.iter_mut().zip(x) {
                *out = ((x - centre) / spread).abs();
            }
            for out in out {
                *out = tanh(*out) * scale;
            }
        }
    }
}
