//! The six decimals of elevations, many side by side in the lanes of registers.

use crate::blake2b::text::six_digits::{MILLION, millionths};

/// Adding it rounds a number below 2^51 to an integer, which then stands in the low bits: 1.5 · 2^52.
const ROUND: f64 = 6_755_399_441_055_744.0;

/// The bits of a rounded number that hold a count of millionths up to a million, which is below 2^20.
const COUNT: u64 = (1 << 20) - 1;

/// Bits of a fraction behind 32 bits of whole.
const FRACTION: u64 = (1 << 32) - 1;

/// Largest distance from the rounded count at which a product in floating point decides. The product is off by 2^-34 at most
/// (half a unit in the last place below 2^20), which is less than 1e-9.
const DECIDED: f64 = 0.5 - 1e-9;

/// The texts of elevations, `"0.123456"` or `"1.000000"`, the first byte lowest. Of a number outside `0..=1` it is some text.
///
/// ```
/// let [text] = anet_simd::elevation_texts(&[0.25]);
/// assert_eq!(&text.to_le_bytes(), b"0.250000");
/// ```
// Loops, not `map`: the compiler keeps `map` of a long array a function of its own, outside of the caller's instructions.
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
    // In units of 2^-32 the count of ten thousands, by 2^32 / 10^4 rounded up: its error stays below one count.
    let first = count * 429_497;
    let second = (first & FRACTION) * 100;
    let third = (second & FRACTION) * 100;
    let pairs = first >> 32 | second >> 32 << 16 | third >> 32 << 32;
    // ⌊103 n / 1024⌋ is ⌊n / 10⌋ for every n below a hundred.
    let tens = ((pairs * 103) >> 10) & 0x000F_000F_000F;
    let ones = pairs - tens * 10;
    0x3030_3030_3030 | tens | ones << 8
}
