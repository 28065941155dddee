//! Whether the steps of a run have gone back, and are still those of before.

use crate::state::fields;

/// Times that steps may go back before this is how the log counts: its epochs may begin above the first step of all.
const RESUMES: u64 = 3;

/// The steps so far. Steps that begin again at the first one are an epoch's; equal steps are rows of one step.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Steps {
    first: Option<i64>,
    last: i64,
    resumes: u64,
    /// The highest step before the steps went back, until it is passed.
    until: Option<i64>,
}

impl Steps {
    /// Takes the step of a row.
    pub(crate) fn push(&mut self, step: Option<i64>) {
        let Some(step) = step else { return };
        let first = *self.first.get_or_insert(step);
        if step <= first {
            self.until = None;
        } else if step < self.last {
            self.resumes += 1;
            self.until = self.until.max(Some(self.last)).filter(|_| self.resumes <= RESUMES);
        }
        self.until = self.until.filter(|&until| step <= until);
        self.last = step;
    }

    /// How far a step is above the first; `None` where that is below it, or no number of 32 bits.
    pub(crate) fn above_first(&self, step: i64) -> Option<u32> {
        u32::try_from(step.checked_sub(self.first?)?).ok()
    }

    /// The step before the steps went back, while they have not passed it: these steps are seen again.
    pub(crate) fn seen_until(&self) -> Option<i64> {
        self.until
    }

    /// How often the steps have gone back, but not to the first.
    pub(crate) fn resumes(&self) -> u64 {
        self.resumes
    }
}

fields!(Steps { first, last, resumes, until });
