//! The scores of one row, side by side.

use crate::monitor::baseline::{AdaptiveThreshold, tail_correction};

use super::escalation::Escalation;
use super::rule_set::RuleSet;
use super::table::{Rule, Threshold};

/// Raw values and scores of one row. A rule that has no score in this row is absent.
#[derive(Debug, Clone, Copy)]
pub struct RowScores {
    present: u64,
    raw: [f64; Rule::COUNT],
    score: [f64; Rule::COUNT],
    /// By what factor the run's own past asks a score to be higher; 0 and 1 are the same.
    inflation: [f64; Rule::COUNT],
}

impl Default for RowScores {
    fn default() -> Self {
        let none = [0.0; Rule::COUNT];
        Self { present: 0, raw: none, score: none, inflation: none }
    }
}

impl RowScores {
    /// Forgets the row before. Raw values and scores may stay: those of absent rules are not read.
    pub(crate) fn clear(&mut self) {
        self.present = 0;
        self.inflation = [0.0; Rule::COUNT];
    }

    /// Enters a score: its raw value and that value over its threshold.
    pub(crate) fn set(&mut self, rule: Rule, raw: f64, score: f64) {
        self.present |= 1 << rule as u64;
        self.raw[rule as usize] = raw;
        self.score[rule as usize] = score;
    }

    /// Enters a raw value of a rule whose threshold is fixed.
    pub(crate) fn set_raw(&mut self, rule: Rule, raw: f64) {
        let Threshold::Fixed(threshold) = rule.threshold() else { return };
        self.set(rule, raw, raw / threshold);
    }

    /// Enters a z over its adaptive threshold, with the farthest z of the baseline on its side.
    pub(crate) fn set_z(
        &mut self,
        rule: Rule,
        z: f64,
        score: f64,
        threshold: &AdaptiveThreshold,
        farthest: f64,
    ) {
        self.set(rule, z, score);
        let inflation = tail_correction::of_farthest(farthest, threshold.value()) * threshold.inflation();
        self.inflate(rule, inflation);
    }

    /// Asks a score to be higher by a factor, where the monitor escalates.
    pub(crate) fn inflate(&mut self, rule: Rule, factor: f64) {
        self.inflation[rule as usize] = factor;
    }

    /// The raw value, before any threshold.
    pub fn raw(&self, rule: Rule) -> Option<f64> {
        self.has(rule).then(|| self.raw[rule as usize])
    }

    /// The raw value over its adaptive or fixed threshold.
    pub fn score(&self, rule: Rule) -> Option<f64> {
        self.has(rule).then(|| self.score[rule as usize])
    }

    /// The score as it is compared: less the tail correction, where the monitor escalates.
    pub(crate) fn corrected(&self, rule: Rule, escalation: Escalation) -> f64 {
        let score = self.score[rule as usize];
        match escalation {
            Escalation::On => score / self.inflation[rule as usize].max(1.0),
            Escalation::Off => score,
        }
    }

    /// The rules that have a score.
    pub(crate) fn rules(&self) -> impl Iterator<Item = Rule> + use<> {
        RuleSet(self.present).rules()
    }

    /// Whether one of the adaptive rules has a score.
    pub(crate) fn has_any_adaptive(&self) -> bool {
        self.present & Rule::ADAPTIVE != 0
    }

    fn has(&self, rule: Rule) -> bool {
        self.present & 1 << rule as u64 != 0
    }
}
