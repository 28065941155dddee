//! A learning rate of exactly 0: nothing is learned. The end of a schedule may touch it.

use crate::monitor::rules::{RowScores, Rule};
use crate::state::fields;

use crate::monitor::detectors::learning_rate::TAIL;
use crate::monitor::detectors::{Context, Detector, Evidence, Observation};

/// Rows in a row with a rate of exactly 0.
const ROWS: u64 = 64;

/// Rule `zero_rate`: as long as it lasts.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ZeroRate {
    zeros: u64,
    largest: f64,
    /// The last rate that was not 0.
    last: f64,
}

impl Detector for ZeroRate {
    #[inline(always)]
    fn update(&mut self, seen: &Observation<'_>, scores: &mut RowScores) {
        let Some(rate) = seen.context.row.lr.filter(|rate| rate.is_finite()) else { return };
        self.zeros = if rate == 0.0 { self.zeros + 1 } else { 0 };
        self.largest = self.largest.max(rate);
        self.last = if rate == 0.0 { self.last } else { rate };
        let faded = self.largest > 0.0 && self.last <= TAIL * self.largest;
        if self.zeros >= ROWS && !faded {
            scores.set(Rule::ZeroRate, self.zeros as f64, self.zeros as f64 / ROWS as f64);
        }
    }

    fn evidence(&self, rule: Rule, _: &Context<'_>) -> Option<Evidence> {
        let zeros = Evidence { length: self.zeros, ..Evidence::of_value(rule, 0.0) };
        let largest = Some(self.largest).filter(|largest| *largest > 0.0);
        (rule == Rule::ZeroRate).then_some(Evidence { expected: largest, ..zeros })
    }
}

fields!(ZeroRate { zeros, largest, last });
