//! The training monitor: alive when the loss is NaN, quiet on healthy runs, early on failing ones.
//!
//! A row of signals becomes four series (`input`). Their block means are compared with the run's own earlier ones
//! (`baseline`). Each rule of the table (`rules`) gets its score from a detector (`detectors`). What a score must exceed
//! follows from the accepted false-alarm rate (`alarm`). Nothing that is not finite enters any state.
//!
//! [`RunMonitor`] puts this together for one series of rows; [`Monitor`] is one for the whole run and one for each group of
//! parameters, beside the signals that the user named (`named`). What was fitted, was fitted on recorded runs: on the first study's 483 (2026-11-24), and on the tuning half of
//! the failure zoo (`make zoo`).

mod alarm;
mod annotation;
mod baseline;
mod detectors;
mod groups;
mod input;
mod judgement;
mod metrics_window;
#[allow(clippy::module_inception, reason = "the file of the type that the folder is about")]
mod monitor;
mod named;
mod progress;
mod rules;
mod run_monitor;
mod segment;
mod state;
mod status;
mod summary;

pub use alarm::{FalseAlarmRate, IncidentRecord, Onset, RuleAlarm};
pub use annotation::Annotation;
pub use detectors::Reference;
pub use groups::Group;
pub use input::{Row, Signal};
pub use metrics_window::MetricsWindow;
pub use monitor::{Alarm, Monitor};
pub use named::{Direction, LossMeaning, Meaning, NamedSignal, NamedSignals, known as known_signal};
pub use rules::{Escalation, Family, RowScores, Rule};
pub use run_monitor::RunMonitor;
pub use segment::Reason;
pub use status::Status;
pub use summary::RunSummary;
