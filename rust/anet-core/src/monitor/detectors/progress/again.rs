//! A run that was disturbed before is disturbed again, higher or for longer: what calmed down once excuses no plateau.

use crate::monitor::alarm::Disturbance;
use crate::monitor::rules::{RowScores, Rule};
use crate::state::fields;

use crate::monitor::detectors::{Context, Detector, Evidence, Observation};

/// Losses above this many times the start count, or of a run that had learned and settled: losses of reinforcement and
/// adversarial learning seldom do either.
const OVER_START: f64 = 1.25;
/// How much higher the median of 32 must be, as a part of the rise that is remembered: bursts come and go.
const HIGHER: f64 = 0.25;
/// A loss stands high above half of that rise, and is down below a quarter.
const HIGH: f64 = 0.5;
const LOW: f64 = 0.25;
/// How many times as long, and rows that are never too long.
const LONGER: u64 = 4;
const FEW: u64 = 64;
/// Rings without a wait; each further one must wait twice as long as the one before.
const FREE: u32 = 2;

/// Rules `higher_again` and `longer_again`.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Again {
    /// Rows in a row, or nearly, in which the loss stands high.
    high: u64,
    /// Whether it has rung since the loss was down.
    rung: bool,
    rings: u32,
    wait: u64,
}

impl Detector for Again {
    #[inline(always)]
    fn update(&mut self, seen: &Observation<'_>, scores: &mut RowScores) {
        let Some(loss) = seen.new_loss() else { return };
        self.wait = self.wait.saturating_sub(1);
        let Some(known) = seen.context.history.largest() else { return };
        let risen = (loss.median - known.before) / known.rise();
        if risen < LOW {
            (self.high, self.rung) = (0, false);
        } else if risen >= HIGH {
            self.high += 1;
        }
        let over = loss.median > OVER_START * loss.start() || (loss.is_made() && loss.had_settled());
        let matters = over && !loss.has_been_negative();
        if !matters || self.rung || self.wait > 0 {
            return;
        }
        let level = (loss.level() - known.before) / known.rise();
        if level > 1.0 + HIGHER {
            self.ring(Rule::HigherAgain, level / (1.0 + HIGHER), scores);
        } else if self.high > longest(&known) {
            self.ring(Rule::LongerAgain, 1.0, scores);
        }
    }

    fn evidence(&self, rule: Rule, context: &Context<'_>) -> Option<Evidence> {
        let known = context.history.largest()?;
        let (median, level) = (context.progress.loss.median, context.progress.loss.level());
        match rule {
            Rule::HigherAgain => Some(Evidence::compared(rule, level, known.peak)),
            Rule::LongerAgain => {
                Some(Evidence { length: self.high, ..Evidence::compared(rule, median, known.before) })
            }
            _ => None,
        }
    }
}

impl Again {
    fn ring(&mut self, rule: Rule, ratio: f64, scores: &mut RowScores) {
        self.rung = true;
        self.rings += 1;
        let doublings = self.rings.saturating_sub(FREE).min(32);
        self.wait = if self.rings > FREE { FEW << doublings } else { 0 };
        scores.set(rule, ratio, ratio);
    }
}

fn longest(known: &Disturbance) -> u64 {
    FEW.max(LONGER.saturating_mul(known.rows))
}

fields!(Again { high, rung, rings, wait });
