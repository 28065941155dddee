//! The same value again and again. A run that repeats by itself, as a coarse log does, raises its own threshold.

use crate::monitor::rules::{RowScores, Rule};
use crate::state::fields;

use super::{Context, Detector, Evidence, Observation};

/// Repeats that are healthy in every run (first study, 2026-11-24).
const FEW: f64 = 5.0;

/// Rules `frozen_loss`, `frozen_grad` and `frozen_step`.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Frozen {
    /// Repeats of the loss; an exact zero is a healthy hinge loss and never a repeat.
    loss: Repeats,
    /// Repeats of the gradient norm, zero included unless the loss is exactly zero too.
    grad: Repeats,
    /// Zero updates while rate and gradient are not zero.
    step: Repeats,
}

impl Detector for Frozen {
    #[inline(always)]
    fn update(&mut self, seen: &Observation<'_>, scores: &mut RowScores) {
        let row = seen.context.row;
        let positive = |value: Option<f64>| value.is_none_or(|value| value.is_finite() && value > 0.0);
        let moving = positive(row.grad_norm) && positive(row.lr);
        self.loss.push(row.loss, |loss, last| loss != 0.0 && last == Some(loss), Rule::FrozenLoss, scores);
        // Where loss and gradient are both exactly zero, a hinge loss has nothing left to learn.
        let fits = row.loss == Some(0.0);
        let same = |norm, last| last == Some(norm) && !(fits && norm == 0.0);
        self.grad.push(row.grad_norm, same, Rule::FrozenGrad, scores);
        self.step.push(row.step_norm, |norm, _| norm == 0.0 && moving, Rule::FrozenStep, scores);
    }

    fn evidence(&self, rule: Rule, context: &Context<'_>) -> Option<Evidence> {
        let repeats = match rule {
            Rule::FrozenLoss => self.loss,
            Rule::FrozenGrad => self.grad,
            Rule::FrozenStep => self.step,
            _ => return None,
        };
        Some(Evidence::repeated(rule, context.given(rule), repeats.run))
    }

    /// Runs under way count as finished; the longest one lives as long as the monitor.
    fn restart(&mut self) {
        self.loss.end();
        self.grad.end();
        self.step.end();
    }
}

/// The run of repeats under way and the longest finished one of the monitor's life.
#[derive(Debug, Clone, Copy, Default)]
struct Repeats {
    last: Option<f64>,
    /// Length of the run under way.
    run: u64,
    /// Length of the longest finished run.
    longest: u64,
}

impl Repeats {
    fn push(
        &mut self,
        value: Option<f64>,
        same: impl Fn(f64, Option<f64>) -> bool,
        rule: Rule,
        scores: &mut RowScores,
    ) {
        let Some(value) = value else { return };
        if value.is_finite() && same(value, self.last) {
            self.run += 1;
        } else {
            self.end();
        }
        self.last = Some(value).filter(|value| value.is_finite());
        let run = self.run as f64;
        scores.set(rule, run, run / (FEW + 2.0 * self.longest as f64));
    }

    fn end(&mut self) {
        self.longest = self.longest.max(self.run);
        self.run = 0;
        self.last = None;
    }
}

fields!(Frozen { loss, grad, step });

fields!(Repeats { last, run, longest });
