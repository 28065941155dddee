//! Saved states and pages, as Python has them.

pub mod paged;
pub mod saved;
