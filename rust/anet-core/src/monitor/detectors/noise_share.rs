//! Gradients agree too well: the same data again and again, or gradients that pile up.

use crate::monitor::alarm::score_table::Score;
use crate::monitor::alarm::scores::Board;
use crate::monitor::baseline::adaptive_threshold::OwnLine;
use crate::monitor::detectors::band::{CAP, fall};
use crate::monitor::input::series::Blocks;
use crate::state::fields;

/// Score `noise_fall`.
#[derive(Debug, Clone, Copy)]
pub struct NoiseShare {
    line: OwnLine,
}

impl Default for NoiseShare {
    fn default() -> Self {
        Self { line: OwnLine::new(CAP) }
    }
}

impl NoiseShare {
    pub(crate) fn update(&mut self, blocks: &Blocks, board: &mut Board) {
        fall(Score::NoiseFall, &blocks.noise_8, &mut self.line, board);
    }
}

fields!(NoiseShare { line });
