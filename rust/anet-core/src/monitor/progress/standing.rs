//! Where a loss stood between its best and its start, row by row.

use crate::state::fields;

/// A departure below half of the progress counts as low.
const LOW: f64 = 0.5;
/// The newest rows, which are what is judged by those before.
const NEWEST: u64 = 8;
/// Rows with progress that say something.
const FEWEST: u32 = 16;

/// For the newest 128 losses, whether progress had been made, and whether the departure from the best was low: bit i speaks
/// of the loss i rows ago.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Standing {
    progress: u128,
    low: u128,
}

impl Standing {
    /// Takes a row.
    pub(super) fn push(&mut self, is_made: bool, departure: f64) {
        self.progress = self.progress << 1 | u128::from(is_made);
        self.low = self.low << 1 | u128::from(departure < LOW);
    }

    /// Whether progress was made 16 rows ago already.
    pub(super) fn was_made(&self) -> bool {
        self.progress >> 16 & 1 == 1
    }

    /// Whether four of five of the 65 rows with progress before the newest 8, at least 16 of them, were low.
    pub(super) fn had_settled(&self) -> bool {
        let window = self.progress & before_newest(65);
        let (rows, low) = (window.count_ones(), (self.low & window).count_ones());
        rows >= FEWEST && 5 * low >= 4 * rows
    }

    /// Whether four of five of the 64 rows before the newest 8, at least 8 of them, were low.
    pub(super) fn had_fallen(&self, rows: u64) -> bool {
        let rows = rows.saturating_sub(NEWEST).min(64);
        let low = u64::from((self.low & before_newest(64)).count_ones());
        rows >= 8 && 5 * low >= 4 * rows
    }
}

/// The bits of as many rows before the newest 8.
const fn before_newest(rows: u32) -> u128 {
    ((1 << rows) - 1) << NEWEST
}

fields!(Standing { progress, low });
