//! The hot loops: one set of names, several backends, chosen once at run time.
//!
//! [`Level`] is the small value that is chosen; everything else is reached through it. All backends give the same
//! bits: sums run in one fixed order, nothing is fused, and lanes never mix.

pub mod autovec;
#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
pub mod blake2b;
pub mod dirichlet_product;
pub mod dot_u8;
pub mod elementwise;
pub mod interpolation;
pub mod lag_distance;
mod level;
mod portable;
mod prefetch;

pub use blake2b::{Batch, Key, LANES, Label, Prefix, SixDigits, Tag, elevation_texts};
pub use elementwise::{ln, split, sum};
pub use level::Level;
pub use prefetch::prefetch;
