//! The smooth count of zeta zeros, its inversion, and the gaps between zeros.

pub mod counting;
mod double;
pub mod gaps;
pub mod heights;
pub mod inversion;
mod logarithm;
pub mod riemann_siegel;
pub mod smooth;

pub use counting::{TAU, counting_function};
pub use gaps::normalized_gaps;
pub use heights::{Heights, Method, generate};
pub use inversion::{ITERATIONS, invert};
