//! What no window of samples sees: a mean that drifts, and steps that grow small.

mod block_sums;
mod drift;
mod fall;
mod level;

pub(super) use drift::Drift;
pub(super) use fall::Fall;
