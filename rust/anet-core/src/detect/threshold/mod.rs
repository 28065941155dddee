//! From a score to a decision.

mod own_line;
mod p_value;
mod peaks;
mod spiky;

pub(super) use p_value::{AT_THRESHOLD, PValue, Verdict};
