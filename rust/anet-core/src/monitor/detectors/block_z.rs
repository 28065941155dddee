//! A block mean has left its baseline: one detector for all rules that are the z of a block mean.
//!
//! Levels, spikes, a gradient that fades, the update per unit of rate and the noise-to-gradient ratio differ in their
//! rows of the table of rules: which block mean, on which side, and when it scores nothing.

use crate::monitor::baseline::{AdaptiveThreshold, Baseline};
use crate::monitor::rules::{RowScores, Rule, Side, Statistic, Suppression, Threshold};
use crate::state::fields;

use super::{Context, Detector, Evidence, LossHistory, Observation};

/// asinh(2.5): a loss of 5 % of its scale. Without this suppression the first study's recall was at most 0.876 for 0.886
/// (2026-11-24).
const NEAR_ZERO: f64 = 1.647_231_146_371_095_7;

/// A rule as the table has it.
#[derive(Clone, Copy)]
struct Watched {
    rule: Rule,
    baseline: Baseline,
    side: Side,
    suppression: Suppression,
    floor: f64,
}

const COUNT: usize = {
    let (mut count, mut at) = (0, 0);
    while at < Rule::COUNT {
        if watched(Rule::ALL[at]).is_some() {
            count += 1;
        }
        at += 1;
    }
    count
};

/// The rules of the table whose statistic is the z of a block mean.
const WATCHED: [Watched; COUNT] = {
    let first = Watched {
        rule: Rule::ALL[0],
        baseline: Baseline::Loss1,
        side: Side::High,
        suppression: Suppression::Never,
        floor: 0.0,
    };
    let (mut rows, mut count, mut at) = ([first; COUNT], 0, 0);
    while at < Rule::COUNT {
        if let Some(row) = watched(Rule::ALL[at]) {
            rows[count] = row;
            count += 1;
        }
        at += 1;
    }
    rows
};

const fn watched(rule: Rule) -> Option<Watched> {
    match (rule.statistic(), rule.threshold()) {
        (Statistic::BlockZ(baseline, side, suppression), Threshold::Adaptive(floor, _)) => {
            Some(Watched { rule, baseline, side, suppression, floor })
        }
        _ => None,
    }
}

/// An adaptive threshold for each rule that is the z of a block mean.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BlockZ {
    thresholds: [AdaptiveThreshold; COUNT],
}

impl Default for BlockZ {
    fn default() -> Self {
        Self { thresholds: WATCHED.map(|watched| AdaptiveThreshold::new(watched.floor)) }
    }
}

impl Detector for BlockZ {
    #[inline(always)]
    fn update(&mut self, seen: &Observation<'_>, scores: &mut RowScores) {
        let near_zero = is_near_zero(seen);
        for (watched, threshold) in WATCHED.iter().zip(&mut self.thresholds) {
            let Some(departure) = seen.departures.of(watched.baseline) else { continue };
            let Some(z) = departure.z else { continue };
            let (z, farthest) = match watched.side {
                Side::High => (z, departure.highest),
                Side::Low => (-z, departure.lowest),
            };
            // The threshold learns while the rule is suppressed: what is healthy there does not alarm afterwards.
            let score = threshold.score(z);
            let suppressed = near_zero && watched.suppression == Suppression::NearZeroLoss;
            let score = if suppressed { 0.0 } else { score };
            scores.set_z(watched.rule, z, score, threshold, farthest);
        }
    }

    fn evidence(&self, rule: Rule, context: &Context<'_>) -> Option<Evidence> {
        Some(Evidence::of_baseline(rule, watched(rule)?.baseline, context))
    }
}

/// Whether single steps are suppressed: where a loss was ever given, until its median is known to be above 5 % of its scale.
fn is_near_zero(seen: &Observation<'_>) -> bool {
    let median = seen.context.baselines.median_loss();
    seen.loss == LossHistory::Given && median.is_none_or(|median| median <= NEAR_ZERO)
}

fields!(BlockZ { thresholds });
