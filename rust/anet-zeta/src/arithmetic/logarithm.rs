//! The natural logarithm of a double to twenty digits, the same bits on every platform.
//!
//! That of `anet_simd` has sixteen digits, and fuses no multiplication with an addition.

use crate::arithmetic::double_double::{DoubleDouble, LN_2};
use anet_simd::split;

/// ln x to about 1e-18, for a normal positive `x`.
///
/// With x = 2^k m and s = (m − 1) / (m + 1): ln x = k ln 2 + 2 (s + s³/3 + s⁵/5 + ...). |s| < 0.172 as m lies within a
/// factor of √2 about 1; the first term is carried in two doubles.
#[inline(always)]
pub(crate) fn ln(x: f64) -> DoubleDouble {
    let (exponent, mantissa) = split(x);
    let numerator = mantissa - 1.0;
    let denominator = DoubleDouble::fast_two_sum(mantissa.max(1.0), mantissa.min(1.0));
    let s = numerator / denominator.high;
    let rest = (-s).mul_add(denominator.high, numerator) - s * denominator.low;
    let low = rest / denominator.high;
    let tail = s * odd_terms(s * s);
    let first = DoubleDouble::two_sum(exponent * LN_2.high, 2.0 * s);
    let product_low = exponent.mul_add(LN_2.high, -(exponent * LN_2.high));
    DoubleDouble::fast_two_sum(
        first.high,
        first.low + (product_low + exponent.mul_add(LN_2.low, 2.0f64.mul_add(low, tail))),
    )
}

/// 2z/3 + 2z²/5 + ... + 2z¹¹/23.
#[inline(always)]
fn odd_terms(z: f64) -> f64 {
    let mut sum = 0.0f64;
    for n in (1..=11).rev() {
        sum = sum.mul_add(z, 2.0 / f64::from(2 * n + 1));
    }
    sum * z
}

#[cfg(test)]
mod tests {
    use super::ln;

    #[test]
    fn rounds_to_the_logarithm() {
        for x in (1..200_000).map(|n| 1e-3 * f64::from(n)).chain([1e15, 1e300, 1e-300, 0.5, 2.0]) {
            let (got, want) = (ln(x).high, x.ln());
            assert!((got - want).abs() <= 2.3e-16 * want.abs(), "{x}: {got} {want}");
        }
    }

    #[test]
    fn keeps_the_low_word() {
        // ln 3 and ln 10 to 34 digits.
        let three = ln(3.0);
        assert_eq!(three.high, 1.098_612_288_668_109_8);
        assert!((three.low + 9.071_297_235_001_53e-17).abs() < 1e-18);
        let ten = ln(10.0);
        assert_eq!(ten.high, std::f64::consts::LN_10);
        assert!((ten.low + 2.170_756_223_382_249_4e-16).abs() < 1e-18);
    }
}
