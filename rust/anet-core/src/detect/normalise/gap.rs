//! Where a stream came back from a long gap: what spans it is no evidence.

use crate::error::Result;
use crate::state::codec::{Reader, Writer};

/// Gaps of at least so many samples leave a seam. Shorter ones are closed up, as if the samples had never been due.
pub const LONG: u64 = 16;

/// Counts the samples that are missing now, and those since the last seam.
#[derive(Debug, Clone)]
pub struct Seam {
    missing: u64,
    since: u64,
}

impl Seam {
    /// A stream without a seam.
    pub fn new() -> Self {
        Self { missing: 0, since: u64::MAX }
    }

    /// A sample is missing.
    pub fn miss(&mut self) {
        self.missing = self.missing.saturating_add(1);
    }

    /// A sample came. True where it is the first after a long gap.
    pub fn meet(&mut self) -> bool {
        let first = self.missing >= LONG;
        self.since = if first { 0 } else { self.since.saturating_add(1) };
        self.missing = 0;
        first
    }

    /// Samples between the seam and the newest one; very many where there is no seam.
    pub fn since(&self) -> u64 {
        self.since
    }

    /// Appends the fields.
    pub fn write(&self, out: &mut Writer) {
        out.u64(self.missing);
        out.u64(self.since);
    }

    /// Reads them back.
    ///
    /// # Errors
    /// [`crate::error::StateError`] where the bytes end.
    pub fn restore(&mut self, from: &mut Reader<'_>) -> Result<()> {
        self.missing = from.u64()?;
        self.since = from.u64()?;
        Ok(())
    }
}

impl Default for Seam {
    fn default() -> Self {
        Self::new()
    }
}
