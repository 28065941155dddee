//! From samples to positions in comparable units.

pub mod component_scale;
pub mod gap;
pub mod normaliser;
