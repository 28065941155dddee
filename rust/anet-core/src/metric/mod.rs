//! Metrics over whole series: one a file.
//!
//! All of them are pure functions of `&[f64]`. Logarithms are natural, and [`EPSILON`] keeps quotients defined. NaN,
//! infinities and overflow inside a series give a number or NaN, never an error: a monitor must survive the moment that
//! it exists for.

pub mod consistency;
pub mod divergence;
pub mod entropy;
pub mod f_total;
pub mod fingerprint;
mod histogram;
pub mod precursor;
pub mod processivity;
pub mod snapshot;

pub use consistency::{Beta, theta_consistency};
pub use entropy::entropy_rate;
pub use f_total::{Weights, f_total};
pub use precursor::Precursor;
pub use processivity::processivity;
pub use snapshot::{Histories, Snapshot};

/// Added to denominators, and the smallest probability that a logarithm sees.
pub const EPSILON: f64 = 1e-12;
