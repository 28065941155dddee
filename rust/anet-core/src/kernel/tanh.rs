//! The hyperbolic tangent, the same bits on every backend.

/// `tanh(x)` for `x >= 0` or NaN.
#[inline(always)]
pub fn tanh(x: f64) -> f64 {
    x.tanh()
}
