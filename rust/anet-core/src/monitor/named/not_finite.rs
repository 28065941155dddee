//! Values that are NaN or infinite.

use crate::state::fields;

/// Finite values after which another one that is not is news.
const CALM: u64 = 50;
/// Values running that are no accident.
const LASTING: u64 = 8;

/// Counts values that are not finite.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct NotFinite {
    total: u64,
    running: u64,
    /// Finite values since the last that was not.
    calm: u64,
}

impl NotFinite {
    /// Takes a value; whether an alarm is due.
    pub(crate) fn update(&mut self, value: f64) -> bool {
        if value.is_finite() {
            (self.running, self.calm) = (0, self.calm + 1);
            return false;
        }
        let is_news = self.total == 0 || self.calm > CALM;
        (self.total, self.running, self.calm) = (self.total + 1, self.running + 1, 0);
        is_news
    }

    /// How many there were.
    pub(crate) fn total(&self) -> u64 {
        self.total
    }

    /// Whether one came lately.
    pub(crate) fn is_recent(&self) -> bool {
        self.total > 0 && self.calm <= CALM
    }

    /// Whether the newest values are all not finite.
    pub(crate) fn is_lasting(&self) -> bool {
        self.running >= LASTING
    }

    /// Whether the newest value is not finite.
    pub(crate) fn is_now(&self) -> bool {
        self.running > 0
    }
}

fields!(NotFinite { total, running, calm });
