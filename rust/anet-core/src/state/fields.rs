//! The byte form of the monitor's parts: each lists its fields once, for writing and for reading alike.
//!
//! Places in rings are taken from counters modulo the length, so whatever a forged state holds, nothing can panic.

use crate::error::{Result, StateError};
use crate::state::codec::{Reader, Writer};

/// A part of a state, as the list of its fields.
pub trait Fields {
    /// Passes every field to `io`, which writes it or sets it.
    ///
    /// # Errors
    /// [`StateError`] where a field that is read is missing or impossible.
    fn fields(&mut self, io: &mut impl Io) -> Result<()>;
}

/// One direction: writing or reading.
pub trait Io {
    /// A float; infinities mark maxima and minima of nothing.
    ///
    /// # Errors
    /// Where the bytes end.
    fn number(&mut self, value: &mut f64) -> Result<()>;
    /// A counter.
    fn count(&mut self, value: &mut u64) -> Result<()>;
    /// A signed step number.
    fn signed(&mut self, value: &mut i64) -> Result<()>;

    /// A fixed number of floats.
    fn numbers(&mut self, values: &mut [f64]) -> Result<()> {
        values.iter_mut().try_for_each(|value| self.number(value))
    }

    /// A number that cannot be above `most`.
    fn at_most(&mut self, value: &mut u64, most: u64) -> Result<()> {
        self.count(value)?;
        if *value > most {
            return Err(StateError::Field { name: "count" }.into());
        }
        Ok(())
    }

    /// Yes or no.
    fn flag(&mut self, value: &mut bool) -> Result<()> {
        let mut count = u64::from(*value);
        self.at_most(&mut count, 1)?;
        *value = count == 1;
        Ok(())
    }

    /// A set of bits.
    fn bits(&mut self, value: &mut u32) -> Result<()> {
        let mut count = u64::from(*value);
        self.at_most(&mut count, u64::from(u32::MAX))?;
        *value = count as u32;
        Ok(())
    }

    /// A step number that may be missing.
    fn step(&mut self, value: &mut Option<i64>) -> Result<()> {
        let mut given = value.is_some();
        self.flag(&mut given)?;
        let mut step = value.unwrap_or(0);
        self.signed(&mut step)?;
        *value = given.then_some(step);
        Ok(())
    }

    /// A float that may be missing.
    fn optional(&mut self, value: &mut Option<f64>) -> Result<()> {
        let mut given = value.is_some();
        self.flag(&mut given)?;
        let mut number = value.unwrap_or(0.0);
        self.number(&mut number)?;
        *value = given.then_some(number);
        Ok(())
    }
}

impl Io for Writer {
    fn number(&mut self, value: &mut f64) -> Result<()> {
        self.f64(*value);
        Ok(())
    }

    fn count(&mut self, value: &mut u64) -> Result<()> {
        self.u64(*value);
        Ok(())
    }

    fn signed(&mut self, value: &mut i64) -> Result<()> {
        self.i64(*value);
        Ok(())
    }
}

impl Io for Reader<'_> {
    fn number(&mut self, value: &mut f64) -> Result<()> {
        *value = self.f64()?;
        Ok(())
    }

    fn count(&mut self, value: &mut u64) -> Result<()> {
        *value = self.u64()?;
        // No run has so many rows: half the range keeps every sum of counters in it.
        if *value > u64::MAX / 2 { Err(StateError::Field { name: "count" }.into()) } else { Ok(()) }
    }

    fn signed(&mut self, value: &mut i64) -> Result<()> {
        *value = self.i64()?;
        Ok(())
    }
}
