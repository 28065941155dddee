//! Angles in turns, x / 2π: whole turns are left out by x − round(x), which is exact.

use crate::tables::SINE;

/// What is left of `x` turns when whole ones are left out: −½..½.
#[inline(always)]
pub(crate) fn fraction(x: f64) -> f64 {
    x - x.round_ties_even()
}

/// t (high + low) as a double and what its rounding left out, for a frequency in two doubles.
///
/// Both are needed: at t = 1e12 an ulp of the product is 1e-4 turns.
#[inline(always)]
pub(crate) fn exact_product(t: f64, high: f64, low: f64) -> (f64, f64) {
    let product = t * high;
    (product, t.mul_add(high, -product) + t * low)
}

/// cos 2πr for |r| ≤ ½, within 4e-16: the sine of its distance to a quarter of a turn.
#[inline(always)]
pub(crate) fn cosine(r: f64) -> f64 {
    half_sine((-2.0f64).mul_add(r.abs(), 0.5))
}

/// sin 2πr for |r| ≤ ½, within 4e-16, folded into the first and the last quarter of a turn.
#[inline(always)]
pub(crate) fn sine(r: f64) -> f64 {
    half_sine(0.5 - (-2.0f64).mul_add(r.abs(), 0.5).abs()).copysign(r)
}

/// sin πx for |x| ≤ ½.
#[inline(always)]
fn half_sine(x: f64) -> f64 {
    x * horner(&SINE, x * x)
}

/// The polynomial with these coefficients, the constant one first.
#[inline(always)]
fn horner(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0f64, |sum, coefficient| sum.mul_add(x, *coefficient))
}

#[cfg(test)]
mod tests {
    use super::cosine;
    use super::sine;
    use crate::arithmetic::double_double::TWO_PI;

    #[test]
    fn sine_and_cosine_are_right_to_the_last_bits() {
        for step in -5000..=5000 {
            let r = f64::from(step) * 1e-4;
            let angle = TWO_PI.times(r);
            let (s, c) = angle.high.sin_cos();
            assert!((cosine(r) - (c - angle.low * s)).abs() < 4e-16, "{r}");
            assert!((sine(r) - (s + angle.low * c)).abs() < 4e-16, "{r}");
        }
    }
}
