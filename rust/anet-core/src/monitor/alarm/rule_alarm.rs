//! A rule that fires, in numbers.

use crate::monitor::input::Signal;
use crate::monitor::rules::Rule;

/// A rule that fires for the first time in its incident, in the units of its signal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RuleAlarm {
    /// The rule.
    pub rule: Rule,
    /// The signal that it is about; for `nonfinite` the first that is not finite.
    pub signal: Signal,
    /// Rows before this one.
    pub row: u64,
    /// The caller's step, or the row where none was given.
    pub step: i64,
    /// What the rule saw: a value or a mean; for update size, update per unit of rate; for noise share, noise over
    /// gradient norm.
    pub value: f64,
    /// What was usual; `None` where nothing is to be compared.
    pub expected: Option<f64>,
    /// The usual spread, as a part of what was expected (in logarithms).
    pub spread: Option<f64>,
    /// The score over the threshold that decides: above 1, or 1 for a count.
    pub strength: f64,
    /// In how many of 10,000 healthy steps the score reaches this; `None` where the false-alarm rate does not move the
    /// threshold. Below 0.1 an extrapolation.
    pub per_10k: Option<f64>,
    /// The row of the onset of the score.
    pub since: u64,
    /// The row in which its incident opened: alarms of one incident share it.
    pub incident: u64,
    /// The number of values: of the drift sum, of repeats, of rows that were not finite; else 1.
    pub length: u64,
}

impl RuleAlarm {
    /// Value over expected.
    pub fn ratio(&self) -> Option<f64> {
        self.expected.filter(|&expected| expected != 0.0).map(|expected| self.value / expected)
    }
}
