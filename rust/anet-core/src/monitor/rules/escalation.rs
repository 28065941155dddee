//! Whether what has fired once must be stronger to fire again.

use crate::error::Result;
use crate::state::{Fields, Reader, Writer};

/// Whether a monitor judges a row by the incidents and the tails of the run's own past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escalation {
    /// A family that fired and calmed down must be stronger to fire again, and tail corrections apply.
    On,
    /// Every incident is judged as the first one.
    Off,
}

impl Fields for Escalation {
    fn save(&self, out: &mut Writer) {
        (*self == Self::On).save(out);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        let mut on = false;
        on.load(from)?;
        *self = if on { Self::On } else { Self::Off };
        Ok(())
    }
}
