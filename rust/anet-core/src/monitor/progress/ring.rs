//! The newest values, without their order.

use crate::state::fields;

/// The newest `N` values.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ring<const N: usize> {
    values: [f64; N],
    count: u64,
}

impl<const N: usize> Default for Ring<N> {
    fn default() -> Self {
        Self { values: [0.0; N], count: 0 }
    }
}

impl<const N: usize> Ring<N> {
    /// Takes a value and gives the one that `N` pushes ago was the newest, once there is one.
    pub(crate) fn push(&mut self, value: f64) -> Option<f64> {
        let slot = self.count as usize % N;
        let oldest = (self.count >= N as u64).then_some(self.values[slot]);
        self.values[slot] = value;
        self.count += 1;
        oldest
    }

    /// What there is of them, in no order.
    pub(crate) fn values(&self) -> &[f64] {
        &self.values[..N.min(self.count as usize)]
    }

    /// Their upper median; NaN where there are none.
    pub(crate) fn median(&self) -> f64 {
        let mut sorted = self.values;
        let sorted = &mut sorted[..self.values().len()];
        sorted.sort_unstable_by(f64::total_cmp);
        sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
    }
}

fields!([const N: usize] Ring<N> { values, count });
