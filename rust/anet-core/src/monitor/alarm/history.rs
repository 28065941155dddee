//! The incidents of a run, and whether it has come back from them.

use crate::monitor::progress::Progress;
use crate::monitor::rules::RuleSet;
use crate::monitor::status::Status;
use crate::state::fields;

use super::incident_record::{Disturbance, IncidentRecord};

/// Incidents that are kept, the newest.
const KEPT: usize = 16;

/// The newest incidents.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct History {
    records: [IncidentRecord; KEPT],
    count: u64,
}

impl History {
    /// Opens an incident in this row.
    pub(crate) fn open(&mut self, row: u64, step: i64, progress: &Progress) {
        self.records[self.count as usize % KEPT] = IncidentRecord::opening(row, step, progress);
        self.count += 1;
    }

    /// Follows the incident that is open.
    pub(crate) fn follow(&mut self, rules: RuleSet, status: Status, progress: &Progress) {
        let median = progress.loss.median;
        if let Some(newest) = self.newest() {
            newest.rules = RuleSet(newest.rules.0 | rules.0);
            newest.worst = newest.worst.max(status);
            newest.highest = newest.highest.max(median);
            newest.lowest = newest.lowest.min(median);
        }
    }

    /// Ends the incident that is open, before this row.
    pub(crate) fn close(&mut self, row: u64) {
        if let Some(newest) = self.newest() {
            newest.end = newest.end.or(Some(row));
        }
    }

    /// The user announced a change: nothing need come back.
    pub(crate) fn accept(&mut self, row: u64) {
        self.close(row);
        self.records.iter_mut().for_each(|record| record.announced = true);
    }

    /// The newest incident.
    fn newest(&mut self) -> Option<&mut IncidentRecord> {
        let newest = (self.count as usize).checked_sub(1)?;
        Some(&mut self.records[newest % KEPT])
    }

    /// The incident that is open.
    pub(crate) fn under_way(&self) -> Option<&IncidentRecord> {
        let newest = (self.count as usize).checked_sub(1)?;
        Some(&self.records[newest % KEPT]).filter(|newest| newest.end.is_none())
    }

    /// The largest rise in an incident that is over, if one was material.
    pub(crate) fn largest(&self) -> Option<Disturbance> {
        let kept = &self.records[..KEPT.min(self.count as usize)];
        let over = kept.iter().filter(|record| record.is_material() && !record.announced);
        over.filter_map(IncidentRecord::disturbance).reduce(|a, b| {
            let higher = if b.peak > a.peak { b } else { a };
            Disturbance { rows: a.rows.max(b.rows), ..higher }
        })
    }

    /// How many there were, kept or not.
    pub(crate) fn count(&self) -> u64 {
        self.count
    }

    /// The kept ones, the oldest first, each with whether the run is back from it.
    pub(crate) fn kept(&self, progress: &Progress) -> impl Iterator<Item = (&IncidentRecord, bool)> {
        let (level, gradient) = (progress.loss.level(), progress.gradient.level());
        let rows = self.count.saturating_sub(KEPT as u64)..self.count;
        let records = rows.map(|at| &self.records[at as usize % KEPT]);
        records.map(move |record| (record, record.is_back(level, gradient)))
    }

    /// Whether the run is back from all of them.
    pub(crate) fn is_back(&self, progress: &Progress) -> bool {
        self.count == 0 || self.kept(progress).all(|(_, is_back)| is_back)
    }
}

fields!(History { records, count });
