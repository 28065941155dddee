//! The height at which the smooth count reaches k, by Newton's method exactly as published.
//!
//! A third of all ordinals end not in a fixed point but in a cycle of two neighbouring doubles, so the number of steps
//! shows in the last bit. Each operation here is the published one, in its order: the results are its bits wherever
//! the platform's logarithm is the one that Python calls.

use crate::smooth::counting::TAU;

/// The number of Newton steps that the published program takes.
pub const NEWTON_STEPS: u64 = 12;

/// Steps before a repetition is looked for: it is the fifth step that reaches sixteen digits.
const STEPS_BEFORE_CYCLES: u64 = 4;

/// The height T at which the smooth count N equals k, by Newton's method: T ← T − (N(T) − k) 2π / ln(T / 2π).
///
/// The start is T = 2π max(2.5, k / max(1, ln max(k, 3))). Any `ordinal` k is in the domain: 0 for k < 1, NaN for NaN
/// and +∞. After [`NEWTON_STEPS`] steps the result is within 3 units in the last place of the solution, and has the
/// published program's bits where the platform's logarithm is the C library's of Linux.
///
/// The smooth count passes k about half a mean gap above the k-th zero: for k = 1 the result is 17.85, the zero 14.13.
///
/// ```
/// use anet_zeta::{NEWTON_STEPS, invert_counting_function};
/// assert_eq!(invert_counting_function(1.0, NEWTON_STEPS), 17.84783651284962);
/// assert_eq!(invert_counting_function(0.5, NEWTON_STEPS), 0.0);
/// ```
pub fn invert_counting_function(ordinal: f64, iterations: u64) -> f64 {
    if ordinal < 1.0 {
        return 0.0;
    }
    let early = iterations.min(STEPS_BEFORE_CYCLES);
    let height = steps(start(ordinal), ordinal, early);
    steps_without_cycles(height, ordinal, iterations - early)
}

fn start(ordinal: f64) -> f64 {
    let logarithm = larger(ordinal, 3.0).ln();
    TAU * larger(2.5, ordinal / larger(1.0, logarithm))
}

fn steps(mut height: f64, ordinal: f64, count: u64) -> f64 {
    for _ in 0..count {
        height = step(height, ordinal);
    }
    height
}

fn step(height: f64, ordinal: f64) -> f64 {
    let x = larger(1e-9, height / TAU);
    let logarithm = x.ln();
    let value = x * logarithm - x + 0.875 - ordinal;
    let slope = (1.0 / TAU) * larger(1e-12, logarithm);
    let next = height - value / slope;
    if next <= 0.0 { 1.0 } else { next }
}

/// Takes `count` further steps, but skips whole periods once a height comes back.
///
/// A step depends on the height alone, so a height that came back once comes back for ever. Brent's method (BIT 20
/// (1980) 176) finds the period: compare with an earlier height, taken anew at steps 2, 4, 8, ...
fn steps_without_cycles(mut height: f64, ordinal: f64, count: u64) -> f64 {
    let (mut anchor, mut period, mut limit) = (height, 0, 2);
    let mut left = count;
    while left > 0 {
        height = step(height, ordinal);
        left -= 1;
        period += 1;
        if height.to_bits() == anchor.to_bits() {
            return steps(height, ordinal, left % period);
        }
        if period == limit {
            (anchor, period, limit) = (height, 0, 2 * limit);
        }
    }
    height
}

/// `second` if it is greater, else `first`: the published program's maximum, which passes over a NaN in `second`.
fn larger(first: f64, second: f64) -> f64 {
    if second > first { second } else { first }
}

#[cfg(test)]
mod tests {
    use super::invert_counting_function;
    use super::start;
    use super::step;
    use super::steps;

    #[test]
    fn skipping_periods_changes_nothing() {
        for ordinal in (1..3000).chain([123_456, 10_000_000, 1_u64 << 53]) {
            for iterations in (0..20).chain([99, 100]) {
                let plain = steps(start(ordinal as f64), ordinal as f64, iterations);
                assert_eq!(
                    invert_counting_function(ordinal as f64, iterations),
                    plain,
                    "ordinal {ordinal}, {iterations} steps"
                );
            }
        }
    }

    #[test]
    fn endless_steps_end() {
        for ordinal in [1.0, 2.0, 1e6, 1e300, f64::INFINITY, f64::NAN] {
            invert_counting_function(ordinal, u64::MAX);
        }
        assert_eq!(
            step(invert_counting_function(1.0, u64::MAX - 1), 1.0),
            invert_counting_function(1.0, u64::MAX)
        );
    }
}
