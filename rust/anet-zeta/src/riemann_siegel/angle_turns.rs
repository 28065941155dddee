//! Sines and cosines of angles in turns, eight at a time.

use crate::riemann_siegel::tables::SINE;

/// Numbers side by side.
pub type Lanes = [f64; 8];

/// Eight numbers, each from its lane: as `array::from_fn`, but certain to be compiled for the instruction set at hand.
macro_rules! lanes {
    ($lane:ident => $value:expr) => {{
        let mut lanes = [0.0f64; 8];
        for $lane in 0..8 {
            lanes[$lane] = $value;
        }
        lanes
    }};
}

pub(crate) use lanes;

/// What is left of whole turns, in −½..½.
#[inline(always)]
pub fn fraction(x: f64) -> f64 {
    x - x.round_ties_even()
}

/// cos 2πr for |r| ≤ ½: the sine of its distance to a quarter of a turn.
#[inline(always)]
pub fn cosine(r: f64) -> f64 {
    half_sine((-2.0f64).mul_add(r.abs(), 0.5))
}

/// sin 2πr for |r| ≤ ½, folded into the first and the last quarter of a turn.
#[inline(always)]
pub fn sine(r: f64) -> f64 {
    half_sine(0.5 - (-2.0f64).mul_add(r.abs(), 0.5).abs()).copysign(r)
}

/// sin πx for |x| ≤ ½.
#[inline(always)]
fn half_sine(x: f64) -> f64 {
    x * horner(&SINE, x * x)
}

/// The polynomial with these coefficients, the constant one first.
#[inline(always)]
pub fn horner(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0f64, |sum, coefficient| sum.mul_add(x, *coefficient))
}

#[cfg(test)]
mod tests {
    use super::cosine;
    use super::sine;
    use crate::double::TURN;

    #[test]
    fn waves_are_right_to_the_last_bits() {
        for step in -5000..=5000 {
            let r = f64::from(step) * 1e-4;
            let angle = TURN.times(r);
            let (s, c) = angle.high.sin_cos();
            assert!((cosine(r) - (c - angle.low * s)).abs() < 4e-16, "{r}");
            assert!((sine(r) - (s + angle.low * c)).abs() < 4e-16, "{r}");
        }
    }
}
