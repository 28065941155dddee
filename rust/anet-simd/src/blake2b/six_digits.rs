//! `'%.6f' % x`: six decimals, rounded half to even on the exact binary value.

use std::fmt::Write;

/// Below this size a count of millionths fits 64 bits; above it the standard library writes the text.
const LARGE: f64 = (1_u64 << 44) as f64;

/// Bits of a double's mantissa that are stored.
const MANTISSA: u32 = 52;

/// Exponent of the last bit of a subnormal, and of a double whose exponent field is 1.
const LAST_BIT: u32 = 1074;

/// One million: what six decimals count in.
const MILLION: u64 = 1_000_000;

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
pub struct SixDigits(pub f64);

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
pub fn millionths(x: f64) -> u64 {
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
/// Adding it rounds a small number to an integer, which then stands in the low bits.
const ROUND: f64 = 6_755_399_441_055_744.0;

/// The bits of a rounded number that hold a count of millionths up to a million.
const COUNT: u64 = (1 << 20) - 1;

/// Bits of a fraction behind 32 bits of whole.
const FRACTION: u64 = (1 << 32) - 1;

/// How far from half a millionth a product in floating point decides: it is off by `2^-34` at most.
const DECIDED: f64 = 0.5 - 1e-9;

/// The texts of elevations, `"0.123456"` or `"1.000000"`, the first byte lowest.
///
/// Loops, not `map`: the compiler keeps `map` of a long array a function of its own, outside of the caller's instruction set.
#[inline(always)]
pub fn elevation_texts<const N: usize>(elevations: &[f64; N]) -> [u64; N] {
    let mut texts = [0; N];
    let mut undecided = false;
    for (text, x) in texts.iter_mut().zip(elevations) {
        let scaled = x * 1e6;
        let rounded = scaled + ROUND;
        *text = elevation_text(rounded.to_bits() & COUNT);
        undecided |= (scaled - (rounded - ROUND)).abs() > DECIDED;
    }
    if undecided {
        exact_texts(elevations, &mut texts);
    }
    texts
}

#[cold]
fn exact_texts(elevations: &[f64], texts: &mut [u64]) {
    for (text, x) in texts.iter_mut().zip(elevations) {
        *text = elevation_text(millionths(*x));
    }
}

#[inline(always)]
fn elevation_text(millionths: u64) -> u64 {
    let whole = u64::from(millionths == MILLION);
    let digits = ascii(millionths - whole * MILLION);
    (u64::from(b'0') + whole) | u64::from(b'.') << 8 | digits << 16
}

/// The six decimal digits of a number below a million, the first one in the lowest byte.
#[inline(always)]
fn ascii(count: u64) -> u64 {
    // In units of 2^-32 the count of ten thousands, rounded up: its error stays below one count.
    let first = count * 429_497;
    let second = (first & FRACTION) * 100;
    let third = (second & FRACTION) * 100;
    let pairs = first >> 32 | second >> 32 << 16 | third >> 32 << 32;
    // 103 / 1024 is a tenth, near enough below a hundred.
    let tens = ((pairs * 103) >> 10) & 0x000F_000F_000F;
    let ones = pairs - tens * 10;
    0x3030_3030_3030 | tens | ones << 8
}
