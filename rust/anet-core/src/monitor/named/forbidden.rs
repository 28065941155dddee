//! Values that must never come: NaN and infinity, and in a count of faults any but 0.

use crate::state::fields;

/// Other values after which another one is news.
const CALM: u64 = 50;
/// Values running that are no accident.
const LASTING: u64 = 8;

/// Counts values that must never come.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Forbidden {
    total: u64,
    running: u64,
    /// Other values since the last of them.
    calm: u64,
}

impl Forbidden {
    /// Takes a value; whether an alarm is due.
    pub(crate) fn update(&mut self, is_forbidden: bool) -> bool {
        if !is_forbidden {
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

    /// Whether the newest values are all forbidden.
    pub(crate) fn is_lasting(&self) -> bool {
        self.running >= LASTING
    }

    /// Whether the newest value is forbidden.
    pub(crate) fn is_now(&self) -> bool {
        self.running > 0
    }
}

fields!(Forbidden { total, running, calm });
