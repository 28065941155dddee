//! From a score to a decision.

mod p_value;
mod peaks_over_threshold;

pub(super) use p_value::PValue;
