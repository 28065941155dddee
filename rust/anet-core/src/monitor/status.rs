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
    /// No incident is open, but loss or gradient stay elsewhere than before one, and no change was announced.
    Settled,
    /// An incident is open, or a score is near its threshold.
    Suspect,
    /// An incident is open and certain; or its effect is large and it is severe, of two families, or of eight firing rows. Or
    /// the run has given back all that it had learned, or a loss of the newest 32 rows was not finite.
    Failing,
}

impl Status {
    const ALL: [Self; 5] = [Self::WarmingUp, Self::Healthy, Self::Settled, Self::Suspect, Self::Failing];

    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::WarmingUp => "warming_up",
            Self::Healthy => "healthy",
            Self::Settled => "settled",
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
