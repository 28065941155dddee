//! BLAKE2b of many short messages at once.

pub mod batch;
pub mod compress;
pub mod label;
pub mod lanes;
pub mod six_digits;

pub use batch::{Batch, LANES, Prefix};
pub use compress::Key;
pub use label::{Label, Tag};
pub use six_digits::{SixDigits, elevation_texts};
