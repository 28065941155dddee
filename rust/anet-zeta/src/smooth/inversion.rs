//! The height at which the smooth count reaches k, by Newton's method exactly as published.
//!
//! A third of all ordinals end not in a fixed point but in a cycle of two neighbouring doubles, so the number of steps
//! shows in the last bit. Each operation here is the published one, in its order: the results are its bits wherever
//! the platform's logarithm is the one that Python calls.

use crate::smooth::counting::TAU;

/// The number of Newton steps that the published program takes.
pub const ITERATIONS: u64 = 12;

/// Steps after which Newton's method has converged for every ordinal in use: there the watch for a repetition begins.
const CONVERGED: u64 = 4;

/// The height T where the smooth count equals `ordinal`, after `iterations` Newton steps; 0 for ordinals below 1.
///
/// The smooth count passes k about half a spacing above the k-th zero: for k = 1 the result is 17.85, the zero 14.13.
///
/// ```
/// use anet_zeta::{ITERATIONS, invert};
/// assert_eq!(invert(1.0, ITERATIONS), 17.84783651284962);
/// assert_eq!(invert(0.5, ITERATIONS), 0.0);
/// ```
pub fn invert(ordinal: f64, iterations: u64) -> f64 {
    if ordinal < 1.0 {
        return 0.0;
    }
    let early = iterations.min(CONVERGED);
    let height = steps(start(ordinal), ordinal, early);
    settle(height, ordinal, iterations - early)
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

/// Takes `count` further steps, but skips whole periods once a height comes back: the step depends on nothing else,
/// so what repeated once repeats for ever. Brent's method: compare with a height that is renewed ever more rarely.
fn settle(mut height: f64, ordinal: f64, count: u64) -> f64 {
    let (mut anchor, mut period, mut patience) = (height, 0, 2);
    let mut left = count;
    while left > 0 {
        height = step(height, ordinal);
        left -= 1;
        period += 1;
        if height.to_bits() == anchor.to_bits() {
            return steps(height, ordinal, left % period);
        }
        if period == patience {
            (anchor, period, patience) = (height, 0, 2 * patience);
        }
    }
    height
}

/// Python's `max(first, second)`: the first unless the second is greater, so a NaN second is passed over.
fn larger(first: f64, second: f64) -> f64 {
    if second > first { second } else { first }
}

#[cfg(test)]
mod tests {
    use super::invert;
    use super::start;
    use super::step;
    use super::steps;

    #[test]
    fn skipping_periods_changes_nothing() {
        for ordinal in (1..3000).chain([123_456, 10_000_000, 1_u64 << 53]) {
            for iterations in (0..20).chain([99, 100]) {
                let plain = steps(start(ordinal as f64), ordinal as f64, iterations);
                assert_eq!(
                    invert(ordinal as f64, iterations),
                    plain,
                    "ordinal {ordinal}, {iterations} steps"
                );
            }
        }
    }

    #[test]
    fn endless_steps_end() {
        for ordinal in [1.0, 2.0, 1e6, 1e300, f64::INFINITY, f64::NAN] {
            invert(ordinal, u64::MAX);
        }
        assert_eq!(step(invert(1.0, u64::MAX - 1), 1.0), invert(1.0, u64::MAX));
    }
}
