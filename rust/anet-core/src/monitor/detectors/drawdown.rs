//! The loss has lost what it had won: its mean of 32 is e² times the best of this segment.

use crate::monitor::alarm::score_table::Score;
use crate::monitor::alarm::scores::Board;
use crate::monitor::baseline::tail_correction;
use crate::monitor::input::series::Blocks;
use crate::state::fields;

/// In logarithms: 7.4 times the best.
const LINE: f64 = 2.0;

/// Score `drawdown`.
#[derive(Debug, Clone, Copy)]
pub struct Drawdown {
    /// The least mean of 32 so far, compressed.
    pub best: f64,
}

impl Default for Drawdown {
    fn default() -> Self {
        Self { best: f64::INFINITY }
    }
}

impl Drawdown {
    pub(crate) fn update(&mut self, blocks: &Blocks, board: &mut Board) {
        if let Some(block) = blocks.loss_32 {
            self.best = self.best.min(block.mean);
            let raw = block.mean - self.best;
            board.set(Score::Drawdown, raw, raw / LINE);
            board.warn(Score::Drawdown, tail_correction::of_best(self.best));
        }
    }
}

fields!(Drawdown { best });
