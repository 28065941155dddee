//! When each signal last changed its value: a value that stands still says nothing while others move.

use crate::monitor::input::{Row, Signal};
use crate::state::fields;

/// Rows in which another signal must have moved.
const LATELY: u64 = 5;

/// For each signal, its last value and the row in which it last differed from the row before; rows count from 1.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Movement {
    rows: u64,
    last: [Option<f64>; 5],
    moved: [u64; 5],
}

impl Movement {
    /// Takes a row.
    pub(crate) fn push(&mut self, row: &Row) {
        self.rows += 1;
        for ((value, last), moved) in row.values().into_iter().zip(&mut self.last).zip(&mut self.moved) {
            if value.zip(*last).is_some_and(|(value, last)| value != last) {
                *moved = self.rows;
            }
            *last = value;
        }
    }

    /// Whether a signal other than this one moved in the newest rows.
    pub(crate) fn of_others(&self, signal: Signal) -> bool {
        let lately = |moved: u64| moved > 0 && self.rows - moved.min(self.rows) < LATELY;
        Signal::ALL.into_iter().any(|other| other != signal && lately(self.moved[other as usize]))
    }
}

fields!(Movement { rows, last, moved });
