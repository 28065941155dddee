//! Puts the detectors together: one row in, one status and the alarms that are news out.

use crate::error::Result;

use crate::monitor::alarm::alarm::{Alarm, Evidence};
use crate::monitor::alarm::false_alarm_rate;
use crate::monitor::alarm::false_alarm_rate::FalseAlarms;
use crate::monitor::alarm::incident::{Firing, Hearing, Memory};
use crate::monitor::alarm::onset::Stir;
use crate::monitor::alarm::score_table::Score;
use crate::monitor::alarm::scores::Board;
use crate::monitor::baseline::peer_median::Beside;
use crate::monitor::detectors::frozen::Frozen;
use crate::monitor::detectors::learning_rate::LearningRate;
use crate::monitor::detectors::nonfinite;
use crate::monitor::detectors::reference::Reference;
use crate::monitor::detectors::reference_curve::Course;
use crate::monitor::input::series::{Scales, Values, log_ratio};
use crate::monitor::input::signal::{Row, SignalSet};
use crate::monitor::metrics_window::Windows;
use crate::monitor::segment::{Reason, Segment};
use crate::monitor::status::Status;
use crate::state::{fields, state};

/// The training monitor.
///
/// O(1) a row, about 10 kB, no allocation unless a row alarms. Signals may be absent in any row; what is not finite
/// alarms in that row and enters no state.
///
/// ```
/// use anet_core::monitor::{FalseAlarms, Memory, Monitor, Row, Status};
/// let mut monitor = Monitor::new(FalseAlarms::per_10k(1.0).unwrap(), Memory::Kept);
/// monitor.update(&Row { loss: Some(f64::NAN), ..Row::default() });
/// assert_eq!(monitor.status(), Status::Failing);
/// assert_eq!(monitor.alarms()[0].score.name(), "nonfinite");
/// ```
#[derive(Debug, Clone)]
pub struct Monitor {
    rate: FalseAlarms,
    memory: Memory,
    rows: u64,
    seen: SignalSet,
    scores: u32,
    last_step: Option<i64>,
    noted: bool,
    began: Option<Reason>,
    scales: Scales,
    learning_rate: LearningRate,
    frozen: Frozen,
    nonfinite_rows: u64,
    segment: Segment,
    windows: Windows,
    course: Course,
    beside: Beside,
    reference: Option<Box<Reference>>,
    board: Board,
    status: Status,
    firing: u32,
    alarms: Vec<Alarm>,
}

impl Monitor {
    /// A monitor that has seen nothing.
    pub fn new(rate: FalseAlarms, memory: Memory) -> Self {
        Self {
            rate,
            memory,
            rows: 0,
            seen: SignalSet::default(),
            scores: 0,
            last_step: None,
            noted: false,
            began: None,
            scales: Scales::default(),
            learning_rate: LearningRate::default(),
            frozen: Frozen::default(),
            nonfinite_rows: 0,
            segment: Segment::default(),
            windows: Windows::default(),
            course: Course::default(),
            beside: Beside::default(),
            reference: None,
            board: Board::default(),
            status: Status::WarmingUp,
            firing: 0,
            alarms: Vec::with_capacity(Score::COUNT),
        }
    }

    /// Takes one row. What it says stands in [`Monitor::status`], [`Monitor::alarms`] and [`Monitor::board`].
    pub fn update(&mut self, row: &Row) -> Status {
        self.begin(row);
        let values = self.scales.accept(row);
        self.take(row, &values)
    }

    /// Takes one row of a group whose update is compared with that of the others: in the step before, since in this one
    /// they may be still to come.
    pub(crate) fn update_beside(&mut self, row: &Row) -> Status {
        self.begin(row);
        let values = self.scales.accept(row);
        let update = values.update.and(self.beside.excess);
        self.take(row, &Values { update, ..values })
    }

    fn take(&mut self, row: &Row, values: &Values) -> Status {
        self.board = Board::default();
        self.beside.moved = log_ratio(row.step_norm, row.lr);
        let loss_was_given = self.seen.contains(Score::DriftLoss.needs());
        self.segment.update(values, loss_was_given, &mut self.board);
        self.learning_rate.update(row.lr, &mut self.board);
        self.frozen.update(row, &mut self.board);
        nonfinite::update(row.given(), row.not_finite(), &mut self.board);
        self.compare(row);
        self.judge(row);
        self.windows.push(row);
        self.rows += 1;
        self.segment.rows += 1;
        self.status
    }

    /// Announces a change that the user intends: the next row opens a new segment.
    pub fn note(&mut self) {
        self.noted = true;
    }

    /// The status after the last row.
    pub fn status(&self) -> Status {
        self.status
    }

    /// The scores that fired in the last row for the first time in their incident.
    pub fn alarms(&self) -> &[Alarm] {
        &self.alarms
    }

    /// The scores that fired in the last row, news or not: bit `i` is the `i`-th of [`Score::ALL`].
    pub fn firing(&self) -> u32 {
        self.firing
    }

    /// The scores that have fired in the incident under way, as bits.
    pub fn incident(&self) -> u32 {
        self.segment.incident.fired()
    }

    /// All scores of the last row.
    pub fn board(&self) -> &Board {
        &self.board
    }

    /// The scores that stir, in the order in which they began; the first of them moved first.
    pub fn stirring(&self) -> Vec<Stir> {
        self.segment.stirring.order(self.rows.saturating_sub(1))
    }

