//! The first rows of a run against those of known-good runs.

mod early_rows;
#[allow(clippy::module_inception, reason = "the file of the type that the folder is about")]
mod reference;
mod reference_curve;

pub(crate) use early_rows::EarlyRows;
pub use reference::Reference;
