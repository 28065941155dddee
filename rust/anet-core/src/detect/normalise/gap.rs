//! Where a stream came back after a long gap: what spans the gap is no evidence.

use crate::state::fields;

/// Missing samples in a row from which a gap is long. A single one is closed up, as if it had never been due: nothing is lost by
/// it, while two already move a season out of phase.
const LONG: u64 = 2;
/// Samples since a gap that there never was: more than any stream has, and half of what a saved counter may hold.
pub(crate) const LONG_AGO: u64 = 1 << 62;

/// What a sample comes after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Resumed {
    /// After a gap of [`LONG`] samples or more.
    AfterLongGap,
    /// After another sample, or a short gap.
    AtOnce,
}

/// Counts the samples that are missing now, and those since the last long gap.
#[derive(Debug, Clone)]
pub(crate) struct Gap {
    missing: u64,
    since: u64,
}

impl Gap {
    /// A stream that never had one.
    pub(crate) fn new() -> Self {
        Self { missing: 0, since: LONG_AGO }
    }

    /// A sample is missing.
    pub(crate) fn missing(&mut self) {
        self.missing = self.missing.saturating_add(1);
    }

    /// A sample came.
    pub(crate) fn resume(&mut self) -> Resumed {
        let long = self.missing >= LONG;
        self.since = if long { 0 } else { self.since.saturating_add(1) };
        self.missing = 0;
        if long { Resumed::AfterLongGap } else { Resumed::AtOnce }
    }

    /// Samples between the last long gap and the newest sample; at least [`LONG_AGO`] where there was none.
    pub(crate) fn since(&self) -> u64 {
        self.since
    }
}

fields!(Gap { missing, since });
