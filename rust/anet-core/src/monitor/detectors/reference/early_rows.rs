//! The first 256 rows of a run against those of known-good runs.

use crate::monitor::rules::{RowScores, Rule};
use crate::state::fields;

use super::reference::Reference;
use super::reference_curve::ReferenceCurve;
use crate::monitor::detectors::{Context, Detector, Evidence, Observation};

/// Rules `early_loss`, `early_grad`, `early_update` and `early_rate`. Lives as long as the monitor.
#[derive(Debug, Clone, Default)]
pub(crate) struct EarlyRows {
    curve: ReferenceCurve,
    /// A setting, not a part of the state.
    reference: Option<Box<Reference>>,
}

impl Detector for EarlyRows {
    #[inline(always)]
    fn update(&mut self, seen: &Observation<'_>, scores: &mut RowScores) {
        let before = self.curve.rows();
        self.curve.push(seen.context.row);
        if let Some(reference) = self.reference.as_ref().filter(|_| self.curve.rows() > before) {
            reference.judge(&self.curve, scores);
        }
    }

    fn evidence(&self, rule: Rule, _: &Context<'_>) -> Option<Evidence> {
        let (value, expected) = self.reference.as_ref()?.compared(rule, &self.curve)?;
        let units = |y: f64| if rule == Rule::EarlyUpdate { y.exp() } else { y };
        Some(Evidence::compared(rule, units(value), units(expected)))
    }

    fn restart(&mut self) {}
}

impl EarlyRows {
    pub(crate) fn set_reference(&mut self, reference: Option<Reference>) {
        self.reference = reference.map(Box::new);
    }

    pub(crate) fn known(&self) -> Option<&Reference> {
        self.reference.as_deref()
    }

    pub(crate) fn reference(&self) -> Option<Reference> {
        Reference::of(vec![self.curve])
    }
}

fields!(EarlyRows { curve });
