//! Sums of the season's last errors.

use crate::error::{Result, StateError};
use crate::state::fields;

/// Samples whose errors are taken together.
pub(crate) const SPANS: [usize; 2] = [32, 128];
const KEPT: usize = SPANS[1];
/// Parts of a deviation: sums of whole numbers never drift.
const UNIT: f64 = (1 << 24) as f64;
/// An error lies within 6 on either side of a mean within 6.
const LARGEST: i32 = 12 << 24;

/// The last 128 errors, the newest at `newest`.
#[derive(Debug, Clone)]
pub(super) struct Errors {
    newest: u8,
    values: [i32; KEPT],
    sums: [i64; SPANS.len()],
}

impl Errors {
    /// None yet: as if all were 0.
    pub(super) fn new() -> Self {
        Self { newest: 0, values: [0; KEPT], sums: [0; SPANS.len()] }
    }

    /// Takes the next error.
    pub(super) fn push(&mut self, error: f64) {
        let value = (error * UNIT) as i32;
        self.newest = ((usize::from(self.newest) + 1) % KEPT) as u8;
        for (sum, span) in self.sums.iter_mut().zip(SPANS) {
            let leaving = self.values[(usize::from(self.newest) + KEPT - span) % KEPT];
            *sum += i64::from(value) - i64::from(leaving);
        }
        self.values[usize::from(self.newest)] = value;
    }

    /// The size of the mean error over each span.
    pub(super) fn means(&self) -> [f64; SPANS.len()] {
        std::array::from_fn(|i| (self.sums[i] as f64 / UNIT / SPANS[i] as f64).abs())
    }

    fn check(&mut self) -> Result<()> {
        let possible = usize::from(self.newest) < KEPT
            && self.values.iter().all(|value| (-LARGEST..=LARGEST).contains(value));
        if !possible {
            return Err(StateError::Field { name: "season's errors" }.into());
        }
        let newest = usize::from(self.newest) + KEPT;
        let sum = |span| (0..span).map(|age| i64::from(self.values[(newest - age) % KEPT])).sum();
        self.sums = SPANS.map(sum);
        Ok(())
    }
}

fields!(Errors { newest, values } then check);
