//! Elementwise functions, sums and masks.

pub mod logarithm;
pub mod range;
pub mod sum;
pub mod tanh;

pub use logarithm::{ln, split};
