//! The gradient norm against its own level.

use crate::state::fields;

use super::{Ring, SortedRing};

/// The newest gradient norms, those before them, and those of the beginning.
#[derive(Debug, Clone, Copy)]
pub(crate) struct GradientLevel {
    newest: SortedRing<8>,
    before: SortedRing<64>,
    first: Ring<8>,
    recent: SortedRing<32>,
    rows: u64,
    /// Rows in a row in which it was exactly 0.
    pub zeros: u64,
    /// Mean of the newest 8.
    pub mean: f64,
    /// Upper median of the newest 8.
    pub median: f64,
    /// Upper median of the 64 before the newest 8; NaN before there are any.
    pub usual: f64,
    /// Upper median of the first 8; NaN before there are 8.
    pub start: f64,
}

impl Default for GradientLevel {
    fn default() -> Self {
        Self {
            newest: SortedRing::default(),
            before: SortedRing::default(),
            first: Ring::default(),
            recent: SortedRing::default(),
            rows: 0,
            zeros: 0,
            mean: f64::NAN,
            median: f64::NAN,
            usual: f64::NAN,
            start: f64::NAN,
        }
    }
}

impl GradientLevel {
    /// Takes a finite norm.
    pub(crate) fn push(&mut self, norm: f64) {
        self.zeros = if norm == 0.0 { self.zeros + 1 } else { 0 };
        if let Some(older) = self.newest.push(norm) {
            self.before.push(older);
        }
        self.recent.push(norm);
        self.rows += 1;
        if self.rows <= 8 {
            self.first.push(norm);
            self.start = if self.rows == 8 { self.first.median() } else { f64::NAN };
        }
        self.mean = self.newest.mean();
        self.median = self.newest.median();
        self.usual = self.before.median();
    }

    /// The upper median of the newest 32; NaN before there are any.
    pub(crate) fn level(&self) -> f64 {
        self.recent.median()
    }
}

fields!(GradientLevel { newest, before, first, recent, rows, zeros, mean, median, usual, start });
