//! Gradients agree too well: the same data again and again, or gradients that pile up.

use crate::error::Result;

use super::board::Board;
use super::fields::{Fields, Io};
use super::level::{CAP, fall};
use super::own_line::OwnLine;
use super::score::Score;
use super::series::Blocks;

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

impl Fields for NoiseShare {
    fn fields(&mut self, io: &mut impl Io) -> Result<()> {
        self.line.fields(io)
    }
}
