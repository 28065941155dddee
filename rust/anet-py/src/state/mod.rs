//! Saved states and pages, as Python has them.

pub(crate) mod paged;
pub(crate) mod saved;
