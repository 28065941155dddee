//! The incidents of named signals alone.

use crate::monitor::alarm::IncidentRecord;
use crate::monitor::rules::Rule;
use crate::monitor::status::Status;
use crate::state::fields;

/// Incidents that are kept, the newest.
const KEPT: usize = 32;
/// Rows after an alarm in which another signal's alarm is of the same incident.
const TOGETHER: u64 = 50;

/// The newest incidents, and which of them is under way.
#[derive(Debug, Clone, Default)]
pub(crate) struct Incidents {
    records: Vec<IncidentRecord>,
    count: u64,
    /// The row in which the newest one opened, be it the whole run's, and that of its last alarm.
    newest: Option<[u64; 2]>,
}

impl Incidents {
    /// Takes an alarm: the row in which its incident opened, which is the run's where that has one open.
    pub(crate) fn take(&mut self, rule: Rule, row: u64, step: i64, of_run: Option<u64>) -> u64 {
        let own = self.newest.filter(|&[_, last]| row.saturating_sub(last) <= TOGETHER);
        let opened = own.map(|[opened, _]| opened).or(of_run).unwrap_or(row);
        if own.is_none() && of_run.is_none() {
            self.open(row, step);
        }
        self.newest = Some([opened, row]);
        if let Some(record) = self.under_way() {
            record.add(rule);
        }
        opened
    }

    fn open(&mut self, row: u64, step: i64) {
        self.end(row);
        if self.records.len() >= KEPT {
            self.records.remove(0);
        }
        self.records.push(IncidentRecord::of_named(row, step));
        self.count += 1;
    }

    /// Follows the incident under way: it is over when no signal is away any more, nor rang lately.
    pub(crate) fn follow(&mut self, row: u64, status: Status) {
        let is_calm = self.newest.is_none_or(|[_, last]| row.saturating_sub(last) > TOGETHER);
        if let Some(record) = self.under_way() {
            record.worst = record.worst.max(status);
        }
        if is_calm && status <= Status::Settled {
            self.end(row);
        }
    }

    fn end(&mut self, row: u64) {
        if let Some(record) = self.under_way() {
            record.end = Some(row);
        }
    }

    fn under_way(&mut self) -> Option<&mut IncidentRecord> {
        self.records.last_mut().filter(|record| record.end.is_none())
    }

    /// How many there were.
    pub(crate) fn count(&self) -> u64 {
        self.count
    }

    /// The newest ones, the oldest first.
    pub(crate) fn kept(&self) -> &[IncidentRecord] {
        &self.records
    }
}

fields!(Incidents { records, count, newest });
