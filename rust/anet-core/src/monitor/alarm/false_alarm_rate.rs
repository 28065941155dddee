//! The one number that users choose: the rate of false alarms that they accept.

use crate::error::{Error, Result};
use crate::state::{Fields, Reader, Writer};

/// The threshold falls as the asked rate to the power -0.28: quantiles of heavy tails do so.
/// Until 2026-11-28 it was 0.25. It was set anew with the corrections of that day; `make zoo` measures what it keeps.
const POWER: f64 = 0.28;

/// Accepted false alarms per 10,000 healthy steps, from 0.1 to 20.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FalseAlarmRate {
    per_10k: f64,
    /// By what the thresholds are multiplied: a power costs more than a score.
    factor: f64,
}

impl Default for FalseAlarmRate {
    /// One in 10,000.
    fn default() -> Self {
        Self { per_10k: 1.0, factor: 1.0 }
    }
}

impl FalseAlarmRate {
    /// # Errors
    /// [`Error::OutOfDomain`] outside 0.1 to 20, and for NaN.
    pub fn per_10k(per_10k: f64) -> Result<Self> {
        if !(0.1..=20.0).contains(&per_10k) {
            return Err(Error::float("false_alarms_per_10k", "from 0.1 to 20", per_10k));
        }
        Ok(Self { per_10k, factor: factor(per_10k.log10()) })
    }

    /// The rate that was asked for.
    pub fn asked(self) -> f64 {
        self.per_10k
    }

    /// The rate of one of `monitors` that keep the asked rate together.
    pub(crate) fn shared(self, monitors: u32) -> Self {
        Self { factor: factor(self.per_10k.log10() - f64::from(monitors).log10()), ..self }
    }

    /// What the score of an adaptive rule must exceed that must exceed `at_one` where one false alarm in 10,000 rows is asked.
    pub(crate) fn threshold(self, at_one: f64) -> f64 {
        at_one * self.factor
    }

    /// In how many of 10,000 healthy steps the score of such a rule reaches this.
    pub(crate) fn expected_at(score: f64, at_one: f64) -> f64 {
        (at_one / score.max(f64::MIN_POSITIVE)).powf(1.0 / POWER)
    }
}

fn factor(decades: f64) -> f64 {
    10f64.powf(-POWER * decades)
}

/// The asked rate; the owner of the monitors sets again how many share it.
impl Fields for FalseAlarmRate {
    fn save(&self, out: &mut Writer) {
        self.per_10k.save(out);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        *self = Self::per_10k(from.f64()?)?;
        Ok(())
    }
}
