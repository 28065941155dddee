//! The loss falls faster than it ever learned: a leak, one batch for ever, targets gone, a flipped sign.

use crate::monitor::progress::Ring;
use crate::monitor::rules::{RowScores, Rule};
use crate::state::fields;

use crate::monitor::detectors::{Context, Detector, Evidence, Observation};

/// Below this share of its start the loss is linear instead of logarithmic: there nothing is material.
const LINEAR: f64 = 0.02;
/// A fall by this much, in logarithms, is material: 40 %. With 0.4 a border of epochs rings (90 real logs, 2026-11-30).
const MATERIAL: f64 = 0.5;
/// How many times the largest fall that the run has shown.
const TIMES: f64 = 2.0;
/// Standard deviations that the fall must have.
const CLEAR: f64 = 3.0;
/// Losses after which a fall may ring; its history begins with row 16.
const FIRST: u64 = 152;
const HISTORY: u64 = 16;

/// Rule `collapse`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Collapse {
    /// The newest 80 falls, which are too young to be compared with.
    young: Ring<80>,
    largest: f64,
    /// The lowest level so far: a loss that comes back to it recovers.
    lowest: f64,
    falling: bool,
}

impl Default for Collapse {
    fn default() -> Self {
        Self { young: Ring::default(), largest: 0.0, lowest: f64::INFINITY, falling: false }
    }
}

impl Detector for Collapse {
    #[inline(always)]
    fn update(&mut self, seen: &Observation<'_>, scores: &mut RowScores) {
        let Some(loss) = seen.new_loss().filter(|loss| loss.rows >= HISTORY) else { return };
        let compressed = |value: f64| (value / (LINEAR * loss.start().abs()).max(f64::MIN_POSITIVE)).asinh();
        let fall = compressed(loss.usual_earlier) - compressed(loss.median);
        self.lowest = self.lowest.min(loss.usual_earlier);
        if let Some(old) = self.young.push(fall) {
            self.largest = self.largest.max(old);
        }
        let limit = MATERIAL.max(TIMES * self.largest);
        let below = || compressed(self.lowest) - compressed(loss.median);
        let falls = fall > limit
            && below() > MATERIAL / 2.0
            && loss.rows >= FIRST
            && loss.usual_earlier - loss.median >= CLEAR * loss.spread
            && loss.was_made();
        if falls && !self.falling {
            scores.set(Rule::Collapse, fall, fall / limit);
        }
        self.falling = falls || (self.falling && fall >= MATERIAL / 2.0);
    }

    fn evidence(&self, rule: Rule, context: &Context<'_>) -> Option<Evidence> {
        let loss = &context.progress.loss;
        (rule == Rule::Collapse).then(|| Evidence::compared(rule, loss.median, loss.usual_earlier))
    }
}

fields!(Collapse { young, largest, lowest, falling });
