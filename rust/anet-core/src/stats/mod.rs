//! What everything online is made of: running moments and sums in NumPy's order.

pub(crate) mod cut_variance;
pub(crate) mod ew_moments;
pub(crate) mod ew_scale;
pub(crate) mod pairwise;
