//! What a run has come to: what a person reads at its end.

use super::alarm::IncidentRecord;
use super::input::Signal;
use super::run_monitor::RunMonitor;
use super::status::Status;

/// Rows after which the first block mean of single losses is judged: 64 kept values, every second one, behind a gap of 16, and
/// the 16 that make the scale.
const NEEDED: u64 = 155;

/// A run so far: its status now and at its worst, its incidents, and what of it could be judged.
#[derive(Debug, Clone, Copy)]
pub struct RunSummary<'a> {
    /// The status after the last row.
    pub status: Status,
    /// The worst so far.
    pub worst: Status,
    run: &'a RunMonitor,
}

impl<'a> RunSummary<'a> {
    pub(super) fn of(run: &'a RunMonitor) -> Self {
        Self { status: run.status, worst: run.worst, run }
    }

    /// The same run, in the status that its groups give it.
    pub(super) fn with_status(self, status: Status) -> Self {
        Self { status, ..self }
    }

    /// Whether all that was learned is lost, the gradient is dead, or the loss is not finite.
    pub fn is_ruined(&self) -> bool {
        self.run.is_ruined()
    }

    /// Rows seen.
    pub fn rows(&self) -> u64 {
        self.run.rows
    }

    /// Rows in which a rule with a baseline could fire.
    pub fn judged(&self) -> u64 {
        self.run.judged
    }

    /// Rows after which a run is judged.
    pub fn needed(&self) -> u64 {
        NEEDED
    }

    /// The signals that were given in some row, and those that never were.
    pub fn signals(&self) -> (Vec<Signal>, Vec<Signal>) {
        let seen = self.run.seen;
        Signal::ALL.into_iter().partition(|signal| seen.iter().any(|given| given == *signal))
    }

    /// How many incidents there were.
    pub fn incident_count(&self) -> u64 {
        self.run.history.count()
    }

    /// The newest of them, the oldest first, each with whether the run is back from it.
    pub fn incidents(&self) -> impl Iterator<Item = (&'a IncidentRecord, bool)> {
        self.run.history.kept(&self.run.segment.progress)
    }

    /// The median of the newest 32 losses; NaN where there are none.
    pub fn level(&self) -> f64 {
        self.run.segment.progress.loss.level()
    }
}
