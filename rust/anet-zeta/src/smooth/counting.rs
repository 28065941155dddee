//! How many zeros lie below a height, on average.

/// One turn, 2π.
pub const TAU: f64 = std::f64::consts::TAU;

/// The smooth part of the Riemann-von Mangoldt count: x ln x − x + 7/8 with x = T / 2π.
///
/// 0 for T ≤ 0; NaN for NaN and +∞. The true count differs from it by S(T) + O(1/T), less than 1 at small heights.
///
/// ```
/// use anet_zeta::counting_function;
/// // Twenty-nine zeros lie below 100.
/// assert!((counting_function(100.0) - 29.0).abs() < 0.01);
/// ```
pub fn counting_function(height: f64) -> f64 {
    if height <= 0.0 {
        return 0.0;
    }
    let x = height / TAU;
    x * x.ln() - x + 0.875
}
