//! The choice of instructions: the token, the proofs it holds, and the one place that acts on it.

pub(crate) mod dispatch;
pub(crate) mod instructions;
mod token;

pub use token::Level;
