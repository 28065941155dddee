//! Streams whose habit are single large steps: one more of them is no event.

use crate::error::{Result, StateError};
use crate::state::{Fields, Reader, Writer, fields};
use crate::stats::ew_moments::EwMoments;

/// A step is large from so many usual steps on.
const LARGE: f64 = 8.0;
/// A step counts as so many usual ones at most.
const CUT: f64 = 3.0;
/// The first steps: they are not cut, and none of them is large.
const FIRST: u64 = 16;
/// Half-lives of the usual step, of the share of large ones, and of their height in large steps.
const STEP_HALF: f64 = 2048.0;
const SHARE_HALF: f64 = 4096.0;
const HEIGHT_HALF: f64 = 64.0;
/// Large steps are a habit where they are at least this share of all.
const HABIT: f64 = 0.01;
/// Large steps before their height is known, and before it is cut.
const KNOWN: u64 = 2;
const CUT_FROM: u64 = 3;
/// As many large steps together as there are come no more seldom than this.
const COMMON: f64 = 0.005;
/// Steps looked at together.
const NEAR: u32 = 16;

/// How often the stream takes a large step, and how large.
#[derive(Debug, Clone)]
pub(super) struct Spiky {
    last: f64,
    step: EwMoments,
    share: EwMoments,
    height: EwMoments,
    large_steps: u64,
    /// One bit a step, the newest lowest; 1 where it was large.
    recent: Bits,
    /// The sizes of the last large steps among 16 steps: step number t at t modulo 16, 0 where it was not large.
    sizes: [f64; NEAR as usize],
}

impl Spiky {
    /// Has seen nothing.
    pub(super) fn new() -> Self {
        Self {
            last: 0.0,
            step: EwMoments::new(STEP_HALF),
            share: EwMoments::new(SHARE_HALF),
            height: EwMoments::new(HEIGHT_HALF),
            large_steps: 0,
            recent: Bits(0),
            sizes: [0.0; NEAR as usize],
        }
    }

    /// Whether sample number `t` stands among large steps as the stream always takes them; judged by what came before it.
    pub(super) fn push(&mut self, t: u64, x: f64, asked: bool) -> bool {
        let step = (x - self.last).abs();
        self.last = x;
        if t == 0 {
            return false;
        }
        let large = t > FIRST && step > LARGE * self.step.mean();
        self.recent = Bits(self.recent.0 << 1 | u64::from(large));
        self.sizes[(t % u64::from(NEAR)) as usize] = if large { step } else { 0.0 };
        let habit = asked && self.is_habit();
        self.learn(t, step, large);
        habit
    }

    fn is_habit(&self) -> bool {
        let near = (self.recent.0 & ((1 << NEAR) - 1)).count_ones();
        let share = self.share.mean() / 2.0;
        let common = |steps, large: u32| at_least(steps, large.div_ceil(2), share) > COMMON;
        let highest = self.sizes.iter().copied().fold(0.0, f64::max);
        self.large_steps >= KNOWN
            && self.share.mean() >= HABIT
            && near > 0
            && common(NEAR, near)
            && common(u64::BITS, self.recent.0.count_ones())
            && highest <= 1.25 * self.height.mean() + 4.0 * self.height.deviation()
    }

    fn learn(&mut self, t: u64, step: f64, large: bool) {
        // A stream that stood still until now has no usual step to be cut by.
        let usual = self.step.mean();
        self.step.push(if t > FIRST && usual > 0.0 { step.min(CUT * usual) } else { step });
        self.share.push(f64::from(large));
        if large {
            let limit = 5.0 * self.height.deviation() + self.height.mean() / 2.0;
            let d = step - self.height.mean();
            self.height.add(if self.large_steps >= CUT_FROM { d.clamp(-limit, limit) } else { d });
            self.large_steps += 1;
        }
    }

    fn check(&mut self) -> Result<()> {
        let possible = |x: &f64| x.abs() <= 2e150;
        if possible(&self.last) && self.sizes.iter().all(possible) {
            Ok(())
        } else {
            Err(StateError::Field { name: "large steps" }.into())
        }
    }
}

fields!(Spiky { last, step, share, height, large_steps, recent, sizes } then check);

/// 64 bits, all of which may be set: a saved counter may not be as high.
#[derive(Debug, Clone, Copy)]
struct Bits(u64);

impl Fields for Bits {
    fn save(&self, out: &mut Writer) {
        (self.0 as u32).save(out);
        ((self.0 >> 32) as u32).save(out);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        let mut halves = [0_u32; 2];
        halves.iter_mut().try_for_each(|half| half.load(from))?;
        self.0 = u64::from(halves[1]) << 32 | u64::from(halves[0]);
        Ok(())
    }
}

/// P(X ≥ k) of a binomial X of n draws with probability p.
fn at_least(n: u32, k: u32, p: f64) -> f64 {
    let mut term = libm::pow(1.0 - p, f64::from(n));
    let mut below = 0.0;
    for i in 0..k {
        below += term;
        term *= f64::from(n - i) / f64::from(i + 1) * p / (1.0 - p);
    }
    1.0 - below
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binomial_tails() {
        assert!((at_least(3, 1, 0.5) - 0.875).abs() < 1e-12);
        assert!((at_least(16, 2, 0.01) - 0.010_932_89).abs() < 1e-8);
        assert_eq!(at_least(16, 0, 0.3), 1.0);
    }
}
