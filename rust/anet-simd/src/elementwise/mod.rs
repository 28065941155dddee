//! Functions, sums and masks of the numbers of a slice.

mod elevations;
mod logarithm;
mod range;
mod sum;
mod tanh;

pub use logarithm::{ln, split_exponent};
pub use sum::pairwise_sum;
