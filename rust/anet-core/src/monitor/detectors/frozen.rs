//! The same value again and again. A run that repeats by itself, as a coarse log does, raises its own line.

use crate::monitor::alarm::score_table::Score;
use crate::monitor::alarm::scores::Board;
use crate::monitor::input::signal::Row;
use crate::state::fields;

/// Repeats that are always healthy.
const FEW: f64 = 5.0;

/// Scores `frozen_loss`, `frozen_grad` and `frozen_step`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Frozen {
    /// Repeats of the loss; an exact zero is a healthy hinge loss and never a repeat.
    pub loss: Repeats,
    /// Repeats of the gradient norm, zero included unless the loss is exactly zero too.
    pub grad: Repeats,
    /// Zero updates while rate and gradient are not zero.
    pub step: Repeats,
}

impl Frozen {
    pub(crate) fn update(&mut self, row: &Row, board: &mut Board) {
        let positive = |value: Option<f64>| value.is_none_or(|value| value.is_finite() && value > 0.0);
        let moving = positive(row.grad_norm) && positive(row.lr);
        self.loss.see(row.loss, |loss, last| loss != 0.0 && last == Some(loss), Score::FrozenLoss, board);
        // Where loss and gradient are both exactly zero, a hinge loss has nothing left to learn.
        let fits = row.loss == Some(0.0);
        let same = |norm, last| last == Some(norm) && !(fits && norm == 0.0);
        self.grad.see(row.grad_norm, same, Score::FrozenGrad, board);
        self.step.see(row.step_norm, |norm, _| norm == 0.0 && moving, Score::FrozenStep, board);
    }

    /// A new segment: runs under way count as finished.
    pub(crate) fn restart(&mut self) {
        self.loss.end();
        self.grad.end();
        self.step.end();
    }
}

/// The run of repeats under way and the longest finished one of the monitor's life.
#[derive(Debug, Clone, Copy, Default)]
pub struct Repeats {
    last: Option<f64>,
    /// Length of the run under way.
    pub run: u64,
    /// Length of the longest finished run.
    pub longest: u64,
}

impl Repeats {
    fn see(
        &mut self,
        value: Option<f64>,
        same: impl Fn(f64, Option<f64>) -> bool,
        score: Score,
        board: &mut Board,
    ) {
        let Some(value) = value else { return };
        if value.is_finite() && same(value, self.last) {
            self.run += 1;
        } else {
            self.end();
        }
        self.last = Some(value).filter(|value| value.is_finite());
        let run = self.run as f64;
        board.set(score, run, run / (FEW + 2.0 * self.longest as f64));
    }

    fn end(&mut self) {
        self.longest = self.longest.max(self.run);
        self.run = 0;
        self.last = None;
    }
}

fields!(Frozen { loss, grad, step });

fields!(Repeats { last, run, longest });
