//! The newest samples of a channel as they came: what an explanation looks at.

use crate::error::{Result, StateError};
use crate::state::{Fields, Reader, Writer};

/// Samples kept: a week of five-minute samples, twelve weeks of hourly ones, a day and a half of minutes.
pub(super) const KEPT: usize = 2048;
/// Samples kept where a stream must cost little.
pub(super) const KEPT_SMALL: usize = 512;
/// Samples of a page: a batch changes one or two pages of 2 kB, not all 16 kB.
const A_PAGE: usize = 256;

/// A ring of raw samples; a missing one is NaN.
#[derive(Debug, Clone)]
pub(super) struct Recent {
    /// Samples that came or were missing.
    pub(super) due: u64,
    samples: Box<[f64]>,
}

impl Recent {
    /// Keeps so many, none yet.
    pub(super) fn new(kept: usize) -> Self {
        Self { due: 0, samples: vec![f64::NAN; kept].into() }
    }

    /// Takes the next sample, NaN where it is missing.
    pub(super) fn push(&mut self, x: f64) {
        self.samples[self.slot()] = x;
        self.due += 1;
    }

    /// The samples kept, the oldest first.
    pub(super) fn oldest_first(&self) -> Vec<f64> {
        let (newer, older) = self.samples.split_at(self.slot());
        older.iter().chain(newer).skip(self.samples.len() - self.filled()).copied().collect()
    }

    fn slot(&self) -> usize {
        (self.due % self.samples.len() as u64) as usize
    }

    fn filled(&self) -> usize {
        self.due.min(self.samples.len() as u64) as usize
    }
}

/// The samples in the order of their slots. The count of those that were due stands in front, with what changes every time.
impl Fields for Recent {
    fn save(&self, out: &mut Writer) {
        for page in 0..self.samples.len() / A_PAGE {
            out.page_break();
            let slots = page * A_PAGE..((page + 1) * A_PAGE).min(self.filled());
            slots.for_each(|slot| self.samples[slot].save(out));
        }
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        let filled = self.filled();
        self.samples.fill(f64::NAN);
        self.samples[..filled].iter_mut().try_for_each(|sample| sample.load(from))?;
        if self.samples.iter().any(|sample| sample.is_infinite()) {
            return Err(StateError::Field { name: "recent samples" }.into());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_newest_in_their_order() {
        let mut recent = Recent::new(KEPT);
        (0..3).for_each(|t| recent.push(f64::from(t)));
        assert_eq!(recent.oldest_first(), [0.0, 1.0, 2.0]);
        (3..5000).for_each(|t| recent.push(f64::from(t)));
        let wanted: Vec<f64> = (2952..5000).map(f64::from).collect();
        assert_eq!(recent.oldest_first(), wanted);
    }
}
