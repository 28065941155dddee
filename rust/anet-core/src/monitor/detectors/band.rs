//! The mean of 32 steps has left its band upward.

use crate::monitor::alarm::score_table::Score;
use crate::monitor::alarm::scores::Board;
use crate::monitor::baseline::adaptive_threshold::OwnLine;
use crate::monitor::baseline::baseline::Block;
use crate::monitor::input::series::Blocks;
use crate::state::fields;

/// The least line of a z: four standard deviations.
pub(crate) const CAP: f64 = 4.0;

/// Enters a z that is strange when it is high.
pub(crate) fn rise(score: Score, block: &Option<Block>, line: &mut OwnLine, board: &mut Board) {
    if let Some((block, z)) = block.as_ref().and_then(|block| Some((block, block.z?))) {
        let value = line.score(z);
        board.set_z(score, z, value, line, block.highest);
    }
}

/// Enters a z that is strange when it is low, with its sign turned.
pub(crate) fn fall(score: Score, block: &Option<Block>, line: &mut OwnLine, board: &mut Board) {
    if let Some((block, z)) = block.as_ref().and_then(|block| Some((block, -block.z?))) {
        let value = line.score(z);
        board.set_z(score, z, value, line, block.lowest);
    }
}

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
        for (score, block, line) in [
            (Score::LevelLoss, &blocks.loss_32, &mut self.loss),
            (Score::LevelGrad, &blocks.grad_32, &mut self.grad),
        ] {
            rise(score, block, line, board);
        }
    }
}

fields!(Level { loss, grad });
