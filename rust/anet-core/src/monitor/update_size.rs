//! The optimizer moves more, or less, than its rate explains. It often leads the loss.

use crate::error::Result;

use super::board::Board;
use super::fields::{Fields, Io};
use super::level::{CAP, fall, rise};
use super::own_line::OwnLine;
use super::score::Score;
use super::series::Blocks;

/// Scores `update_up` and `update_down`.
#[derive(Debug, Clone, Copy)]
pub struct UpdateSize {
    up: OwnLine,
    down: OwnLine,
}

impl Default for UpdateSize {
    fn default() -> Self {
        Self { up: OwnLine::new(CAP), down: OwnLine::new(CAP) }
    }
}

impl UpdateSize {
    pub(crate) fn update(&mut self, blocks: &Blocks, board: &mut Board) {
        rise(Score::UpdateUp, &blocks.update_8, &mut self.up, board);
        fall(Score::UpdateDown, &blocks.update_8, &mut self.down, board);
    }
}

impl Fields for UpdateSize {
    fn fields(&mut self, io: &mut impl Io) -> Result<()> {
        self.up.fields(io)?;
        self.down.fields(io)
    }
}
