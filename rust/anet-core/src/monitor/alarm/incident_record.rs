//! One incident of a run: the levels before it, how far it went, and whether the run has come back.

use crate::monitor::progress::{LossProgress, Progress};
use crate::monitor::rules::{Rule, RuleSet};
use crate::monitor::status::Status;
use crate::state::fields;

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
    /// The highest median of 8 losses while it was open.
    pub highest: f64,
    /// The lowest.
    pub lowest: f64,
    /// Its rules, of the whole run.
    pub(super) rules: RuleSet,
    /// How near to `before` a loss must come to be back.
    tolerance: f64,
    /// By how much a loss must rise to be remembered.
    material: f64,
    /// The usual gradient norm before it.
    pub(crate) gradient: f64,
    /// Whether the user announced a change since.
    pub(super) announced: bool,
}

impl Default for IncidentRecord {
    fn default() -> Self {
        Self::opening(0, 0, &Progress::default())
    }
}

impl IncidentRecord {
    pub(super) fn opening(row: u64, step: i64, progress: &Progress) -> Self {
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
    pub(super) fn is_material(&self) -> bool {
        self.highest - self.before >= self.material
    }

    pub(super) fn disturbance(&self) -> Option<Disturbance> {
        let rows = self.end?.saturating_sub(self.row);
        Some(Disturbance { before: self.before, peak: self.highest, rows })
    }

    /// Whether loss and gradient are back at their levels before, or a change was announced since.
    pub(super) fn is_back(&self, level: f64, gradient: f64) -> bool {
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
