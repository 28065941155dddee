//! The smooth count of zeros and its inverse.

pub mod counting;
pub mod inversion;
#[allow(clippy::module_inception)]
pub mod smooth;
