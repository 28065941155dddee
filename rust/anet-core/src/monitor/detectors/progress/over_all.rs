//! Most of the newest losses are far above every loss before: a run without a gradient norm that diverges early.

use crate::monitor::rules::{RowScores, Rule};
use crate::state::fields;

use crate::monitor::detectors::{Context, Detector, Evidence, Observation};

/// Over the highest loss that is at least 8 rows old.
const TIMES: f64 = 1.5;
/// Of the newest 8 losses.
const MOST: usize = 6;
/// Losses that a run must have had before: the first ones of a warm-up of the rate go where they like.
const FIRST: u64 = 24;
/// The smoothed loss of 8 rows ago must not have risen above the start by more: else it was rising all the time.
const STEADY: f64 = 1.1;

/// Rule `over_all`: once in a segment.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct OverAll {
    fired: bool,
}

impl Detector for OverAll {
    #[inline(always)]
    fn update(&mut self, seen: &Observation<'_>, scores: &mut RowScores) {
        let Some(progress) = seen.new_loss().filter(|_| !self.fired) else { return };
        let limit = TIMES * progress.highest;
        if !progress.has_been_negative()
            && progress.start() > 0.0
            && progress.rows > FIRST
            && progress.newest_above(limit) >= MOST
            && progress.earlier <= STEADY * progress.start()
        {
            self.fired = true;
            scores.set(Rule::OverAll, progress.mean / progress.highest, (progress.mean / limit).max(1.0));
        }
    }

    fn evidence(&self, rule: Rule, context: &Context<'_>) -> Option<Evidence> {
        let loss = &context.progress.loss;
        (rule == Rule::OverAll).then(|| Evidence::compared(rule, loss.mean, loss.highest))
    }
}

fields!(OverAll { fired });
