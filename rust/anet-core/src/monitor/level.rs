//! The mean of 32 steps has left its band upward.

use crate::error::Result;

use super::board::Board;
use super::fields::{Fields, Io};
use super::own_line::OwnLine;
use super::score::Score;
use super::series::Blocks;

/// The least line of a z: four standard deviations.
pub(super) const CAP: f64 = 4.0;

/// Scores `level_loss` and `level_grad`.
#[derive(Debug, Clone, Copy)]
pub struct Level {
    loss: OwnLine,
    grad: OwnLine,
}

impl Default for Level {
    fn default() -> Self {
        Self { loss: OwnLine::new(CAP), grad: OwnLine::new(CAP) }
    }
}

impl Level {
    pub(crate) fn update(&mut self, blocks: &Blocks, board: &mut Board) {
        if let Some(z) = blocks.loss_32.and_then(|block| block.z) {
            board.set(Score::LevelLoss, z, self.loss.score(z));
        }
        if let Some(z) = blocks.grad_32.and_then(|block| block.z) {
            board.set(Score::LevelGrad, z, self.grad.score(z));
        }
    }
}

impl Fields for Level {
    fn fields(&mut self, io: &mut impl Io) -> Result<()> {
        self.loss.fields(io)?;
        self.grad.fields(io)
    }
}
