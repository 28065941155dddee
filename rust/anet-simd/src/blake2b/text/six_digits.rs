//! `'%.6f' % x`: six decimals, rounded half to even on the exact binary value.

use std::fmt::Write;

/// Below this size a count of millionths fits 64 bits (2^44 · 10^6 < 2^64); above it the standard library writes the text.
const LARGE: f64 = (1_u64 << 44) as f64;

/// Bits of a double's mantissa that are stored.
const MANTISSA: u32 = 52;

/// Exponent of the last bit of a subnormal, and of a double whose exponent field is 1.
const LAST_BIT: u32 = 1074;

/// Millionths of one.
pub(super) const MILLION: u64 = 1_000_000;

/// The text of a number with six decimals, as CPython spells it (`nan`, `inf` and `-inf` included).
///
/// ```
/// use anet_simd::SixDigits;
/// assert_eq!(SixDigits(0.799_999_5).to_string(), "0.799999");
/// assert_eq!(SixDigits(1.5e-6).to_string(), "0.000002");
/// assert_eq!(SixDigits(-0.0).to_string(), "-0.000000");
/// assert_eq!(SixDigits(f64::NAN).to_string(), "nan");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct SixDigits(
    /// The number.
    pub f64,
);

impl std::fmt::Display for SixDigits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let x = self.0;
        if x.is_nan() {
            return f.write_str("nan");
        }
        if x.abs() >= LARGE {
            return write!(f, "{x:.6}");
        }
        if x.is_sign_negative() {
            f.write_char('-')?;
        }
        let millionths = millionths(x.abs());
        write!(f, "{}.{:06}", millionths / MILLION, millionths % MILLION)
    }
}

/// `x · 10^6` rounded half to even, for `0 <= x < 2^44`.
pub(super) fn millionths(x: f64) -> u64 {
    let bits = x.to_bits();
    let exponent = (bits >> MANTISSA) as u32;
    let fraction = bits & ((1 << MANTISSA) - 1);
    // x = mantissa / 2^shift, exactly; the mantissa takes 53 bits, a million 20: the product fits 73.
    let (mantissa, shift) = match exponent {
        0 => (fraction, LAST_BIT),
        _ => (fraction | 1 << MANTISSA, LAST_BIT + 1 - exponent),
    };
    if shift > 73 {
        return 0;
    }
    let product = u128::from(mantissa) * u128::from(MILLION);
    let floor = (product >> shift) as u64;
    let rest = product & ((1 << shift) - 1);
    let half = (1 << shift) >> 1;
    floor + u64::from(rest > half || (rest == half && shift > 0 && floor % 2 == 1))
}
