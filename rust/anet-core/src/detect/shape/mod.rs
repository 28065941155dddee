//! How a stretch of the stream differs in shape from its past.

pub mod block_means;
pub mod flatline;
pub mod lag_knn;
pub mod mirrored_ring;
