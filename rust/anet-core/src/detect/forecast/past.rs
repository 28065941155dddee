//! The newest normalised samples: what came after each earlier lag vector.

use crate::error::{Result, StateError};
use crate::state::{Fields, Reader, Writer};

/// Samples that analogues look back over at most: 1024 + 32 means over 8 samples.
pub(crate) const REACH: usize = 8448;
/// Samples of a page: a batch changes one or two of 2 kB.
const A_PAGE: usize = 256;

/// A ring of normalised samples.
#[derive(Debug, Clone)]
pub(crate) struct Past {
    /// Samples so far.
    pub(crate) seen: u64,
    newest: usize,
    samples: Box<[f64]>,
}

impl Past {
    /// The newest `reach` samples, none yet.
    pub(crate) fn new(reach: usize) -> Self {
        Self { seen: 0, newest: reach - 1, samples: vec![0.0; reach].into() }
    }

    /// Takes the next sample.
    pub(crate) fn push(&mut self, y: f64) {
        self.newest = if self.newest + 1 == self.samples.len() { 0 } else { self.newest + 1 };
        self.samples[self.newest] = y;
        self.seen += 1;
    }

    /// The sample `age` samples before the newest one; 0 before the start.
    pub(crate) fn at(&self, age: usize) -> f64 {
        let length = self.samples.len();
        if age >= length || age as u64 >= self.seen {
            return 0.0;
        }
        let slot = self.newest + length - age;
        self.samples[if slot < length { slot } else { slot - length }]
    }

    /// The mean of the samples that come next after those so many samples ago; as an `f32`, which is all that a forecast needs.
    pub(crate) fn after(&self, ages: impl ExactSizeIterator<Item = usize>) -> f64 {
        let count = ages.len();
        let sum: f64 = ages.map(|age| self.at(age - 1)).sum();
        if count == 0 { 0.0 } else { f64::from((sum / count as f64) as f32) }
    }

    fn filled(&self) -> usize {
        usize::try_from(self.seen).map_or(self.samples.len(), |seen| seen.min(self.samples.len()))
    }
}

/// The samples in the order of their slots. How many there were stands in front of the channel, with what changes every time.
impl Fields for Past {
    fn save(&self, out: &mut Writer) {
        for page in self.samples[..self.filled()].chunks(A_PAGE) {
            out.page_break();
            page.iter().for_each(|sample| sample.save(out));
        }
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        let (filled, length) = (self.filled(), self.samples.len());
        self.newest = ((self.seen + length as u64 - 1) % length as u64) as usize;
        self.samples.fill(0.0);
        self.samples[..filled].iter_mut().try_for_each(|sample| sample.load(from))?;
        if self.samples.iter().all(|sample| sample.abs() <= 100.0) {
            Ok(())
        } else {
            Err(StateError::Field { name: "past samples" }.into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_each_sample_by_its_age() {
        let mut past = Past::new(100);
        (0..250).for_each(|t| past.push(f64::from(t)));
        assert!((0..100).all(|age| past.at(age) == 249.0 - age as f64));
        assert_eq!(past.at(100), 0.0);
        assert_eq!(past.after([1, 3].into_iter()), 248.0);
    }
}
