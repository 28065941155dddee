//! Half of what was learned is lost, in the rows in which no baseline is full yet.

use std::ops::Range;

use crate::monitor::rules::{RowScores, Rule};
use crate::state::fields;

use crate::monitor::detectors::{Context, Detector, Evidence, Observation};

/// Rows of the segment in which `early_rise` may fire: after them the block means judge.
const RISE: Range<u64> = 16..232;
/// The same for `early_burst`.
const BURST: Range<u64> = 24..232;
/// Of the newest 8 losses: so many must have lost half of the progress.
const MOST: usize = 6;
/// Standard deviations that must be lost. With 2 instead of 3, losses of reinforcement learning ring (90 real logs and their
/// planted faults, 2026-11-30).
const RISE_SPREAD: f64 = 3.0;
/// The same where the gradient speaks too.
const BURST_SPREAD: f64 = 6.0;
/// The share of the start that must have been learned, for a rise that the loss alone tells.
const SHARE: f64 = 0.1;
/// The part of the progress that the moving average of 8 rows ago may have lost: losses of adversarial nets rise slowly.
const SUDDEN: f64 = 0.3;
/// The mean of 8 gradient norms over their usual.
const TIMES: f64 = 3.0;

/// Rules `early_rise` and `early_burst`: each once in a segment.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Early {
    risen: bool,
    burst: bool,
}

impl Detector for Early {
    #[inline(always)]
    fn update(&mut self, seen: &Observation<'_>, scores: &mut RowScores) {
        if seen.at >= RISE.end || seen.loss().is_none() {
            return;
        }
        if !self.risen && rises(seen) {
            self.risen = true;
            scores.set(Rule::EarlyRise, seen.context.progress.loss.departure, 1.0);
        }
        if !self.burst && bursts(seen) {
            self.burst = true;
            let gradient = &seen.context.progress.gradient;
            scores.set(Rule::EarlyBurst, gradient.mean / gradient.usual, 1.0);
        }
    }

    fn evidence(&self, rule: Rule, context: &Context<'_>) -> Option<Evidence> {
        let (loss, gradient) = (&context.progress.loss, &context.progress.gradient);
        match rule {
            Rule::EarlyRise => Some(Evidence::compared(rule, loss.mean, loss.best())),
            Rule::EarlyBurst => Some(Evidence::compared(rule, gradient.mean, gradient.usual)),
            _ => None,
        }
    }
}

fn rises(seen: &Observation<'_>) -> bool {
    let loss = &seen.context.progress.loss;
    let half = loss.learned() / 2.0;
    RISE.contains(&seen.at)
        && !loss.has_been_negative()
        && loss.start() > 0.0
        && loss.learned() >= SHARE * loss.start()
        && loss.newest_above(loss.best() + half) >= MOST
        && loss.mean - loss.best() >= half.max(RISE_SPREAD * loss.spread)
        && loss.earlier - loss.best() < SUDDEN * loss.learned()
        && loss.had_fallen()
}

fn bursts(seen: &Observation<'_>) -> bool {
    let (loss, gradient) = (&seen.context.progress.loss, &seen.context.progress.gradient);
    let half = loss.learned() / 2.0;
    BURST.contains(&seen.at)
        && seen.context.row.grad_norm.is_some()
        && half > 0.0
        && gradient.mean > TIMES * gradient.usual
        && loss.mean - loss.best() >= half.max(BURST_SPREAD * loss.spread)
}

fields!(Early { risen, burst });
