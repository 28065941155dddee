//! From scores to alarms.

mod effect;
mod false_alarm_rate;
mod history;
mod incident;
mod incident_record;
mod material;
mod onset;
mod rule_alarm;

pub(crate) use effect::Effect;
pub use false_alarm_rate::FalseAlarmRate;
pub(crate) use history::History;
pub(crate) use incident::{CALM, Incident, RowVerdict, WarmUp};
pub(crate) use incident_record::Disturbance;
pub use incident_record::IncidentRecord;
pub(crate) use material::is_material;
pub use onset::Onset;
pub(crate) use onset::Onsets;
pub use rule_alarm::RuleAlarm;
