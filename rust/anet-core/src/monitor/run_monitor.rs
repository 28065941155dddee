//! One series of rows: the whole run, or one group of parameters.

use crate::state::{fields, state};

use super::alarm::{FalseAlarmRate, History, Onset, RuleAlarm};
use super::baseline::{Departures, PeerMedian};
use super::detectors::{Context, Detectors, LossHistory, Observation, Reference};
use super::input::{Row, SeriesValues, Signal, SignalScales, SignalSet, log_ratio};
use super::metrics_window::MetricsWindow;
use super::named::LossMeaning;
use super::progress::Progress;
use super::rules::{Escalation, RowScores, Rule, RuleSet};
use super::segment::{Reason, Segment};
use super::status::Status;
use super::summary::RunSummary;

/// The monitor of one series of rows, without groups.
///
/// O(1) a row, about 28 kB (21 kB saved), no allocation unless a row alarms. Signals may be absent in any row; what is not finite
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
    pub(super) rate: FalseAlarmRate,
    pub(super) escalation: Escalation,
    pub(super) rows: u64,
    pub(super) seen: SignalSet,
    pub(super) noted: bool,
    pub(super) began: Option<Reason>,
    pub(super) scales: SignalScales,
    pub(super) segment: Segment,
    pub(super) detectors: Detectors,
    pub(super) window: MetricsWindow,
    pub(super) peers: PeerMedian,
    pub(super) scores: RowScores,
    pub(super) status: Status,
    pub(super) worst: Status,
    /// Rows in which a rule with a baseline had a score.
    pub(super) judged: u64,
    /// The last row whose loss was not finite, counted from 1.
    pub(super) last_nonfinite: u64,
    pub(super) history: History,
    /// What the owner of the monitor knows of the loss: no part of the state.
    pub(super) meaning: LossMeaning,
    pub(super) firing: RuleSet,
    pub(super) alarms: Vec<RuleAlarm>,
}

impl RunMonitor {
    /// A monitor that has seen nothing.
    pub fn new(rate: FalseAlarmRate, escalation: Escalation) -> Self {
        Self {
            rate,
            escalation,
            rows: 0,
            seen: SignalSet::default(),
            noted: false,
            began: None,
            scales: SignalScales::default(),
            segment: Segment::default(),
            detectors: Detectors::default(),
            window: MetricsWindow::default(),
            peers: PeerMedian::default(),
            scores: RowScores::default(),
            status: Status::WarmingUp,
            worst: Status::WarmingUp,
            judged: 0,
            last_nonfinite: 0,
            history: History::default(),
            meaning: LossMeaning::Progress,
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
        self.segment.progress.push(row);
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
        let context = context(row, &self.scales, &self.segment, &self.history, self.meaning);
        self.scores.clear();
        let seen = Observation { at: self.segment.rows, context, values, departures, loss };
        self.detectors.update(&seen, &mut self.scores);
        self.judged += u64::from(self.scores.has_any_adaptive());
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

    /// What the score of a rule must exceed.
    pub fn threshold(&self, rule: Rule) -> f64 {
        rule.at_one().map_or(1.0, |at_one| self.rate.threshold(at_one))
    }

    /// What the loss of this run says.
    pub(crate) fn set_meaning(&mut self, meaning: LossMeaning) {
        self.meaning = meaning;
    }

    /// Remembers a fault that shows in groups or named signals alone: the levels of the loss say nothing of it.
    pub(crate) fn begin_fault_elsewhere(&mut self, alarm: &RuleAlarm) {
        let nothing = Progress::default();
        if self.history.under_way().is_none() {
            self.history.open(alarm.row, alarm.step, &nothing);
        }
        let mut rules = RuleSet::default();
        rules.insert(alarm.rule);
        self.history.follow(rules, Status::Suspect, &nothing);
    }

    /// Remembers that it is over.
    pub(crate) fn end_fault_elsewhere(&mut self) {
        if !self.has_incident() {
            self.history.close(self.rows);
        }
    }

    /// Takes the status of a monitor of which this is the whole run.
    pub(crate) fn worsen(&mut self, status: Status) {
        self.worst = self.worst.max(status);
        if status >= Status::Suspect && self.history.under_way().is_some() {
            self.history.follow(RuleSet::default(), status, &Progress::default());
        }
    }

    /// What the run has come to so far.
    pub fn summary(&self) -> RunSummary<'_> {
        RunSummary::of(self)
    }

    /// Whether any of the five signals was ever given.
    pub(crate) fn has_signals(&self) -> bool {
        self.seen != SignalSet::default()
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
        self.began = match (self.rows, self.noted) {
            (0, _) => Some(Reason::Start),
            (_, true) => Some(Reason::Note),
            _ => None,
        };
        if self.began.is_some() {
            self.segment = Segment::default();
            self.detectors.restart();
            self.history.accept(self.rows);
        }
        self.noted = false;
        self.seen = self.seen.with(row.given());
    }
}

/// What turns the scores of this row back into units.
pub(super) fn context<'a>(
    row: &'a Row,
    scales: &'a SignalScales,
    segment: &'a Segment,
    history: &'a History,
    meaning: LossMeaning,
) -> Context<'a> {
    Context { row, scales, baselines: &segment.baselines, progress: &segment.progress, history, meaning }
}

state!(RunMonitor: RunMonitor, Self::new(FalseAlarmRate::default(), Escalation::On));

fields!(RunMonitor {
    rate,
    escalation,
    rows,
    seen,
    status,
    worst,
    judged,
    last_nonfinite,
    history,
    noted,
    scales,
    segment,
    detectors,
    window,
    peers,
});
