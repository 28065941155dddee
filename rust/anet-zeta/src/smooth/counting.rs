//! How many zeros lie below a height, on average.

/// 2π.
pub const TAU: f64 = std::f64::consts::TAU;

/// The smooth part of the Riemann-von Mangoldt count of zeros below T: x ln x − x + 7/8 with x = T / 2π.
///
/// Any `height` T is in the domain: 0 for T ≤ 0, NaN for NaN and +∞. The value is rounded four times. The true count
/// differs from it by S(T) + O(1/T), less than 1 at small heights.
///
/// Source: H. M. Edwards, *Riemann's Zeta Function* (1974), section 6.6.
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
