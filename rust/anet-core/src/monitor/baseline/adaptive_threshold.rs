//! The threshold that a run raises for itself: as high as the highest of its own last few hundred values.

use crate::error::Result;
use crate::state::fields;

use super::tail_correction;

/// Values of a block.
const BLOCK: u64 = 32;
/// Block maxima remembered: 384 values. Exact sliding maxima changed nothing (the first study's runs, 2026-11-24).
const BLOCKS: usize = 12;

/// Divides each value by the larger of a floor and the largest value of twelve earlier blocks of 32.
///
/// The block under way and the newest complete one are left out, so that a slow rise does not raise its own threshold. An
/// alarm raises it for the next 400 values, which is the hysteresis.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AdaptiveThreshold {
    floor: f64,
    count: u64,
    under_way: f64,
    complete: f64,
    maxima: [f64; BLOCKS],
    value: f64,
    inflation: f64,
}

impl AdaptiveThreshold {
    /// `floor` is the least that the threshold can be.
    pub(crate) fn new(floor: f64) -> Self {
        let none = f64::NEG_INFINITY;
        Self {
            floor,
            count: 0,
            under_way: none,
            complete: none,
            maxima: [none; BLOCKS],
            value: floor,
            inflation: 1.0,
        }
    }

    /// The value over the threshold of the values before it.
    pub(crate) fn score(&mut self, value: f64) -> f64 {
        if self.count > 0 && self.count.is_multiple_of(BLOCK) {
            self.turn((self.count / BLOCK) as usize % BLOCKS);
        }
        self.count += 1;
        self.under_way = self.under_way.max(value);
        value / self.value
    }

    /// The threshold of the newest value.
    pub(crate) fn value(&self) -> f64 {
        self.value
    }

    /// The factor by which the spread of the block maxima raises the threshold, 1 to 9.
    pub(crate) fn inflation(&self) -> f64 {
        self.inflation
    }

    /// Sets what follows from the fields that were loaded.
    fn derive(&mut self) -> Result<()> {
        self.inflation = tail_correction::of_maxima(&self.maxima, self.floor);
        Ok(())
    }

    fn turn(&mut self, slot: usize) {
        self.maxima[slot] = self.complete;
        self.complete = self.under_way;
        self.under_way = f64::NEG_INFINITY;
        self.value = self.maxima.iter().fold(self.floor, |value, &maximum| value.max(maximum));
        self.inflation = tail_correction::of_maxima(&self.maxima, self.floor);
    }
}

fields!(AdaptiveThreshold { count, under_way, complete, maxima, value } then derive);
