//! What everything online is made of: running moments and sums in NumPy's order.

pub mod ewma;
pub(crate) mod pairwise;
