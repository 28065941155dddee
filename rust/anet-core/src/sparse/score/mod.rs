//! Scores of a signature against its past.

pub mod anomaly;
pub mod scorer;
pub(crate) mod top_k;
pub mod trace;
