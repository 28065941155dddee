//! Turing's method: how many zeros lie below a height, from the zeros found near it alone (Edwards 1974, section 8.2).
//!
//! N(t) = θ(t)/π + 1 + S(t), and |∫ S| over t₁..t₂ is at most 2.067 + 0.059 ln t₂ for t₂ > t₁ > 168π. Zeros found above τ
//! bound N(τ) from above: were it larger, S would stay too large over the whole stretch. Zeros found below τ bound it from
//! below. A zero that is missing on either side only makes a bound weaker, never wrong.

use crate::arithmetic::double_double::DoubleDouble;
use crate::theta::asymptotic::{frequency, theta_turns};

/// The bound on ∫ S holds above this height (Trudgian, Math. Comp. 80 (2011) 2259, Theorem 2.2).
pub(super) const BOUND_FROM: f64 = 168.0 * std::f64::consts::PI;

/// What the zeros about a height show of the number of zeros below it.
///
/// N(T) lies between the bounds, provided that every zero given is one. Source: T. Trudgian, *Improvements to Turing's
/// method*, Math. Comp. 80 (2011) 2259.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TuringCount {
    /// The height T at which zeros are counted.
    pub height: f64,
    /// A lower bound of N(T), by the zeros found below T.
    pub at_least: f64,
    /// An upper bound of N(T), by the zeros found above T.
    pub at_most: f64,
}

impl TuringCount {
    /// About `height`, from the zeros found within the reach `(down, up)`; `zeros` must cover both stretches.
    pub(super) fn about(height: f64, (down, up): (f64, f64), zeros: &[DoubleDouble]) -> Self {
        let base = theta_turns(height).times(2.0).plus(1.0);
        let split = zeros.partition_point(|zero| zero.high <= height);
        let above = zeros[split..].iter().map(|zero| zero.high - height);
        let below = zeros[..split].iter().rev().map(|zero| height - zero.high);
        let (above, below) = (integral_of_found(above, up), integral_of_found(below, down));
        let at_least = (below - bound(height) + integral_of_mean(height, -down)) / down;
        let at_most = (bound(height + up) - above + integral_of_mean(height, up)) / up;
        Self { height, at_least: base.plus(at_least).high, at_most: base.plus(at_most).high }
    }

    /// N(T), where one integer lies between the bounds.
    ///
    /// ```
    /// use anet_zeta::TuringCount;
    /// let count = TuringCount { height: 1000.0, at_least: 648.8, at_most: 649.1 };
    /// assert_eq!(count.number(), Some(649));
    /// assert_eq!(TuringCount { at_most: 650.1, ..count }.number(), None);
    /// ```
    pub fn number(&self) -> Option<u64> {
        let (low, high) = (self.at_least.ceil(), self.at_most.floor());
        (low == high && low >= 0.0).then_some(low as u64)
    }
}

/// The integral, over `reach`, of how many zeros at these ascending distances were passed.
fn integral_of_found(distances: impl Iterator<Item = f64>, reach: f64) -> f64 {
    distances.take_while(|distance| *distance < reach).map(|distance| reach - distance).sum()
}

/// Trudgian's bound of |∫ S| over a stretch that ends at the height `top`.
fn bound(top: f64) -> f64 {
    2.067 + 0.059 * top.ln()
}

/// ∫ (θ(t) − θ(τ)) / π dt over τ..τ + x, or over τ + x..τ for a negative x: a power series in x / τ.
fn integral_of_mean(height: f64, x: f64) -> f64 {
    let mut sum = frequency(height) * x * x / 2.0;
    let mut power = x * x;
    // Twelve terms: x / τ is below a fifth at the lowest heights counted.
    for k in (2..14).map(f64::from) {
        power *= -x / height;
        sum -= power / (2.0 * (k - 1.0) * k * (k + 1.0));
    }
    x.signum() * sum / std::f64::consts::PI
}
