//! The training monitor: alive when the loss is NaN, quiet on healthy runs, early on failing ones.
//!
//! A row of signals becomes four series ([`input`]), the series become block means against the run's own past
//! ([`baseline`]), each family of scores reads these in a file of its own ([`detectors`]), each score is divided by the line
//! that the run itself has raised, and one knob says above what that fires ([`alarm`]).
//! Nothing that is not finite enters any state.

pub mod alarm;
mod annotation;
pub mod baseline;
pub mod detectors;
pub mod input;
mod metrics_window;
#[allow(clippy::module_inception, reason = "the file that puts the parts together is named after the whole")]
mod monitor;
mod run_monitor;
mod segment;
mod state;
pub mod status;

pub use alarm::alarm::Alarm;
pub use alarm::false_alarm_rate::FalseAlarms;
pub use alarm::incident::Memory;
pub use alarm::onset::Stir;
pub use alarm::score_table::{Family, Score};
pub use annotation::Notes;
pub use detectors::reference::Reference;
pub use input::signal::{Row, Signal};
pub use metrics_window::Windows;
pub use monitor::{Panel, RolledUp};
pub use run_monitor::Monitor;
pub use segment::Reason;
pub use status::Status;
