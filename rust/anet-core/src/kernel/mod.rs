//! The hot loops: one set of names, several backends, chosen once at run time.
//!
//! [`Backend`] is the small value that is chosen; everything else is reached through it. All backends give the same
//! bits: sums run in one fixed order, nothing is fused, and lanes never mix.

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod backend;
mod blake2b;
mod claim;
mod decimal;
pub mod fused;
mod label;
mod lanes;
mod logarithm;
pub mod neighbours;
pub mod overlap;
mod portable;
mod prefetch;
pub mod product;
mod range;
pub(crate) mod sum;
mod tanh;
pub mod taps;

pub use backend::Backend;
pub use blake2b::Key;
pub use claim::{Batch, LANES, Prefix};
pub use decimal::{SixDigits, elevation_texts};
pub use label::{Label, Tag};
pub(crate) use logarithm::{ln, split};
pub(crate) use prefetch::prefetch;
