//! The line that a run raises for itself: as strange as the strangest of its own last few hundred steps.

use crate::error::Result;

use crate::monitor::baseline::tail_correction;
use crate::state::fields;

const BLOCK: u64 = 32;
const BLOCKS: usize = 12;

/// Divides each value of a score by the larger of a cap and the largest value of twelve earlier blocks of 32.
///
/// The block under way and the newest complete one are left out, so that a slow rise does not lift its own line; an
/// alarm lifts it for the next 400 values, which is the hysteresis.
#[derive(Debug, Clone, Copy)]
pub struct OwnLine {
    cap: f64,
    count: u64,
    under_way: f64,
    complete: f64,
    maxima: [f64; BLOCKS],
    line: f64,
    swing: f64,
}

impl OwnLine {
    /// `cap` is the least that the line can be.
    pub fn new(cap: f64) -> Self {
        let none = f64::NEG_INFINITY;
        Self { cap, count: 0, under_way: none, complete: none, maxima: [none; BLOCKS], line: cap, swing: 1.0 }
    }

    /// The value over the line of the values before it.
    pub fn score(&mut self, value: f64) -> f64 {
        if self.count > 0 && self.count.is_multiple_of(BLOCK) {
            self.turn((self.count / BLOCK) as usize % BLOCKS);
        }
        self.count += 1;
        self.under_way = self.under_way.max(value);
        value / self.line
    }

    /// The line of the newest value.
    pub(crate) fn line(&self) -> f64 {
        self.line
    }

    /// By how much more than the line the maxima that it is made of ask for.
    pub(crate) fn swing(&self) -> f64 {
        self.swing
    }

    /// Sets what follows from the fields that were loaded.
    fn derive(&mut self) -> Result<()> {
        self.swing = tail_correction::of_swing(&self.maxima, self.cap);
        Ok(())
    }

    fn turn(&mut self, slot: usize) {
        self.maxima[slot] = self.complete;
        self.complete = self.under_way;
        self.under_way = f64::NEG_INFINITY;
        self.line = self.maxima.iter().fold(self.cap, |line, &maximum| line.max(maximum));
        self.swing = tail_correction::of_swing(&self.maxima, self.cap);
    }
}

fields!(OwnLine { count, under_way, complete, maxima, line } then derive);
