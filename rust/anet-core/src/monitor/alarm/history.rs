//! The incidents of a run, and whether it has come back from them.

use crate::monitor::progress::{LossProgress, Progress};
use crate::monitor::rules::{Rule, RuleSet};
use crate::monitor::status::Status;
use crate::state::fields;

/// Incidents that are kept, the newest.
const KEPT: usize = 16;
/// How far above its level before, as a part of what had been learned, a loss has come back.
const NEAR: f64 = 0.1;
/// Nor further than this part of that level: half as much again is not back.
const HALF: f64 = 0.5;
/// Unless that is next to nothing of what had been learned.
const NOTHING: f64 = 0.02;
/// Standard deviations by which a loss must have risen to be remembered.
const CLEAR: f64 = 3.0;
/// Beyond these factors of its level before, a gradient norm has not come back.
const GRADIENT: (f64, f64) = (1.8, 0.1);

/// An incident, and the levels before it. Numbers that were not known are NaN.
#[derive(Debug, Clone, Copy)]
pub struct IncidentRecord {
    /// The row in which it opened.
    pub row: u64,
    /// The caller's step of that row.
    pub step: i64,
    /// The row after which it was over; `None` while it is open.
    pub end: Option<u64>,
    /// The worst status of the run while it was open.
    pub worst: Status,
    /// The median of the 64 losses before it.
    pub before: f64,
    /// The highest and the lowest median of 8 losses while it was open.
    pub highest: f64,
    /// See `highest`.
    pub lowest: f64,
    /// Its rules, of the whole run.
    rules: RuleSet,
    /// How near to `before` a loss must come to be back.
    tolerance: f64,
    /// By how much a loss must rise to be remembered.
    material: f64,
    /// The usual gradient norm before it.
    pub(crate) gradient: f64,
    /// Whether the user announced a change since.
    announced: bool,
}

impl Default for IncidentRecord {
    fn default() -> Self {
        Self::opening(0, 0, &Progress::default())
    }
}

impl IncidentRecord {
    fn opening(row: u64, step: i64, progress: &Progress) -> Self {
        let loss = &progress.loss;
        Self {
            row,
            step,
            end: None,
            worst: Status::Suspect,
            before: loss.usual,
            highest: f64::NAN,
            lowest: f64::NAN,
            rules: RuleSet::default(),
            tolerance: tolerance(loss),
            material: (NEAR * loss.learned()).max(CLEAR * loss.spread),
            gradient: progress.gradient.usual,
            announced: false,
        }
    }

    /// The rules that fired in it.
    pub fn rules(&self) -> impl Iterator<Item = Rule> + use<> {
        self.rules.rules()
    }

    /// Whether it is about a loss that fell.
    pub fn is_fall(&self) -> bool {
        self.rules.contains(Rule::Collapse)
    }

    /// Whether the loss rose by more than it must come back by, or noise.
    fn is_material(&self) -> bool {
        self.highest - self.before >= self.material
    }

    fn disturbance(&self) -> Option<Disturbance> {
        let rows = self.end?.saturating_sub(self.row);
        Some(Disturbance { before: self.before, peak: self.highest, rows })
    }

    /// Whether loss and gradient are back at their levels before, or a change was announced since.
    fn is_back(&self, level: f64, gradient: f64) -> bool {
        if self.announced {
            return true;
        }
        let risen = level > self.before + self.tolerance;
        let fallen = self.is_fall() && level < self.before - self.tolerance;
        let louder = gradient > GRADIENT.0 * self.gradient;
        let fainter = gradient < GRADIENT.1 * self.gradient && level >= self.before;
        !(risen || fallen || louder || fainter)
    }
}

/// How near to its level before a loss must come to be back.
fn tolerance(loss: &LossProgress) -> f64 {
    let material = (HALF * loss.usual.abs()).max(NOTHING * loss.learned());
    (NEAR * loss.learned()).min(material).max(loss.spread)
}

/// The largest rise of the loss in an incident that is over: what the next one is compared with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Disturbance {
    /// The level before it.
    pub before: f64,
    /// The highest median of 8 losses in it.
    pub peak: f64,
    /// The rows of the longest one.
    pub rows: u64,
}

impl Disturbance {
    /// How far the loss rose.
    pub(crate) fn rise(&self) -> f64 {
        self.peak - self.before
    }
}

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

fields!(IncidentRecord {
    row,
    step,
    end,
    worst,
    before,
    highest,
    lowest,
    rules,
    tolerance,
    material,
    gradient,
    announced,
});

fields!(History { records, count });
