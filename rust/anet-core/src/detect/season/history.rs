//! The newest normalised samples in twentieths: what a period is looked for in.

use crate::detect::LONGEST;
use crate::error::{Result, StateError};
use crate::state::{Fields, Reader, Writer};

/// Samples kept: a period needs at least three of itself.
pub(super) const KEPT: usize = 16_384;
/// Samples of a page.
const A_PAGE: usize = 2048;
/// Parts of a deviation. Coarser than any noise that would hide a season, and whole: sums of products are exact.
pub(super) const UNIT: f64 = 20.0;
/// What stands where a sample is missing.
pub(super) const MISSING: i8 = i8::MIN;

/// A ring of samples, missing ones included.
#[derive(Debug, Clone)]
pub(super) struct History {
    /// Samples that came or were missing.
    pub(super) due: u64,
    values: Box<[i8]>,
}

impl History {
    /// None yet.
    pub(super) fn new() -> Self {
        Self { due: 0, values: vec![MISSING; KEPT].into() }
    }

    /// Takes the next sample, within ±6, or none where it is missing.
    pub(super) fn push(&mut self, y: Option<f64>) {
        let slot = (self.due % KEPT as u64) as usize;
        self.values[slot] = y.map_or(MISSING, |y| (UNIT * y).round() as i8);
        self.due += 1;
    }

    /// The samples kept, the oldest first.
    pub(super) fn oldest_first(&self) -> Vec<i8> {
        let (newer, older) = self.values.split_at((self.due % KEPT as u64) as usize);
        older.iter().chain(newer).skip(KEPT - self.filled()).copied().collect()
    }

    fn filled(&self) -> usize {
        self.due.min(KEPT as u64) as usize
    }
}

/// The samples in the order of their slots, after their number.
impl Fields for History {
    fn save(&self, out: &mut Writer) {
        self.due.save(out);
        for page in self.values[..self.filled()].chunks(A_PAGE) {
            out.page_break();
            page.iter().for_each(|value| value.save(out));
        }
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        self.due.load(from)?;
        let filled = self.filled();
        self.values.fill(MISSING);
        self.values[..filled].iter_mut().try_for_each(|value| value.load(from))?;
        let possible = self.due <= LONGEST;
        if possible && self.values.iter().all(|&value| value == MISSING || value.unsigned_abs() <= 120) {
            Ok(())
        } else {
            Err(StateError::Field { name: "season's memory" }.into())
        }
    }
}
