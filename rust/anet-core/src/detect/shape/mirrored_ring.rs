//! The last values of a series as one contiguous run, newest first.

use crate::error::{Result, StateError};
use crate::state::codec::{Reader, Writer};

/// Values lie within this: their differences, and the products of those, then fit what the kernels compute with.
const LARGEST: i16 = 1600;

/// A mirrored ring: every value stands twice, so that no window of the past is broken in two.
#[derive(Debug, Clone)]
pub struct History {
    values: Vec<i16>,
    newest: usize,
}

impl History {
    /// Remembers `length` values; before the start all are 0.
    pub fn new(length: usize) -> Self {
        Self { values: vec![0; 2 * length], newest: 0 }
    }

    /// Takes the next value.
    pub fn push(&mut self, value: i16) {
        let length = self.values.len() / 2;
        self.newest = if self.newest == 0 { length - 1 } else { self.newest - 1 };
        self.values[self.newest] = value;
        self.values[self.newest + length] = value;
    }

    /// All remembered values, newest first.
    pub fn newest_first(&self) -> &[i16] {
        &self.values[self.newest..self.newest + self.values.len() / 2]
    }

    /// Appends the values, newest first.
    pub fn write(&self, out: &mut Writer) {
        self.newest_first().iter().for_each(|&value| out.i16(value));
    }

    /// Reads them back.
    ///
    /// # Errors
    /// [`StateError`] for impossible values.
    pub fn restore(&mut self, from: &mut Reader<'_>) -> Result<()> {
        let length = self.values.len() / 2;
        let values = (0..length).map(|_| from.i16()).collect::<Result<Vec<_>>>()?;
        if values.iter().any(|value| value.unsigned_abs() > LARGEST.unsigned_abs()) {
            return Err(StateError::Field { name: "past values" }.into());
        }
        self.values = [&values[..], &values[..]].concat();
        self.newest = 0;
        Ok(())
    }
}
