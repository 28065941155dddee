//! The detector by its definition, one idea a file.

pub(crate) mod forecasts;
mod lag_vectors;
pub(crate) mod long_memory;
mod moments;
pub(crate) mod predictability;
pub(crate) mod scales;
