//! The loss has lost what it had won: its mean of 32 is e² times the best of this segment.

use crate::monitor::baseline::{Baseline, tail_correction};
use crate::monitor::rules::{RowScores, Rule};
use crate::state::fields;

use super::{Context, Detector, Evidence, Observation};

/// Rule `drawdown`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Drawdown {
    /// The least mean of 32 so far, compressed.
    best: f64,
}

impl Default for Drawdown {
    fn default() -> Self {
        Self { best: f64::INFINITY }
    }
}

impl Detector for Drawdown {
    #[inline(always)]
    fn update(&mut self, seen: &Observation<'_>, scores: &mut RowScores) {
        if let Some(departure) = seen.departures.of(Baseline::Loss32) {
            self.best = self.best.min(departure.mean);
            scores.set_raw(Rule::Drawdown, departure.mean - self.best);
            scores.inflate(Rule::Drawdown, tail_correction::of_best(self.best));
        }
    }

    fn evidence(&self, rule: Rule, context: &Context<'_>) -> Option<Evidence> {
        let mean = context.baselines.usual(Baseline::Loss32).mean;
        let units = |value| context.scales.loss.restore(value);
        (rule == Rule::Drawdown).then(|| Evidence::compared(rule, units(mean), units(self.best)))
    }
}

fields!(Drawdown { best });
