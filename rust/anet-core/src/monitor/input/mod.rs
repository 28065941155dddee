//! From a row of signals to series in comparable units.

mod scale;
mod series;
mod signal;

pub(crate) use scale::Scale;
pub(crate) use series::{Series, SeriesValues, SignalScales, log_ratio};
pub(crate) use signal::SignalSet;
pub use signal::{Row, Signal};
