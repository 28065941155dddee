//! One series of rows: the whole run, or one group of parameters.

use crate::error::Result;
use crate::state::{fields, state};

use super::alarm::{FalseAlarmRate, Onset, RowVerdict, RuleAlarm, WarmUp, adaptive_rules};
use super::baseline::{Departures, PeerMedian};
use super::detectors::{Context, Detectors, Evidence, LossHistory, Observation, Reference};
use super::input::{Row, SeriesValues, Signal, SignalScales, SignalSet, log_ratio};
use super::metrics_window::MetricsWindow;
use super::rules::{Escalation, RowScores, Rule, RuleSet};
use super::segment::{Reason, Segment};
use super::status::Status;

/// The monitor of one series of rows, without groups.
///
/// O(1) a row, about 10 kB, no allocation unless a row alarms. Signals may be absent in any row; what is not finite
/// alarms in that row and enters no state.
///
/// ```
/// use anet_core::{Escalation, FalseAlarmRate, Row, RunMonitor, Status};
/// let mut monitor = RunMonitor::new(FalseAlarmRate::per_10k(1.0).unwrap(), Escalation::On);
/// monitor.update(&Row { loss: Some(f64::NAN), ..Row::default() });
/// assert_eq!(monitor.status(), Status::Failing);
/// assert_eq!(monitor.alarms()[0].rule.name(), "nonfinite");
/// ```
#[derive(Debug, Clone)]
pub struct RunMonitor {
    rate: FalseAlarmRate,
    escalation: Escalation,
    rows: u64,
    seen: SignalSet,
    adaptive_rules: u32,
    last_step: Option<i64>,
    noted: bool,
    began: Option<Reason>,
    scales: SignalScales,
    segment: Segment,
    detectors: Detectors,
    window: MetricsWindow,
    peers: PeerMedian,
    scores: RowScores,
    status: Status,
    firing: RuleSet,
    alarms: Vec<RuleAlarm>,
}

impl RunMonitor {
    /// A monitor that has seen nothing.
    pub fn new(rate: FalseAlarmRate, escalation: Escalation) -> Self {
        Self {
            rate,
            escalation,
            rows: 0,
            seen: SignalSet::default(),
            adaptive_rules: 0,
            last_step: None,
            noted: false,
            began: None,
            scales: SignalScales::default(),
            segment: Segment::default(),
            detectors: Detectors::default(),
            window: MetricsWindow::default(),
            peers: PeerMedian::default(),
            scores: RowScores::default(),
            status: Status::WarmingUp,
            firing: RuleSet::default(),
            alarms: Vec::with_capacity(Rule::COUNT),
        }
    }

    /// Takes one row. What it means stands in [`RunMonitor::status`], [`RunMonitor::alarms`] and [`RunMonitor::scores`].
    pub fn update(&mut self, row: &Row) -> Status {
        self.begin(row);
        let values = self.scales.accept(row);
        self.take(row, &values)
    }

    /// Takes one row of a group whose update is compared with that of its peers: in the step before, since in this one
    /// they may be still to come.
    pub(crate) fn update_among_peers(&mut self, row: &Row) -> Status {
        self.begin(row);
        let values = self.scales.accept(row);
        let update = values.update.and(self.peers.excess);
        self.take(row, &SeriesValues { update, ..values })
    }

    fn take(&mut self, row: &Row, values: &SeriesValues) -> Status {
        self.peers.moved = log_ratio(row.step_norm, row.lr);
        let mut departures = Departures::default();
        self.segment.baselines.push(values, &mut departures);
        self.detect(row, values, &departures);
        self.judge(row);
        self.window.push(row);
        self.rows += 1;
        self.segment.rows += 1;
        self.status
    }

    fn detect(&mut self, row: &Row, values: &SeriesValues, departures: &Departures) {
        let given = self.seen.contains(SignalSet::of(&[Signal::Loss]));
        let loss = if given { LossHistory::Given } else { LossHistory::NeverGiven };
        let context = Context { row, scales: &self.scales, baselines: &self.segment.baselines };
        self.scores.clear();
        self.detectors.update(&Observation { context, values, departures, loss }, &mut self.scores);
        self.segment.learned |= self.scores.has_any_adaptive();
    }

    /// Announces a change that the user intends: the next row opens a new segment.
    pub fn note(&mut self) {
        self.noted = true;
    }

    /// The status after the last row.
    pub fn status(&self) -> Status {
        self.status
    }

    /// The rules that fired in the last row for the first time in their incident.
    pub fn alarms(&self) -> &[RuleAlarm] {
        &self.alarms
    }

    /// The rules that fired in the last row, new or not.
    pub fn firing(&self) -> impl Iterator<Item = Rule> + use<> {
        self.firing.rules()
    }

    /// The rules that have fired in the incident under way.
    pub fn incident(&self) -> impl Iterator<Item = Rule> + use<> {
        self.segment.incident.fired().rules()
    }

    /// All scores of the last row.
    pub fn scores(&self) -> &RowScores {
        &self.scores
    }

    /// The rules whose scores have risen, the earliest onset first.
    pub fn onsets(&self) -> Vec<Onset> {
        self.segment.onsets.order(self.rows.saturating_sub(1))
    }

    /// The newest values of each signal, and the six documented metrics of them.
    pub fn window(&self) -> &MetricsWindow {
        &self.window
    }

    /// What the score of an adaptive rule must exceed.
    pub fn threshold(&self) -> f64 {
        self.rate.threshold(self.adaptive_rules, self.escalation)
    }

