//! How the last samples differ in shape from their past.

mod block_means;
mod flatline;
mod half_rate;
mod lag_knn;
mod mirrored_ring;

pub(super) use block_means::BlockMeans;
pub(super) use flatline::Flatline;
pub(super) use half_rate::HalfRate;
pub(super) use lag_knn::{LagKnn, Memory};
