//! The recipe for a detector, followed: compiled in tests only.
//!
//! This file, its two lines in `detectors/mod.rs` and the row `NegativeRate` in the table of rules are all that it takes.

use crate::monitor::rules::{RowScores, Rule};
use crate::state::fields;

use super::{Context, Detector, Evidence, Observation};

/// Rule `negative_rate`: the number of rows with a learning rate below zero.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct NegativeRate {
    rows: u64,
}

impl Detector for NegativeRate {
    fn update(&mut self, seen: &Observation<'_>, scores: &mut RowScores) {
        if let Some(rate) = seen.context.row.lr {
            self.rows += u64::from(rate < 0.0);
            scores.set_raw(Rule::NegativeRate, self.rows as f64);
        }
    }

    fn evidence(&self, rule: Rule, context: &Context<'_>) -> Option<Evidence> {
        (rule == Rule::NegativeRate).then(|| Evidence::repeated(rule, context.given(rule), self.rows))
    }
}

fields!(NegativeRate { rows });

mod tests {
    use crate::monitor::{Escalation, FalseAlarmRate, Row, Rule, RunMonitor, Signal, Status};
    use crate::state::State;

    fn fed(monitor: &mut RunMonitor, rows: usize, rate: f64) {
        for _ in 0..rows {
            monitor.update(&Row { lr: Some(rate), ..Row::default() });
        }
    }

    #[test]
    fn a_rule_that_was_added_by_the_recipe_fires_with_its_evidence() {
        let mut monitor = RunMonitor::new(FalseAlarmRate::default(), Escalation::On);
        fed(&mut monitor, 70, 0.1);
        assert!(monitor.alarms().is_empty());
        fed(&mut monitor, 2, -0.1);
        let alarm = monitor.alarms()[0];
        assert_eq!((alarm.rule, alarm.rule.name()), (Rule::NegativeRate, "negative_rate"));
        assert_eq!((alarm.signal, alarm.value, alarm.length, alarm.strength), (Signal::Rate, -0.1, 2, 2.0));
        assert_eq!(monitor.status(), Status::Suspect);
    }

    #[test]
    fn its_state_is_saved_and_a_segment_forgets_it() {
        let mut monitor = RunMonitor::new(FalseAlarmRate::default(), Escalation::On);
        fed(&mut monitor, 3, -0.1);
        let mut again = RunMonitor::from_bytes(&monitor.to_bytes()).expect("its own bytes");
        fed(&mut again, 1, -0.1);
        assert_eq!(again.scores().raw(Rule::NegativeRate), Some(4.0));
        again.note();
        fed(&mut again, 1, 0.1);
        assert_eq!(again.scores().raw(Rule::NegativeRate), Some(0.0));
    }
}
