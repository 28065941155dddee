//! After a step back the same steps are seen twice: the second time they should cost no more.

use crate::monitor::rules::{RowScores, Rule};
use crate::state::fields;

use crate::monitor::detectors::{Context, Detector, Evidence, Observation};

/// Steps that are kept: how far a run may go back and still be compared.
const KEPT: usize = 480;
/// Newest rows after the step back that are compared.
const ROWS: u64 = 16;
/// Standard deviations of the difference of two means of 16 medians, and the factor, that ring. Of 405 rewinds of recorded runs
/// none rang by itself (2026-11-30).
const CLEAR: f64 = 4.0;
const TIMES: f64 = 1.2;
/// The standard error of a median over that of a mean.
const MEDIAN: f64 = 1.25;

/// Rule `resumed_worse`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Resumed {
    /// Steps above the first, and losses as single precision has them: so twice as many are kept.
    steps: [u32; KEPT],
    losses: [u32; KEPT],
    count: u64,
    /// The newest losses since the step back, and those of the same steps before it.
    now: [f64; ROWS as usize],
    then: [f64; ROWS as usize],
    pairs: u64,
    /// The rows before the newest step back, and which one it was.
    rows: u64,
    resumes: u64,
    /// Whether it has been told of this one.
    told: bool,
}

impl Default for Resumed {
    fn default() -> Self {
        let none = [0.0; ROWS as usize];
        let (steps, losses) = ([0; KEPT], [0; KEPT]);
        Self { steps, losses, count: 0, now: none, then: none, pairs: 0, rows: 0, resumes: 0, told: false }
    }
}

impl Detector for Resumed {
    #[inline(always)]
    fn update(&mut self, seen: &Observation<'_>, scores: &mut RowScores) {
        let Some((loss, step)) = seen.loss().zip(seen.context.row.step) else { return };
        let progress = seen.context.progress;
        // What does not fit is never found again.
        let step = progress.steps.above_first(step).unwrap_or(u32::MAX);
        if progress.steps.resumes() > self.resumes {
            (self.resumes, self.rows) = (progress.steps.resumes(), self.count);
            (self.pairs, self.told) = (0, false);
        }
        if progress.steps.seen_until().is_some() && !self.told {
            self.compare(step, loss, progress.loss.spread, scores);
        }
        let slot = self.count as usize % KEPT;
        (self.steps[slot], self.losses[slot]) = (step, (loss as f32).to_bits());
        self.count += 1;
    }

    fn evidence(&self, rule: Rule, _: &Context<'_>) -> Option<Evidence> {
        let compared = Evidence::compared(rule, median(self.now), median(self.then));
        (rule == Rule::ResumedWorse).then_some(Evidence { length: ROWS, ..compared })
    }
}

impl Resumed {
    fn compare(&mut self, step: u32, loss: f64, spread: f64, scores: &mut RowScores) {
        let Some(before) = self.loss_of(step) else { return };
        let slot = self.pairs as usize % ROWS as usize;
        (self.now[slot], self.then[slot]) = (loss, before);
        self.pairs += 1;
        if self.pairs < ROWS {
            return;
        }
        let (now, then) = (median(self.now), median(self.then));
        let z = (now - then) / (MEDIAN * spread * (2.0 / ROWS as f64).sqrt());
        if z > CLEAR && now > TIMES * then {
            self.told = true;
            scores.set(Rule::ResumedWorse, z, z / CLEAR);
        }
    }

    /// The newest kept loss of a step, of the rows before the step back.
    fn loss_of(&self, step: u32) -> Option<f64> {
        if step == u32::MAX {
            return None;
        }
        let kept = self.count.saturating_sub(KEPT as u64)..self.rows.min(self.count);
        let mut slots = kept.rev().map(|row| row as usize % KEPT);
        slots.find(|&at| self.steps[at] == step).map(|at| f32::from_bits(self.losses[at]).into())
    }
}

fn median(mut values: [f64; ROWS as usize]) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values[values.len() / 2]
}

fields!(Resumed { steps, losses, count, now, then, pairs, rows, resumes, told });
