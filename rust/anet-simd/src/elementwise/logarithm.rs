//! The natural logarithm: the same bits on every level, and free of branches and calls, so that the compiler lays it out
//! in lanes.
//!
//! `x = 2^k m` with m within a factor of √2 about 1, and `ln m = 2 artanh s` with `s = (m − 1) / (m + 1)`, |s| < 0.172.

/// `1/3, 1/5, ..., 1/21`: the series of `(artanh s / s − 1) / s²` in s², good to a fifth of a unit in the last place.
const ODD: [f64; 10] = [
    1.0 / 3.0,
    1.0 / 5.0,
    1.0 / 7.0,
    1.0 / 9.0,
    1.0 / 11.0,
    1.0 / 13.0,
    1.0 / 15.0,
    1.0 / 17.0,
    1.0 / 19.0,
    1.0 / 21.0,
];

/// `ln x` for a normal positive x, within 3 units in the last place. Any other x, NaN too, gives some number.
///
/// ```
/// assert!((anet_simd::ln(2.0) - std::f64::consts::LN_2).abs() < 1e-15);
/// ```
#[inline(always)]
pub fn ln(x: f64) -> f64 {
    let (exponent, mantissa) = split_exponent(x);
    let s = (mantissa - 1.0) / (mantissa + 1.0);
    let z = s * s;
    let series = ODD.iter().rev().fold(0.0, |sum, coefficient| sum * z + coefficient);
    exponent * std::f64::consts::LN_2 + (2.0 * s + 2.0 * s * (z * series))
}

/// `x = 2^exponent · mantissa`, as (exponent, mantissa), with the mantissa between √½ and √2, for a normal positive x. Any other
/// x gives some numbers.
///
/// ```
/// assert_eq!(anet_simd::split_exponent(12.0), (4.0, 0.75));
/// ```
#[inline(always)]
pub fn split_exponent(x: f64) -> (f64, f64) {
    const HALF_ROOT: u64 = std::f64::consts::FRAC_1_SQRT_2.to_bits();
    const FRACTION: u64 = (1 << 52) - 1;
    const BIAS: u64 = 1023;
    // The bits of 2^52, into whose last place an integer can be written.
    const UNITS: u64 = (BIAS + 52) << 52;
    let shifted = x.to_bits().wrapping_sub(HALF_ROOT);
    let biased = shifted.wrapping_add(BIAS << 52) >> 52;
    let exponent = f64::from_bits(UNITS | biased) - (f64::from_bits(UNITS) + BIAS as f64);
    (exponent, f64::from_bits((shifted & FRACTION) + HALF_ROOT))
}

#[cfg(test)]
mod tests {
    use super::ln;

    #[test]
    fn agrees_with_the_standard_library() {
        let ordinary = (1..200_000).map(|n| 1e-3 * f64::from(n));
        let about_one = (-50_000..50_000).map(|n| 1.0 + 1e-9 * f64::from(n));
        let extreme = [f64::MIN_POSITIVE, 1e-300, 1e-12, 0.5, std::f64::consts::SQRT_2, 2.0, 1e300, f64::MAX];
        for x in ordinary.chain(about_one).chain(extreme) {
            let (got, want) = (ln(x), x.ln());
            assert!((got - want).abs() <= 6.7e-16 * want.abs(), "{x}: {got} {want}");
        }
    }
}
