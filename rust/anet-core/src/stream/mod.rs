//! What everything online is made of.

pub mod ew;
pub mod pool;
