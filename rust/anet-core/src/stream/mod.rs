//! What everything online is made of.

pub mod ew;
pub mod pairwise;
pub mod pool;
