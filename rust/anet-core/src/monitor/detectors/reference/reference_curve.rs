//! The first 256 rows of a run, as means of 8 rows: what a reference is made of, and what is compared with one.

use crate::error::{Result, StateError};

use crate::monitor::input::Row;
use crate::state::fields;

/// Rows that a curve covers: until a run's own baselines are full.
const ROWS: usize = 256;
/// Rows of one block mean.
pub(crate) const BLOCK: usize = 8;
pub(crate) const BLOCKS: usize = ROWS / BLOCK;
/// Loss, gradient norm, update per unit of rate, learning rate.
pub(crate) const TRACKS: usize = 4;

/// Block means of the first rows of a run, by track; NaN where a block had no value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ReferenceCurve {
    means: [[f64; BLOCKS]; TRACKS],
    sums: [f64; TRACKS],
    counts: [u64; TRACKS],
    /// Rows seen, up to 256.
    rows: u64,
}

impl Default for ReferenceCurve {
    fn default() -> Self {
        Self { means: [[f64::NAN; BLOCKS]; TRACKS], sums: [0.0; TRACKS], counts: [0; TRACKS], rows: 0 }
    }
}

impl ReferenceCurve {
    /// A forged state may hold more rows than a curve has.
    fn check(&mut self) -> Result<()> {
        if self.rows <= ROWS as u64 { Ok(()) } else { Err(StateError::Field { name: "rows" }.into()) }
    }

    /// Takes a row; after 256 it changes no more.
    pub(crate) fn push(&mut self, row: &Row) {
        if self.rows >= ROWS as u64 {
            return;
        }
        for (track, value) in tracks(row).into_iter().enumerate() {
            if let Some(value) = value {
                self.sums[track] += value;
                self.counts[track] += 1;
            }
        }
        self.rows += 1;
        if let Some(block) = self.completed() {
            self.close(block);
        }
    }

    fn close(&mut self, block: usize) {
        for track in 0..TRACKS {
            if self.counts[track] > 0 {
                self.means[track][block] = self.sums[track] / self.counts[track] as f64;
            }
        }
        (self.sums, self.counts) = ([0.0; TRACKS], [0; TRACKS]);
    }

    /// Rows seen, up to 256.
    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    /// The newest complete block.
    pub(crate) fn newest(&self) -> Option<usize> {
        (self.rows as usize / BLOCK).checked_sub(1)
    }

    /// The block that the newest row has completed.
    pub(crate) fn completed(&self) -> Option<usize> {
        self.newest().filter(|_| self.rows.is_multiple_of(BLOCK as u64))
    }

    /// The mean of a block, where it has one.
    pub(crate) fn mean(&self, track: usize, block: usize) -> Option<f64> {
        self.means[track].get(block).copied().filter(|mean| mean.is_finite())
    }

    /// All means of a track, with their blocks.
    pub(crate) fn track(&self, track: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.means[track].iter().copied().enumerate().filter(|(_, mean)| mean.is_finite())
    }
}

/// The values of a row that a curve averages: finite ones only, cut so that no sum overflows.
fn tracks(row: &Row) -> [Option<f64>; TRACKS] {
    let finite = |value: Option<f64>| value.filter(|value| value.is_finite());
    let positive = |value: Option<f64>| finite(value).filter(|&value| value > 0.0);
    let update = positive(row.step_norm).zip(positive(row.lr)).map(|(step, lr)| step.ln() - lr.ln());
    [finite(row.loss), finite(row.grad_norm), update, finite(row.lr)]
        .map(|value| value.map(|value| value.clamp(-1e300, 1e300)))
}

fields!(ReferenceCurve { means, sums, counts, rows } then check);
