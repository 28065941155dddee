//! The numbers behind a rule that fires, in the units of its signal.

use crate::monitor::baseline::Baseline;
use crate::monitor::input::Signal;
use crate::monitor::rules::Rule;

use super::observation::Context;

/// What a rule saw, and what was usual.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Evidence {
    pub signal: Signal,
    pub value: f64,
    pub expected: Option<f64>,
    pub spread: Option<f64>,
    pub length: u64,
}

impl Evidence {
    /// A value alone.
    pub(crate) fn of_value(rule: Rule, value: f64) -> Self {
        Self { signal: rule.signal(), value, expected: None, spread: None, length: 1 }
    }

    /// A value beside the usual one.
    pub(crate) fn compared(rule: Rule, value: f64, expected: f64) -> Self {
        Self { expected: Some(expected), ..Self::of_value(rule, value) }
    }

    /// A value that has come `length` times.
    pub(crate) fn repeated(rule: Rule, value: f64, length: u64) -> Self {
        Self { length, ..Self::of_value(rule, value) }
    }

    /// The newest block mean beside the median of its baseline, in the units of the series.
    pub(crate) fn of_baseline(rule: Rule, baseline: Baseline, context: &Context<'_>) -> Self {
        let usual = context.baselines.usual(baseline);
        let units = |value: f64| context.scales.restore(baseline.series(), value);
        let value = Self::of_value(rule, units(usual.mean));
        Self { expected: usual.median.map(units), spread: usual.spread, ..value }
    }
}
