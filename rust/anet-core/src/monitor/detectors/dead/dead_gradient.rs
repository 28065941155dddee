//! No gradient: exactly 0 in every row, or next to nothing from the first rows on.

use std::ops::Range;

use crate::monitor::progress::{GradientLevel, LossProgress};
use crate::monitor::rules::{RowScores, Rule};
use crate::state::fields;

use crate::monitor::detectors::{Context, Detector, Evidence, Observation};

/// Rows in a row with a gradient of exactly 0.
const ROWS: u64 = 8;
/// A loss this close to its best, as a share of what was learned, has nothing left to learn: a hinge at zero.
const AT_BEST: f64 = 0.05;
/// Rows of the segment in which `early_vanish` may fire.
const EARLY: Range<u64> = 16..232;
/// The part of the first gradients that is next to nothing.
const PART: f64 = 0.05;
/// The part of the loss at the start that must be left.
const LEFT: f64 = 0.8;

/// Rules `dead_gradient`, as long as it lasts, and `early_vanish`, once in a segment.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct DeadGradient {
    vanished: bool,
}

impl Detector for DeadGradient {
    #[inline(always)]
    fn update(&mut self, seen: &Observation<'_>, scores: &mut RowScores) {
        let Some(loss) = seen.new_loss().filter(|_| seen.context.row.grad_norm.is_some()) else { return };
        let gradient = &seen.context.progress.gradient;
        if is_dead(gradient, loss) {
            let zeros = gradient.zeros as f64;
            scores.set(Rule::DeadGradient, zeros, zeros / ROWS as f64);
        }
        let vanishes = gradient.median <= PART * gradient.start && loss.mean >= LEFT * loss.start();
        if vanishes && !self.vanished && EARLY.contains(&seen.at) {
            self.vanished = true;
            scores.set(Rule::EarlyVanish, gradient.median / gradient.start, 1.0);
        }
    }

    fn evidence(&self, rule: Rule, context: &Context<'_>) -> Option<Evidence> {
        let gradient = &context.progress.gradient;
        let zeros = Evidence { length: gradient.zeros, ..Evidence::of_value(rule, 0.0) };
        let usual = Some(gradient.usual).filter(|usual| *usual > 0.0);
        match rule {
            Rule::DeadGradient => Some(Evidence { expected: usual, ..zeros }),
            Rule::EarlyVanish => Some(Evidence::compared(rule, gradient.median, gradient.start)),
            _ => None,
        }
    }
}

/// Whether the gradient has been exactly 0 for 8 rows while there is something left to learn.
pub(crate) fn is_dead(gradient: &GradientLevel, loss: &LossProgress) -> bool {
    let learned = loss.is_made() && loss.mean <= loss.best() + AT_BEST * loss.learned();
    gradient.zeros >= ROWS && !learned
}

fields!(DeadGradient { vanished });
