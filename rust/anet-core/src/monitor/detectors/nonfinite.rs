//! NaN or an infinity, in the row in which it comes.

use crate::monitor::input::Signal;
use crate::monitor::rules::{RowScores, Rule};
use crate::state::fields;

use super::{Context, Detector, Evidence, Observation};

/// Rule `nonfinite`: the number of given signals that are not finite. Lives as long as the monitor.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Nonfinite {
    /// Rows that held one.
    rows: u64,
}

impl Detector for Nonfinite {
    #[inline(always)]
    fn update(&mut self, seen: &Observation<'_>, scores: &mut RowScores) {
        let row = seen.context.row;
        if row.given().count() > 0 {
            let count = row.not_finite().count();
            self.rows += u64::from(count > 0);
            scores.set_raw(Rule::Nonfinite, f64::from(count));
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

fields!(Nonfinite { rows });
