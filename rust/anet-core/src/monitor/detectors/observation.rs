//! What a detector sees of one row.

use crate::monitor::alarm::History;
use crate::monitor::baseline::{Baselines, Departures};
use crate::monitor::input::{Row, SeriesValues, SignalScales};
use crate::monitor::named::LossMeaning;
use crate::monitor::progress::{LossProgress, Progress};
use crate::monitor::rules::Rule;

/// The row, and what turns a score back into its units.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'a> {
    pub row: &'a Row,
    pub scales: &'a SignalScales,
    pub baselines: &'a Baselines,
    pub progress: &'a Progress,
    pub history: &'a History,
    pub meaning: LossMeaning,
}

/// One row, and all that has been computed of it before any detector.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Observation<'a> {
    /// Rows of the segment before this one.
    pub at: u64,
    pub context: Context<'a>,
    pub values: &'a SeriesValues,
    pub departures: &'a Departures,
    pub loss: LossHistory,
}

/// Whether a loss was ever given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LossHistory {
    /// In this row or an earlier one.
    Given,
    /// Never.
    NeverGiven,
}

impl Context<'_> {
    /// The value of the rule's signal; NaN where it was not given.
    pub(crate) fn given(&self, rule: Rule) -> f64 {
        self.row.get(rule.signal()).unwrap_or(f64::NAN)
    }
}

impl<'a> Observation<'a> {
    /// The loss of this row, where it is finite.
    pub(crate) fn loss(&self) -> Option<f64> {
        self.context.row.loss.filter(|loss| loss.is_finite())
    }

    /// What the loss has done, where this row has a finite one.
    pub(crate) fn new_loss(&self) -> Option<&'a LossProgress> {
        self.loss().map(|_| &self.context.progress.loss)
    }
}
