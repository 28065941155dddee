//! One bad step. Silent while the loss is near zero, where bursts are healthy.

use crate::monitor::alarm::score_table::Score;
use crate::monitor::alarm::scores::Board;
use crate::monitor::baseline::adaptive_threshold::OwnLine;
use crate::monitor::detectors::band::CAP;
use crate::monitor::input::series::Blocks;
use crate::state::fields;

/// asinh(2.5): a loss of 5 % of its scale.
const NEAR_ZERO: f64 = 1.647_231_146_371_095_7;

/// Whether a single step may ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// It may.
    Open,
    /// The loss is near zero, or not yet known well enough.
    Shut,
}

impl Gate {
    /// Always open where no loss was ever given; else open while the median of the loss is above 5 % of its scale.
    pub fn of(loss_was_given: bool, median: Option<f64>) -> Self {
        if loss_was_given && median.is_none_or(|median| median <= NEAR_ZERO) {
            Self::Shut
        } else {
            Self::Open
        }
    }
}

/// Scores `jump_loss` and `jump_grad`.
#[derive(Debug, Clone, Copy)]
pub struct Jump {
    loss: OwnLine,
    grad: OwnLine,
}

impl Default for Jump {
    fn default() -> Self {
        Self { loss: OwnLine::new(CAP), grad: OwnLine::new(CAP) }
    }
}

impl Jump {
    pub(crate) fn update(&mut self, blocks: &Blocks, gate: Gate, board: &mut Board) {
        for (score, block, line) in
            [(Score::JumpLoss, &blocks.loss, &mut self.loss), (Score::JumpGrad, &blocks.grad, &mut self.grad)]
        {
            if let Some((block, z)) = block.as_ref().and_then(|block| Some((block, block.z?))) {
                // The line learns while the gate is shut: what is healthy there is no news afterwards.
                let value = line.score(z);
                let value = if gate == Gate::Open { value } else { 0.0 };
                board.set_z(score, z, value, line, block.highest);
            }
        }
    }
}

fields!(Jump { loss, grad });
