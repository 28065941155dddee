//! What a series is compared with: its own earlier block means.

pub mod adaptive_threshold;
#[allow(clippy::module_inception, reason = "the folder is named after its last step")]
pub mod baseline;
pub(crate) mod peer_median;
pub(crate) mod tail_correction;
