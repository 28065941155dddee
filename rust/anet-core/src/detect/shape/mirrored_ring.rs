//! The last values of a series as one contiguous run, newest first.

use crate::error::{Result, StateError};
use crate::state::{Fields, Reader, Writer};

/// Values lie within this: their differences, and the products of those, then fit what the kernels compute with.
const LARGEST: i16 = 1600;

/// A mirrored ring: every value stands twice, so that no window of the past is broken in two.
#[derive(Debug, Clone)]
pub(crate) struct MirroredRing {
    values: Vec<i16>,
    newest: usize,
}

impl MirroredRing {
    /// A ring of `length` values; before the start all are 0.
    pub(crate) fn new(length: usize) -> Self {
        Self { values: vec![0; 2 * length], newest: 0 }
    }

    /// Takes the next value.
    pub(crate) fn push(&mut self, value: i16) {
        let length = self.values.len() / 2;
        self.newest = if self.newest == 0 { length - 1 } else { self.newest - 1 };
        self.values[self.newest] = value;
        self.values[self.newest + length] = value;
    }

    /// Puts these values into the ring, the newest first, and 0 before them.
    pub(crate) fn refill(&mut self, newest_first: &[i16]) {
        let length = self.values.len() / 2;
        self.values.fill(0);
        for half in self.values.chunks_exact_mut(length) {
            half[..newest_first.len()].copy_from_slice(newest_first);
        }
        self.newest = 0;
    }

    /// All values, newest first.
    pub(crate) fn newest_first(&self) -> &[i16] {
        &self.values[self.newest..self.newest + self.values.len() / 2]
    }
}

/// The values, newest first: half of the ring holds them all.
impl Fields for MirroredRing {
    fn save(&self, out: &mut Writer) {
        self.newest_first().iter().for_each(|value| value.save(out));
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        let length = self.values.len() / 2;
        let (values, copies) = self.values.split_at_mut(length);
        values.iter_mut().try_for_each(|value| value.load(from))?;
        if values.iter().any(|value| value.unsigned_abs() > LARGEST.unsigned_abs()) {
            return Err(StateError::Field { name: "past values" }.into());
        }
        copies.copy_from_slice(values);
        self.newest = 0;
        Ok(())
    }
}
