//! After a step back the same steps are seen twice: the second time they should cost no more.

use crate::monitor::rules::{RowScores, Rule};
use crate::state::fields;

use crate::monitor::detectors::{Context, Detector, Evidence, Observation};

/// Steps that are kept: how far a run may go back and still be compared.
const KEPT: usize = 256;
/// Rows after the step back that are compared.
const ROWS: u64 = 16;
/// Standard deviations of the difference of two means of 16 medians, and the factor, that ring. Of 405 rewinds of recorded runs
/// none rang by itself (2026-11-30).
const CLEAR: f64 = 4.0;
const TIMES: f64 = 1.2;
/// The standard error of a median over that of a mean.
const MEDIAN: f64 = 1.25;

/// Rule `resumed_worse`. Steps that begin again at the first one are an epoch's, and equal steps are rows of one step.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Resumed {
    steps: [i64; KEPT],
    losses: [f64; KEPT],
    count: u64,
    first: i64,
    last: i64,
    /// Losses since the step back, and of the same steps before it.
    now: [f64; ROWS as usize],
    then: [f64; ROWS as usize],
    pairs: u64,
    /// The step before the step back, while the rows after it are compared.
    until: Option<i64>,
    /// The rows before the step back.
    rows: u64,
}

impl Default for Resumed {
    fn default() -> Self {
        Self {
            steps: [0; KEPT],
            losses: [0.0; KEPT],
            count: 0,
            first: 0,
            last: 0,
            now: [0.0; ROWS as usize],
            then: [0.0; ROWS as usize],
            pairs: 0,
            until: None,
            rows: 0,
        }
    }
}

impl Detector for Resumed {
    #[inline(always)]
    fn update(&mut self, seen: &Observation<'_>, scores: &mut RowScores) {
        let Some((loss, step)) = seen.loss().zip(seen.context.row.step) else { return };
        self.follow(step);
        self.until = self.until.filter(|&until| step <= until);
        if self.until.is_some() {
            self.compare(step, loss, seen.context.progress.loss.spread, scores);
        }
        let slot = self.count as usize % KEPT;
        (self.steps[slot], self.losses[slot]) = (step, loss);
        self.count += 1;
    }

    fn evidence(&self, rule: Rule, _: &Context<'_>) -> Option<Evidence> {
        let compared = Evidence::compared(rule, median(self.now), median(self.then));
        (rule == Rule::ResumedWorse).then_some(Evidence { length: ROWS, ..compared })
    }
}

impl Resumed {
    fn follow(&mut self, step: i64) {
        if self.count == 0 {
            self.first = step;
        } else if step < self.last {
            self.until = (step > self.first).then_some(self.last);
            (self.rows, self.pairs) = (self.count, 0);
        }
        self.last = step;
    }

    fn compare(&mut self, step: i64, loss: f64, spread: f64, scores: &mut RowScores) {
        let Some(before) = self.loss_of(step) else { return };
        let slot = self.pairs as usize % ROWS as usize;
        (self.now[slot], self.then[slot]) = (loss, before);
        self.pairs += 1;
        if self.pairs < ROWS {
            return;
        }
        self.until = None;
        let (now, then) = (median(self.now), median(self.then));
        let z = (now - then) / (MEDIAN * spread * (2.0 / ROWS as f64).sqrt());
        if z > CLEAR && now > TIMES * then {
            scores.set(Rule::ResumedWorse, z, z / CLEAR);
        }
    }

    /// The newest kept loss of a step, of the rows before the step back.
    fn loss_of(&self, step: i64) -> Option<f64> {
        let kept = self.count.saturating_sub(KEPT as u64)..self.rows.min(self.count);
        let mut slots = kept.rev().map(|row| row as usize % KEPT);
        slots.find(|&at| self.steps[at] == step).map(|at| self.losses[at])
    }
}

fn median(mut values: [f64; ROWS as usize]) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values[values.len() / 2]
}

fields!(Resumed { steps, losses, count, first, last, now, then, pairs, until, rows });
