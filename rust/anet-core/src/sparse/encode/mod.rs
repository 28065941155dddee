//! From a window to a sparse signature.
//!
//! Samples become elevations of three channels, the highest of them positions, and these a signature.

mod channels;
mod encoder;
mod hasher;
mod median;
mod parallel;
mod partial_sort;
mod position_table;
mod quantile_bracket;
mod signature;
mod top_positions;

pub use channels::WindowSlices;
pub use encoder::{EncoderScratch, SparseEncoder};
pub(crate) use parallel::{ParallelScratch, encode_each};
pub use signature::{SparseSignature, sparse_cosine};
