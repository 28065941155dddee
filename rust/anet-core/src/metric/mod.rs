//! Metrics over whole series: one a file.
//!
//! A fingerprint and its divergence give the consistency, histograms the entropy rate, and a snapshot holds all.
//!
//! All of them are pure functions of `&[f64]`. Logarithms are natural, and [`EPSILON`] keeps quotients defined. NaN,
//! infinities and overflow inside a series give a number or NaN, never an error: a monitor must survive the moment that
//! it exists for.

mod consistency;
mod divergence;
mod entropy;
mod f_total;
mod fingerprint;
mod histogram;
mod precursor;
mod processivity;
mod snapshot;

pub use consistency::{Beta, theta_consistency};
pub use entropy::entropy_rate;
pub use f_total::{FTotalWeights, f_total};
pub use precursor::Precursor;
pub use processivity::processivity;
pub use snapshot::{AnetSnapshot, TrainingHistories};

/// Added to denominators, and the smallest probability that a logarithm sees. The published program's value.
pub(crate) const EPSILON: f64 = 1e-12;
