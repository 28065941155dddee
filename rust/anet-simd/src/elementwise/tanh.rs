//! The hyperbolic tangent: the same bits on every level, and free of branches, so that the compiler lays it out in lanes.
//!
//! `x = n·ln2/2 + h` with `|h| <= ln2/4`. The tangent of the first part is `(1 − s) / (1 + s)` where `s = 2^−n`, exactly;
//! that of the second, `t`, is an odd polynomial. The addition theorem joins them in one division:
//! `tanh x = ((1 − s) + t(1 + s)) / ((1 + s) + t(1 − s))`, or one minus the remainder `2s(1 − t) / ((1 + s) + t(1 − s))`.

/// From 19.07 on the nearest double of the tangent is 1.
const SATURATED: f64 = 20.0;

/// `2 / ln 2`.
const PER_STEP: f64 = 2.885_390_081_777_926_8;

/// `ln 2 / 2` in two parts; the first ends in twelve zero bits, so that small multiples of it are exact.
const STEP: f64 = f64::from_bits(0x3fd6_2e42_fefa_3000);
const STEP_REST: f64 = 1.411_764_528_151_578_9e-13;

/// Adding it rounds a number below 2^51 to an integer, which then stands in the low bits: 1.5 · 2^52.
const ROUND: f64 = 6_755_399_441_055_744.0;

/// `(tanh h / h − 1) / h²` as a polynomial in `h²`: interpolated at the Chebyshev nodes of `0..=(ln2/4)²`, good to a
/// two-hundredth of a unit in the last place of the result.
const ODD: [f64; 7] = [
    -0.333_333_333_333_333_3,
    0.133_333_333_333_328_3,
    -0.053_968_253_965_582_8,
    0.021_869_488_002_814_11,
    -0.008_863_184_771_341_504,
    0.003_589_643_760_099_634_3,
    -0.001_395_276_787_361_080_6,
];

/// From this many steps on the remainder is below a third, and one minus it is the more exact form.
const FAR: f64 = 3.0;

/// `tanh(x)` for `x >= 0` or NaN, within 2.5 units in the last place, and within 0.6 outside `0.17..2`.
#[inline(always)]
pub(super) fn tanh(x: f64) -> f64 {
    let x = if x > SATURATED { SATURATED } else { x };
    let rounded = x * PER_STEP + ROUND;
    let n = rounded - ROUND;
    let h = (x - n * STEP) - n * STEP_REST;
    let t = h + h * odd(h * h);
    let s = f64::from_bits(1023_u64.wrapping_sub(rounded.to_bits()) << 52);
    let (minus, plus) = (1.0 - s, 1.0 + s);
    let far = u64::from(n >= FAR).wrapping_neg();
    let ratio = select(far, (s + s) * (1.0 - t), minus + t * plus) / (plus + t * minus);
    select(far, 1.0 - ratio, ratio)
}

/// `a` where the mask is all ones, `b` where it is zero. Of two `if`s the compiler makes one, and divides on both its sides.
#[inline(always)]
fn select(mask: u64, a: f64, b: f64) -> f64 {
    f64::from_bits((a.to_bits() & mask) | (b.to_bits() & !mask))
}

/// Neighbouring terms first: a chain of half the length of Horner's, which is what this loop waits for.
#[inline(always)]
fn odd(u: f64) -> f64 {
    let [a, b, c, d, e, f, g] = ODD;
    let (u2, pair) = (u * u, |a: f64, b: f64| a + b * u);
    u * (pair(a, b) + u2 * (pair(c, d) + u2 * (pair(e, f) + u2 * g)))
}
