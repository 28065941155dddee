//! From a window to a sparse signature.

pub(crate) mod channels;
pub mod cosine;
pub mod encoder;
pub(crate) mod hasher;
pub(crate) mod median;
pub(crate) mod parallel;
pub(crate) mod partial_sort;
pub(crate) mod position_table;
pub(crate) mod quantile_bracket;
pub mod signature;
pub(crate) mod top_positions;
pub mod window;
