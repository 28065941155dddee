//! A loss that stands at ln K: a classifier of K classes that answers the same to everything.

use std::ops::RangeInclusive;

use crate::monitor::rules::{RowScores, Rule};
use crate::state::fields;

use crate::monitor::detectors::{Context, Detector, Evidence, Observation};

/// Rows in a row.
const ROWS: u64 = 16;
/// How near to ln K each loss must be, as a part of it: four printed digits. A mean of many answers that differ is not so near.
const NEAR: f64 = 1e-4;
/// Beyond as many classes every loss is near to some ln K.
const CLASSES: f64 = 300.0;
/// Just around ln 2 and ln 300: elsewhere no exponential need be computed.
const POSSIBLE: RangeInclusive<f64> = 0.69..=5.71;

/// Rule `chance_level`: as long as it lasts.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ChanceLevel {
    rows: u64,
    level: f64,
}

impl Detector for ChanceLevel {
    #[inline(always)]
    fn update(&mut self, seen: &Observation<'_>, scores: &mut RowScores) {
        let Some(loss) = seen.loss() else { return };
        let level = level(loss).unwrap_or(f64::NAN);
        self.rows = if level == self.level { self.rows + 1 } else { u64::from(!level.is_nan()) };
        self.level = level;
        if self.rows >= ROWS {
            scores.set(Rule::ChanceLevel, self.rows as f64, self.rows as f64 / ROWS as f64);
        }
    }

    fn evidence(&self, rule: Rule, context: &Context<'_>) -> Option<Evidence> {
        let compared = Evidence::compared(rule, context.given(rule), self.level);
        (rule == Rule::ChanceLevel).then_some(Evidence { length: self.rows, ..compared })
    }
}

/// ln K, where the loss is as near to it as that, K from 2 on.
fn level(loss: f64) -> Option<f64> {
    if !POSSIBLE.contains(&loss) {
        return None;
    }
    let classes = loss.exp().round();
    let level = classes.ln();
    ((2.0..=CLASSES).contains(&classes) && (loss - level).abs() <= NEAR * level).then_some(level)
}

fields!(ChanceLevel { rows, level });
