//! The one knob that users turn: how many false alarms they accept.

use crate::error::{Error, Result};

use super::fields::{Fields, Io};
use super::score::Score;
use super::signal::SignalSet;

/// Accepted false alarms per 10,000 healthy steps, from 0.1 to 20.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FalseAlarms {
    per_10k: f64,
    decades: f64,
}

impl Default for FalseAlarms {
    /// One in 10,000.
    fn default() -> Self {
        Self { per_10k: 1.0, decades: 0.0 }
    }
}

impl FalseAlarms {
    /// # Errors
    /// [`Error::OutOfDomain`] outside 0.1 to 20, and for NaN.
    pub fn per_10k(name: &'static str, per_10k: f64) -> Result<Self> {
        if !(0.1..=20.0).contains(&per_10k) {
            return Err(Error::float(name, "from 0.1 to 20", per_10k));
        }
        Ok(Self { per_10k, decades: per_10k.log10() })
    }

    /// The rate that was asked for.
    pub fn asked(self) -> f64 {
        self.per_10k
    }

    /// The rate of one of so many monitors that keep the asked rate together.
    pub(crate) fn shared(self, machines: u32) -> Self {
        Self { decades: self.per_10k.log10() - f64::from(machines).log10(), ..self }
    }

    /// The line of the scores on the knob: more scores that can ring need a higher one.
    pub(crate) fn line(self, scores: u32) -> f64 {
        1.0 + 0.06 * f64::from(scores) - 0.5 * self.decades
    }

    /// How often, per 10,000 healthy steps, a score on the knob reaches this value.
    pub(crate) fn expected_at(score: f64, scores: u32) -> f64 {
        10f64.powf(2.0 * (1.0 + 0.06 * f64::from(scores) - score))
    }
}

/// How many of the scores on the knob have all the signals that they need.
pub(crate) fn scores_with(seen: SignalSet) -> u32 {
    Score::ALL[..Score::ON_THE_KNOB].iter().filter(|score| seen.contains(score.needs())).count() as u32
}

impl Fields for FalseAlarms {
    fn fields(&mut self, io: &mut impl Io) -> Result<()> {
        let mut per_10k = self.per_10k;
        io.number(&mut per_10k)?;
        *self = Self::per_10k("false_alarms_per_10k", per_10k)?;
        Ok(())
    }
}
