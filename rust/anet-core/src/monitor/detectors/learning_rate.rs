//! A rate well above all before, at once or step by step, or lost in a single step. No statistics: schedules are known to be
//! smooth, and to rise at their beginning only.

use std::f64::consts::LN_10;

use crate::monitor::rules::{RowScores, Rule};
use crate::state::fields;

use super::{Context, Detector, Evidence, Observation};

/// ln 1.5: what a rate must exceed at once, over the largest before.
const JUMP: f64 = 0.405_465_108_108_164_4;
/// The tail of a schedule, below 2 % of the largest rate, may end as it likes.
pub(super) const TAIL: f64 = 0.02;
/// A rate of zero counts as a fall by 10^12.
const DEEPEST: f64 = 12.0 * LN_10;

/// Rows for which the largest rate must have stood to be the schedule's.
const STOOD: u64 = 64;
/// ln 3: what a rate that rises step by step must exceed, over that.
const RISEN: f64 = 1.098_612_288_668_109_8;

/// Rules `lr_jump` and `lr_drop`. Lives as long as the monitor.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LearningRate {
    seen: bool,
    /// The largest rate before the last row that had one.
    largest_before: f64,
    /// The rate before the last one.
    before: f64,
    largest: f64,
    last: f64,
    /// Rates since the largest.
    stood: u64,
    /// The largest before the last jump, and the rates since: what lasts no longer than `STOOD` is forgotten.
    lasting: f64,
    since: u64,
    /// The largest rate that has stood.
    standing: f64,
}

impl Default for LearningRate {
    fn default() -> Self {
        let none = f64::NEG_INFINITY;
        Self {
            seen: false,
            largest_before: none,
            before: none,
            largest: none,
            last: none,
            stood: 0,
            lasting: none,
            since: STOOD,
            standing: none,
        }
    }
}

impl Detector for LearningRate {
    #[inline(always)]
    fn update(&mut self, seen: &Observation<'_>, scores: &mut RowScores) {
        let Some(rate) = seen.context.row.lr.filter(|rate| rate.is_finite()) else { return };
        if self.seen {
            let jump = self.jump(rate);
            scores.set(Rule::LrJump, jump, (jump / JUMP).max(self.rise(rate) / RISEN));
            scores.set_raw(Rule::LrDrop, self.drop(rate));
        }
        self.seen = true;
        (self.before, self.largest_before) = (self.last, self.largest);
        self.last = rate;
        self.follow(rate);
    }

    fn evidence(&self, rule: Rule, context: &Context<'_>) -> Option<Evidence> {
        match rule {
            Rule::LrJump => {
                let rate = context.given(rule);
                let at_once = !(self.standing > 0.0 && rate.ln() - self.largest_before.ln() <= JUMP);
                let compared = if at_once { self.largest_before } else { self.standing };
                Some(Evidence::compared(rule, rate, compared))
            }
            Rule::LrDrop => Some(Evidence::compared(rule, context.given(rule), self.before)),
            _ => None,
        }
    }

    fn restart(&mut self) {}
}

impl LearningRate {
    fn jump(&self, rate: f64) -> f64 {
        if self.largest > 0.0 && rate > self.largest { rate.ln() - self.largest.ln() } else { 0.0 }
    }

    /// Follows the largest rate; one that came by a jump and did not last was none of the schedule's.
    fn follow(&mut self, rate: f64) {
        self.since += 1;
        if self.jump(rate) > JUMP {
            (self.lasting, self.since) = (self.largest, 0);
        } else if self.since < STOOD && rate <= self.lasting {
            (self.largest, self.since) = (self.lasting, STOOD);
        }
        self.stood = if rate > self.largest { 0 } else { self.stood + 1 };
        self.largest = self.largest.max(rate);
        if self.stood >= STOOD {
            self.standing = self.largest;
        }
    }

    /// How far the rate is above the largest that has stood.
    fn rise(&self, rate: f64) -> f64 {
        if self.standing > 0.0 && rate > self.standing { rate.ln() - self.standing.ln() } else { 0.0 }
    }

    fn drop(&self, rate: f64) -> f64 {
        if self.last <= 0.0 || self.last <= TAIL * self.largest || rate >= self.last {
            0.0
        } else if rate <= 0.0 {
            DEEPEST
        } else {
            (self.last.ln() - rate.ln()).min(DEEPEST)
        }
    }
}

fields!(LearningRate { seen, largest_before, before, largest, last, stood, lasting, since, standing });
