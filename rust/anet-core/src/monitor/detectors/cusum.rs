//! A rise too small for any single step, kept up: a one-sided cumulative sum of clipped z (Page 1954).

use crate::monitor::baseline::{AdaptiveThreshold, Baseline, tail_correction};
use crate::monitor::rules::{RowScores, Rule, Threshold};
use crate::state::fields;

use super::{Context, Detector, Evidence, Observation};

/// One outlier counts at most as four ordinary deviations, one lucky step takes back at most three.
const CLIP: (f64, f64) = (-3.0, 4.0);
/// What a z must exceed to add to the sum: a rise of one deviation is not drift.
const ALLOWANCE: f64 = 1.0;
/// The spread of the sum of two z whose correlation is 0.28: √(2 (1 + 0.28)).
const BOTH: f64 = 1.6;

/// Rules `drift_loss` and `drift_both`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cusum {
    /// Of the loss alone.
    loss: ClippedSum,
    /// Of loss and gradient norm together.
    both: ClippedSum,
}

impl Default for Cusum {
    fn default() -> Self {
        Self { loss: ClippedSum::new(Rule::DriftLoss), both: ClippedSum::new(Rule::DriftBoth) }
    }
}

impl Detector for Cusum {
    #[inline(always)]
    fn update(&mut self, seen: &Observation<'_>, scores: &mut RowScores) {
        let clipped = |baseline| Some(seen.departures.of(baseline)?.z?.clamp(CLIP.0, CLIP.1));
        let loss = clipped(Baseline::Loss1);
        let both = loss.zip(clipped(Baseline::Grad1)).map(|(loss, grad)| (loss + grad) / BOTH);
        let above = seen.departures.of(Baseline::Loss1).map_or(0.0, |departure| departure.above);
        self.loss.update(loss, above, Rule::DriftLoss, scores);
        self.both.update(both, above, Rule::DriftBoth, scores);
        let (phi_loss, phi_grad) = seen.context.baselines.autocorrelations();
        self.loss.correct(phi_loss, Rule::DriftLoss, scores);
        self.both.correct(phi_loss.max(phi_grad), Rule::DriftBoth, scores);
    }

    fn evidence(&self, rule: Rule, context: &Context<'_>) -> Option<Evidence> {
        let sum = match rule {
            Rule::DriftLoss => &self.loss,
            Rule::DriftBoth => &self.both,
            _ => return None,
        };
        let usual = Evidence::of_baseline(rule, Baseline::Loss1, context);
        let median = context.baselines.median_loss().unwrap_or(0.0);
        Some(Evidence {
            value: context.scales.loss.restore(median + sum.excess()),
            length: sum.length,
            ..usual
        })
    }
}

/// max(0, sum + z - 1), from 0 on, and the number of values since it was 0.
#[derive(Debug, Clone, Copy)]
struct ClippedSum {
    sum: f64,
    length: u64,
    above: f64,
    threshold: AdaptiveThreshold,
}

impl ClippedSum {
    fn new(rule: Rule) -> Self {
        Self { sum: 0.0, length: 0, above: 0.0, threshold: AdaptiveThreshold::new(floor(rule)) }
    }

    /// The mean distance of the loss from its median since the sum was 0, in logarithms.
    fn excess(&self) -> f64 {
        self.above / self.length.max(1) as f64
    }

    fn update(&mut self, z: Option<f64>, above: f64, rule: Rule, scores: &mut RowScores) {
        let Some(z) = z else { return };
        self.sum = (self.sum + z - ALLOWANCE).max(0.0);
        (self.length, self.above) =
            if self.sum > 0.0 { (self.length + 1, self.above + above) } else { (0, 0.0) };
        scores.set(rule, self.sum, self.threshold.score(self.sum));
    }

    fn correct(&self, phi: f64, rule: Rule, scores: &mut RowScores) {
        let factor = tail_correction::of_autocorrelation(phi, floor(rule), self.threshold.value());
        scores.inflate(rule, factor);
    }
}

/// The floor that the table gives a rule.
const fn floor(rule: Rule) -> f64 {
    match rule.threshold() {
        Threshold::Adaptive(floor, _) => floor,
        Threshold::Fixed(_) | Threshold::OfDetector => f64::INFINITY,
    }
}

fields!(Cusum { loss, both });

fields!(ClippedSum { sum, length, above, threshold });
