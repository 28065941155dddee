//! What a named signal's rule saw.

use crate::monitor::alarm::RuleAlarm;
use crate::monitor::input::Signal;
use crate::monitor::rules::Rule;

/// The largest strength: beyond, the line was as good as zero.
const STRONGEST: f64 = 1e6;

/// By which factor a value exceeds a line.
pub(crate) fn strength(value: f64, line: f64) -> f64 {
    if line > 0.0 { (value / line).min(STRONGEST) } else { STRONGEST }
}

/// The numbers of an alarm, in the units of the signal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Evidence {
    pub rule: Rule,
    pub value: f64,
    pub expected: Option<f64>,
    /// The usual spread as a part of what was expected.
    pub spread: Option<f64>,
    /// By which factor the line was exceeded.
    pub strength: f64,
    /// The row in which it began.
    pub since: u64,
    pub length: u64,
}

impl Evidence {
    /// The alarm of this evidence. Its signal is none of the five: the owner of the alarm holds the index of the named one.
    pub(crate) fn alarm(&self, row: u64, step: i64, incident: u64) -> RuleAlarm {
        let Self { rule, value, expected, spread, strength, since, length } = *self;
        let (signal, per_10k) = (Signal::Loss, None);
        RuleAlarm {
            rule,
            signal,
            row,
            step,
            value,
            expected,
            spread,
            strength,
            per_10k,
            since,
            incident,
            length,
        }
    }
}
