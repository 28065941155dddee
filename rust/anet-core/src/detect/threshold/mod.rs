//! From a score to a decision.

pub mod adaptive_threshold;
pub mod p_value;
