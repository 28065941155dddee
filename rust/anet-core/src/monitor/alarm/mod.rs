//! From scores to alarms.

mod false_alarm_rate;
mod incident;
mod onset;
mod rule_alarm;

pub use false_alarm_rate::FalseAlarmRate;
pub(crate) use false_alarm_rate::adaptive_rules;
pub(crate) use incident::{CALM, Incident, RowVerdict, WarmUp};
pub use onset::Onset;
pub(crate) use onset::Onsets;
pub use rule_alarm::RuleAlarm;
