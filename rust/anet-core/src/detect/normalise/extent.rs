//! How far the samples of the last while lie apart.

use crate::error::{Result, StateError};
use crate::state::fields;

/// Samples between two looks; a look sees twice as many.
const BETWEEN: u64 = 256;

/// The least and the greatest sample of this run of 256 and of the one before.
#[derive(Debug, Clone)]
pub(super) struct Extent {
    now: Range,
    before: Range,
}

/// The least and the greatest of some samples.
#[derive(Debug, Clone, Copy)]
pub(super) struct Range {
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Range {
    const NONE: Self = Self { low: f64::INFINITY, high: f64::NEG_INFINITY };

    fn with(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    pub(super) fn middle(self) -> f64 {
        self.low.midpoint(self.high)
    }

    pub(super) fn width(self) -> f64 {
        self.high - self.low
    }
}

impl Extent {
    /// Has seen nothing.
    pub(super) fn new() -> Self {
        Self { now: Range::NONE, before: Range::NONE }
    }

    /// Takes sample number `t`; at the end of every 256 gives the range of the last 512, or of as many as there are.
    pub(super) fn push(&mut self, t: u64, x: f64) -> Option<Range> {
        self.now = self.now.with(Range { low: x, high: x });
        if !(t + 1).is_multiple_of(BETWEEN) {
            return None;
        }
        let both = self.now.with(self.before);
        self.before = std::mem::replace(&mut self.now, Range::NONE);
        Some(both)
    }

    fn check(&mut self) -> Result<()> {
        let none = |range: &Range| range.low == f64::INFINITY && range.high == f64::NEG_INFINITY;
        let possible = |range: &Range| {
            none(range)
                || -super::LARGEST <= range.low && range.low <= range.high && range.high <= super::LARGEST
        };
        if possible(&self.now) && possible(&self.before) {
            Ok(())
        } else {
            Err(StateError::Field { name: "range of samples" }.into())
        }
    }
}

fields!(Range { low, high });
fields!(Extent { now, before } then check);
