//! From a row of signals to series in comparable units.

pub mod scale;
pub mod series;
pub mod signal;
