//! The training monitor: alive when the loss is NaN, quiet on healthy runs, early on failing ones.
//!
//! A row of signals becomes four series ([`series`]), the series become block means against the run's own past
//! ([`block_mean`]), each family of scores reads these in a file of its own, each score is divided by the line that the
//! run itself has raised ([`own_line`]) and, by a monitor that remembers, with what its past says against an alarm
//! (`caution`), and one knob ([`knob`]) says above what that fires ([`incident`]).
//! Nothing that is not finite enters any state.

pub mod alarm;
mod beside;
pub mod block_mean;
pub mod board;
mod caution;
mod course;
pub mod drawdown;
pub mod drift;
mod fields;
pub mod frozen;
pub mod incident;
pub mod jump;
pub mod knob;
pub mod learning_rate;
pub mod level;
#[allow(clippy::module_inception, reason = "the file that puts the parts together is named after the whole")]
pub mod monitor;
pub mod noise_share;
mod nonfinite;
pub mod note;
pub mod own_line;
pub mod panel;
pub mod reference;
mod saved;
pub mod scale;
pub mod score;
pub mod segment;
pub mod series;
pub mod signal;
pub mod status;
pub mod stirring;
pub mod update_size;
pub mod vanishing;
pub mod windows;

pub use alarm::Alarm;
pub use incident::Memory;
pub use knob::FalseAlarms;
pub use monitor::Monitor;
pub use note::Notes;
pub use panel::{Panel, RolledUp};
pub use reference::Reference;
pub use score::{Family, Score};
pub use segment::Reason;
pub use signal::{Row, Signal};
pub use status::Status;
pub use stirring::Stir;
pub use windows::Windows;
