//! Gram points: heights at which the theta function is a multiple of π.

use std::f64::consts::TAU;

use crate::domain::GRAM_INDICES;
use crate::error::{Error, Result};
use crate::smooth::inversion::{NEWTON_STEPS, invert_counting_function};
use crate::theta::asymptotic::{frequency, theta_turns};
use crate::theta::function::{ASYMPTOTIC_FROM, theta_of_small};

/// The n-th Gram point: the height t > 7 with θ(t) = nπ, by Newton's method.
///
/// Within a unit in the last place for n ≥ 4, and within 1e-13 below.
///
/// # Errors
/// [`Error::GramIndexOutOfRange`] for an n outside [`GRAM_INDICES`].
///
/// ```
/// use anet_zeta::gram_point;
/// assert!((gram_point(0)? - 17.8455995405).abs() < 1e-10);
/// # Ok::<(), anet_zeta::Error>(())
/// ```
pub fn gram_point(n: i64) -> Result<f64> {
    if !GRAM_INDICES.contains(&n) {
        return Err(Error::GramIndexOutOfRange { got: n });
    }
    let n = n as f64;
    let mut t = start(n);
    for _ in 0..NEWTON {
        t -= excess_turns(t, n) * TAU / slope(t);
    }
    Ok(t)
}

/// Newton steps: [`start`] is off by less than a gap, and each step doubles the digits.
const NEWTON: usize = 6;

/// A height near the n-th Gram point: N(T) = θ/π + 1 smoothly, so the inverse of the count, and a line below it.
fn start(n: f64) -> f64 {
    if n < 1.0 { 9.7 + 8.1 * (n + 1.0) } else { invert_counting_function(n + 1.0, NEWTON_STEPS) }
}

/// (θ(t) − nπ) / 2π.
fn excess_turns(t: f64, n: f64) -> f64 {
    if t < ASYMPTOTIC_FROM { theta_of_small(t) / TAU - 0.5 * n } else { theta_turns(t).plus(-0.5 * n).high }
}

/// θ'(t).
fn slope(t: f64) -> f64 {
    frequency(t) - 1.0 / (48.0 * t * t)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gram_points_are_where_theta_is_a_multiple_of_pi() {
        for n in [-1, 0, 1, 10, 1000, 1_000_000, 1_000_000_000_000] {
            let t = gram_point(n).expect("an index in range");
            let excess = theta_turns(t).plus(-0.5 * n as f64).high;
            assert!(excess.abs() < (t * f64::EPSILON).max(1e-12), "{n}: {excess}");
        }
    }

    #[test]
    fn indices_out_of_range_are_refused() {
        assert_eq!(gram_point(-2), Err(Error::GramIndexOutOfRange { got: -2 }));
        let text = gram_point(i64::MAX).map_err(|error| error.to_string());
        assert_eq!(
            text.expect_err("too high"),
            "a Gram index must be between -1 and 130000000000000, got 9223372036854775807"
        );
    }
}