    /// Rows seen.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Why the last row opened a segment, if it did.
    pub fn began(&self) -> Option<Reason> {
        self.began
    }

    /// The asked rate of false alarms.
    pub fn rate(&self) -> FalseAlarmRate {
        self.rate
    }

    /// Whether families that have fired must be stronger to fire again.
    pub fn escalation(&self) -> Escalation {
        self.escalation
    }

    /// Whether an incident is open.
    pub fn has_incident(&self) -> bool {
        self.segment.incident.is_open()
    }

    /// The row in which the open incident opened.
    pub(crate) fn opened(&self) -> Option<u64> {
        self.segment.incident.opened()
    }

    /// How much a group moves, and by how much more than the median of its peers.
    pub(crate) fn peers(&mut self) -> &mut PeerMedian {
        &mut self.peers
    }

    /// Compares the first rows with a good run's.
    pub fn with_reference(mut self, reference: Reference) -> Self {
        self.set_reference(Some(reference));
        self
    }

    pub(crate) fn set_reference(&mut self, reference: Option<Reference>) {
        self.detectors.set_reference(reference);
    }

    /// The reference that it compares with.
    pub fn known(&self) -> Option<&Reference> {
        self.detectors.known()
    }

    /// The reference that this run gives, if it has been a good one; `None` before 8 rows.
    pub fn reference(&self) -> Option<Reference> {
        self.detectors.reference()
    }

    /// Other settings, the same state.
    pub(crate) fn configure(&mut self, rate: FalseAlarmRate, escalation: Escalation) {
        (self.rate, self.escalation) = (rate, escalation);
    }

    /// Keeps the asked rate for `monitors` together.
    pub(crate) fn share(&mut self, monitors: u32) {
        self.rate = self.rate.shared(monitors);
    }

    fn begin(&mut self, row: &Row) {
        let rewound = row.step.zip(self.last_step).is_some_and(|(step, last)| step <= last);
        self.began = match (self.rows, self.noted, rewound) {
            (0, ..) => Some(Reason::Start),
            (_, true, _) => Some(Reason::Note),
            (_, _, true) => Some(Reason::Rewind),
            _ => None,
        };
        if self.began.is_some() {
            self.segment = Segment::default();
            self.detectors.restart();
        }
        self.noted = false;
        self.last_step = row.step.or(self.last_step);
        let seen = self.seen.with(row.given());
        if seen != self.seen {
            self.seen = seen;
            self.adaptive_rules = adaptive_rules(seen);
        }
    }

    /// Sets what follows from the fields that were loaded.
    fn derive(&mut self) -> Result<()> {
        self.adaptive_rules = adaptive_rules(self.seen);
        Ok(())
    }

    fn judge(&mut self, row: &Row) {
        let now = self.rows;
        let warm_up = self.segment.warm_up();
        let mut verdict = RowVerdict::default();
        self.segment.incident.begin(now, self.escalation);
        for (rule, ratio) in self.scores.ratios(self.threshold(), self.escalation) {
            self.segment.onsets.observe(now, rule, ratio);
            self.segment.incident.observe(rule, ratio, warm_up, &mut verdict);
        }
        self.firing = verdict.firing;
        let new = self.segment.incident.end(now, &verdict);
        self.report(row, new);
        self.status = self.status_of(warm_up, &verdict);
    }

    fn status_of(&self, warm_up: WarmUp, verdict: &RowVerdict) -> Status {
        let incident = &self.segment.incident;
        if incident.is_failure() {
            Status::Failing
        } else if incident.is_open() || verdict.is_close() {
            Status::Suspect
        } else if warm_up == WarmUp::UnderWay || !self.segment.learned {
            Status::WarmingUp
        } else {
            Status::Healthy
        }
    }

    fn report(&mut self, row: &Row, new: RuleSet) {
        // Taken out and put back, so that its allocation is used again.
        let mut alarms = std::mem::take(&mut self.alarms);
        alarms.clear();
        alarms.extend(new.rules().map(|rule| self.alarm(row, rule)));
        self.alarms = alarms;
    }

    fn alarm(&self, row: &Row, rule: Rule) -> RuleAlarm {
        let context = Context { row, scales: &self.scales, baselines: &self.segment.baselines };
        let evidence = self.detectors.evidence(rule, &context);
        let evidence = evidence.unwrap_or_else(|| Evidence::of_value(rule, context.given(rule)));
        let score = self.scores.corrected(rule, self.escalation);
        let adaptive = rule.is_adaptive();
        RuleAlarm {
            rule,
            signal: evidence.signal,
            row: self.rows,
            step: row.step.unwrap_or(self.rows as i64),
            value: evidence.value,
            expected: evidence.expected,
            spread: evidence.spread,
            strength: if adaptive { score / self.threshold() } else { score },
            per_10k: adaptive
                .then(|| FalseAlarmRate::expected_at(score, self.adaptive_rules, self.escalation)),
            incident: self.segment.incident.opened().unwrap_or(self.rows),
            since: self.segment.onsets.since(rule),
            length: evidence.length,
        }
    }
}

state!(RunMonitor: RunMonitor, Self::new(FalseAlarmRate::default(), Escalation::On));

fields!(RunMonitor {
    rate,
    escalation,
    rows,
    seen,
    status,
    last_step,
    noted,
    scales,
    segment,
    detectors,
    window,
    peers,
} then derive);
