//! The side on which a named signal is bad.

use crate::error::{Result, StateError};
use crate::state::{Fields, Reader, Writer};

/// What a named signal must not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// High values are bad, as of a divergence.
    Rises,
    /// Low values are bad, as of a reward.
    Falls,
    /// Either, as of the load of a router.
    #[default]
    Both,
    /// Any value but 0, as of a count of what must not be.
    Nonzero,
    /// None: it is kept and recorded, and nothing is told of it.
    Recorded,
}

impl Direction {
    /// All directions.
    pub const ALL: [Self; 5] = [Self::Rises, Self::Falls, Self::Both, Self::Nonzero, Self::Recorded];

    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rises => "rises",
            Self::Falls => "falls",
            Self::Both => "both",
            Self::Nonzero => "nonzero",
            Self::Recorded => "recorded",
        }
    }

    /// The direction of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|direction| direction.name() == name)
    }
}

impl Fields for Direction {
    fn save(&self, out: &mut Writer) {
        (*self as u8).save(out);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        let direction = Self::ALL.get(usize::from(from.u8()?));
        *self = *direction.ok_or(StateError::Field { name: "direction" })?;
        Ok(())
    }
}
