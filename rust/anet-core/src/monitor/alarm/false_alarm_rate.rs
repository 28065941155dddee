//! The one knob that users turn: how many false alarms they accept.

use crate::error::{Error, Result};

use crate::monitor::alarm::incident::Memory;
use crate::monitor::alarm::score_table::Score;
use crate::monitor::input::signal::SignalSet;
use crate::state::{Fields, Reader, Writer};

/// How a line on the knob falls with the rate that is asked for, where the monitor remembers.
const POWER: f64 = 0.28;

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
    pub fn per_10k(per_10k: f64) -> Result<Self> {
        if !(0.1..=20.0).contains(&per_10k) {
            return Err(Error::float("false_alarms_per_10k", "from 0.1 to 20", per_10k));
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
    ///
    /// A monitor that remembers multiplies, by a power of the rate, as quantiles of heavy tails go; one that does
    /// not subtracts, and runs at twice the rates below one and at a third of those above.
    pub(crate) fn line(self, scores: u32, memory: Memory) -> f64 {
        match memory {
            Memory::Kept => at_one(scores, memory) * 10f64.powf(-POWER * self.decades),
            Memory::None => at_one(scores, memory) - 0.5 * self.decades,
        }
    }

    /// How often, per 10,000 healthy steps, a score on the knob reaches this value.
    pub(crate) fn expected_at(score: f64, scores: u32, memory: Memory) -> f64 {
        match memory {
            Memory::Kept => (at_one(scores, memory) / score.max(f64::MIN_POSITIVE)).powf(1.0 / POWER),
            Memory::None => 10f64.powf(2.0 * (at_one(scores, memory) - score)),
        }
    }
}

/// The line where one false alarm is asked for.
fn at_one(scores: u32, memory: Memory) -> f64 {
    match memory {
        Memory::Kept => 0.60 + 0.09 * f64::from(scores),
        Memory::None => 1.0 + 0.06 * f64::from(scores),
    }
}

/// How many of the scores on the knob have all the signals that they need.
pub(crate) fn scores_with(seen: SignalSet) -> u32 {
    Score::ALL[..Score::ON_THE_KNOB].iter().filter(|score| seen.contains(score.needs())).count() as u32
}

/// The asked rate; how many monitors share it is said again by the one that owns them.
impl Fields for FalseAlarms {
    fn save(&self, out: &mut Writer) {
        self.per_10k.save(out);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        *self = Self::per_10k(from.f64()?)?;
        Ok(())
    }
}
