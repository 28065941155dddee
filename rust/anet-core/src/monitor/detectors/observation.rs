//! What a detector sees of one row.

use crate::monitor::baseline::{Baselines, Departures};
use crate::monitor::input::{Row, SeriesValues, SignalScales};
use crate::monitor::rules::Rule;

/// The row, and what turns a score back into its units.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'a> {
    pub row: &'a Row,
    pub scales: &'a SignalScales,
    pub baselines: &'a Baselines,
}

/// One row, and all that has been computed of it before any detector.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Observation<'a> {
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
