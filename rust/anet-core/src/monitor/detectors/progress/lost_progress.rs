//! A run has lost what it had learned: it is worse than at its beginning, or has given back all of it and stays there.

use crate::monitor::progress::LossProgress;
use crate::monitor::rules::{RowScores, Rule};
use crate::state::fields;

use crate::monitor::detectors::{Context, Detector, Evidence, Observation};

/// What the mean of 8 losses must exceed, over the start. At 1.0 losses of adversarial nets ring (90 real logs, 2026-11-30).
const TIMES: f64 = 1.25;
/// Of the newest 8 losses: so many must be above the start, since a mean alone rings on single bursts.
const MOST: usize = 6;
/// Standard deviations that the progress must have.
const CLEAR: f64 = 2.0;
/// Rows with less than half of the progress lost, after which the rule may fire again.
const REARMED: u64 = 32;

/// Rows for which a run must have given back all that it had learned.
pub(crate) const GIVEN_BACK: u64 = 64;

/// Rules `over_start`, and `gave_back` as long as it lasts.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct LostProgress {
    fired: bool,
    low: u64,
}

impl Detector for LostProgress {
    #[inline(always)]
    fn update(&mut self, seen: &Observation<'_>, scores: &mut RowScores) {
        let Some(loss) = seen.new_loss() else { return };
        if self.is_over_start(loss) {
            scores.set(Rule::OverStart, loss.mean / loss.start(), loss.mean / (TIMES * loss.start()));
        }
        let rows = loss.clearly_given_back();
        if rows >= GIVEN_BACK {
            scores.set(Rule::GaveBack, rows as f64, rows as f64 / GIVEN_BACK as f64);
        }
    }

    fn evidence(&self, rule: Rule, context: &Context<'_>) -> Option<Evidence> {
        let loss = &context.progress.loss;
        let of_best = Evidence::compared(rule, loss.smoothed(), loss.best());
        match rule {
            Rule::OverStart => Some(Evidence::compared(rule, loss.mean, loss.start())),
            Rule::GaveBack => Some(Evidence { length: loss.clearly_given_back(), ..of_best }),
            _ => None,
        }
    }
}

impl LostProgress {
    /// Whether it is, for the first time since the run was well.
    fn is_over_start(&mut self, loss: &LossProgress) -> bool {
        if self.fired {
            self.low += u64::from(loss.mean < loss.best() + loss.learned() / 2.0);
            self.fired = self.low < REARMED;
            return false;
        }
        self.fired = loss.is_made()
            && loss.mean >= TIMES * loss.start()
            && loss.learned() >= CLEAR * loss.spread
            && loss.newest_above(loss.start()) >= MOST
            && loss.had_settled();
        self.low = 0;
        self.fired
    }
}

fields!(LostProgress { fired, low });
