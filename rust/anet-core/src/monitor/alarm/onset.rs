//! When each score rose, well before anything fires: it ranks causes, and never alarms.

use crate::monitor::rules::Rule;
use crate::state::fields;

/// The part of its threshold above which a score counts as risen (first study, 2026-11-24).
const RISEN: f64 = 0.5;
/// Rows of rest that end a rise.
const REST: u64 = 8;

/// A rule whose score has risen, and the row in which it began to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Onset {
    /// The rule.
    pub rule: Rule,
    /// The row.
    pub began: u64,
}

/// For each rule, its onset and the last row in which its score was up; rows count from 1 here, 0 is never.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Onsets {
    began: [u64; Rule::COUNT],
    last: [u64; Rule::COUNT],
}

impl Default for Onsets {
    fn default() -> Self {
        Self { began: [0; Rule::COUNT], last: [0; Rule::COUNT] }
    }
}

impl Onsets {
    /// Takes the ratio of one score of this row to its threshold.
    pub(crate) fn observe(&mut self, row: u64, rule: Rule, ratio: f64) {
        if ratio > RISEN {
            let now = row + 1;
            let at = rule as usize;
            if self.last[at] == 0 || now.saturating_sub(self.last[at]) > REST + 1 {
                self.began[at] = now;
            }
            self.last[at] = now;
        }
    }

    /// The rules whose scores are up in this row or were in the last eight, the earliest onset first.
    pub(crate) fn order(&self, row: u64) -> Vec<Onset> {
        let is_up = |rule: &Rule| {
            let last = self.last[*rule as usize];
            last > 0 && (row + 1).saturating_sub(last) <= REST
        };
        let mut order: Vec<Onset> =
            Rule::ALL.into_iter().filter(is_up).map(|rule| Onset { rule, began: self.since(rule) }).collect();
        order.sort_by_key(|onset| onset.began);
        order
    }

    /// The row of a rule's onset.
    pub(crate) fn since(&self, rule: Rule) -> u64 {
        self.began[rule as usize].saturating_sub(1)
    }
}

fields!(Onsets { began, last });
