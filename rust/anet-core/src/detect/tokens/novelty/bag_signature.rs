//! A bag of tokens as a sparse vector of unit length.

use crate::error::{Result, StateError};
use crate::state::fields;
use anet_simd::prefetch;

/// Samples from one signature of the history to the next: half a bag, so that every sample is in two of them. This
/// and [`TOP`] were fitted by `make detection` (2026-11-24).
pub(super) const STRIDE: u64 = 8;
/// The most positions of a signature, as in the published encoder. A bag has 144 tokens, so the cut is rarely active.
pub(crate) const TOP: usize = 128;
/// Bytes of a cache line, which memory is asked for by.
const LINE: usize = 64;

/// A signature of unit length; its slots ascend.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct BagSignature {
    /// Sample number of its newest sample.
    pub(super) end: u64,
    /// Numbers of the positions.
    pub(super) slots: Vec<u16>,
    /// Elevations, in the same order.
    pub(super) elevations: Vec<f64>,
}

impl BagSignature {
    /// Its number among those that enter a history.
    pub(super) fn number(&self) -> u64 {
        self.end / STRIDE
    }

    /// Asks for all of its memory.
    pub(super) fn prefetch(&self) {
        self.slots.iter().step_by(LINE / size_of::<u16>()).for_each(prefetch);
        self.elevations.iter().step_by(LINE / size_of::<f64>()).for_each(prefetch);
    }

    /// Keeps the 128 highest elevations, of equals those of the lower slots.
    pub(super) fn keep_highest(&mut self) {
        if self.slots.len() <= TOP {
            return;
        }
        let mut order: Vec<usize> = (0..self.slots.len()).collect();
        order.sort_by(|&a, &b| self.elevations[b].total_cmp(&self.elevations[a]));
        order.truncate(TOP);
        order.sort_unstable();
        self.slots = order.iter().map(|&i| self.slots[i]).collect();
        self.elevations = order.iter().map(|&i| self.elevations[i]).collect();
    }

    /// Scales it to unit length. The sum of squares in four parts, which need not wait for each other.
    pub(super) fn scale(&mut self) {
        let (fours, rest) = self.elevations.as_chunks::<4>();
        let mut sums = [0.0; 4];
        for four in fours {
            sums.iter_mut().zip(four).for_each(|(sum, elevation)| *sum += elevation * elevation);
        }
        let rest: f64 = rest.iter().map(|elevation| elevation * elevation).sum();
        let shrink = 1.0 / ((sums[0] + sums[1]) + (sums[2] + sums[3]) + rest).sqrt();
        self.elevations.iter_mut().for_each(|elevation| *elevation *= shrink);
    }

    /// Whether its slots are below `size`.
    pub(super) fn fits(&self, size: usize) -> bool {
        self.slots.iter().all(|&slot| usize::from(slot) < size)
    }

    fn check(&mut self) -> Result<()> {
        let possible = |elevation: &f64| (0.0..=1.0 + 1e-9).contains(elevation);
        if self.slots.len() == self.elevations.len()
            && self.slots.len() <= TOP
            && self.elevations.iter().all(possible)
        {
            Ok(())
        } else {
            Err(StateError::Field { name: "signature" }.into())
        }
    }
}

fields!(BagSignature { end, slots, elevations } then check);
