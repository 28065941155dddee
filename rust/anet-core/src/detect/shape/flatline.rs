//! A stream that moves less than it used to: a stuck sensor, a frozen loss.

use crate::error::{Result, StateError};
use crate::state::codec::{Reader, Writer};
use crate::stats::ewma::Ew;

/// Steps looked at together.
const STEPS: u32 = 16;
/// A step below this part of the usual one is a rest.
const REST: f64 = 0.1;
/// Shares are kept this far from 0 and 1, where the surprise has no bound.
const MARGIN: f64 = 1e-6;

/// Binomial surprise at the share of rests among the last 16 steps.
#[derive(Debug, Clone)]
pub struct Stillness {
    last: f64,
    step: Ew,
    usual: Ew,
    /// One bit a step, the newest lowest.
    rests: u16,
}

impl Stillness {
    /// One step in ten is taken for a rest until the stream says otherwise.
    pub fn new() -> Self {
        let usual = Ew::with_prior(2048.0, 200.0, 0.1, 0.0);
        Self { last: 0.0, step: Ew::new(2048.0), usual, rests: 0 }
    }

    /// Nats of surprise at sample number `t`; 0 where the stream rests no more than usual.
    pub fn push(&mut self, t: u64, x: f64) -> f64 {
        let step = (x - self.last).abs();
        self.last = x;
        if t == 0 {
            return 0.0;
        }
        let rest = t > 1 && step <= REST * self.step.mean();
        self.rests = self.rests << 1 | u16::from(rest);
        let surprise = if t >= u64::from(STEPS) { self.surprise() } else { 0.0 };
        self.usual.push(f64::from(rest));
        self.step.push(step);
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

    /// Appends the fields.
    pub fn write(&self, out: &mut Writer) {
        out.f64(self.last);
        out.u16(self.rests);
        self.step.write(out);
        self.usual.write(out);
    }

    /// Reads them back.
    ///
    /// # Errors
    /// [`StateError`] for impossible fields.
    pub fn restore(&mut self, from: &mut Reader<'_>) -> Result<()> {
        self.last = from.f64()?;
        self.rests = from.u16()?;
        if !self.last.is_finite() {
            return Err(StateError::Field { name: "last sample" }.into());
        }
        self.step.restore(from)?;
        self.usual.restore(from)
    }
}

impl Default for Stillness {
    fn default() -> Self {
        Self::new()
    }
}
