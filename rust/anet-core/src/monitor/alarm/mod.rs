//! From scores to alarms.

#[allow(clippy::module_inception, reason = "the folder is named after its last step")]
pub mod alarm;
pub mod false_alarm_rate;
pub mod incident;
pub mod onset;
pub mod score_table;
pub mod scores;
