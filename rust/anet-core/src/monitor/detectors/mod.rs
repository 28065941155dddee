//! One family of rules a file.

pub mod band;
pub mod cusum;
pub mod drawdown;
pub mod frozen;
pub mod learning_rate;
pub mod noise_share;
pub(crate) mod nonfinite;
pub mod reference;
pub(crate) mod reference_curve;
pub mod spike;
pub mod update_size;
pub mod vanishing;
