//! A rate well above all before, or lost in a single step. No statistics: schedules are known to be smooth.

use std::f64::consts::LN_10;

use crate::monitor::alarm::score_table::Score;
use crate::monitor::alarm::scores::Board;
use crate::state::fields;

/// ln 1.5: half as much again as the largest rate so far.
const JUMP: f64 = 0.405_465_108_108_164_4;
/// ln 30: a decay by ten is healthy.
const DROP: f64 = 3.401_197_381_662_155_5;
/// The tail of a cosine, below 2 % of the largest rate, may end as it likes.
const TAIL: f64 = 0.02;
/// A rate of zero counts as a fall by 10^12.
const DEEPEST: f64 = 12.0 * LN_10;

/// Scores `lr_jump` and `lr_drop`. Lives as long as the monitor.
#[derive(Debug, Clone, Copy)]
pub struct LearningRate {
    seen: bool,
    /// The largest rate before the last row that had one.
    pub largest_before: f64,
    /// The rate before the last one.
    pub before: f64,
    largest: f64,
    last: f64,
}

impl Default for LearningRate {
    fn default() -> Self {
        let none = f64::NEG_INFINITY;
        Self { seen: false, largest_before: none, before: none, largest: none, last: none }
    }
}

impl LearningRate {
    pub(crate) fn update(&mut self, rate: Option<f64>, board: &mut Board) {
        let Some(rate) = rate.filter(|rate| rate.is_finite()) else { return };
        if self.seen {
            let (jump, drop) = (self.jump(rate), self.drop(rate));
            board.set(Score::LrJump, jump, jump / JUMP);
            board.set(Score::LrDrop, drop, drop / DROP);
        }
        self.seen = true;
        (self.before, self.largest_before) = (self.last, self.largest);
        self.last = rate;
        self.largest = self.largest.max(rate);
    }

    fn jump(&self, rate: f64) -> f64 {
        if self.largest > 0.0 && rate > self.largest { rate.ln() - self.largest.ln() } else { 0.0 }
    }

    fn drop(&self, rate: f64) -> f64 {
        if self.last <= 0.0 || self.last <= TAIL * self.largest || rate >= self.last {
            0.0
        } else if rate <= 0.0 {
            DEEPEST
        } else {
            (self.last.ln() - rate.ln()).min(DEEPEST)
        }
    }
}

fields!(LearningRate { seen, largest_before, before, largest, last });
