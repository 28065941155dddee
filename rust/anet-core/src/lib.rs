//! Detects the moment a model or a stream starts to fail.
//!
//! Pure Rust: this crate knows no Python, does no I/O and does not panic on what a user gives it.
//! Arguments are checked once, at the edge, by the types of [`params`]; what lies behind them cannot fail.

pub mod detect;
pub mod episodes;
pub mod error;
pub mod metric;
mod monitor;
pub mod params;
pub mod pool;
pub mod runlog;
pub mod sparse;
pub mod state;
pub mod stats;

pub use error::{Error, Result};
pub use monitor::{
    Alarm, Annotation, Escalation, FalseAlarmRate, Family, Group, MetricsWindow, Monitor, Onset, Reason,
    Reference, Row, RowScores, Rule, RuleAlarm, RunMonitor, Signal, Status,
};
