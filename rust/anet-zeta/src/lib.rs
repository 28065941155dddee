//! The smooth count of zeta zeros, its inversion, true zeros by the Riemann-Siegel formula, and the gaps between zeros.
#![forbid(unsafe_code)]

mod double;
pub mod error;
pub mod gaps;
pub mod heights;
mod logarithm;
pub mod riemann_siegel;
pub mod smooth;

pub use error::{Error, Result};
pub use gaps::normalized_gaps;
pub use heights::{Heights, Method, generate};
pub use smooth::counting::{TAU, counting_function};
pub use smooth::inversion::{ITERATIONS, invert};
