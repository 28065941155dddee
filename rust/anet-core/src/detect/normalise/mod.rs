//! From samples to numbers without a unit, and from each component to deviations from its own mean.

mod beginning;
mod bounded;
mod component_scales;
mod extent;
mod gap;
mod normaliser;

pub(super) use component_scales::{ComponentScales, WARM_UP};
pub(super) use gap::{Gap, LONG_AGO, Resumed};
pub(super) use normaliser::{LARGEST, Normalised, Normaliser, TOKEN_LIMIT, floor};
