//! The newest values in their order, for medians and extremes.

use crate::error::Result;
use crate::monitor::baseline::{insert, replace};
use crate::state::{Fields, Reader, Writer};

/// The newest `N` values, sorted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SortedRing<const N: usize> {
    values: [f64; N],
    sorted: [f64; N],
    count: u64,
}

impl<const N: usize> Default for SortedRing<N> {
    fn default() -> Self {
        Self { values: [0.0; N], sorted: [0.0; N], count: 0 }
    }
}

impl<const N: usize> SortedRing<N> {
    /// Takes a value in the place of the oldest, and gives that, once there are `N`.
    pub(crate) fn push(&mut self, value: f64) -> Option<f64> {
        let slot = self.count as usize % N;
        let oldest = (self.count >= N as u64).then_some(self.values[slot]);
        match oldest {
            None => insert(&mut self.sorted[..=slot], value),
            Some(oldest) => replace(&mut self.sorted, oldest, value),
        }
        self.values[slot] = value;
        self.count += 1;
        oldest
    }

    /// Their mean; NaN where there are none.
    pub(crate) fn mean(&self) -> f64 {
        self.values[..self.len()].iter().sum::<f64>() / self.len() as f64
    }

    /// How many of them are above a limit.
    pub(crate) fn above(&self, limit: f64) -> usize {
        self.values[..self.len()].iter().filter(|&&value| value > limit).count()
    }

    /// Their upper median; NaN where there are none.
    pub(crate) fn median(&self) -> f64 {
        let sorted = &self.sorted[..self.len()];
        sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
    }

    /// The highest of them; NaN where there are none.
    pub(crate) fn highest(&self) -> f64 {
        self.sorted[..self.len()].last().copied().unwrap_or(f64::NAN)
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        N.min(self.count as usize)
    }
}

/// Only the values: their order follows.
impl<const N: usize> Fields for SortedRing<N> {
    fn save(&self, out: &mut Writer) {
        self.values.save(out);
        self.count.save(out);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        self.values.load(from)?;
        self.count.load(from)?;
        self.sorted = self.values;
        let len = self.len();
        self.sorted[..len].sort_unstable_by(f64::total_cmp);
        Ok(())
    }
}
