//! The state of a run in one word.

use crate::error::{Result, StateError};

use crate::state::{Fields, Reader, Writer};

/// How the run does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// The first rows of a segment, or no baseline is full yet.
    WarmingUp,
    /// Nothing is near its threshold.
    Healthy,
    /// An incident is open, or a score is near its threshold.
    Suspect,
    /// An incident is open and severe, of two families, or of eight firing rows.
    Failing,
}

impl Status {
    const ALL: [Self; 4] = [Self::WarmingUp, Self::Healthy, Self::Suspect, Self::Failing];

    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::WarmingUp => "warming_up",
            Self::Healthy => "healthy",
            Self::Suspect => "suspect",
            Self::Failing => "failing",
        }
    }
}

impl Fields for Status {
    fn save(&self, out: &mut Writer) {
        (*self as u8).save(out);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        let status = Self::ALL.get(usize::from(from.u8()?));
        *self = *status.ok_or(StateError::Field { name: "status" })?;
        Ok(())
    }
}
