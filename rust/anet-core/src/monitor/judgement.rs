//! From the scores of a row to its alarms and the status of the run.

use super::alarm::{Effect, FalseAlarmRate, RowVerdict, RuleAlarm, WarmUp, is_material};
use super::detectors::{Evidence, GIVEN_BACK, is_dead};
use super::input::Row;
use super::rules::{Rule, RuleSet};
use super::run_monitor::{RunMonitor, context};
use super::status::Status;

/// The newest rows in which a loss that was not finite makes a run failing.
const NONFINITE: u64 = 32;

impl RunMonitor {
    pub(super) fn judge(&mut self, row: &Row) {
        let now = self.rows;
        if row.loss.is_some_and(|loss| !loss.is_finite()) {
            self.last_nonfinite = now + 1;
        }
        let warm_up = self.segment.warm_up();
        if self.segment.incident.begin(now, self.escalation) {
            self.history.close(now);
        }
        let verdict = self.observe(row, warm_up);
        self.firing = verdict.firing;
        let new = self.segment.incident.end(now, &verdict);
        self.follow(row);
        self.report(row, new);
        self.status = self.status_of(warm_up, &verdict);
        self.worst = self.worst.max(self.status);
        if self.segment.incident.is_open() {
            self.history.follow(self.segment.incident.fired(), self.status, &self.segment.progress);
        }
    }

    fn observe(&mut self, row: &Row, warm_up: WarmUp) -> RowVerdict {
        let mut verdict = RowVerdict::default();
        for rule in self.scores.rules() {
            let ratio = self.scores.corrected(rule, self.escalation) / self.threshold(rule);
            self.segment.onsets.observe(self.rows, rule, ratio);
            let context = context(row, &self.scales, &self.segment, &self.history, self.meaning);
            self.segment.incident.observe(rule, ratio, warm_up, || is_material(rule, &context), &mut verdict);
        }
        verdict
    }

    /// Opens a record with the incident, and feels its effect.
    fn follow(&mut self, row: &Row) {
        if !self.segment.incident.is_open() {
            return;
        }
        let progress = &self.segment.progress;
        if self.segment.incident.opened() == Some(self.rows) {
            self.history.close(self.rows);
            self.history.open(self.rows, row.step.unwrap_or(self.rows as i64), progress);
        }
        let effect = self.history.under_way().map(|incident| Effect::of(progress, incident));
        self.segment.incident.feel(effect.unwrap_or(Effect::Small));
    }

    fn status_of(&self, warm_up: WarmUp, verdict: &RowVerdict) -> Status {
        let incident = &self.segment.incident;
        if incident.is_failure() || self.is_spoiled(self.rows + 1) {
            Status::Failing
        } else if incident.is_open() || verdict.is_close() {
            Status::Suspect
        } else if !self.history.is_back(&self.segment.progress) {
            Status::Settled
        } else if warm_up == WarmUp::UnderWay || !self.segment.learned {
            Status::WarmingUp
        } else {
            Status::Healthy
        }
    }

    /// Whether a loss of the newest of so many rows was not finite.
    fn is_spoiled(&self, rows: u64) -> bool {
        self.last_nonfinite > 0 && rows.saturating_sub(self.last_nonfinite) < NONFINITE
    }

    /// Whether the run has given back all that it had learned, its gradient is dead, or its loss is not finite.
    pub(super) fn is_ruined(&self) -> bool {
        let (loss, gradient) = (&self.segment.progress.loss, &self.segment.progress.gradient);
        self.is_spoiled(self.rows) || loss.given_back() >= GIVEN_BACK || is_dead(gradient, loss)
    }

    fn report(&mut self, row: &Row, new: RuleSet) {
        // Taken out and put back, so that its allocation is used again.
        let mut alarms = std::mem::take(&mut self.alarms);
        alarms.clear();
        alarms.extend(new.rules().map(|rule| self.alarm(row, rule)));
        self.alarms = alarms;
    }

    fn alarm(&self, row: &Row, rule: Rule) -> RuleAlarm {
        let context = context(row, &self.scales, &self.segment, &self.history, self.meaning);
        let evidence = self.detectors.evidence(rule, &context);
        let evidence = evidence.unwrap_or_else(|| Evidence::of_value(rule, context.given(rule)));
        let score = self.scores.corrected(rule, self.escalation);
        RuleAlarm {
            rule,
            signal: evidence.signal,
            row: self.rows,
            step: row.step.unwrap_or(self.rows as i64),
            value: evidence.value,
            expected: evidence.expected,
            spread: evidence.spread,
            strength: score / self.threshold(rule),
            per_10k: rule.at_one().map(|at_one| FalseAlarmRate::expected_at(score, at_one)),
            incident: self.segment.incident.opened().unwrap_or(self.rows),
            since: self.segment.onsets.since(rule),
            length: evidence.length,
        }
    }
}
