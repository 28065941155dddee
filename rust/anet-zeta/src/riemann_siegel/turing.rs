//! Turing's method: how many zeros lie below a height, from the zeros found near it alone.
//!
//! N(t) = θ(t)/π + 1 + S(t), and |∫ S| over t₁..t₂ is at most 2.067 + 0.059 ln t₂ for t₂ > t₁ > 168π (Trudgian 2011). Zeros found
//! above τ bound N(τ) from above: were it larger, S would stay too large over the whole stretch. Zeros found below τ bound it
//! from below. A zero that is missing on either side only makes a bound weaker, never wrong.

use crate::double::Double;
use crate::riemann_siegel::theta::{frequency, turns};

/// The bound on ∫ S holds above this height, 168π.
pub const LOWEST: f64 = 168.0 * std::f64::consts::PI;

/// What the zeros about a height prove of the number of zeros below it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Count {
    /// The height.
    pub height: f64,
    /// At least as many lie below it, by the zeros found below.
    pub at_least: f64,
    /// At most as many lie below it, by the zeros found above.
    pub at_most: f64,
}

impl Count {
    /// About `height`, from the zeros found within `reach` on either side; `zeros` must cover both stretches.
    pub fn about(height: f64, reach: (f64, f64), zeros: &[Double]) -> Self {
        let (down, up) = reach;
        let base = turns(height).times(2.0).plus(1.0);
        let split = zeros.partition_point(|zero| zero.high <= height);
        let above =
            zeros[split..].iter().map(|zero| zero.high - height).take_while(|distance| *distance < up);
        let above: f64 = above.map(|distance| up - distance).sum();
        let below = zeros[..split]
            .iter()
            .rev()
            .map(|zero| height - zero.high)
            .take_while(|distance| *distance < down);
        let below: f64 = below.map(|distance| down - distance).sum();
        let bound = |top: f64| 2.067 + 0.059 * top.ln();
        Self {
            height,
            at_least: base.plus((below - bound(height) + growth(height, -down)) / down).high,
            at_most: base.plus((bound(height + up) - above + growth(height, up)) / up).high,
        }
    }

    /// The number, where the bounds leave but one.
    pub fn number(&self) -> Option<u64> {
        let (low, high) = (self.at_least.ceil(), self.at_most.floor());
        (low == high && low >= 0.0).then_some(low as u64)
    }
}

/// ∫ (θ(t) − θ(τ)) / π dt over τ..τ + x, or over τ + x..τ for a negative x.
fn growth(height: f64, x: f64) -> f64 {
    let mut sum = frequency(height) * x * x / 2.0;
    let mut power = x * x;
    for k in (2..14).map(f64::from) {
        power *= -x / height;
        sum -= power / (2.0 * (k - 1.0) * k * (k + 1.0));
    }
    x.signum() * sum / std::f64::consts::PI
}
