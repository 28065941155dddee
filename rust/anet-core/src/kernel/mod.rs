//! The hot loops: one set of names, several backends, chosen once at run time.
//!
//! [`Backend`] is the small value that is chosen; everything else is reached through it. All backends give the same
//! bits: sums run in one fixed order, nothing is fused, and lanes never mix.

mod backend;
mod blake2b;
mod decimal;
pub mod fused;
pub mod neighbours;
mod portable;
mod sum;
mod tanh;

pub use backend::Backend;
pub use blake2b::Key;
pub use decimal::{SixDigits, six_digits};
