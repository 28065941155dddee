//! The texts that messages are made of.

mod elevation;
pub(super) mod label;
mod six_digits;

pub use elevation::elevation_texts;
pub use label::{Label, Tag};
pub use six_digits::SixDigits;
