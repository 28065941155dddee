//! Detectors of what cannot learn: no gradient, no rate, one answer to everything. They need no warm-up.

mod chance_level;
mod dead_gradient;
mod zero_rate;

pub(crate) use chance_level::ChanceLevel;
pub(crate) use dead_gradient::{DeadGradient, is_dead};
pub(crate) use zero_rate::ZeroRate;
