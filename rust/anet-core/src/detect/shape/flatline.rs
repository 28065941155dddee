//! A stream that moves less than it used to: a stuck sensor, a frozen loss.

use crate::detect::normalise::LARGEST;
use crate::error::{Result, StateError};
use crate::state::fields;
use crate::stats::ew_moments::EwMoments;

/// Steps looked at together.
const STEPS: u32 = 16;
/// A step of at most this share of the mean step is a rest. This, the half-life and the prior were fitted by
/// `make detection` (2026-11-24).
const REST: f64 = 0.1;
/// A step counts as so many mean steps at most, after the first ones: one corrupt sample hides nothing.
const CUT: f64 = 3.0;
const CUT_FROM: u64 = 16;
/// The half-life of the mean step and of the usual share of rests, in samples.
const HALF: f64 = 2048.0;
/// One step in ten is taken for a rest until the stream shows otherwise, with the weight of 200 steps.
const PRIOR: (f64, f64) = (200.0, 0.1);
/// Shares are kept this far from 0 and 1, where the surprise has no bound.
const MARGIN: f64 = 1e-6;

/// Binomial surprise at the share of rests among the last 16 steps.
#[derive(Debug, Clone)]
pub(crate) struct Flatline {
    last: f64,
    step: EwMoments,
    usual: EwMoments,
    /// One bit a step, the newest lowest.
    rests: u16,
}

impl Flatline {
    /// Has seen nothing.
    pub(crate) fn new() -> Self {
        let usual = EwMoments::with_prior(HALF, PRIOR.0, PRIOR.1, 0.0);
        Self { last: 0.0, step: EwMoments::new(HALF), usual, rests: 0 }
    }

    /// Nats of surprise at sample number `t`; 0 where the stream rests no more than usual.
    pub(crate) fn push(&mut self, t: u64, x: f64) -> f64 {
        let step = (x - self.last).abs();
        self.last = x;
        if t == 0 {
            return 0.0;
        }
        let rest = t > 1 && step <= REST * self.step.mean();
        self.rests = self.rests << 1 | u16::from(rest);
        let surprise = if t >= u64::from(STEPS) { self.surprise() } else { 0.0 };
        self.usual.push(f64::from(rest));
        let usual = self.step.mean();
        self.step.push(if t > CUT_FROM && usual > 0.0 { step.min(CUT * usual) } else { step });
        surprise
    }

    /// 16 times the divergence of the share s of rests from the usual share p, where s > p.
    fn surprise(&self) -> f64 {
        let s = f64::from(self.rests.count_ones()) / f64::from(STEPS);
        if s <= self.usual.mean() {
            return 0.0;
        }
        let p = self.usual.mean().clamp(MARGIN, 1.0 - MARGIN);
        let moving = if s < 1.0 { (1.0 - s) * libm::log((1.0 - s) / (1.0 - p)) } else { 0.0 };
        f64::from(STEPS) * (s * libm::log(s / p) + moving)
    }

    fn check(&mut self) -> Result<()> {
        if self.last.abs() <= LARGEST {
            Ok(())
        } else {
            Err(StateError::Field { name: "last sample" }.into())
        }
    }
}

fields!(Flatline { last, rests, step, usual } then check);
