//! What moved first: when each score began to stir, well before anything fires. It ranks causes; it never alarms.

use crate::monitor::alarm::score_table::Score;
use crate::state::fields;

/// Part of a line above which a score stirs.
const STIRS: f64 = 0.5;
/// Rows of rest that end a stirring.
const REST: u64 = 8;

/// A score that stirs, and the row in which it began to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stir {
    /// The score.
    pub score: Score,
    /// The row.
    pub began: u64,
}

/// For each score, its beginning and the last row in which it stirred; rows count from 1 here, 0 is never.
#[derive(Debug, Clone, Copy, Default)]
pub struct Stirring {
    began: [u64; Score::COUNT],
    last: [u64; Score::COUNT],
}

impl Stirring {
    /// Hears one score of this row.
    pub(crate) fn hear(&mut self, row: u64, score: Score, ratio: f64) {
        if ratio > STIRS {
            let now = row + 1;
            let at = score as usize;
            if self.last[at] == 0 || now.saturating_sub(self.last[at]) > REST + 1 {
                self.began[at] = now;
            }
            self.last[at] = now;
        }
    }

    /// The scores that stir in this row or have in the last eight, in the order in which they began.
    pub fn order(&self, row: u64) -> Vec<Stir> {
        let stirs = |score: &Score| {
            let last = self.last[*score as usize];
            last > 0 && (row + 1).saturating_sub(last) <= REST
        };
        let mut order: Vec<Stir> = Score::ALL
            .into_iter()
            .filter(stirs)
            .map(|score| Stir { score, began: self.began[score as usize].saturating_sub(1) })
            .collect();
        order.sort_by_key(|stir| stir.began);
        order
    }
}

impl Stirring {
    /// The row in which a score began to stir.
    pub(crate) fn since(&self, score: Score) -> u64 {
        self.began[score as usize].saturating_sub(1)
    }
}

fields!(Stirring { began, last });
