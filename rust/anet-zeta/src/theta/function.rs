//! The Riemann-Siegel theta function at any height, in radians.

use std::f64::consts::{PI, TAU};

use crate::arithmetic::double_double::TWO_PI;
use crate::theta::asymptotic::theta_turns;

/// From this height on the asymptotic series leaves out less than 1e-16 radians: 511 / (1,216,512 t⁹).
pub(super) const ASYMPTOTIC_FROM: f64 = 30.0;

/// From this height on −π/8 and the terms after it are below the last bit; in two doubles ∞ would give NaN.
const LEADING_TERMS_FROM: f64 = 1e30;

/// The Riemann-Siegel theta function θ(t) = arg Γ(¼ + it/2) − (t/2) ln π, in radians, continuous and odd.
///
/// Any `t` is in the domain: NaN for NaN, ±∞ for ±∞. Within a unit in the last place for |t| ≥ 30, and within 1e-14 below.
///
/// Source: H. M. Edwards, *Riemann's Zeta Function* (1974), section 6.5.
///
/// ```
/// use anet_zeta::theta;
/// assert!((theta(100.0) - 87.97216523178722).abs() < 1e-13);
/// assert_eq!(theta(-100.0), -theta(100.0));
/// ```
pub fn theta(t: f64) -> f64 {
    let height = t.abs();
    let value = if height < ASYMPTOTIC_FROM {
        theta_of_small(height)
    } else if height < LEADING_TERMS_FROM {
        theta_turns(height).multiply(TWO_PI).high
    } else {
        0.5 * height * ((height / TAU).ln() - 1.0)
    };
    if t < 0.0 { -value } else { value }
}

/// θ(t) by Stirling's series at ¼ + it/2 + 16, where seven terms give sixteen digits, and the recurrence of Γ back.
pub(super) fn theta_of_small(t: f64) -> f64 {
    const SHIFT: i32 = 16;
    // B_2k / (2k (2k − 1)).
    const STIRLING: [f64; 7] = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1260.0,
        -1.0 / 1680.0,
        1.0 / 1188.0,
        -691.0 / 360_360.0,
        1.0 / 156.0,
    ];
    let (x, y) = (0.25 + f64::from(SHIFT), 0.5 * t);
    let (modulus, argument) = (x.hypot(y), y.atan2(x));
    // Im((z − ½) ln z − z) and the terms Im z^(1−2k).
    let mut sum = (x - 0.5) * argument + y * modulus.ln() - y;
    for (k, coefficient) in (1..).zip(STIRLING) {
        let power = f64::from(1 - 2 * k);
        sum += coefficient * modulus.powf(power) * (power * argument).sin();
    }
    let back: f64 = (0..SHIFT).map(|k| y.atan2(0.25 + f64::from(k))).sum();
    sum - back - y * PI.ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn theta_is_one_function() {
        let (below, above) = (theta_of_small(40.0), theta_turns(40.0).multiply(TWO_PI).high);
        assert!((below - above).abs() < 1e-14, "{below} {above}");
        assert!((theta(1.0) + 1.767_547_952_812_290_4).abs() < 1e-14);
        assert_eq!(theta(-40.0), -above);
        assert_eq!(theta(0.0), 0.0);
        assert!(theta(f64::NAN).is_nan());
    }
}
