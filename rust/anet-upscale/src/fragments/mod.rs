//! The method of fragments: blocks of the reference, each where the coarse series moves as it did there.
//!
//! `library` cuts the reference into blocks and says how the coarse series moves around each, `neighbours` finds those
//! with the most similar movement, `assemble` puts one after another so that they join.

mod assemble;
mod library;
mod neighbours;

pub(crate) use assemble::assemble;
pub(crate) use library::Library;
