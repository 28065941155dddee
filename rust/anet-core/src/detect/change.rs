//! What of a stream is judged: its samples, or how they change.

use crate::detect::normalise::LARGEST;
use crate::error::Result;
use crate::state::{Fields, Reader, Writer, fields};

/// What of a stream is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Change {
    /// The samples.
    #[default]
    Level,
    /// The difference of each sample to the one before: a walk has no level.
    Difference,
    /// How much a counter grew in a sample: where it fell it began anew at 0.
    Counter,
}

/// Turns samples into what is judged.
#[derive(Debug, Clone)]
pub(super) struct Changes {
    kind: Change,
    /// NaN before the first sample.
    last: f64,
    /// Samples missing since.
    missing: u64,
}

impl Changes {
    /// Has seen nothing.
    pub(super) fn new(kind: Change) -> Self {
        Self { kind, last: f64::NAN, missing: 0 }
    }

    /// What is judged of a sample; NaN where it is missing, and of the first one where changes are judged. A difference across
    /// a gap is none; a counter grew evenly over it.
    pub(super) fn push(&mut self, x: f64) -> f64 {
        if self.kind == Change::Level {
            return x;
        }
        if !x.is_finite() {
            self.missing = self.missing.saturating_add(1);
            return f64::NAN;
        }
        let x = x.clamp(-LARGEST, LARGEST);
        let (last, missing) = (std::mem::replace(&mut self.last, x), std::mem::take(&mut self.missing));
        match self.kind {
            Change::Difference if missing > 0 => f64::NAN,
            Change::Counter if x < last => x / missing.saturating_add(1) as f64,
            _ => (x - last) / missing.saturating_add(1) as f64,
        }
    }

    /// The next sample of which this would be judged.
    pub(super) fn sample(&self, judged: f64) -> f64 {
        if self.kind == Change::Level {
            judged
        } else {
            self.last + judged * self.missing.saturating_add(1) as f64
        }
    }
}

fields!(Changes { last, missing });

impl Fields for Change {
    fn save(&self, out: &mut Writer) {
        out.u8(*self as u8);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        *self = match from.u8()? {
            1 => Self::Difference,
            2 => Self::Counter,
            _ => Self::Level,
        };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(kind: Change, samples: &[f64]) -> Vec<f64> {
        let mut changes = Changes::new(kind);
        samples.iter().map(|&x| changes.push(x)).map(|x| if x.is_nan() { -99.0 } else { x }).collect()
    }

    #[test]
    fn differences_and_growth() {
        let samples = [1.0, 4.0, f64::NAN, 8.0, 2.0];
        assert_eq!(judged(Change::Level, &samples), [1.0, 4.0, -99.0, 8.0, 2.0]);
        assert_eq!(judged(Change::Difference, &samples), [-99.0, 3.0, -99.0, -99.0, -6.0]);
        assert_eq!(judged(Change::Counter, &samples), [-99.0, 3.0, -99.0, 2.0, 2.0]);
    }
}
