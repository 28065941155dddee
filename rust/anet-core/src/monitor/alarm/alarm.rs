//! What an alarm says in numbers.

use crate::monitor::alarm::score_table::Score;
use crate::monitor::baseline::baseline::BlockMean;
use crate::monitor::detectors::frozen::Frozen;
use crate::monitor::detectors::learning_rate::LearningRate;
use crate::monitor::detectors::reference::Reference;
use crate::monitor::detectors::reference_curve::Course;
use crate::monitor::input::series::Scales;
use crate::monitor::input::signal::{Row, Signal};
use crate::monitor::segment::Segment;

/// One score that fired, in the units of its signal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alarm {
    /// The score.
    pub score: Score,
    /// The signal that it is about; for `nonfinite` the first that is not finite.
    pub signal: Signal,
    /// Rows before this one.
    pub row: u64,
    /// The caller's step, or the row where none was given.
    pub step: i64,
    /// What the score saw: a value or a mean; for update size, update per unit of rate; for noise share, noise over
    /// gradient norm.
    pub value: f64,
    /// What was usual; `None` where nothing is to be compared.
    pub expected: Option<f64>,
    /// The usual spread, as a part of what was expected (in logarithms).
    pub spread: Option<f64>,
    /// The score over the line that decides: above 1, or 1 for a count.
    pub strength: f64,
    /// In how many of 10,000 healthy steps a score reaches this; `None` for fixed lines. Below 0.1 an extrapolation.
    pub per_10k: Option<f64>,
    /// The row in which the score began to stir.
    pub since: u64,
    /// The row in which its incident opened: alarms of one incident share it.
    pub incident: u64,
    /// For how many values: of the drift sum, of repeats, of rows that were not finite; else 1.
    pub length: u64,
}

impl Alarm {
    /// Value over expected.
    pub fn ratio(&self) -> Option<f64> {
        self.expected.filter(|&expected| expected != 0.0).map(|expected| self.value / expected)
    }
}

/// The numbers that one kind of score gives.
pub(crate) struct Numbers {
    pub(crate) signal: Signal,
    pub(crate) value: f64,
    pub(crate) expected: Option<f64>,
    pub(crate) spread: Option<f64>,
    pub(crate) length: u64,
}

/// Where the numbers are read.
pub(crate) struct Evidence<'a> {
    pub(crate) row: &'a Row,
    pub(crate) scales: &'a Scales,
    pub(crate) segment: &'a Segment,
    pub(crate) learning_rate: &'a LearningRate,
    pub(crate) frozen: &'a Frozen,
    pub(crate) course: &'a Course,
    pub(crate) reference: Option<&'a Reference>,
    pub(crate) nonfinite_rows: u64,
}

impl Evidence<'_> {
    /// The numbers behind a score that fires in this row.
    pub(crate) fn numbers(&self, score: Score) -> Numbers {
        let bands = &self.segment.bands;
        let (loss, grad) = (&self.scales.loss, &self.scales.grad);
        match score {
            Score::DriftLoss => self.drift(score, &self.segment.drift.loss),
            Score::DriftBoth => self.drift(score, &self.segment.drift.both),
            Score::LevelLoss => from_band(score, &bands.loss_32, |y| loss.restore(y)),
            Score::LevelGrad => from_band(score, &bands.grad_32, |y| grad.restore(y)),
            Score::FadeGrad => from_band(score, &bands.grad_8, |y| grad.restore(y)),
            Score::JumpLoss => from_band(score, &bands.loss, |y| loss.restore(y)),
            Score::JumpGrad => from_band(score, &bands.grad, |y| grad.restore(y)),
            Score::UpdateUp | Score::UpdateDown => from_band(score, &bands.update_8, f64::exp),
            Score::NoiseFall => from_band(score, &bands.noise_8, f64::exp),
            Score::Vanish => {
                let (value, least) = self.segment.vanishing.grad_sizes();
                compared(score, grad.size() * value, grad.size() * least)
            }
            Score::Drawdown => {
                let (mean, best) = (bands.loss_32.mean(), self.segment.drawdown.best);
                compared(score, loss.restore(mean), loss.restore(best))
            }
            Score::LrJump => compared(score, self.given(score), self.learning_rate.largest_before),
            Score::LrDrop => compared(score, self.given(score), self.learning_rate.before),
            Score::FrozenLoss => repeated(score, self.given(score), self.frozen.loss.run),
            Score::FrozenGrad => repeated(score, self.given(score), self.frozen.grad.run),
            Score::FrozenStep => repeated(score, self.given(score), self.frozen.step.run),
            Score::Nonfinite => self.nonfinite(),
            Score::EarlyLoss | Score::EarlyGrad | Score::EarlyUpdate | Score::EarlyRate => self.early(score),
        }
    }

    fn given(&self, score: Score) -> f64 {
        self.row.get(score.signal()).unwrap_or(f64::NAN)
    }

    fn drift(&self, score: Score, sum: &crate::monitor::detectors::cusum::Sum) -> Numbers {
        let band = from_band(score, &self.segment.bands.loss, |y| self.scales.loss.restore(y));
        let median = self.segment.bands.loss.median().unwrap_or(0.0);
        Numbers { value: self.scales.loss.restore(median + sum.excess()), length: sum.length, ..band }
    }

    fn early(&self, score: Score) -> Numbers {
        let units = |y: f64| if score == Score::EarlyUpdate { y.exp() } else { y };
        let compared = self.reference.and_then(|known| known.compared(score, self.course));
        let (value, expected) = compared.unzip();
        Numbers {
            signal: score.signal(),
            value: value.map_or(f64::NAN, units),
            expected: expected.map(units),
            spread: None,
            length: 1,
        }
    }

    fn nonfinite(&self) -> Numbers {
        let signal = self.row.not_finite().iter().next().unwrap_or(Signal::Loss);
        let value = self.row.get(signal).unwrap_or(f64::NAN);
        Numbers { signal, value, expected: None, spread: None, length: self.nonfinite_rows }
    }
}

fn from_band<const B: usize, const W: usize, const S: usize, const YOUNG: usize>(
    score: Score,
    band: &BlockMean<B, W, S, YOUNG>,
    restore: impl Fn(f64) -> f64,
) -> Numbers {
    Numbers {
        signal: score.signal(),
        value: restore(band.mean()),
        expected: band.median().map(restore),
        spread: band.spread(),
        length: 1,
    }
}

fn compared(score: Score, value: f64, expected: f64) -> Numbers {
    Numbers { signal: score.signal(), value, expected: Some(expected), spread: None, length: 1 }
}

fn repeated(score: Score, value: f64, length: u64) -> Numbers {
    Numbers { signal: score.signal(), value, expected: None, spread: None, length }
}
