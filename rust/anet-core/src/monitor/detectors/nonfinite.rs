//! NaN or an infinity, in the row in which it comes; but a loss scaler may overflow a few gradients.

use crate::monitor::input::{Row, Signal, SignalSet};
use crate::monitor::rules::{RowScores, Rule};
use crate::state::fields;

use super::{Context, Detector, Evidence, Observation};

/// Rows in a row in which a gradient that is not finite is a loss scaler's search while the loss is finite: of 64 logs of one
/// library 62 begin with one (170 real logs, 2026-11-29).
const OVERFLOWS: u64 = 8;

/// Rule `nonfinite`: the number of given signals that are not finite. Lives as long as the monitor.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Nonfinite {
    /// Rows that held one.
    rows: u64,
    /// Rows in a row up to this one.
    run: u64,
}

impl Detector for Nonfinite {
    #[inline(always)]
    fn update(&mut self, seen: &Observation<'_>, scores: &mut RowScores) {
        let row = seen.context.row;
        if row.given().count() > 0 {
            let count = row.not_finite().count();
            self.rows += u64::from(count > 0);
            self.run = if count > 0 { self.run + 1 } else { 0 };
            let overflows = seen.loss().is_some() && is_of_gradient(row) && self.run < OVERFLOWS;
            let count = f64::from(count);
            scores.set(Rule::Nonfinite, count, if overflows { 0.0 } else { count });
        }
    }

    fn evidence(&self, rule: Rule, context: &Context<'_>) -> Option<Evidence> {
        let row = context.row;
        let signal = row.not_finite().iter().next().unwrap_or(Signal::Loss);
        let value = row.get(signal).unwrap_or(f64::NAN);
        let repeated = Evidence::repeated(rule, value, self.rows);
        (rule == Rule::Nonfinite).then_some(Evidence { signal, ..repeated })
    }

    fn restart(&mut self) {}
}

/// Whether only gradient norm and noise are not finite.
fn is_of_gradient(row: &Row) -> bool {
    SignalSet::of(&[Signal::GradNorm, Signal::Noise]).contains(row.not_finite())
}

fields!(Nonfinite { rows, run });
