//! The optimizer moves more, or less, than its rate explains. It often leads the loss.

use crate::monitor::alarm::score_table::Score;
use crate::monitor::alarm::scores::Board;
use crate::monitor::baseline::adaptive_threshold::OwnLine;
use crate::monitor::detectors::band::{CAP, fall, rise};
use crate::monitor::input::series::Blocks;
use crate::state::fields;

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

fields!(UpdateSize { up, down });
