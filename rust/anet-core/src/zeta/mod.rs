//! The smooth count of zeta zeros, its inversion, and the gaps between zeros.

pub mod counting;
pub mod gaps;
pub mod inversion;

pub use counting::{TAU, counting_function};
pub use gaps::normalized_gaps;
pub use inversion::{ITERATIONS, generate, invert, reserve};