    /// The newest values of each signal, and the six documented metrics of them.
    pub fn windows(&self) -> &Windows {
        &self.windows
    }

    /// The line of the scores on the knob.
    pub fn line(&self) -> f64 {
        self.rate.line(self.scores, self.memory)
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
    pub fn rate(&self) -> FalseAlarms {
        self.rate
    }

    /// Whether families that have rung must be louder to ring again.
    pub fn memory(&self) -> Memory {
        self.memory
    }

    /// Whether an incident is open.
    pub fn has_incident(&self) -> bool {
        self.segment.incident.is_open()
    }

    /// How much a group moves, and by how much more than the others.
    pub(crate) fn beside(&mut self) -> &mut Beside {
        &mut self.beside
    }

    /// Compares the first rows with a good run's.
    pub fn with_reference(mut self, reference: Reference) -> Self {
        self.set_reference(Some(reference));
        self
    }

    pub(crate) fn set_reference(&mut self, reference: Option<Reference>) {
        self.reference = reference.map(Box::new);
    }

    /// The reference that it compares with.
    pub fn known(&self) -> Option<&Reference> {
        self.reference.as_deref()
    }

    /// The reference that this run gives, if it has been a good one; `None` before 8 rows.
    pub fn reference(&self) -> Option<Reference> {
        Reference::of(vec![self.course])
    }

    /// Other settings, the same memory.
    pub(crate) fn configure(&mut self, rate: FalseAlarms, memory: Memory) {
        (self.rate, self.memory) = (rate, memory);
    }

    /// Keeps the asked rate for so many monitors together.
    pub(crate) fn share(&mut self, machines: u32) {
        self.rate = self.rate.shared(machines);
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
            self.frozen.restart();
        }
        self.noted = false;
        self.last_step = row.step.or(self.last_step);
        let seen = self.seen.with(row.given());
        if seen != self.seen {
            self.seen = seen;
            self.scores = false_alarm_rate::scores_with(seen);
        }
    }

    /// Sets what follows from the fields that were loaded.
    fn derive(&mut self) -> Result<()> {
        self.scores = false_alarm_rate::scores_with(self.seen);
        Ok(())
    }

    fn compare(&mut self, row: &Row) {
        let before = self.course.rows();
        self.course.push(row);
        if let Some(reference) = self.reference.as_ref().filter(|_| self.course.rows() > before) {
            reference.judge(&self.course, &mut self.board);
        }
    }

    fn judge(&mut self, row: &Row) {
        let now = self.rows;
        let warm = self.segment.is_warm();
        let mut hearing = Hearing::default();
        self.segment.incident.begin(now, self.memory);
        for (score, ratio) in self.board.ratios(self.line(), self.memory) {
            self.segment.stirring.hear(now, score, ratio);
            self.segment.incident.hear(score, ratio, warm, &mut hearing);
        }
        self.firing = hearing.firing;
        let news = self.segment.incident.end(now, &hearing);
        self.nonfinite_rows += u64::from(row.not_finite().count() > 0);
        self.tell(row, news);
        self.status = self.word(warm, &hearing);
    }

    fn word(&self, warm: bool, hearing: &Hearing) -> Status {
        let incident = &self.segment.incident;
        if incident.is_failure() {
            Status::Failing
        } else if incident.is_open() || hearing.is_close() {
            Status::Suspect
        } else if !warm || !self.segment.learned {
            Status::WarmingUp
        } else {
            Status::Healthy
        }
    }

    fn tell(&mut self, row: &Row, news: Firing) {
        // Taken out and put back, so that its allocation is used again.
        let mut alarms = std::mem::take(&mut self.alarms);
        alarms.clear();
        alarms.extend(news.scores().map(|score| self.alarm(row, score)));
        self.alarms = alarms;
    }

    fn evidence<'a>(&'a self, row: &'a Row) -> Evidence<'a> {
        Evidence {
            row,
            scales: &self.scales,
            segment: &self.segment,
            learning_rate: &self.learning_rate,
            frozen: &self.frozen,
            course: &self.course,
            reference: self.reference.as_deref(),
            nonfinite_rows: self.nonfinite_rows,
        }
    }

    fn alarm(&self, row: &Row, score: Score) -> Alarm {
        let numbers = self.evidence(row).numbers(score);
        let value = self.board.judged(score, self.memory);
        let on_the_knob = score.is_on_the_knob();
        Alarm {
            score,
            signal: numbers.signal,
            row: self.rows,
            step: row.step.unwrap_or(self.rows as i64),
            value: numbers.value,
            expected: numbers.expected,
            spread: numbers.spread,
            strength: if on_the_knob { value / self.line() } else { value },
            per_10k: on_the_knob.then(|| FalseAlarms::expected_at(value, self.scores, self.memory)),
            incident: self.segment.incident.opened().unwrap_or(self.rows),
            since: self.segment.stirring.since(score),
            length: numbers.length,
        }
    }
}

state!(Monitor: Monitor, Self::new(FalseAlarms::default(), Memory::Kept));

fields!(Monitor {
    rate,
    memory,
    rows,
    seen,
    status,
    last_step,
    noted,
    scales,
    learning_rate,
    frozen,
    nonfinite_rows,
    segment,
    windows,
    course,
    beside,
} then derive);
