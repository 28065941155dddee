//! A range of values that is narrowed by counting the samples above its ends.

/// A range of values, each end with the number of samples that are at least as high.
#[derive(Debug, Clone, Copy)]
pub(super) struct QuantileBracket {
    /// The lower end, which belongs to the range.
    pub(super) low: (f64, usize),
    /// The upper end, which does not.
    pub(super) high: (f64, usize),
}

impl QuantileBracket {
    /// Samples in the range.
    pub(super) fn held(&self) -> usize {
        self.low.1 - self.high.1
    }

    /// Whether `value` lies inside, so that moving an end to it narrows the range; NaN and what overflowed do not.
    pub(super) fn divided_by(&self, value: f64) -> bool {
        self.low.0 < value && value < self.high.0
    }

    /// Moves one end to `value`, so that the sample that is the `wanted`-th from the top stays inside.
    pub(super) fn narrow(&mut self, value: f64, count: usize, wanted: usize) {
        if count >= wanted {
            self.low = (value, count);
        } else {
            self.high = (value, count);
        }
    }

    /// Where a value with `wanted` samples above it would lie if the samples lay evenly. `max` stands for an open end.
    pub(super) fn guess(&self, wanted: f64, max: f64) -> f64 {
        let (low, high) = (self.low.0, self.high.0.min(max));
        let share = (self.low.1 as f64 - wanted) / self.held() as f64;
        low + (high - low) * share.clamp(0.0, 1.0)
    }
}
