//! A rise too small for any single step, kept up: a one-sided cumulative sum of clipped z (Page 1954).

use crate::monitor::alarm::score_table::Score;
use crate::monitor::alarm::scores::Board;
use crate::monitor::baseline::adaptive_threshold::OwnLine;
use crate::monitor::baseline::baseline::Block;
use crate::monitor::baseline::tail_correction;
use crate::monitor::input::series::Blocks;
use crate::state::fields;

/// One outlier counts at most as four ordinary deviations, one lucky step takes back at most three.
const CLIP: (f64, f64) = (-3.0, 4.0);
/// What a step must exceed to add to the sum.
const DRIFT: f64 = 1.0;
/// Two half-dependent z, added, have about this spread.
const BOTH: f64 = 1.6;
/// The least line of a cumulative sum.
const CAP: f64 = 10.0;

/// Scores `drift_loss` and `drift_both`.
#[derive(Debug, Clone, Copy)]
pub struct Drift {
    /// The sum of the loss alone.
    pub loss: Sum,
    /// The sum of loss and gradient norm together.
    pub both: Sum,
}

impl Default for Drift {
    fn default() -> Self {
        Self { loss: Sum::new(), both: Sum::new() }
    }
}

/// How the values of loss and gradient norm hang together, from 0 to below 1.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Persistence {
    pub loss: f64,
    pub grad: f64,
}

impl Drift {
    pub(crate) fn update(&mut self, blocks: &Blocks, persistence: Persistence, board: &mut Board) {
        let clipped = |block: &Option<Block>| Some(block.as_ref()?.z?.clamp(CLIP.0, CLIP.1));
        let loss = clipped(&blocks.loss);
        let both = loss.zip(clipped(&blocks.grad)).map(|(loss, grad)| (loss + grad) / BOTH);
        let above = blocks.loss.map_or(0.0, |block| block.above);
        self.loss.update(loss, above, Score::DriftLoss, board);
        self.both.update(both, above, Score::DriftBoth, board);
        let stickier = persistence.loss.max(persistence.grad);
        board.warn(
            Score::DriftLoss,
            tail_correction::of_persistence(persistence.loss, CAP, self.loss.line.line()),
        );
        board.warn(Score::DriftBoth, tail_correction::of_persistence(stickier, CAP, self.both.line.line()));
    }
}

/// max(0, sum + z - 1), from 0 on, and for how long it has been above 0.
#[derive(Debug, Clone, Copy)]
pub struct Sum {
    sum: f64,
    /// Values since the sum was 0.
    pub length: u64,
    above: f64,
    line: OwnLine,
}

impl Sum {
    fn new() -> Self {
        Self { sum: 0.0, length: 0, above: 0.0, line: OwnLine::new(CAP) }
    }

    /// How far above its median the loss has been since the sum was 0, on average and in logarithms.
    pub fn excess(&self) -> f64 {
        self.above / self.length.max(1) as f64
    }

    fn update(&mut self, z: Option<f64>, above: f64, score: Score, board: &mut Board) {
        let Some(z) = z else { return };
        self.sum = (self.sum + z - DRIFT).max(0.0);
        (self.length, self.above) =
            if self.sum > 0.0 { (self.length + 1, self.above + above) } else { (0, 0.0) };
        board.set(score, self.sum, self.line.score(self.sum));
    }
}

fields!(Drift { loss, both });

fields!(Sum { sum, length, above, line });
