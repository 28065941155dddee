//! What a run has learned so far: its loss against its own beginning and best, its gradient against its own level.
//!
//! Rules that need no baseline of 64 rows stand on it, from about row 16 on, and it tells how much a departure matters. It
//! lives as long as its segment: only an announced change starts it anew.

mod gradient_level;
mod loss_progress;
mod movement;
mod ring;
mod sorted_ring;
mod standing;
mod steps;

pub(crate) use gradient_level::GradientLevel;
pub(crate) use loss_progress::LossProgress;
pub(crate) use movement::Movement;
pub(crate) use ring::Ring;
pub(crate) use sorted_ring::SortedRing;
pub(crate) use standing::Standing;
pub(crate) use steps::Steps;

use crate::monitor::input::Row;
use crate::state::fields;

/// What a segment has learned, by signal.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Progress {
    /// Of the loss.
    pub loss: LossProgress,
    /// Of the gradient norm.
    pub gradient: GradientLevel,
    /// When each signal last changed.
    pub movement: Movement,
    /// Whether steps are seen again.
    pub steps: Steps,
}

impl Progress {
    /// Takes a row; what is not finite is left out.
    pub(crate) fn push(&mut self, row: &Row) {
        let finite = |value: Option<f64>| value.filter(|value| value.is_finite());
        if let Some(loss) = finite(row.loss) {
            self.loss.push(loss);
        }
        if let Some(norm) = finite(row.grad_norm) {
            self.gradient.push(norm);
        }
        self.movement.push(row);
        self.steps.push(row.step);
    }
}

fields!(Progress { loss, gradient, movement, steps });
