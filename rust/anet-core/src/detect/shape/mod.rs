//! How the last samples differ in shape from their past.

mod block_means;
mod flatline;
mod lag_knn;
mod mirrored_ring;

pub(super) use block_means::BlockMeans;
pub(super) use flatline::Flatline;
pub(super) use lag_knn::LagKnn;
