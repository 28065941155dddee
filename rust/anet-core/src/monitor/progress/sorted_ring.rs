//! The newest values in their order, for medians and extremes.

use crate::monitor::baseline::{insert, replace};
use crate::state::fields;

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
    /// Takes a value in the place of the oldest.
    pub(crate) fn push(&mut self, value: f64) {
        let slot = self.count as usize % N;
        if self.count < N as u64 {
            insert(&mut self.sorted[..=slot], value);
        } else {
            replace(&mut self.sorted, self.values[slot], value);
        }
        self.values[slot] = value;
        self.count += 1;
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

fields!([const N: usize] SortedRing<N> { values, sorted, count });
